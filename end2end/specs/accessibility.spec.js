// The staff's pages have no finding of axe, in both languages, signed out and in, with their
// dialogs open; and none of them is wider than a small screen.

import { acceptCase } from '../hall/accepted_case.js';
import { takeNumber } from '../hall/api.js';
import { findings } from '../hall/axe.js';
import { expect, openHall, test } from '../hall/index.js';
import { sendDraft } from '../hall/sent_draft.js';
import { button, grouped, openAdmin, openCase, openCounter, openOffice, serve, steps } from '../hall/staff.js';
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
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const isWide = (element) => element.getBoundingClientRect().right > clientWidth;
    const found = [...document.querySelectorAll('body *')].filter(isWide);
    const names = found.map(({ outerHTML }) => outerHTML.slice(0, 80));
    return scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px`, ...names] : [];
  });
  expect(wider, `${name} is wider than the screen`).toEqual([]);
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

test('the counter with a case: opening it, its materials, and each dialog', async ({ open, ownHall }) => {
  test.setTimeout(180_000);
  const page = await openCounter(open, ownHall, 1, small);
  await serve(page, ownHall, 'food-permit');
  await page.keyboard.press('o');
  await expect(page.getByLabel('证件号码')).toBeVisible();
  await inBoth(page, 'opening a case', (name) => check(page, name));
  await page.keyboard.press('Escape');
  const number = await openCase(page);
  await inBoth(page, 'materials', (name) => check(page, name));
  const dialog = page.locator('dialog.asking[open]');
  const asked = async (name, act) => {
    await act();
    await expect(dialog).toBeVisible();
    await check(page, name);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await asked('telling what is missing', () => button(page, '一次性告知').click());
  await asked('a commitment', () => button(page, '签告知承诺').click());
  await page.keyboard.press('a');
  await expect(page.locator('.reception .next')).toContainText('受理');
  await asked('a receipt', () => page.locator('.reception .next').click());
  await inBoth(page, 'accepted', (name) => check(page, name));
  await page.keyboard.press('Escape');
  for (const [key, name] of [['c', 'cases'], ['x', 'results']]) {
    await page.keyboard.press(key);
    await expect(page.locator('.reception')).toBeVisible();
    await inBoth(page, name, (one) => check(page, one));
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('c');
  await page.locator('.search input').fill(number);
  await page.keyboard.press('Enter');
  await expect(page.locator('.case-row', { hasText: grouped(number) })).toBeVisible();
  await check(page, 'a case that was found');
});

test('applications that were sent before a visit, at the counter and in the office', async ({ open, ownHall }) => {
  test.setTimeout(120_000);
  await sendDraft(ownHall);
  const document = (page) => page.locator('.draft-document');
  const counter = await openCounter(open, ownHall, 1, small);
  await counter.keyboard.press('d');
  await expect(counter.locator('.draft-row')).toHaveCount(1);
  await inBoth(counter, 'the list of applications', (name) => check(counter, name));
  await counter.locator('.draft-row').click();
  await expect(document(counter)).toContainText('青禾区老陈面馆');
  await inBoth(counter, 'an application', (name) => check(counter, name));
  await button(document(counter).locator('[data-field="shop_name"]'), '批注').click();
  await expect(counter.locator('.remark-form')).toBeVisible();
  await check(counter, 'a remark');
  await counter.getByLabel('意见').fill('请写全称。');
  await counter.keyboard.press('Enter');
  await expect(document(counter).locator('.remarks li')).toHaveCount(1);
  await check(counter, 'an application with a remark');

  const office = await openOffice(open, ownHall, 'review1', small);
  await button(office, '预审 1').click();
  await office.locator('.draft-row').click();
  await expect(document(office)).toContainText('青禾区老陈面馆');
  await inBoth(office, 'an application in the office', (name) => check(office, name));
});

test('the office with a case in hand, and what each action asks', async ({ open, ownHall }) => {
  test.setTimeout(120_000);
  const { number } = await acceptCase(ownHall, { matter: 'food-permit' });
  const page = await openOffice(open, ownHall, 'review1', small);
  await steps(page, number).first().click();
  await expect(page.locator('.case-in-hand')).toContainText(grouped(number));
  await expect(button(page, '通过').first()).toBeEnabled();
  await inBoth(page, 'a case in hand', (name) => check(page, name));
  const sheet = page.locator('.act-sheet');
  for (const [key, name] of [['a', 'approve'], ['r', 'reject'], ['p', 'pause'], ['m', 'ask for more']]) {
    await page.keyboard.press(key);
    await expect(sheet).toBeVisible();
    await check(page, name);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }
});

const ADMIN = [
  'now', 'tickets', 'terminals', 'cases', 'matters', 'bundles', 'lines', 'counters', 'kiosks', 'statements',
  'hours', 'departments', 'clerks', 'halls', 'files',
];

test('the director, on each page', async ({ open }) => {
  test.setTimeout(300_000);
  const page = await openAdmin(open, hall, { screen: small });
  await report(hall, { printer: 'paper_out' });
  // Each page of the navigation: what is not in the list would not be looked at.
  const all = page.locator('.admin-nav a[href^="#"]');
  expect((await all.evaluateAll((links) => links.map(({ hash }) => hash.slice(1)))).sort()).toEqual([...ADMIN].sort());
  for (const hash of ADMIN) {
    await page.goto(`/admin#${hash}`);
    await expect(page.locator(`.admin-nav a[href="#${hash}"]`)).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('.admin-head h1')).toBeVisible();
    await inBoth(page, hash, (name) => check(page, name));
  }
});

test('the director, at what a matter asks', async ({ open }) => {
  const page = await openAdmin(open, hall, { screen: small });
  await page.goto('/admin#matters');
  await page.locator('.items-list').getByRole('button', { name: '户外招牌设置' }).first().click();
  await expect(page.locator('.form-preview')).toBeVisible();
  await inBoth(page, 'a form', (name) => check(page, name));
  await button(page.locator('.form-group').nth(2), '新增项').click();
  await expect(page.locator('.form-entry-body')).toBeVisible();
  await check(page, 'a field of a form');
});

test('a document is verified, before and after a code is entered', async ({ open }) => {
  const page = await open(small, '/verify', { at: hall });
  await check(page, 'verify');
});
