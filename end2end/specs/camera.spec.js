// The camera at a counter: photographing a document without choosing a file.
// Chromium provides a fake camera with a moving picture of a clock.

import config from '../playwright.config.js';
import { button, openCase, serve, openCounter } from '../hall/staff.js';
import { expect, openHall, screenshot, screens, test } from '../hall/index.js';

const { launchOptions } = config.use;
test.use({
  launchOptions: {
    ...launchOptions,
    args: [
      ...launchOptions.args,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      // A name of the hall's network, to which browsers give no camera over plain http.
      '--host-resolver-rules=MAP hall.lan 127.0.0.1',
    ],
  },
});

test('a clerk photographs what the visitor brought', async ({ open, hall }) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await openCase(counter);
  await counter.keyboard.press('p');
  const camera = counter.locator('.camera');
  await expect(button(camera, '拍照')).toBeEnabled();
  await screenshot(counter, 'counter-camera');
  // Enter takes a photograph; twice, for front and back.
  await counter.keyboard.press('Enter');
  await expect(camera.locator('.reply')).toContainText('1');
  await counter.keyboard.press('Enter');
  await expect(camera.locator('.reply')).toContainText('2');
  await counter.keyboard.press('Escape');
  await expect(camera).toBeHidden();
  const row = counter.locator('.reception li').first();
  await expect(row.locator('img')).toHaveCount(2);
  const wide = await row.locator('img').first().evaluate((image) => image.naturalWidth);
  expect(wide, 'a visible thumbnail').toBeGreaterThan(100);
  await screenshot(counter, 'counter-photographed');
});

test('over plain http the page says why there is no camera', async ({ open }) => {
  const hall = await openHall({ JIBAN_HOSTS: 'hall.lan' });
  const counter = await openCounter(
    (screen, path) =>
      open(screen, path, { at: { address: hall.address.replace('127.0.0.1', 'hall.lan') } }),
    hall,
    1,
    screens.desktop,
  );
  await serve(counter, hall, 'food-permit');
  await openCase(counter);
  await counter.keyboard.press('p');
  await expect(counter.locator('.camera .over')).toContainText('https');
  await screenshot(counter, 'counter-camera-plain-http');
  await counter.context().close();
  await hall.remove();
});
