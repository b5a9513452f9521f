// The home page of the easy mode: a few large keys, for all that the kiosk offers.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test } from '../hall/index.js';
import { ORIENTATIONS, line, title } from '../hall/kiosk.js';
import { layoutProblems } from '../hall/layout.js';
import { broken } from '../hall/measures.js';
import { openTerminal } from '../hall/terminal.js';

const keys = (kiosk) => kiosk.locator('main .ways .button');
const named = (kiosk, name) => kiosk.locator('main').getByRole('button', { name });
const EASY = { leastText: 24, leastLine: 1.3, leastTarget: 60, mostChoices: 6 };
const ALL = ['取号', '不知道选哪个', '查进度', '办事指南', '预约、报到', '自助打印'];

/** At the home page in the easy mode. */
async function easy(open, screen, path, at) {
  const kiosk = await open(screen, path, { at });
  await expect(kiosk.locator('main h1')).toBeVisible();
  await kiosk.locator('.easy-key').click();
  await expect(kiosk.locator('.few')).toBeVisible();
  await expect(kiosk.locator('link[href*=accessibility]')).toHaveCount(1);
  return kiosk;
}

const both = async (kiosk) => [
  ...(await broken(kiosk, EASY)),
  ...(await layoutProblems(kiosk, { whole: true })),
];

for (const [orientation, screen] of [
  ...ORIENTATIONS,
  ['1366 x 768', { viewport: { width: 1366, height: 768 }, hasTouch: true }],
]) {
  test(`six large keys where the kiosk prints and books, ${orientation}`, async ({ open, hall }) => {
    const kiosk = await easy(open, screen, '/kiosk/K2', hall);
    await expect(keys(kiosk)).toHaveText(ALL);
    expect(await both(kiosk)).toEqual([]);
    await screenshot(kiosk, `easy-home-${orientation}`);
    await named(kiosk, '自助打印').click();
    await expect(title(kiosk)).toHaveText('自助打印');
    await kiosk.getByRole('button', { name: '首页' }).click();
    await named(kiosk, '预约、报到').click();
    await expect(title(kiosk)).toHaveText('预约');
    await kiosk.getByRole('button', { name: '首页' }).click();
    await kiosk.locator('.foot [lang=en]').click();
    await expect(named(kiosk, 'Bookings')).toBeVisible();
    expect(await both(kiosk)).toEqual([]);
    await screenshot(kiosk, `easy-home-english-${orientation}`);
  });

  test(`after hours what needs no clerk comes first, ${orientation}`, async ({ open, ownHall }) => {
    await editSetup(ownHall, ({ main }) => {
      const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
      const day = days[(new Date().getUTCDay() + 3) % 7];
      for (const one of main.line) {
        one.hours = { week: { [day]: [['09:00', '12:00']] }, follows_calendar: false };
      }
    });
    const kiosk = await easy(open, screen, '/kiosk/K2', ownHall);
    await expect(title(kiosk)).toHaveText('现在没有业务叫号');
    await expect(keys(kiosk)).toHaveText([...ALL.slice(2), ...ALL.slice(0, 2)]);
    expect(await both(kiosk)).toEqual([]);
    await screenshot(kiosk, `easy-home-after-hours-${orientation}`);
  });
}

test('what the hall does not offer has no key', async ({ open, ownHall }) => {
  await editSetup(ownHall, ({ main }) => delete main.booking);
  const kiosk = await easy(open, screens.kioskUpright, '/kiosk/K1', ownHall);
  await expect(keys(kiosk)).toHaveText(ALL.slice(0, 4));
});

test('cut off, what needs the server says so, and is back by itself', async ({ open, ownHall }) => {
  const terminal = await openTerminal(ownHall, { kiosk: 'K2' });
  try {
    const kiosk = await easy(open, screens.kioskUpright, '/kiosk/K2', terminal);
    await expect(named(kiosk, '查进度')).toBeEnabled();
    await ownHall.close();
    for (const name of ['查进度', '预约、报到', '自助打印']) {
      await expect(named(kiosk, name)).toBeDisabled();
      await expect(named(kiosk, name)).toContainText('恢复联网后可用');
    }
    for (const name of ['取号', '不知道选哪个', '办事指南']) {
      await expect(named(kiosk, name)).toBeEnabled();
    }
    expect(await both(kiosk)).toEqual([]);
    await screenshot(kiosk, 'easy-home-cut-off');
    await named(kiosk, '取号').click();
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await kiosk.getByRole('button', { name: '首页' }).click();
    await ownHall.reopen();
    await expect(named(kiosk, '查进度')).toBeEnabled({ timeout: 30_000 });
  } finally {
    await terminal.remove();
  }
});
