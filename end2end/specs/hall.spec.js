// The hall stands: the server answers, and its pages reach a browser whole.

import { expect, picture, screens, test } from '../hall/index.js';

test('the hall is open', async ({ hall, request }) => {
  const health = await request.get(`${hall.address}/healthz`);
  expect(health.status()).toBe(200);
  const mark = await request.get(`${hall.address}/favicon.svg`);
  expect(mark.headers()['content-type']).toBe('image/svg+xml');
});

for (const [shape, screen] of [
  ['upright', screens.kioskUpright],
  ['flat', screens.kioskFlat],
]) {
  test(`a kiosk starts on a screen that stands ${shape}`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(kiosk.getByRole('button').first()).toBeVisible();
    await picture(kiosk, `kiosk-start-${shape}`);
  });
}

test('what a machine loads is squeezed and kept for ever', async ({ open }) => {
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1');
  const loaded = new Map();
  kiosk.on('response', (response) => {
    const [, extension] = response.url().match(/\/assets\/\w+\.[0-9a-f]{16}\.(\w+)$/) ?? [];
    loaded.set(extension, response.headers());
  });
  await kiosk.reload();
  await expect(kiosk.getByRole('button').first()).toBeVisible();
  for (const extension of ['css', 'js', 'wasm']) {
    const headers = loaded.get(extension);
    expect(headers, extension).toBeDefined();
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-encoding']).toMatch(/^(gzip|br)$/);
  }
});
