// The server answers, and its pages reach a browser completely.

import { expect, screenshot, screens, test } from '../hall/index.js';

test('the server is healthy', async ({ hall, request }) => {
  const health = await request.get(`${hall.address}/healthz`);
  expect(health.status()).toBe(200);
  const icon = await request.get(`${hall.address}/favicon.svg`);
  expect(icon.headers()['content-type']).toBe('image/svg+xml');
});

for (const [orientation, screen] of [
  ['upright', screens.kioskUpright],
  ['flat', screens.kioskFlat],
]) {
  test(`a kiosk starts on an ${orientation} screen`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(kiosk.getByRole('button').first()).toBeVisible();
    await screenshot(kiosk, `kiosk-start-${orientation}`);
  });
}

test('what a machine loads is compressed and cached for ever', async ({ open }) => {
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
