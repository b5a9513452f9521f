// What somebody of the staff types survives Escape, a reload and the end of their session; it
// goes with them when they sign out.

import { request as api } from '@playwright/test';

import { expect, test } from '../hall/index.js';
import { button, openCounter, serve, WANG } from '../hall/staff.js';

const field = (page, name) => page.getByLabel(name, { exact: true });

async function typeApplicant(page) {
  await page.keyboard.press('o');
  await field(page, '姓名').fill(WANG.name);
  await field(page, '证件号码').fill(WANG.number);
}

/** Signs everybody at the counter out, as an idle end does. */
async function endSessions(hall, clerk) {
  const director = await api.newContext({ baseURL: hall.address });
  await director.post('/api/admin/sign_in', { data: { name: 'admin', password: hall.password } });
  const set = { clerk, password: hall.password };
  expect((await director.post('/api/admin/set_password', { data: set })).status()).toBe(200);
  await director.dispose();
}

async function signInAgain(page, hall, clerk) {
  await expect(field(page, '密码')).toBeVisible({ timeout: 30_000 });
  await field(page, '登录名').fill(clerk);
  await field(page, '密码').fill(hall.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '1号窗口' })).toBeVisible();
}

test('an applicant survives Escape, a reload and the end of the session', async ({
  open,
  ownHall,
}) => {
  const page = await openCounter(open, ownHall, 1);
  await serve(page, ownHall, 'food-permit');
  await typeApplicant(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await expect(field(page, '姓名')).toHaveValue(WANG.name);

  await page.reload();
  await expect(page.getByRole('heading', { name: '1号窗口' })).toBeVisible();
  await page.keyboard.press('o');
  await expect(field(page, '姓名')).toHaveValue(WANG.name);
  // Its label also says that it is valid.
  await expect(page.getByLabel('证件号码')).toHaveValue(WANG.number);

  // The session ends with the cursor in a field: the page that goes away must not fail.
  await field(page, '联系电话').fill(WANG.telephone);
  await endSessions(ownHall, 'clerk1');
  await button(page, '收件，核对材料').click();
  await signInAgain(page, ownHall, 'clerk1');
  // Nobody was left at the counter: the visitor is on hold.
  await expect(page.locator('.on-hold li')).toHaveCount(1);
  await button(page, '继续办理').click();
  await expect(page.locator('.lever-open-case')).toBeEnabled();
  await page.keyboard.press('o');
  await expect(field(page, '姓名')).toHaveValue(WANG.name);
  await expect(field(page, '联系电话')).toHaveValue(WANG.telephone);
});

test('who signs out takes what they typed away', async ({ open, ownHall }) => {
  const page = await openCounter(open, ownHall, 1);
  await serve(page, ownHall, 'food-permit');
  await typeApplicant(page);
  await page.keyboard.press('Escape');
  await button(page, '退出窗口').click();
  await expect(page.locator('.leaving')).toBeVisible();
  await page.locator('dialog[open] .key').click();
  await expect(field(page, '密码')).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(kept).not.toContain(WANG.name);
});

test('an end is undone, and an unanswered call is asked about', async ({ open, ownHall }) => {
  const page = await openCounter(open, ownHall, 1);
  const ticket = await serve(page, ownHall, 'food-permit');
  await page.keyboard.press('f');
  await expect(page.locator('.take-back')).toContainText(ticket.number);
  await page.keyboard.press('u');
  await expect(page.locator('.visitor .number')).toHaveText(ticket.number);
  await expect(page.locator('.levers .next')).toContainText('结束服务，叫下一位');
});
