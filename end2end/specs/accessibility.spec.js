// The staff's pages have no finding of axe, in both languages, signed out and in, with their
// dialogs open; and none of them is wider than a small screen.

import { takeNumber } from '../hall/api.js';
import { findings } from '../hall/axe.js';
import { expect, openHall, test } from '../hall/index.js';
import { openCounter, openOffice } from '../hall/staff.js';
import { report } from '../hall/terminal_report.js';

const small = { viewport: { width: 1024, height: 768 } };

let hall;
test.beforeAll(async () => {
  hall = await openHall();
});
test.afterAll(async () => {
  await hall?.remove();
});

async function check(page, name) {
  await expect.poll(() => findings(page), name).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** Does something in both languages. */
async function inBoth(page, name, act) {
  await act(`${name}, zh`);
  await page.getByRole('button', { name: 'English' }).first().click();
  await act(`${name}, en`);
  await page.getByRole('button', { name: '中文' }).first().click();
}

for (const path of ['/counter', '/office', '/admin']) {
  test(`the sign-in of ${path}`, async ({ open }) => {
    const page = await open(small, path, { at: hall });
    await expect(page.locator('.sign-in form')).toBeVisible();
    await inBoth(page, path, (name) => check(page, name));
  });
}

test('the counter with nobody, a visitor, and each dialog', async ({ open }) => {
  const page = await openCounter(open, hall, 1, small);
  await inBoth(page, 'counter', (name) => check(page, name));
  await takeNumber(hall, 'food-permit');
  await expect(page.locator('.levers .next')).toBeEnabled();
  await page.keyboard.press(' ');
  await expect(page.locator('.visitor')).toBeVisible();
  await inBoth(page, 'called', (name) => check(page, name));
  await page.keyboard.press('t');
  await check(page, 'transfer');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expect(page.locator('.has-come')).toBeVisible();
  await check(page, 'has come');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '退出窗口' }).click();
  await expect(page.locator('.leaving')).toBeVisible();
  await check(page, 'leaving');
});

test('the office, and its password dialog', async ({ open }) => {
  const page = await openOffice(open, hall, 'review1', small);
  await inBoth(page, 'office', (name) => check(page, name));
  await page.getByRole('button', { name: '修改密码' }).click();
  await check(page, 'own password');
});

test('the director, on each page', async ({ open }) => {
  const page = await open(small, '/admin', { at: hall });
  await page.getByLabel('登录名').fill('admin');
  await page.getByLabel('密码').fill(hall.password);
  await page.keyboard.press('Enter');
  await expect(page.locator('.admin-nav')).toBeVisible();
  await report(hall, { printer: 'paper_out' });
  for (const hash of ['now', 'tickets', 'terminals', 'cases', 'lines', 'hours', 'clerks', 'files']) {
    await page.goto(`/admin#${hash}`);
    await expect(page.locator('.admin-head h1')).toBeVisible();
    await inBoth(page, hash, (name) => check(page, name));
  }
});

test('a document is verified, before and after a code is entered', async ({ open }) => {
  const page = await open(small, '/verify', { at: hall });
  await check(page, 'verify');
});
