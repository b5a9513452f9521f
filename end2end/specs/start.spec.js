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

const tooOld = /浏览器版本过低[^]*too old[^]*Chrome 96/;

for (const [what, lacks] of [
  ['references in its WebAssembly', () => {
    WebAssembly.validate = () => false;
    WebAssembly.instantiate = WebAssembly.instantiateStreaming = () =>
      Promise.reject(new WebAssembly.CompileError('an unknown instruction'));
  }],
  ['WebAssembly', () => delete globalThis.WebAssembly],
  ['dialogs', () => delete HTMLDialogElement.prototype.showModal],
]) {
  test(`a browser without ${what} is told that it is too old`, async ({ browser, hall }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(lacks);
    let loads = 0;
    page.on('load', () => (loads += 1));
    for (const path of ['/kiosk/K1', '/display/main', '/counter', '/office', '/admin']) {
      await page.goto(`${hall.address}${path}`);
      await expect(page.locator('.too-old')).toHaveText(tooOld);
      await expect(page.locator('.too-old')).toBeVisible();
      await expect(page.getByText('正在启动')).toBeHidden();
      // Nothing was begun that would fail and load the page again.
      expect(await page.evaluate(() => window.isTooOld)).toBe(true);
    }
    expect(loads).toBe(5);
    await screenshot(page, 'too-old');
    // A phone's page asks for none of it.
    await page.goto(`${hall.address}/guides`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await context.close();
  });
}

test('where scripts are disabled, a page of a machine says so', async ({ browser, hall }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${hall.address}/kiosk/K1`);
  // Playwright's texts leave `noscript` out.
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.getByText('正在启动')).toBeHidden();
  await expect(page.locator('.too-old')).toBeHidden();
  await context.close();
});
