// The forms of the API, by a validator that others wrote.

import { readFile } from 'node:fs/promises';

import Ajv2020 from 'ajv/dist/2020.js';

import { expect, test } from '../hall/index.js';

const fixture = async (name) =>
  JSON.parse(
    await readFile(new URL(`../../server/tests/it/fixtures/${name}.json`, import.meta.url)),
  );

/** A validator that refuses keywords that it does not know, but for notes. */
function validator() {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  ajv.addFormat('date', (text) => {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
  });
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
  return ajv;
}

/** The names of all notes in a schema. */
function notes(schema, found = new Set()) {
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-')) {
      found.add(key);
    } else if (value && typeof value === 'object') {
      notes(value, found);
    }
  }
  return found;
}

async function validate(hall, query) {
  const answer = await fetch(`${hall.address}/api/form?hall=main&${query}`);
  expect(answer.headers.get('content-type')).toBe('application/schema+json');
  const schema = await answer.json();
  const ajv = validator();
  for (const note of notes(schema)) {
    ajv.addKeyword(note);
  }
  expect(ajv.validateSchema(schema)).toBe(true);
  return ajv.compile(schema);
}

/** Answers with some of them set; null takes one out. */
function spoiled(answers, set) {
  const all = Object.entries({ ...answers, ...set });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

test('each form is a schema that takes right answers', async ({ hall }) => {
  const answers = await fixture('answers');
  for (const matter of Object.keys(answers)) {
    const valid = await validate(hall, `matter=${matter}`);
    expect(valid(answers[matter]), `${matter}: ${JSON.stringify(valid.errors)}`).toBe(true);
    expect(valid({})).toBe(false);
  }
  await validate(hall, 'bundle=open-restaurant');
  await validate(hall, 'bundle=marry');
});

test('wrong answers are refused where they are wrong', async ({ hall }) => {
  const answers = await fixture('answers');
  const forms = new Map();
  for (const { matter, set, place } of await fixture('wrong_answers')) {
    if (!forms.has(matter)) {
      forms.set(matter, await validate(hall, `matter=${matter}`));
    }
    const valid = forms.get(matter);
    expect(valid(spoiled(answers[matter], set)), `${matter} ${JSON.stringify(set)}`).toBe(false);
    const field = place.split(/[.[]/)[0];
    const told = valid.errors.some(
      ({ instancePath, params }) =>
        instancePath.startsWith(`/${field}`) || params.missingProperty === field,
    );
    expect(told, `${place}: ${JSON.stringify(valid.errors)}`).toBe(true);
  }
});
