// Changes to the setup of the halls, through the API of the admin page.

import { request } from '@playwright/test';

/**
 * Edits the setup while the server runs.
 *
 * @param {{ address: string, password: string }} hall
 * @param {(halls: Record<string, any>) => void} edit changes the halls, given by their ids
 */
export async function editSetup(hall, edit) {
  const director = await request.newContext({ baseURL: hall.address });
  try {
    await answer(director.post('/api/admin/sign_in', {
      data: { name: 'admin', password: hall.password },
    }));
    const { version, setup } = await answer(director.get('/api/admin/setup'));
    edit(Object.fromEntries(setup.hall.map((one) => [one.id, one])));
    await answer(director.post('/api/admin/save_setup', { data: { version, setup } }));
  } finally {
    await director.dispose();
  }
}

async function answer(request) {
  const response = await request;
  if (!response.ok()) {
    throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  }
  return response.json();
}
