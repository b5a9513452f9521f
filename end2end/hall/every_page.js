// Every page of a kiosk in one mode of a visit, on one page of the browser, in both shapes.

import { expect } from '@playwright/test';

import { ORIENTATIONS, title } from './kiosk.js';
import { MODES } from './modes.js';
import { screens } from './screens.js';

/** Nobody waits longer for a step: the others are still to be seen. */
const PATIENCE = 10_000;

/** A kiosk's page in a mode, at its first page. Its voice is silent. */
export async function openInMode(open, mode, path, at) {
  const kiosk = await open(screens.kioskUpright, path, { at });
  kiosk.setDefaultTimeout(PATIENCE);
  await kiosk.context().route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
  await expect(title(kiosk)).toBeVisible();
  await MODES[mode](kiosk);
  return kiosk;
}

/** Looks at a page in both shapes. Returns what `look(kiosk, shape)` finds, each with its shape. */
export async function inBothShapes(kiosk, look) {
  const found = [];
  for (const [shape, { viewport }] of ORIENTATIONS) {
    await kiosk.setViewportSize(viewport);
    // What a script places by the size of the screen is placed with the next frame.
    await kiosk.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    found.push(...(await look(kiosk, shape)).map((problem) => `${shape}: ${problem}`));
  }
  await kiosk.setViewportSize(screens.kioskUpright.viewport);
  return found;
}

/**
 * Goes walks from the home page (see `kiosk_scenes.js`) and looks at each of their pages in both
 * shapes. A page that is not reached is a problem, and the next walk begins.
 *
 * @param {(kiosk: object, shape: string, name: string) => Promise<string[]>} look
 */
export async function throughPages(kiosk, hall, { mode, walks, look }) {
  const problems = [];
  for (const walk of walks) {
    for (const [name, step] of Object.entries(walk)) {
      try {
        await step(kiosk, hall);
      } catch (error) {
        problems.push(`${name}: not reached: ${error.message.slice(0, 300)}`);
        break;
      }
      const found = await inBothShapes(kiosk, (page, shape) => look(page, shape, name));
      problems.push(...found.map((problem) => `${name}, ${problem}`));
    }
    await leave(kiosk, mode);
  }
  return problems;
}

/** Back to the first page, in the same mode. */
async function leave(kiosk, mode) {
  await kiosk.unrouteAll({ behavior: 'ignoreErrors' });
  const home = kiosk.locator('.foot .button').first();
  if (await home.isVisible()) {
    await home.click();
  } else {
    // The page of a number has a key that ends the visit, and with it the mode.
    await kiosk.reload();
    await expect(title(kiosk)).toHaveText('请选择业务');
    await MODES[mode](kiosk);
  }
  await expect(title(kiosk)).toHaveText('请选择业务');
}
