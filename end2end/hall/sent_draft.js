// Applications that were filled in and sent before a visit, through the API.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ANSWERS = JSON.parse(
  readFileSync(new URL('../../server/tests/it/fixtures/answers.json', import.meta.url)),
);

/** Sends an application for a matter. Returns its token. */
export async function sendDraft(hall, matter = 'food-permit') {
  const call = async (path, body) => {
    const answer = await fetch(`${hall.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request_id: randomUUID(), ...body }),
    });
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  };
  const { token } = await call('/api/apply/begin', { hall: 'main', matter });
  for (const [field, value] of Object.entries(ANSWERS[matter])) {
    await call('/api/apply/write', { token, field, value });
  }
  await call('/api/apply/send', { token });
  return token;
}
