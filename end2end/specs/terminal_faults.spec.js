// What happens to a terminal while somebody stands before it: a real terminal, a real page. The
// visitor gets a number and is told what is true; afterwards the page is as it was.

import { takeNumber } from '../hall/api.js';
import { editSetup } from '../hall/edit_setup.js';
import { inBothShapes } from '../hall/every_page.js';
import { test as terminalTest } from '../hall/faulty_terminal.js';
import { expect, screens, screenshot } from '../hall/index.js';
import { number, openMatter, signsOf, takeButton, title } from '../hall/kiosk.js';
import { layoutProblems } from '../hall/layout.js';
import { setSize } from '../hall/modes.js';
import { startMoodyPrinter } from '../hall/moody_printer.js';
import { Visitors, randomFrom } from '../hall/visitors.js';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

const test = terminalTest.extend({
  /** A printer for the terminal's slips. */
  printer: async ({ ownHall, terminal }, use) => {
    const printer = await startMoodyPrinter();
    /** The kiosk gets it; the terminal then says so of it. */
    printer.attach = async (standing) => {
      await editSetup(ownHall, ({ main }) => {
        main.kiosk[0].printer = { kind: 'escpos', address: printer.address, native_qr: true };
      });
      await expect
        .poll(() => terminal.health(), { timeout: 30_000 })
        .toContain(`printer: ${standing}`);
    };
    await use(printer);
    await printer.close();
  },
});

test.setTimeout(120_000);

const reached = (terminal) =>
  expect.poll(() => terminal.health(), { timeout: 30_000 }).toMatch(/: reached[^]*to hand in: 0\n/);
const cutOff = (kiosk) => expect(kiosk.locator('.alone')).toBeVisible({ timeout: 30_000 });
const done = (kiosk) => kiosk.getByRole('button', { name: '完成', exact: true }).tap();

/** What the hall says of a ticket. */
async function progress(hall, { token }) {
  const response = await fetch(`${hall.address}/api/progress?token=${token}`);
  return response.ok ? response.json() : null;
}

/** A page at the terminal, and what it was told of its tickets. */
async function openKiosk(open, terminal) {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
  const visitors = new Visitors(randomFrom(1));
  visitors.listenTo(kiosk);
  await expect(title(kiosk)).toHaveText('请选择业务');
  return { kiosk, told: () => [...visitors.told.values()] };
}

test('the server is killed in the middle of a visit, and comes back', async ({
  open,
  ownHall,
  terminal,
}) => {
  const { kiosk, told } = await openKiosk(open, terminal);
  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  await ownHall.kill();
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible({ timeout: 20_000 });
  await expect(kiosk.locator('.ticket')).toContainText('排队位置待确认');
  const [ticket] = told();
  expect(ticket.confirmed).toBe(false);
  expect(await number(kiosk).textContent()).toBe(ticket.number);
  await cutOff(kiosk);
  await screenshot(kiosk, 'kiosk-alone');
  await done(kiosk);
  // The next one is told before, and gets a number too.
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(kiosk.locator('.ticket')).toContainText('排队位置待确认');
  await ownHall.reopen();
  await reached(terminal);
  // Who still stands there is told their place.
  await expect(kiosk.locator('.ticket')).not.toContainText('排队位置待确认', { timeout: 20_000 });
  await expect(kiosk.locator('.ticket .ahead')).toContainText('1');
  await done(kiosk);
  await expect(kiosk.locator('.alone')).toHaveCount(0);
  for (const [place, one] of told().entries()) {
    expect(await progress(ownHall, one)).toMatchObject({ number: one.number, ahead: place });
  }
});

test('the network is cut for ten minutes, or hangs', async ({ open, ownHall, cable, terminal }) => {
  const { kiosk, told } = await openKiosk(open, terminal);
  let passed = 0;
  for (const fault of ['cut', 'hang']) {
    cable[fault]();
    await cutOff(kiosk);
    passed += 5 * MINUTE;
    await terminal.pass(passed);
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    await expect(number(kiosk)).toBeVisible({ timeout: 20_000 });
    await done(kiosk);
    passed += 5 * MINUTE;
    await terminal.pass(passed);
    cable.mend();
    await reached(terminal);
    await expect(kiosk.locator('.alone')).toHaveCount(0);
  }
  for (const one of told()) {
    expect(await progress(ownHall, one)).toMatchObject({ number: one.number, state: 'waiting' });
  }
  expect(told()).toHaveLength(2);
});

test('the terminal is killed during a touch, and its page goes on with the next one', async ({
  open,
  ownHall,
  terminal,
}) => {
  const { kiosk, told } = await openKiosk(open, terminal);
  for (const wait of [0, 5, 20]) {
    await openMatter(kiosk);
    await expect(takeButton(kiosk)).toBeVisible();
    await takeButton(kiosk).tap();
    await new Promise((elapsed) => setTimeout(elapsed, wait));
    await terminal.kill();
    await terminal.reopen();
    // The page asks again by the same request until it is answered.
    await expect(number(kiosk)).toBeVisible({ timeout: 30_000 });
    const shown = await number(kiosk).textContent();
    expect(told().map((one) => one.number)).toContain(shown);
    await done(kiosk);
    await expect(title(kiosk)).toHaveText('请选择业务');
  }
  const numbers = told().map((one) => one.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  const hall = await (await fetch(`${ownHall.address}/api/hall`)).json();
  const waiting = hall.lines.reduce((sum, line) => sum + line.waiting, 0);
  expect(waiting, 'one ticket for each visitor').toBe(3);
});

test('a printer out of paper says so, and the page is as before when it is filled', async ({
  open,
  ownHall,
  terminal,
}) => {
  const printer = await startMoodyPrinter();
  try {
    const { kiosk } = await openKiosk(open, terminal);
    const at = { kind: 'escpos', address: printer.address, native_qr: true };
    await editSetup(ownHall, ({ main }) => (main.kiosk[0].printer = at));
    for (const [mood, said] of [['paper out', '打印机缺纸'], ['open', '打印机上盖未关'], ['off', '打印机没有响应']]) {
      printer.become(mood);
      await expect(title(kiosk)).toHaveText(said, { timeout: 30_000 });
      printer.become('ready');
      await expect(title(kiosk)).toHaveText('请选择业务', { timeout: 30_000 });
    }
    const before = printer.slips.length;
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    await expect(number(kiosk)).toBeVisible();
    await expect.poll(() => printer.slips.length, { timeout: 20_000 }).toBe(before + 1);
    await done(kiosk);
  } finally {
    await printer.close();
  }
});

test('a reader that types rubbish changes nothing, on any page', async ({ open, terminal }) => {
  const { kiosk } = await openKiosk(open, terminal);
  const visitors = new Visitors(randomFrom(7));
  const rounds = async (heading) => {
    for (let round = 0; round < 3; round += 1) {
      await visitors.rubbish(kiosk);
    }
    await expect(title(kiosk)).toHaveText(heading);
  };
  // At the first page somebody may have scanned a code of somewhere else, and is told so.
  await rounds('查进度');
  await kiosk.getByRole('button', { name: '首页', exact: true }).tap();
  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  await rounds(await title(kiosk).textContent());
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  await rounds(await title(kiosk).textContent());
  await done(kiosk);
  await expect(title(kiosk)).toHaveText('请选择业务');
});

/** A visitor takes a number; what is said of the slip. */
async function takeSlip(kiosk) {
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  return kiosk.locator('.slip-state');
}

test('a slow printer is waited for', async ({ open, terminal, printer }) => {
  const { kiosk } = await openKiosk(open, terminal);
  await printer.attach('Ready');
  printer.become('slow');
  const slip = await takeSlip(kiosk);
  await expect(slip).toContainText('正在打印小票');
  await expect(slip).toContainText('请取走小票', { timeout: 30_000 });
  expect(printer.slips).toHaveLength(1);
});

test('a printer that says nothing prints, and nobody is told that it did', async ({
  open,
  terminal,
  printer,
}) => {
  const { kiosk } = await openKiosk(open, terminal);
  printer.become('dumb');
  await printer.attach('Unknown');
  await expect(title(kiosk)).toHaveText('请选择业务');
  const slip = await takeSlip(kiosk);
  await expect(slip).toContainText('小票可能没有打印出来', { timeout: 30_000 });
  await expect(slip).toContainText('请用手机拍下号码和二维码，凭号码办理。');
  expect(printer.slips).toHaveLength(1);
  await screenshot(kiosk, 'kiosk-slip-unknown');
});

test('a slip whose printer was cut off in the middle of it is told, and printed again when asked', async ({
  open,
  terminal,
  printer,
}) => {
  const { kiosk } = await openKiosk(open, terminal);
  await printer.attach('Ready');
  printer.become('cut off');
  const slip = await takeSlip(kiosk);
  await expect(slip).toContainText('小票可能没有打印出来', { timeout: 30_000 });
  await expect(slip).toContainText('请用手机拍下号码和二维码，凭号码办理。');
  expect(printer.slips, 'it is not sent again by itself').toHaveLength(0);
  printer.become('ready');
  await kiosk.getByRole('button', { name: '补打小票' }).tap();
  await expect(slip).toContainText('请取走小票', { timeout: 30_000 });
  expect(printer.slips).toHaveLength(1);
});

test('cut off, every language says so in the largest letters, and each key that needs the server', async ({
  open,
  cable,
  terminal,
}) => {
  const { kiosk } = await openKiosk(open, terminal);
  cable.cut();
  await cutOff(kiosk);
  const language = kiosk.locator('.foot [lang]');
  for (const [lang, alone, needs, names] of [
    ['zh-CN', '暂未连上大厅服务器，可照常取号，排队位置稍后确认', '恢复联网后可用', ['查进度', '预约、报到']],
    [
      'en',
      "Cut off from the hall's server. Numbers are given as usual; your place is confirmed later",
      'Needs the server: back by itself',
      ['Progress', 'Bookings'],
    ],
    ['zh-Hant', '暫未連上大廳服務器，可照常取號，排隊位置稍後確認', '恢復聯網後可用', ['查進度', '預約、報到']],
  ]) {
    await expect(kiosk.locator('html')).toHaveAttribute('lang', lang);
    await expect(kiosk.locator('.alone')).toHaveText(alone);
    for (const name of names) {
      const key = kiosk.locator('main .ways .button', { hasText: name });
      await expect(key).toBeDisabled();
      await expect(key).toContainText(needs);
    }
    await setSize(kiosk, 3);
    const problems = await inBothShapes(kiosk, (page) => layoutProblems(page, { leastTarget: 60, whole: true }));
    expect(problems, lang).toEqual([]);
    await screenshot(kiosk, `kiosk-alone-${lang}`);
    await setSize(kiosk, 0);
    // By a mouse: two touches so soon would be taken for a double touch.
    await language.click();
  }
  await expect(kiosk.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

/** Counts how often the page is loaded from now on. */
function countLoads(kiosk) {
  let loads = 0;
  kiosk.on('load', () => (loads += 1));
  return () => loads;
}

/** The stream of the page says from now on that its terminal serves another page. */
async function tellOfNewerPage(kiosk, hall) {
  // The page reads each message once, wherever it comes from: its own stream or the worker's.
  await kiosk.evaluate(() => {
    globalThis.toldOfNewer = 0;
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      configurable: true,
      get() {
        const data = get.call(this);
        const now = typeof data === 'string' && data.startsWith('{') ? JSON.parse(data) : null;
        if (!now?.terminal) {
          return data;
        }
        now.terminal.page = '/assets/kiosk-of-tomorrow.js';
        globalThis.toldOfNewer += 1;
        return JSON.stringify(now);
      },
    });
  });
  // The next message comes when somebody takes a number elsewhere.
  await takeNumber(hall, 'marriage', 'K2');
  await expect.poll(() => kiosk.evaluate(() => globalThis.toldOfNewer)).toBeGreaterThan(0);
}

const longest = (signs, shows) =>
  Math.max(0, ...signs.filter((sign) => sign.shows === shows).map((sign) => sign.idle_seconds));

test('a newer page is loaded when nobody has touched the first page for a while, and not before', async ({
  open,
  ownHall,
  terminal,
}) => {
  const { kiosk } = await openKiosk(open, terminal);
  await kiosk.evaluate(() => (globalThis.isOfToday = true));
  await tellOfNewerPage(kiosk, ownHall);
  const [signs, loads] = [signsOf(kiosk), countLoads(kiosk)];
  // Somebody comes, and reads.
  await title(kiosk).tap();
  await expect.poll(() => longest(signs, 'home'), { timeout: 30_000 }).toBeGreaterThanOrEqual(10);
  expect(loads(), 'whoever reads the first page does not lose it').toBe(0);
  expect(await kiosk.evaluate(() => globalThis.isOfToday)).toBe(true);
  await expect.poll(loads, { timeout: 30_000 }).toBe(1);
  expect(longest(signs, 'home')).toBeGreaterThanOrEqual(15);
  await expect(title(kiosk)).toHaveText('请选择业务');
});

test('a newer page takes nobody their visit, however long they read', async ({ open, ownHall, terminal }) => {
  const { kiosk } = await openKiosk(open, terminal);
  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  await tellOfNewerPage(kiosk, ownHall);
  const [signs, loads] = [signsOf(kiosk), countLoads(kiosk)];
  // By then it would have been loaded at the first page.
  await expect.poll(() => longest(signs, 'visit'), { timeout: 60_000 }).toBeGreaterThanOrEqual(25);
  expect(loads(), 'nobody loses a visit to a newer page').toBe(0);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  expect(loads()).toBe(0);
  await done(kiosk);
  await expect.poll(loads, { timeout: 30_000 }).toBe(1);
  await expect(title(kiosk)).toHaveText('请选择业务');
});

test('a clock that is five minutes or a year wrong is not shown', async ({ open, ownHall, terminal, cable }) => {
  const { kiosk, told } = await openKiosk(open, terminal);
  const now = () => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date());
  for (const wrong of [-5 * MINUTE, 5 * MINUTE, -YEAR, YEAR]) {
    await terminal.pass(0, wrong);
    await expect.poll(async () => [now(), await kiosk.locator('.head .clock').textContent()].map((text) => text.trim()).reduce((one, other) => one === other), { timeout: 20_000 }).toBe(true);
    cable.cut();
    await cutOff(kiosk);
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    await expect(number(kiosk)).toBeVisible({ timeout: 20_000 });
    await done(kiosk);
    cable.mend();
    await reached(terminal);
    await expect(kiosk.locator('.alone')).toHaveCount(0);
  }
  for (const [place, one] of told().entries()) {
    const at = await progress(ownHall, one);
    expect(at, JSON.stringify(one)).toMatchObject({ number: one.number, ahead: place });
  }
});
