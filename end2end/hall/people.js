// People of the hall who act through its API, beside those whose screen is tried.

import { randomUUID } from 'node:crypto';

import { request } from '@playwright/test';

/**
 * A visitor takes a number.
 *
 * @returns {Promise<{ number: string, token: string, progress_url: string, ahead: number }>}
 */
export async function takeNumber(hall, matter, kiosk = 'K1') {
  return ask(hall, '/api/kiosk/issue', {
    request_id: randomUUID(),
    kiosk,
    matter,
    priority: 'none',
  });
}

/**
 * A clerk sits down at a counter. Returns what a clerk does there:
 * `await clerk('call_next')`, `await clerk('finish')`; each gives the ticket.
 */
export async function sitDown(hall, counter, name = `clerk${counter}`) {
  const client = await request.newContext({ baseURL: hall.address });
  await answer(
    client.post('/api/counter/sign_in', {
      data: { name, password: hall.password, counter: String(counter) },
    }),
  );
  return async (verb, more = {}) => {
    const data = { request_id: randomUUID(), ...more };
    return (await answer(client.post(`/api/counter/${verb}`, { data }))).ticket;
  };
}

async function ask(hall, path, data) {
  const client = await request.newContext({ baseURL: hall.address });
  try {
    return await answer(client.post(path, { data }));
  } finally {
    await client.dispose();
  }
}

async function answer(asked) {
  const response = await asked;
  if (!response.ok()) {
    throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  }
  return response.json();
}
