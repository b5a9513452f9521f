// Visitors and clerks who act through the API, beside the page under test.

import { randomUUID } from 'node:crypto';

import { request } from '@playwright/test';

/**
 * A visitor takes a number.
 *
 * @returns {Promise<{ number: string, token: string, progress_url: string, ahead: number }>}
 */
export async function takeNumber(hall, matter, kiosk = 'K1') {
  return send(hall, '/api/kiosk/issue', {
    request_id: randomUUID(),
    kiosk,
    matter,
    priority: 'none',
  });
}

/**
 * Signs a clerk in at a counter. Returns a function for the calls there:
 * `await clerk('call_next')`, `await clerk('finish')`; each returns the ticket.
 */
export async function clerkAt(hall, counter, name = `clerk${counter}`) {
  const client = await request.newContext({ baseURL: hall.address });
  await answer(
    client.post('/api/counter/sign_in', {
      data: { name, password: hall.password, counter: String(counter) },
    }),
  );
  return async (call, fields = {}) => {
    const data = { request_id: randomUUID(), ...fields };
    return (await answer(client.post(`/api/counter/${call}`, { data }))).ticket;
  };
}

async function send(hall, path, data) {
  const client = await request.newContext({ baseURL: hall.address });
  try {
    return await answer(client.post(path, { data }));
  } finally {
    await client.dispose();
  }
}

async function answer(request) {
  const response = await request;
  if (!response.ok()) {
    throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  }
  return response.json();
}
