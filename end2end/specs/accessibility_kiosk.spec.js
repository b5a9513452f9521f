// The pages of visitors have no finding of axe (best practices and WCAG 2.2 too): a kiosk's in
// every mode, the display's, and those of phones.

import { acceptCase } from '../hall/accepted_case.js';
import { takeNumber } from '../hall/api.js';
import { findings } from '../hall/axe.js';
import { expect, screens, test } from '../hall/index.js';
import { line } from '../hall/kiosk.js';
import { SCENES } from '../hall/kiosk_scenes.js';
import { MODES, closePanel, openPanel } from '../hall/modes.js';

// With its own home page, the easy mode has no other pages than these.
const IN_EASY = ['home', 'scan', 'find a case', 'guides by line', 'guide'];

for (const [name, reach] of Object.entries(SCENES)) {
  test(`a kiosk's page "${name}" in every mode`, async ({ open }) => {
    test.setTimeout(120_000);
    const problems = [];
    for (const [mode, turnOn] of Object.entries(MODES)) {
      if (mode === 'easy' && !IN_EASY.includes(name)) {
        continue;
      }
      const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
      await kiosk.route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
      await expect(line(kiosk, '企业开办')).toBeVisible();
      await turnOn(kiosk);
      await reach(kiosk);
      problems.push(...(await findings(kiosk)).map((finding) => `${mode}: ${finding}`));
      await kiosk.close();
    }
    expect(problems).toEqual([]);
  });
}

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
