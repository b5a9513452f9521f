// The progress page on a phone: with scripts and without.

import { brotliCompressSync } from 'node:zlib';

import { expect, openHall, picture, screens, test } from '../hall/index.js';
import { sitDown, takeNumber } from '../hall/people.js';

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
  await picture(page, 'progress-waiting');

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(figure(page)).toHaveText(number);
  await picture(page, 'progress-waiting-english');

  const whole = await (await fetch(`${hall.address}${path(token)}`)).text();
  expect(whole, 'nothing else is asked for').not.toMatch(/rel="?stylesheet|<img/);
  expect(brotliCompressSync(whole).length).toBeLessThan(20 * 1024);
  expect(whole).toContain('http-equiv="refresh"');
});

test('the phone follows the ticket from the line to the end', async ({ open }) => {
  const first = await takeNumber(hall, BUSINESS);
  const second = await takeNumber(hall, BUSINESS);
  const clerk = await sitDown(hall, 1);
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
  await picture(page, 'progress-called');

  await clerk('begin');
  await expect(say(page)).toContainText('正在办理');
  await clerk('hold');
  await expect(say(page)).toContainText('保留');
  await clerk('resume', { ticket: id });
  await expect(say(page)).toContainText('正在办理');
  await clerk('finish');
  await expect(say(page)).toContainText('已办完');
  await expect(page.locator('.times li')).toHaveText([
    /取号/,
    /叫号/,
    /开始办理/,
    /暂停办理/,
    /继续办理/,
    /办完/,
  ]);
  await picture(page, 'progress-finished');
  expect(await page.evaluate(() => window.neverReloaded)).toBe(true);
});

test('a missed visitor reads how to come back, and is back', async ({ open }) => {
  const { number, token } = await takeNumber(hall, BUSINESS);
  const clerk = await sitDown(hall, 1);
  const page = await open(screens.phone, path(token), { at: hall });
  let called;
  do {
    called = await clerk('call_next');
  } while (called.number !== number);
  await clerk('mark_missed');
  await expect(say(page)).toHaveText('已过号');
  await expect(page.locator('.ticket .next')).toContainText('咨询台或1号窗口');
  await picture(page, 'progress-missed');
  await clerk('reinstate', { ticket: called.id });
  await expect(state(page)).toHaveAttribute('data-state', 'waiting');
});

test('the address of the slip works as the QR code writes it', async ({ open }) => {
  const { number, token } = await takeNumber(hall, BUSINESS);
  for (const written of [`/T/${token.toUpperCase()}`, `/t/${token.toLowerCase()}`]) {
    const page = await open(screens.phone, written, { at: hall });
    await expect(figure(page)).toHaveText(number);
  }
});

test('a wrong token is a plain page that tells nothing', async ({ request, open }) => {
  const bodies = [];
  for (const token of ['0'.repeat(26), 'nonsense', '%00', 'I'.repeat(26)]) {
    const answer = await request.get(`${hall.address}/t/${token}`, {
      headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
    });
    expect(answer.status(), token).toBe(404);
    bodies.push(await answer.text());
  }
  expect(new Set(bodies).size).toBe(1);
  const page = await open(screens.phone, '/t/nonsense', { at: hall });
  await expect(page.getByRole('heading')).toHaveText('没有找到这个页面');
  await picture(page, 'progress-unknown');
});

test('a phone that lost the server says since when, and recovers', async ({ open, ownHall }) => {
  const { token, number } = await takeNumber(ownHall, BUSINESS);
  const page = await open(screens.phone, path(token), { at: ownHall });
  await expect(page.locator('.is-live')).toBeVisible();
  await ownHall.close();
  await expect(page.locator('.stale')).toContainText(/\d\d:\d\d 起未更新/);
  await expect(figure(page)).toHaveText(number);
  await picture(page, 'progress-stale');
  await ownHall.reopen();
  await expect(page.locator('.stale')).toBeHidden({ timeout: 30_000 });
  const clerk = await sitDown(ownHall, 1);
  await clerk('call_next');
  await expect(say(page)).toContainText('1号窗口');
});

test('a ticket is its holder’s: no index, no referrer', async ({ request }) => {
  const { token } = await takeNumber(hall, BUSINESS);
  const page = await (await request.get(`${hall.address}${path(token)}`)).text();
  expect(page).toMatch(/name="robots" content="noindex"/);
  expect(page).toMatch(/name="referrer" content="no-referrer"/);
});

test('the first page leads to every machine', async ({ open }) => {
  const page = await open(screens.desktop, '/', { at: hall });
  await picture(page, 'doors');
  const doors = await page
    .locator('.doors a')
    .evaluateAll((all) => all.map((door) => door.getAttribute('href')));
  expect(doors).toEqual(
    expect.arrayContaining([
      '/kiosk/K1',
      '/kiosk/K2',
      '/display/main',
      '/counter',
      '/office',
      '/admin',
    ]),
  );
  for (const door of doors) {
    expect((await page.request.get(door)).status(), door).toBe(200);
  }
});
