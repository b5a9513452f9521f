// The pages of visitors have no finding of axe (best practices and WCAG 2.2 too): a kiosk's in
// every mode and in both shapes of the screen, the display's, and those of phones.

import { acceptCase } from '../hall/accepted_case.js';
import { takeNumber } from '../hall/api.js';
import { findings } from '../hall/axe.js';
import { inBothShapes, openInMode, throughPages } from '../hall/every_page.js';
import { expect, screens, unboundedTest as test } from '../hall/index.js';
import { line, title } from '../hall/kiosk.js';
import { BLOCKED, closeStation, isBlocked } from '../hall/kiosk_blocked.js';
import { walksIn } from '../hall/kiosk_scenes.js';
import { MODES, closePanel, openPanel } from '../hall/modes.js';
import { preparePrinting, printWalks } from '../hall/print_scenes.js';
import { openTerminal } from '../hall/terminal.js';

// A mode's pages are one walk, and nothing of it is another's.
test.describe.configure({ mode: 'parallel' });

const modes = Object.keys(MODES);

for (const mode of modes) {
  test(`every page of an open kiosk, ${mode}`, async ({ open, hall }) => {
    test.setTimeout(600_000);
    const kiosk = await openInMode(open, mode, '/kiosk/K1');
    const walks = walksIn(mode);
    expect(await throughPages(kiosk, hall, { mode, walks, look: findings })).toEqual([]);
  });
}

test('printing by oneself, in every mode', async ({ open, ownHall }) => {
  test.setTimeout(600_000);
  const printer = await preparePrinting(ownHall);
  try {
    const problems = [];
    for (const mode of modes) {
      const kiosk = await openInMode(open, mode, '/kiosk/K2', ownHall);
      const walks = printWalks(printer);
      const found = await throughPages(kiosk, ownHall, { mode, walks, look: findings });
      problems.push(...found.map((problem) => `${mode}: ${problem}`));
      await kiosk.close();
    }
    expect(problems).toEqual([]);
  } finally {
    await printer.close();
  }
});

for (const [name, blocked] of Object.entries(BLOCKED)) {
  test(`${name}, in every mode`, async ({ open, ownHall }) => {
    test.setTimeout(300_000);
    await blocked.before?.(ownHall);
    const problems = [];
    // What happens, happens once: all pages stand before it.
    for (const together of blocked.happens ? [modes] : modes.map((mode) => [mode])) {
      const pages = [];
      for (const mode of together) {
        const kiosk = await openInMode(open, mode, blocked.path, ownHall);
        await blocked.reach?.(kiosk);
        pages.push([mode, kiosk]);
      }
      await blocked.happens?.(ownHall);
      for (const [mode, kiosk] of pages) {
        await isBlocked(blocked, kiosk);
        const found = await inBothShapes(kiosk, findings);
        problems.push(...found.map((problem) => `${mode}, ${problem}`));
        await kiosk.close();
      }
    }
    expect(problems).toEqual([]);
  });
}

test('a kiosk that is open in another window, in every mode', async ({ open, ownHall }) => {
  test.setTimeout(240_000);
  const terminal = await openTerminal(ownHall);
  try {
    const first = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
    await expect(line(first, '企业开办')).toBeVisible();
    for (const mode of modes) {
      const second = await openInMode(open, mode, '/kiosk/K1', terminal);
      await expect(title(second)).toHaveText('本机已在另一个窗口打开');
      expect(await inBothShapes(second, findings), mode).toEqual([]);
      await second.close();
    }
  } finally {
    await terminal.remove();
  }
});

test('a screen that rests', async ({ open, ownHall }) => {
  await closeStation(ownHall);
  // Nobody is in a mode here: the visit has ended long before.
  const kiosk = await open(screens.kioskUpright, '/kiosk/K3', { at: ownHall });
  await kiosk.clock.install();
  await kiosk.reload();
  await expect(title(kiosk)).toHaveText('大厅现在不办公');
  await kiosk.clock.runFor('05:10');
  await expect(kiosk.locator('.rest')).toContainText('轻触屏幕开始');
  expect(await inBothShapes(kiosk, findings)).toEqual([]);
});

test('the panel of a kiosk, in every mode', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
  await expect(line(kiosk, '企业开办')).toBeVisible();
  for (const [mode, turnOn] of Object.entries(MODES)) {
    await turnOn(kiosk);
    await openPanel(kiosk);
    expect(await findings(kiosk), mode).toEqual([]);
    await closePanel(kiosk);
  }
});

test('the display', async ({ open }) => {
  const display = await open(screens.display, '/display/main');
  await expect(display.locator('body')).toContainText('青禾区');
  expect(await findings(display)).toEqual([]);
});

test('the pages of phones, in every language', async ({ open, hall }) => {
  test.setTimeout(90_000);
  const ticket = await takeNumber(hall, 'drainage-permit');
  const opened = await acceptCase(hall, { matter: 'drainage-permit' });
  const problems = [];
  for (const path of [
    `/t/${ticket.token}`, `/t/${ticket.token}/give_back`, `/t/${opened.token}`, '/', '/guides', '/guides?q=zzz',
    '/guides/main/drainage-permit', '/guides/main/open-restaurant', '/verify', '/t/0',
  ]) {
    for (const lang of ['zh-CN', 'en', 'zh-Hant']) {
      const phone = await open(screens.phone, `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      problems.push(...(await findings(phone)).map((finding) => `${path} ${lang}: ${finding}`));
      await phone.close();
    }
  }
  expect(problems).toEqual([]);
});
