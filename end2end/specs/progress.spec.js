// The progress page on a phone, with and without scripts.

import { brotliCompressSync } from 'node:zlib';

import { expect, openHall, screenshot, screens, test } from '../hall/index.js';
import { clerkAt, takeNumber } from '../hall/api.js';

const BUSINESS = 'food-permit';

let hall;
test.beforeAll(async () => {
  hall = await openHall();
});
test.afterAll(async () => {
  await hall.remove();
});

const figure = (page) => page.locator('.figure');
const say = (page) => page.locator('.say');
const state = (page) => page.locator('main');
const path = (token) => `/t/${token}`;

test('a page without scripts is whole, small and in both languages', async ({ open }) => {
  const { number, token } = await takeNumber(hall, BUSINESS);
  const page = await open(screens.phone, path(token), { at: hall, javaScriptEnabled: false });
  await expect(figure(page)).toHaveText(number);
  await expect(page.locator('.times li')).toHaveText(/\d\d:\d\d\s*取号/);
  await expect(page.locator('.facts')).toContainText('食品经营许可');
  await expect(page.locator('summary')).toHaveText('要带的材料');
  await screenshot(page, 'progress-waiting');

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(figure(page)).toHaveText(number);
  await screenshot(page, 'progress-waiting-english');

  const whole = await (await fetch(`${hall.address}${path(token)}`)).text();
  expect(whole, 'the page loads nothing else').not.toMatch(/rel="?stylesheet|<img/);
  expect(brotliCompressSync(whole).length).toBeLessThan(20 * 1024);
  expect(whole).toContain('http-equiv="refresh"');
});

test('the phone follows the ticket from the line to its end', async ({ open }) => {
  const first = await takeNumber(hall, BUSINESS);
  const second = await takeNumber(hall, BUSINESS);
  const clerk = await clerkAt(hall, 1);
  const page = await open(screens.phone, path(second.token), { at: hall });
  await expect(page.locator('.is-live')).toBeVisible();
  await page.evaluate(() => (window.neverReloaded = true));
  await page.locator('summary').click();
  await expect(state(page)).toHaveAttribute('data-state', 'waiting');

  let before;
  do {
    before = await clerk('call_next');
    await clerk('finish');
  } while (before.number !== first.number);
  await expect(say(page)).toContainText('下一位就是您');

  const { id } = await clerk('call_next');
  await expect(say(page)).toContainText('请到');
  await expect(say(page)).toContainText('1号窗口');
  await expect(page).toHaveTitle(`${second.number} · 请到1号窗口`);
  await expect(page.locator('details')).toHaveAttribute('open', '');
  await page.locator('summary').click();
  await screenshot(page, 'progress-called');

  await clerk('begin');
  await expect(say(page)).toContainText('正在办理');
  await clerk('hold');
  await expect(say(page)).toContainText('保留');
  await clerk('resume', { ticket: id });
  await expect(say(page)).toContainText('正在办理');
  await clerk('finish');
  await expect(say(page)).toContainText('服务已结束');
  await expect(page.locator('.times li')).toHaveText([
    /取号/,
    /叫号/,
    /开始办理/,
    /暂停办理/,
    /继续办理/,
    /结束服务/,
  ]);
  await screenshot(page, 'progress-finished');
  expect(await page.evaluate(() => window.neverReloaded)).toBe(true);
});

test('a missed visitor reads how to come back, and is reinstated', async ({ open }) => {
  const { number, token } = await takeNumber(hall, BUSINESS);
  const clerk = await clerkAt(hall, 1);
  const page = await open(screens.phone, path(token), { at: hall });
  let called;
  do {
    called = await clerk('call_next');
  } while (called.number !== number);
  await clerk('mark_missed');
  await expect(say(page)).toHaveText('已过号');
  await expect(page.locator('.ticket .next')).toContainText('咨询台或1号窗口');
  await screenshot(page, 'progress-missed');
  await clerk('reinstate', { ticket: called.id });
  await expect(state(page)).toHaveAttribute('data-state', 'waiting');
});

test('the address works as the QR code writes it, in capitals', async ({ open }) => {
  const { number, token } = await takeNumber(hall, BUSINESS);
  for (const written of [`/T/${token.toUpperCase()}`, `/t/${token.toLowerCase()}`]) {
    const page = await open(screens.phone, written, { at: hall });
    await expect(figure(page)).toHaveText(number);
  }
});

test('a wrong token leads to a plain page that reveals nothing', async ({ request, open }) => {
  const bodies = [];
  for (const token of ['0'.repeat(26), 'nonsense', '%00', 'I'.repeat(26)]) {
    const answer = await request.get(`${hall.address}/t/${token}`, {
      headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
    });
    expect(answer.status(), token).toBe(404);
    // Each answer has a nonce of its own.
    bodies.push((await answer.text()).replaceAll(/nonce="[^"]*"/g, ''));
  }
  // One that a terminal may have given while it was cut off, and those that are no tokens.
  expect(new Set(bodies).size).toBe(2);
  expect(new Set(bodies.slice(1)).size).toBe(1);
  const page = await open(screens.phone, '/t/nonsense', { at: hall });
  await expect(page.getByRole('heading')).toHaveText('没有找到这个页面');
  await screenshot(page, 'progress-unknown');
});

test('a phone without a connection says since when, and recovers', async ({ open, ownHall }) => {
  const { token, number } = await takeNumber(ownHall, BUSINESS);
  const page = await open(screens.phone, path(token), { at: ownHall });
  await expect(page.locator('.is-live')).toBeVisible();
  await ownHall.close();
  await expect(page.locator('.stale')).toContainText(/\d\d:\d\d 起未更新/);
  await expect(figure(page)).toHaveText(number);
  await screenshot(page, 'progress-stale');
  await ownHall.reopen();
  await expect(page.locator('.stale')).toBeHidden({ timeout: 30_000 });
  const clerk = await clerkAt(ownHall, 1);
  await clerk('call_next');
  await expect(say(page)).toContainText('1号窗口');
});

test('a ticket page is private: no index, no referrer', async ({ request }) => {
  const { token } = await takeNumber(hall, BUSINESS);
  const page = await (await request.get(`${hall.address}${path(token)}`)).text();
  expect(page).toMatch(/name="robots" content="noindex"/);
  expect(page).toMatch(/name="referrer" content="no-referrer"/);
});

test('the front page links to every page', async ({ open }) => {
  const page = await open(screens.desktop, '/', { at: hall });
  await screenshot(page, 'front-page');
  const links = await page
    .locator('.doors a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links).toEqual(
    expect.arrayContaining([
      '/guides',
      '/verify',
      '/kiosk/K1',
      '/kiosk/K2',
      '/display/main',
      '/counter',
      '/office',
      '/admin',
    ]),
  );
  for (const link of links) {
    expect((await page.request.get(link)).status(), link).toBe(200);
  }
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Visitors' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Guides' })).toHaveAttribute('href', '/guides');
});
