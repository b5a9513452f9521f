// Cases that lie in the departments, made through the API that counters use.

import { randomUUID } from 'node:crypto';

import { request } from '@playwright/test';

/**
 * A visitor's application, with all its materials, is accepted at counter 1.
 *
 * @param {{ address: string, password: string }} hall
 * @param {{ matter: string } | { bundle: string }} subject
 * @param {{ photograph?: Buffer }} more a PNG to put to the first material
 * @returns {Promise<{ id: number, number: string, token: string, materials: object[] }>}
 */
export async function acceptCase(hall, subject, { photograph } = {}) {
  const clerk = await request.newContext({ baseURL: hall.address });
  const ask = async (path, data, options = {}) => {
    const response = await clerk.post(path, { data, ...options });
    if (!response.ok()) {
      throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    }
    return response.json();
  };
  const once = (more) => ({ request_id: randomUUID(), ...more });
  try {
    await ask('/api/counter/sign_in', { name: 'clerk1', password: hall.password, counter: '1' });
    const visit = { kiosk: 'K1', matter: 'food-permit', priority: 'none' };
    await ask('/api/kiosk/issue', once(visit));
    const { ticket } = await ask('/api/counter/call_next', once());
    await ask('/api/counter/begin', once({ ticket: ticket.id }));
    const applicant = {
      kind: 'person',
      name: '王小明',
      number: '11010519491231002X',
      telephone: '13912345678',
    };
    const opened = await ask(
      '/api/counter/open_case',
      once({ ticket: ticket.id, ...subject, applicant }),
    );
    for (const { id } of opened.materials) {
      const material = { case: opened.id, material: id, state: 'present' };
      await ask('/api/counter/mark_material', material);
    }
    if (photograph) {
      const path = `/api/counter/attach?case=${opened.id}&material=${opened.materials[0].id}`;
      await ask(path, photograph, { headers: { 'content-type': 'image/png' } });
    }
    await ask('/api/counter/accept_case', once({ case: opened.id }));
    await ask('/api/counter/finish', once({ ticket: ticket.id }));
    return opened;
  } finally {
    await clerk.dispose();
  }
}
