// A visitor who leaves while a number is being taken: it is given back.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, test } from '../hall/index.js';
import { openMatter, takeButton, title, waiting } from '../hall/kiosk.js';

/** Loses the answers to `issue`; returns what the server gave. */
async function loseAnswers(kiosk) {
  const given = [];
  await kiosk.route('**/api/kiosk/issue', async (route) => {
    const answer = await route.fetch();
    given.push(await answer.json());
    await route.abort('connectionreset');
  });
  return given;
}

const stateOf = async (hall, { token }) =>
  (await (await fetch(`${hall.address}/api/progress?token=${token}`)).json()).state;

test('"taking a number" can be left, and a number that came is given back', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const given = await loseAnswers(kiosk);
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect.poll(() => given.length).toBeGreaterThan(0);
  await kiosk.getByRole('button', { name: '不要了，返回首页' }).tap();
  await expect(title(kiosk)).toHaveText('请选择业务');
  await expect.poll(() => stateOf(ownHall, given[0])).toBe('cancelled');
  expect(await waiting(ownHall)).toBe(0);
});

test('a request that never arrived gives no number after its visitor left', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  let held;
  await kiosk.route('**/api/kiosk/issue', (route) => {
    held ??= route;
  });
  const abandoned = kiosk.waitForResponse('**/api/kiosk/abandon');
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await kiosk.getByRole('button', { name: '不要了，返回首页' }).tap();
  await abandoned;
  const late = await held.fetch();
  expect(late.status()).toBe(409);
  expect(await waiting(ownHall)).toBe(0);
});

test('a visitor who walks away is asked, and then nobody is called for them', async ({ open, ownHall }) => {
  await editSetup(ownHall, ({ main }) => {
    main.rules.idle_seconds = 10;
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const given = await loseAnswers(kiosk);
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(kiosk.getByRole('alertdialog')).toBeVisible({ timeout: 20_000 });
  await expect(title(kiosk)).toHaveText('请选择业务', { timeout: 40_000 });
  await expect.poll(() => stateOf(ownHall, given[0])).toBe('cancelled');
});

test('whoever waits gets the number, however late', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  let lost = 1;
  await kiosk.route('**/api/kiosk/issue', async (route) => {
    if (lost > 0) {
      lost -= 1;
      await route.fetch();
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(kiosk.locator('.ticket .hero')).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});
