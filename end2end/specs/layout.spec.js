// Nothing is cut off, lies over another thing or sticks out: every page, in every language,
// in every shape, in each size of letters; and what each mode of a kiosk promises is kept.

import { acceptCase } from '../hall/accepted_case.js';
import { clerkAt, takeNumber } from '../hall/api.js';
import { editSetup } from '../hall/edit_setup.js';
import { openInMode, throughPages } from '../hall/every_page.js';
import { expect, screens, unboundedTest as test } from '../hall/index.js';
import { line, openMatter, takeButton, title } from '../hall/kiosk.js';
import { SCENES, walksIn } from '../hall/kiosk_scenes.js';
import { layoutProblems } from '../hall/layout.js';
import { broken } from '../hall/measures.js';
import { setSize } from '../hall/modes.js';
import { report } from '../hall/terminal_report.js';

const FINGER = 60;
/** Shapes of a kiosk, and the least text that its screen may show. */
const KIOSKS = [
  { width: 1080, height: 1920, leastText: 30 },
  { width: 1920, height: 1080, leastText: 30 },
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
];

/** Every shape, language and size of letters of the kiosk's page as it stands. */
async function holds(kiosk) {
  const problems = [];
  const language = kiosk.locator('.foot [lang]');
  for (const lang of ['zh', 'en', 'zh-Hant']) {
    for (const size of lang === 'zh-Hant' ? [0] : [0, 1, 2, 3]) {
      if (lang !== 'zh-Hant' && (await isOpen(kiosk))) {
        await kiosk.setViewportSize(screens.kioskUpright.viewport);
        await setSize(kiosk, size);
      }
      for (const { width, height, leastText } of KIOSKS) {
        await kiosk.setViewportSize({ width, height });
        const wanted = { leastText, leastTarget: FINGER, whole: true };
        for (const problem of await layoutProblems(kiosk, wanted)) {
          problems.push(`${width}x${height} ${lang} ${size}: ${problem}`);
        }
      }
    }
    if (await isOpen(kiosk)) {
      await kiosk.setViewportSize(screens.kioskUpright.viewport);
      await setSize(kiosk, 0);
      const before = await language.textContent();
      // By a mouse: two touches so soon would be taken for a double touch.
      await language.click();
      await expect(language).not.toHaveText(before);
    }
  }
  expect(problems).toEqual([]);
}

/** Whether the server is there, to fetch what a visitor asks for. */
const isOpen = (kiosk) => kiosk.evaluate(() => fetch('/healthz').then(({ ok }) => ok, () => false));

test.describe('a kiosk', () => {
  test.describe.configure({ timeout: 120_000 });

  for (const [name, reach] of Object.entries(SCENES)) {
    test(`holds its page "${name}"`, async ({ open, hall }) => {
      const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
      await expect(line(kiosk, '企业开办')).toBeVisible();
      await reach(kiosk, hall);
      await holds(kiosk);
    });
  }

  test('holds what blocks it', async ({ open, ownHall }) => {
    await editSetup(ownHall, ({ station }) => {
      const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
      station.hours = { week: { [days[(new Date().getUTCDay() + 3) % 7]]: [['09:00', '12:00']] } };
    });
    const closed = await open(screens.kioskUpright, '/kiosk/K3', { at: ownHall });
    await expect(title(closed)).toHaveText('大厅现在不办公');
    await holds(closed);
    const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
    await editSetup(ownHall, ({ main }) => {
      main.line.find(({ letter }) => letter === 'B').closed = true;
    });
    await line(kiosk, '综合审批').tap();
    await expect(title(kiosk)).toContainText('暂停取号');
    await holds(kiosk);
    await kiosk.getByRole('button', { name: '首页' }).tap();
    await editSetup(ownHall, ({ main }) => {
      main.kiosk[0].printer = { kind: 'escpos', address: '127.0.0.1:9' };
    });
    await expect(title(kiosk)).toHaveText('打印机没有响应', { timeout: 30_000 });
    await holds(kiosk);
    await ownHall.kill();
    await expect(title(kiosk)).toHaveText('暂时连不上服务器');
    await holds(kiosk);
  });

  test('holds its warning of an idle visitor', async ({ open, ownHall }) => {
    await editSetup(ownHall, ({ main }) => {
      main.rules.idle_seconds = 10;
      main.rules.countdown_seconds = 600;
    });
    for (const large of [false, true]) {
      const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
      await openMatter(kiosk);
      await expect(takeButton(kiosk)).toBeVisible();
      if (large) {
        await setSize(kiosk, 2);
      }
      await expect(kiosk.getByRole('alertdialog')).toBeVisible({ timeout: 20_000 });
      for (const { width, height, leastText } of KIOSKS) {
        await kiosk.setViewportSize({ width, height });
        const wanted = { leastText, leastTarget: FINGER, whole: true };
        expect(await layoutProblems(kiosk, wanted), `${width}x${height}`).toEqual([]);
      }
    }
  });

  test('has more lines than one page holds', async ({ open, ownHall }) => {
    await editSetup(ownHall, ({ main }) => {
      for (const letter of 'GHJKLMN') {
        main.line.push({ id: `line-${letter}`, letter, name: { zh: `第${letter}队`, en: `Line ${letter}` } });
        main.counter[0].lines.push(`line-${letter}`);
      }
    });
    const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
    await expect(kiosk.locator('.turns')).toContainText('1 / 3');
    await kiosk.getByRole('button', { name: '下一页' }).tap();
    await expect(line(kiosk, '第G队')).toBeVisible();
    await holds(kiosk);
  });
});

/** EN 301 549, 5.1.4: at 60 cm from a screen of 21.5 inches a capital H is 0.7 degrees high. */
const READ = 42;
/** Where a visitor chooses in the easy mode, and among how many at most. */
const CHOICES = {
  home: 6, lines: 4, matters: 4, matter: 4, priorities: 4, 'matter with many words': 4, ticket: 4,
  bookings: 4, 'lines for a booking': 4, unsure: 4, scan: 4, 'guides by line': 4, guide: 4,
};
/** Between 380 and 1220 mm: of an upright screen of 32 inches and a flat one of 27, as they usually stand. */
const REACH = { upright: [645, 1920], flat: [0, 1080] };
const PROMISES = {
  standard: () => ({}),
  easy: (_, name) => ({ leastText: 24, leastLine: 1.3, leastTarget: FINGER, mostChoices: CHOICES[name] ?? 0 }),
  contrast: () => ({ leastContrast: 10 }),
  reach: (shape) => ({ leastTarget: FINGER, band: REACH[shape] }),
};

test.describe('a mode', () => {
  // Each is one walk through all pages.
  test.describe.configure({ mode: 'parallel', timeout: 600_000 });

  for (const [mode, promises] of Object.entries(PROMISES)) {
    test(`keeps what it promises on every page, ${mode}`, async ({ open, hall }) => {
      const kiosk = await openInMode(open, mode, '/kiosk/K1');
      const look = async (page, shape, name) => [
        ...(await broken(page, { ...promises(shape, name), leastRead: READ })),
        ...(await layoutProblems(page, { whole: true })),
      ];
      expect(await throughPages(kiosk, hall, { mode, walks: walksIn(mode), look })).toEqual([]);
    });
  }
});

test('large type is larger: names, title and number grow by 1.4', async ({ open }) => {
  for (const screen of [screens.kioskUpright, screens.kioskFlat]) {
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(line(kiosk, '企业开办')).toBeVisible();
    const grows = async (selector) => {
      const size = () =>
        kiosk.locator(selector).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
      const standard = await size();
      await setSize(kiosk, 2);
      const large = await size();
      await setSize(kiosk, 3);
      const largest = await size();
      await setSize(kiosk, 0);
      expect(largest / standard, selector).toBeGreaterThanOrEqual(selector.includes('hero') ? 1.399 : 1.599);
      expect(large / standard, selector).toBeGreaterThanOrEqual(1.399);
    };
    await grows('main h1');
    await grows('.card .name');
    await line(kiosk, '综合审批').tap();
    await grows('.matter .name');
    await kiosk.locator('.matter').first().tap();
    await grows('.take');
    await grows('.materials li');
    await takeButton(kiosk).tap();
    await grows('.ticket .hero');
    await grows('.ticket .what');
  }
});

// Phones: at twice the type too, without scrolling sideways.
for (const [name, viewport] of [
  ['390', { width: 390, height: 844 }],
  ['320', { width: 320, height: 568 }],
]) {
  test(`a phone of ${name} px holds every page, at twice the type too`, async ({ open, hall }) => {
    test.setTimeout(120_000);
    const ticket = await takeNumber(hall, 'drainage-permit');
    const opened = await acceptCase(hall, { matter: 'drainage-permit' });
    const problems = [];
    for (const path of [
      `/t/${ticket.token}`, `/t/${opened.token}`, '/', '/guides', '/guides?q=zzz',
      '/guides/main/drainage-permit', '/guides/main/open-restaurant', '/verify', '/t/0',
    ]) {
      for (const lang of ['zh-CN', 'en']) {
        const phone = await open({ ...screens.phone, viewport }, `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        for (const size of ['100%', '200%']) {
          await phone.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);
          for (const problem of await layoutProblems(phone)) {
            problems.push(`${path} ${lang} ${size}: ${problem}`);
          }
        }
        await phone.close();
      }
    }
    expect(problems).toEqual([]);
  });
}

test('the display holds its page, calls and an empty hall', async ({ open, ownHall }) => {
  const display = await open(screens.display, '/display/main', { at: ownHall });
  await expect(display.locator('body')).toContainText('青禾区');
  const shapes = [[1920, 1080], [1366, 768], [1080, 1920]];
  const holdsNow = async () => {
    for (const [width, height] of shapes) {
      await display.setViewportSize({ width, height });
      expect(await layoutProblems(display), `${width}x${height}`).toEqual([]);
    }
  };
  await holdsNow();
  const { number } = await takeNumber(ownHall, 'food-permit');
  const clerk = await clerkAt(ownHall, 1);
  await clerk('call_next');
  await expect(display.locator('body')).toContainText(number);
  await holdsNow();
});

// Counter, office and admin. `held`: the languages in which a page is checked; the others
// still cut names short or let them meet.
const signIn = async (page, hall, name) => {
  if (name.startsWith('clerk')) {
    await page.locator('.counters label').nth(Number(name.at(-1)) - 1).click();
  }
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=password]').fill(hall.password);
  await page.keyboard.press('Enter');
  await expect(page.locator('input[name=password]')).toHaveCount(0);
};
const admin = (section) => ({
  path: '/admin',
  held: ['zh', 'en'],
  reach: async (page, hall) => {
    await signIn(page, hall, 'admin');
    await page.evaluate((hash) => (location.hash = hash), section);
    await expect(page.locator('main')).toBeVisible();
  },
});
const DESKS = {
  'counter, signing in': { path: '/counter', held: ['zh', 'en'], reach: async () => {} },
  'office, signing in': { path: '/office', held: ['zh', 'en'], reach: async () => {} },
  'admin, signing in': { path: '/admin', held: ['zh', 'en'], reach: async () => {} },
  counter: {
    path: '/counter',
    held: ['zh'],
    reach: async (page, hall) => {
      await takeNumber(hall, 'drainage-permit');
      await signIn(page, hall, 'clerk2');
      await page.keyboard.press('Space');
      await expect(page.locator('body')).toContainText('城镇污水');
    },
  },
  office: {
    path: '/office',
    held: ['zh'],
    reach: async (page, hall) => {
      await acceptCase(hall, { matter: 'food-permit' });
      await signIn(page, hall, 'review1');
      await expect(page.locator('body')).toContainText('食品经营许可');
    },
  },
  'admin, overview': admin(''),
  'admin, lines': admin('lines'),
  'admin, hours': admin('hours'),
  'admin, cases': admin('cases'),
  'admin, terminals': {
    ...admin('terminals'),
    reach: async (page, hall) => {
      await report(hall, { printer: 'paper_out' });
      await admin('terminals').reach(page, hall);
      await expect(page.locator('.terminal').first()).toContainText('K1');
    },
  },
};

for (const [name, { path, held, reach }] of Object.entries(DESKS)) {
  test(`"${name}" holds on a desk and on a small screen`, async ({ open, ownHall }) => {
    const page = await open(screens.desktop, path, { at: ownHall });
    await expect(page.locator('input[name=password]')).toBeVisible();
    await reach(page, ownHall);
    for (const lang of held) {
      if (lang === 'en') {
        await page.getByRole('button', { name: 'English' }).first().click();
        await expect(page.getByRole('button', { name: '中文' }).first()).toBeVisible();
      }
      for (const [width, height] of [[1440, 900], [1024, 768]]) {
        await page.setViewportSize({ width, height });
        expect(await layoutProblems(page), `${lang} ${width}`).toEqual([]);
      }
    }
  });
}
