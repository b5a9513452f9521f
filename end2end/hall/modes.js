// The modes of a visit at a kiosk, as its panel chooses them.

import { expect } from '@playwright/test';

/** Opens the panel of a kiosk, if it is not open. */
export async function openPanel(kiosk) {
  const panel = kiosk.locator('.panel');
  if (!(await panel.isVisible())) {
    await kiosk.locator('.accessibility-key').click();
    await expect(panel.locator('.close')).toBeVisible();
  }
  return panel;
}

export async function closePanel(kiosk) {
  await kiosk.locator('.panel .close').click();
  await expect(kiosk.locator('.panel')).toBeHidden();
}

/** The size of letters, 0 to 3. */
export async function setSize(kiosk, size) {
  const panel = await openPanel(kiosk);
  await panel.locator('.options').nth(1).getByRole('radio').nth(size).click();
  await expect(kiosk.locator('.kiosk')).toHaveAttribute('data-size', String(size));
  await closePanel(kiosk);
}

/** Turns a mode of the panel's third group on: 0 the easy mode, 1 high contrast, 2 reach. */
async function turnOn(kiosk, at) {
  const panel = await openPanel(kiosk);
  const mode = panel.locator('.options').nth(2).getByRole('switch').nth(at);
  if ((await mode.getAttribute('aria-checked')) !== 'true') {
    await mode.click();
    await expect(mode).toHaveAttribute('aria-checked', 'true');
  }
  await closePanel(kiosk);
}

/** What a visitor may choose, each with its name. */
export const MODES = {
  standard: async () => {},
  large: (kiosk) => setSize(kiosk, 1),
  larger: (kiosk) => setSize(kiosk, 2),
  largest: (kiosk) => setSize(kiosk, 3),
  easy: (kiosk) => turnOn(kiosk, 0),
  contrast: (kiosk) => turnOn(kiosk, 1),
  reach: (kiosk) => turnOn(kiosk, 2),
};
