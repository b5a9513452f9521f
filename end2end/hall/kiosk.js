// The parts of a kiosk's page, for its specs.

import { screens } from './screens.js';

/** Both orientations of a kiosk's screen. */
export const ORIENTATIONS = [
  ['upright', screens.kioskUpright],
  ['flat', screens.kioskFlat],
];

/** Presses a figure as a person does: one that comes within 80 ms of the key before is a scanner's. */
export async function pressFigure(kiosk, figure) {
  await kiosk.waitForTimeout(150);
  await kiosk.keyboard.press(figure);
}

/** Types a code as a reader does: faster than anybody. */
export const scan = (kiosk, code) =>
  kiosk.evaluate((typed) => {
    for (const key of [...typed, 'Enter']) {
      dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
  }, code);

export const line = (kiosk, letter) => kiosk.locator('.card', { hasText: letter }).first();
export const row = (kiosk, name) => kiosk.locator('.matter', { hasText: name });
export const takeButton = (kiosk) => kiosk.locator('.take');
export const number = (kiosk) => kiosk.locator('.ticket .hero');
export const title = (kiosk) => kiosk.locator('main h1');

/** What the page says of itself from now on: what it shows, and for how long it was not touched. */
export function signsOf(kiosk) {
  const signs = [];
  kiosk.on('request', (request) => {
    if (request.url().endsWith('/api/kiosk/heartbeat') && request.postData()) {
      signs.push(request.postDataJSON());
    }
  });
  return signs;
}

/** The number of people waiting in all lines of the hall. */
export async function waiting(hall) {
  const now = await (await fetch(`${hall.address}/api/hall`)).json();
  return now.lines.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** Opens a matter of the first line, up to the button that takes a number. */
export async function openMatter(kiosk) {
  await line(kiosk, '企业开办').tap();
  await row(kiosk, '个体工商户设立登记').tap();
}
