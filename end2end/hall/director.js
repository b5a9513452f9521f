// What the director changes in a hall, through the API that the admin page uses.

import { request } from '@playwright/test';

/**
 * Changes the description of the halls while the server runs.
 *
 * @param {{ address: string, password: string }} hall
 * @param {(halls: Record<string, any>) => void} how changes the halls, given by their ids
 */
export async function direct(hall, how) {
  const director = await request.newContext({ baseURL: hall.address });
  try {
    await answer(director.post('/api/admin/sign_in', {
      data: { name: 'admin', password: hall.password },
    }));
    const { version, setup } = await answer(director.get('/api/admin/setup'));
    how(Object.fromEntries(setup.hall.map((one) => [one.id, one])));
    await answer(director.post('/api/admin/save_setup', { data: { version, setup } }));
  } finally {
    await director.dispose();
  }
}

async function answer(asked) {
  const response = await asked;
  if (!response.ok()) {
    throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  }
  return response.json();
}
