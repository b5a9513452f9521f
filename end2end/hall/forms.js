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
