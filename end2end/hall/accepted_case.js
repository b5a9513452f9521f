// Accepted cases, made through the API of the counter.

import { randomUUID } from 'node:crypto';

import { request } from '@playwright/test';

/**
 * Accepts an application with all its materials at counter 1.
 *
 * @param {{ address: string, password: string }} hall
 * @param {{ matter: string } | { bundle: string }} subject
 * @param {{ photograph?: Buffer }} options a PNG for the first material
 * @returns {Promise<{ id: number, number: string, token: string, materials: object[] }>}
 */
export async function acceptCase(hall, subject, { photograph } = {}) {
  const clerk = await request.newContext({ baseURL: hall.address });
  const send = async (path, data, options = {}) => {
    const response = await clerk.post(path, { data, ...options });
    if (!response.ok()) {
      throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    }
    return response.json();
  };
  const withId = (fields) => ({ request_id: randomUUID(), ...fields });
  try {
    await send('/api/counter/sign_in', { name: 'clerk1', password: hall.password, counter: '1' });
    const visit = { kiosk: 'K1', matter: 'food-permit', priority: 'none' };
    await send('/api/kiosk/issue', withId(visit));
    const { ticket } = await send('/api/counter/call_next', withId());
    await send('/api/counter/begin', withId({ ticket: ticket.id }));
    const applicant = {
      kind: 'person',
      name: '王小明',
      number: '11010519491231002X',
      telephone: '13912345678',
    };
    const opened = await send(
      '/api/counter/open_case',
      withId({ ticket: ticket.id, ...subject, applicant }),
    );
    for (const { id } of opened.materials) {
      const material = { case: opened.id, material: id, state: 'present' };
      await send('/api/counter/mark_material', material);
    }
    if (photograph) {
      const path = `/api/counter/attach?case=${opened.id}&material=${opened.materials[0].id}`;
      await send(path, photograph, { headers: { 'content-type': 'image/png' } });
    }
    await send('/api/counter/accept_case', withId({ case: opened.id }));
    await send('/api/counter/finish', withId({ ticket: ticket.id }));
    return opened;
  } finally {
    await clerk.dispose();
  }
}
