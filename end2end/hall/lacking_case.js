// Cases that lack materials, made through the API of the counter.

import { randomUUID } from 'node:crypto';

import { request } from '@playwright/test';

/**
 * Opens a case at counter 1 and tells the applicant what is missing.
 *
 * @param {{ address: string, password: string }} hall
 * @returns {Promise<{ id: number, token: string, materials: object[], clerk: object }>} the
 *   case, and the clerk's connection, which the caller disposes of
 */
export async function lackingCase(hall) {
  const clerk = await request.newContext({ baseURL: hall.address });
  const send = async (path, data) => {
    const response = await clerk.post(path, { data: { request_id: randomUUID(), ...data } });
    if (!response.ok()) {
      throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    }
    return response.json();
  };
  const signIn = { name: 'clerk1', password: hall.password, counter: '1' };
  await clerk.post('/api/counter/sign_in', { data: signIn });
  await send('/api/kiosk/issue', { kiosk: 'K1', matter: 'food-permit', priority: 'none' });
  const { ticket } = await send('/api/counter/call_next', {});
  await send('/api/counter/begin', { ticket: ticket.id });
  const applicant = {
    kind: 'person',
    name: '王小明',
    number: '11010519491231002X',
    telephone: '13912345678',
  };
  const subject = { ticket: ticket.id, matter: 'food-permit', applicant };
  const opened = await send('/api/counter/open_case', subject);
  await send('/api/counter/tell_missing', { case: opened.id, note: '' });
  await send('/api/counter/finish', { ticket: ticket.id });
  return { ...opened, clerk };
}
