// The hall display: what everyone waiting sees and hears.

import { expect, openHall, screenshot, screens, test } from '../hall/index.js';
import { clerkAt, takeNumber } from '../hall/api.js';

const BUSINESS = 'proprietor-open';
const MARRIAGE = 'marriage';
const DIGITS = '零一二三四五六七八九';

/** The announcement of a number called to a counter. */
const sentence = (number, counter) =>
  `请 ${[...number].map((sign) => DIGITS[sign] ?? sign).join(' ')} 号，到 ${DIGITS[counter]}号窗口`;

const board = (page) => page.locator('main.display');
const featured = (page) => page.locator('.calling-number');
const inList = (page, number) => page.locator('.last-calls li', { hasText: number });
const notice = (page) => page.locator('.board-notice.is-stale');

let hall;
test.beforeAll(async () => {
  hall = await openHall();
});
test.afterAll(async () => {
  await hall.remove();
});

/** A display that has received its first snapshot. */
async function switchOn(open, screen = screens.display, at = hall) {
  const page = await open(screen, '/display/main', { at });
  await expect(page.locator('.calling')).toBeVisible();
  return page;
}

/** A silent WAV file. */
function silence(milliseconds) {
  const rate = 8000;
  const samples = (rate * milliseconds) / 1000;
  const file = Buffer.alloc(44 + samples, 128);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  return file;
}

/** A browser with a Chinese voice; `window.said` records what it spoke. */
async function withVoice(page) {
  await page.addInitScript(() => {
    window.said = [];
    const voice = { lang: 'zh-CN', localService: true, name: 'a voice', default: true };
    Object.setPrototypeOf(voice, SpeechSynthesisVoice.prototype);
    for (const key of ['lang', 'localService', 'name', 'default']) {
      Object.defineProperty(voice, key, { value: voice[key] });
    }
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {} });
    speechSynthesis.getVoices = () => [voice];
    speechSynthesis.speak = (utterance) => {
      window.said.push(`begins: ${utterance.text}`);
      setTimeout(() => {
        window.said.push(`ends: ${utterance.text}`);
        utterance.dispatchEvent(new Event('end'));
      }, 500);
    };
    speechSynthesis.cancel = () => window.said.push('cut off');
  });
  await page.reload();
  await expect(page.locator('.calling')).toBeVisible();
}

test('a display that was just switched on does not announce old calls', async ({ open }) => {
  const clerk = await clerkAt(hall, 1);
  const { number } = await takeNumber(hall, BUSINESS);
  await clerk('call_next');
  const page = await switchOn(open);
  await expect(featured(page)).toHaveText(number);
  await expect(board(page)).toHaveAttribute('data-announced', '');
  await clerk('finish');
  await expect(page.locator('.calling')).toHaveClass(/is-past/);
});

test('a call is shown and announced, and again after a recall', async ({ open }) => {
  const page = await switchOn(open);
  const clerk = await clerkAt(hall, 1);
  const { number } = await takeNumber(hall, BUSINESS);
  await clerk('call_next');
  await expect(page.locator('.is-announced .calling-number')).toHaveText(number);
  await expect(page.locator('.calling-counter')).toContainText('1号窗口');
  await expect(board(page)).toHaveAttribute('data-announced', sentence(number, 1));
  await screenshot(page, 'display-announced');

  await expect(page.locator('.calling')).toHaveClass(/is-current/, { timeout: 30_000 });
  await clerk('recall');
  await expect(board(page)).toHaveAttribute(
    'data-announced',
    `${sentence(number, 1)} | ${sentence(number, 1)}`,
  );
  await clerk('begin');
  await expect(page.locator('.calling')).toHaveClass(/is-past/, { timeout: 30_000 });
});

test('two calls in quick succession are both shown and both announced', async ({ open }) => {
  const page = await switchOn(open);
  await withVoice(page);
  const [one, five] = [await clerkAt(hall, 1), await clerkAt(hall, 5)];
  const first = (await takeNumber(hall, BUSINESS)).number;
  const second = (await takeNumber(hall, MARRIAGE)).number;
  await one('call_next');
  await five('call_next');

  await expect(page.locator('.is-announced .calling-number')).toHaveText(first);
  await expect(inList(page, second)).toBeVisible();
  await expect(page.locator('.is-announced .calling-number')).toHaveText(second, {
    timeout: 30_000,
  });
  await expect(inList(page, first)).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => window.said.filter((word) => word !== 'cut off')))
    .toEqual([
      `begins: ${sentence(first, 1)}`,
      `ends: ${sentence(first, 1)}`,
      `begins: ${sentence(second, 5)}`,
      `ends: ${sentence(second, 5)}`,
    ]);
  await expect(board(page)).toHaveAttribute('data-voice', 'browser');
  await screenshot(page, 'display');
  await one('finish');
  await five('finish');
});

test('a browser without a Chinese voice plays the server\'s', async ({ open }) => {
  const page = await switchOn(open);
  // The page is told that the server can synthesize speech, whether it can or not.
  await page.addInitScript(() => {
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get() {
        const data = get.call(this);
        return typeof data === 'string' ? data.replace('"voice":false', '"voice":true') : data;
      },
    });
  });
  const requests = [];
  await page.route(/\/api\/display\/voice/, (route) => {
    requests.push(new URL(route.request().url()).searchParams);
    return route.fulfill({ contentType: 'audio/wav', body: silence(400) });
  });
  await page.reload();
  await expect(page.locator('.calling')).toBeVisible();

  const clerk = await clerkAt(hall, 1);
  const first = (await takeNumber(hall, BUSINESS)).number;
  const second = (await takeNumber(hall, BUSINESS)).number;
  await clerk('call_next');
  await clerk('finish');
  await clerk('call_next');
  await expect(board(page)).toHaveAttribute('data-voice', 'server');
  await expect(board(page)).toHaveAttribute(
    'data-announced',
    `${sentence(first, 1)} | ${sentence(second, 1)}`,
    { timeout: 30_000 },
  );
  await expect.poll(() => requests.length).toBeGreaterThanOrEqual(2);
  const [one, two] = [...new Set(requests.map((search) => Number(search.get('seq'))))];
  expect(two).toBeGreaterThan(one);
  expect(requests[0].get('hall')).toBe('main');
  await clerk('finish');
});

test('without any voice only the chime is heard, and the next call is announced', async ({ open }) => {
  const page = await switchOn(open);
  await page.route(/\/api\/display\/voice/, (route) => route.abort());
  const clerk = await clerkAt(hall, 1);
  const first = (await takeNumber(hall, BUSINESS)).number;
  const second = (await takeNumber(hall, BUSINESS)).number;
  await clerk('call_next');
  await expect(board(page)).toHaveAttribute('data-voice', 'chime');
  await clerk('call_next');
  await expect(board(page)).toHaveAttribute(
    'data-announced',
    `${sentence(first, 1)} | ${sentence(second, 1)}`,
    { timeout: 30_000 },
  );
  await clerk('finish');
});

test('a call made while the display was disconnected is announced afterwards', async ({
  open,
  ownHall,
}) => {
  const clerk = await clerkAt(ownHall, 1);
  const before = await takeNumber(ownHall, BUSINESS);
  const missed = await takeNumber(ownHall, BUSINESS);
  const page = await switchOn(open, screens.display, ownHall);
  await clerk('call_next');
  await expect(page.locator('.is-announced .calling-number')).toHaveText(before.number);

  await ownHall.close();
  await expect(notice(page)).toContainText(/\d\d:\d\d 起未更新/);
  await expect(featured(page), 'the last known call stays').toHaveText(before.number);
  await screenshot(page, 'display-stale');

  await ownHall.reopen();
  await clerk('call_next');
  await expect(notice(page)).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator('.is-announced .calling-number')).toHaveText(missed.number, {
    timeout: 30_000,
  });
  await expect(board(page)).toHaveAttribute(
    'data-announced',
    `${sentence(before.number, 1)} | ${sentence(missed.number, 1)}`,
  );
  await expect(inList(page, before.number)).toBeVisible();
});

test('if the browser blocks sound, the display asks for a touch', async ({ open }) => {
  const page = await switchOn(open);
  await page.addInitScript(() => {
    let allowed = false;
    Object.defineProperty(AudioContext.prototype, 'state', {
      get: () => (allowed ? 'running' : 'suspended'),
    });
    addEventListener('pointerdown', () => (allowed = true));
  });
  await page.reload();
  const silent = page.locator('.board-notice.is-silent');
  await expect(silent).toBeVisible();
  await screenshot(page, 'display-silent');
  await page.mouse.click(900, 500);
  await expect(silent).toHaveCount(0);
});

test('an upright screen shows the same', async ({ open }) => {
  const page = await switchOn(open, { viewport: { width: 1080, height: 1920 } });
  const clerk = await clerkAt(hall, 1);
  const { number } = await takeNumber(hall, BUSINESS);
  await clerk('call_next');
  await expect(page.locator('.is-announced .calling-number')).toHaveText(number);
  await screenshot(page, 'display-upright');
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('main *')].filter((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
    }).length,
  );
  expect(outside, 'nothing is off the screen').toBe(0);
  await clerk('finish');
});

test('a display receives numbers, never names of visitors', async ({ request }) => {
  const stream = await fetch(`${hall.address}/events/display?hall=main`);
  const { value } = await stream.body.getReader().read();
  const [, snapshot] = new TextDecoder().decode(value).match(/^data: ?(.*)$/m);
  const { calls } = JSON.parse(snapshot);
  for (const call of calls) {
    expect(Object.keys(call).sort()).toEqual([
      'at',
      'counter',
      'counter_name',
      'current',
      'number',
      'seq',
    ]);
  }
  expect((await request.get(`${hall.address}/display/nowhere`)).status()).toBe(404);
});
