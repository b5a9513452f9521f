// A form that is filled in at a kiosk.

import { expect } from '@playwright/test';

import { line, title } from './kiosk.js';

/** From the first page to the form of a bundle. Returns the draft's token. */
export async function beginForm(kiosk) {
  const begun = kiosk.waitForResponse('**/api/apply/begin');
  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await line(kiosk, '综合审批').tap();
  await kiosk.locator('.matter', { hasText: '开办餐饮店一件事' }).tap();
  await kiosk.getByRole('button', { name: '现在填申请表' }).tap();
  const { token } = await (await begun).json();
  await expect(title(kiosk)).toHaveText('开办餐饮店一件事');
  await expect(kiosk.locator('.fill')).toContainText('已保存');
  return token;
}

/** Goes on from page to page of a form until something is there. */
export async function goOnUntil(kiosk, isThere) {
  const place = kiosk.locator('.fill .title [role="status"]');
  while (!(await isThere())) {
    const before = await place.textContent();
    await kiosk.locator('.fill-ways .key').tap();
    await expect(place).not.toHaveText(before);
  }
}

/** Goes on to the last page of a form, which checks it. */
export const goOnToCheck = (kiosk) =>
  goOnUntil(kiosk, () => kiosk.locator('.fill-ways .key').isDisabled());

/** The helper joins by the figures on the visitor's screen. */
export async function joinBeside(kiosk, tablet) {
  await kiosk.getByRole('button', { name: '请人帮忙', exact: true }).tap();
  const figures = await kiosk.locator('.share-figures').getAttribute('data-figures');
  await tablet.getByLabel('六位数字').fill(figures);
  await tablet.getByRole('button', { name: '开始协助', exact: true }).click();
  await expect(tablet.locator('.helping-form')).toBeVisible();
  await expect(kiosk.locator('.helper-bar')).toBeVisible();
}

/** Touches a field until its keys are there: a page that has just appeared takes no touch. */
export async function touchField(kiosk, name) {
  await expect(async () => {
    await kiosk.locator(`[name="${name}"]`).tap();
    await expect(kiosk.locator('.touch-keys .modes')).toBeVisible({ timeout: 1000 });
  }).toPass();
}
