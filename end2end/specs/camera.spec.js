// The camera at a counter: a photograph of a paper, without a file. Chromium
// makes up a camera of its own, a moving picture of a clock.

import config from '../playwright.config.js';
import { button, openCase, serve, sitAt } from '../hall/desks.js';
import { expect, picture, test } from '../hall/index.js';

const { launchOptions } = config.use;
test.use({
  launchOptions: {
    ...launchOptions,
    args: [
      ...launchOptions.args,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  },
});

test('a clerk photographs what the visitor brought', async ({ open, hall }) => {
  const counter = await sitAt(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await openCase(counter);
  await counter.keyboard.press('p');
  const camera = counter.locator('.camera');
  await expect(button(camera, '拍照')).toBeEnabled();
  await picture(counter, 'counter-camera');
  // Enter takes it, twice: a paper has a back.
  await counter.keyboard.press('Enter');
  await expect(camera.locator('.reply')).toContainText('1');
  await counter.keyboard.press('Enter');
  await expect(camera.locator('.reply')).toContainText('2');
  await counter.keyboard.press('Escape');
  await expect(camera).toBeHidden();
  const row = counter.locator('.reception li').first();
  await expect(row.locator('img')).toHaveCount(2);
  const wide = await row.locator('img').first().evaluate((image) => image.naturalWidth);
  expect(wide, 'a thumbnail that can be seen').toBeGreaterThan(100);
  await picture(counter, 'counter-photographed');
});
