// A kiosk for everybody: the modes of a visit and their numbers, read from the DOM in both
// shapes of the screen; the voice; the languages.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, test } from '../hall/index.js';
import { ORIENTATIONS, line, number, openMatter, row, takeButton, title } from '../hall/kiosk.js';
import { layoutProblems } from '../hall/layout.js';
import { broken } from '../hall/measures.js';
import { MODES, closePanel, openPanel, setSize } from '../hall/modes.js';

const button = (kiosk, name) => kiosk.getByRole('button', { name, exact: true });

/** A way through the pages; `look` is called at each. */
async function through(kiosk, look) {
  const easy = await kiosk.locator('.kiosk').evaluate((page) => page.classList.contains('easy'));
  await look('home');
  if (easy) {
    await button(kiosk, '取号').click();
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await look('lines');
  }
  await line(kiosk, '综合审批').click();
  await expect(row(kiosk, '林木采伐许可')).toBeVisible();
  await look('matters');
  await kiosk.locator('.matter').first().click();
  await expect(takeButton(kiosk)).toBeVisible();
  await look('matter');
  if (easy) {
    await kiosk.locator('.priorities button').click();
    await look('priorities');
    await row(kiosk, '70 岁以上').click();
    await expect(kiosk.locator('.priorities button')).toContainText('70 岁以上');
  }
  await takeButton(kiosk).click();
  await expect(number(kiosk)).toBeVisible();
  await look('ticket');
  await button(kiosk, '完成').click();
  await expect(title(kiosk)).toHaveText('请选择业务');
}
async function throughOthers(kiosk, look) {
  await button(kiosk, '查进度').click();
  await expect(kiosk.locator('.scan')).toBeVisible();
  await look('scan');
  await button(kiosk, '按办件编号查询').click();
  await expect(title(kiosk)).toHaveText('查询办件');
  await look('find a case');
  await button(kiosk, '首页').click();
  await button(kiosk, '办事指南').click();
  await expect(title(kiosk)).toHaveText('查看办事指南');
  await look('guides');
  await line(kiosk, '企业开办').click();
  await row(kiosk, '食品经营许可').click();
  await expect(kiosk.locator('.reading .materials li').first()).toBeVisible();
  await look('guide');
  await button(kiosk, '首页').click();
  await button(kiosk, '不知道选哪个').click();
  await expect(kiosk.locator('main h1')).toBeVisible();
  await look('unsure');
  await button(kiosk, '首页').click();
  const panel = await openPanel(kiosk);
  await expect(panel).toBeVisible();
  await look('panel');
  await closePanel(kiosk);
}

/** What does not keep its numbers, and what does not fit the screen. */
const both = async (kiosk, wanted) => [
  ...(await broken(kiosk, wanted)),
  ...(await layoutProblems(kiosk, { whole: true })),
];

const EASY = { leastText: 24, leastLine: 1.3, leastTarget: 60, mostChoices: 4 };
const SMALL = [['1366 x 768', { viewport: { width: 1366, height: 768 }, hasTouch: true }]];

for (const [orientation, screen] of [...ORIENTATIONS, ...SMALL]) {
  test(`the easy mode keeps its numbers, ${orientation}`, async ({ open }) => {
    test.setTimeout(90_000);
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(line(kiosk, '企业开办')).toBeVisible();
    // One touch.
    await kiosk.locator('.easy-key').click();
    const problems = [];
    const look = async (name) => {
      const most = { panel: 0, home: 6 }[name] ?? EASY.mostChoices;
      const wanted = { ...EASY, mostChoices: most };
      problems.push(...(await both(kiosk, wanted)).map((problem) => `${name}: ${problem}`));
    };
    await expect(kiosk.locator('.kiosk')).toHaveClass(/easy/);
    await expect(kiosk.locator('link[href*=accessibility]')).toHaveCount(1);
    await throughOthers(kiosk, look);
    await through(kiosk, look);
    expect(problems).toEqual([]);
  });

  test(`high contrast is 10:1 at least, ${orientation}`, async ({ open }) => {
    test.setTimeout(90_000);
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await MODES.contrast(kiosk);
    const problems = [];
    const look = async (name) => {
      problems.push(...(await both(kiosk, { leastContrast: 10 })).map((problem) => `${name}: ${problem}`));
    };
    await throughOthers(kiosk, look);
    await through(kiosk, look);
    expect(problems).toEqual([]);
  });
}

// 21.5 and 32 inches, upright: height of the screen, and of its lower edge, in millimetres.
for (const [inches, high, edge] of [[21.5, 476, 850], [32, 708, 750], [32, 708, 300]]) {
  test(`in reach mode every key is between 380 and 1220 mm, ${inches} inches at ${edge} mm`, async ({ open, ownHall }) => {
    test.setTimeout(90_000);
    await editSetup(ownHall, ({ main }) => {
      main.kiosk[0].screen = { height_mm: high, lower_edge_mm: edge };
    });
    const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await MODES.reach(kiosk);
    const pixels = (mm) => ((edge + high - mm) / high) * 1920;
    const band = [Math.max(0, pixels(1220)), Math.min(1920, pixels(380))];
    const problems = [];
    const look = async (name) => {
      problems.push(...(await both(kiosk, { band, leastTarget: 60 })).map((problem) => `${name}: ${problem}`));
    };
    await throughOthers(kiosk, look);
    await through(kiosk, look);
    expect(problems).toEqual([]);
  });
}

test('four sizes of letters, and 30 pt in the easy mode', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const heading = () => title(kiosk).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const sizes = [];
  for (const size of [0, 1, 2, 3]) {
    await setSize(kiosk, size);
    sizes.push(await heading());
  }
  for (const [at, size] of sizes.slice(1).entries()) {
    expect(size, 'each is larger').toBeGreaterThan(sizes[at] * 1.1);
  }
  await MODES.easy(kiosk);
  await button(kiosk, '取号').click();
  await line(kiosk, '综合审批').click();
  const names = await kiosk.locator('.matter .name').first()
    .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(names).toBeGreaterThanOrEqual(40);
});

test('everything is as before after a visitor', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const style = () => kiosk.evaluate(() => {
    const { paddingBottom } = getComputedStyle(document.querySelector('.kiosk'));
    return { page: getComputedStyle(document.body).backgroundColor, paddingBottom, root: document.documentElement.className.replace('by-keys', '').trim() };
  });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  const before = await style();
  for (const mode of ['largest', 'contrast', 'reach', 'easy']) {
    await MODES[mode](kiosk);
  }
  const panel = await openPanel(kiosk);
  await panel.getByRole('radio', { name: 'English' }).click();
  await expect(panel.getByRole('heading')).toHaveText('Accessibility');
  await closePanel(kiosk);
  await button(kiosk, 'Take a number').click();
  await line(kiosk, 'Permits').click();
  await kiosk.locator('.matter').first().click();
  await takeButton(kiosk).click();
  await expect(number(kiosk)).toBeVisible();
  await button(kiosk, 'Done').click();
  await expect(title(kiosk)).toHaveText('请选择业务');
  await expect(kiosk.locator('.kiosk')).toHaveAttribute('data-size', '0');
  await expect(kiosk.locator('.kiosk')).not.toHaveClass(/easy/);
  await expect.poll(style).toEqual(before);
  const again = await openPanel(kiosk);
  await expect(again.getByRole('switch', { checked: true })).toHaveCount(0);
  await expect(again.getByRole('radio', { name: '标准' })).toBeChecked();
});

test('the voice says what a screen reader is told, in every language', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const spoken = [];
  // A server without a voice: each sentence is asked for, and the next.
  await kiosk.route('**/voice?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    spoken.push(`${asked.get('lang')} ${asked.get('text')}`);
    return route.fulfill({ status: 404, json: {} });
  });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await line(kiosk, '综合审批').click();
  expect(spoken, 'silent until it is asked for').toEqual([]);
  await button(kiosk, '首页').click();
  // The easy mode speaks by itself: what is told of the page, then its keys.
  await kiosk.locator('.easy-key').click();
  await expect.poll(() => spoken.join(' ')).toContain('办事指南');
  const heard = await kiosk.locator('.heard').textContent();
  expect(spoken.join('').replaceAll('zh-CN ', '').replaceAll('。', '')).toContain(heard.replaceAll('。', ''));
  spoken.length = 0;
  await button(kiosk, '取号').click();
  await expect.poll(() => spoken.join(' ')).toContain('综合审批');
  spoken.length = 0;
  const panel = await openPanel(kiosk);
  await panel.getByRole('radio', { name: 'English' }).click();
  await expect(panel.getByRole('button', { name: 'Repeat' })).toBeVisible();
  await closePanel(kiosk);
  spoken.length = 0;
  await line(kiosk, 'Permits').click();
  await expect.poll(() => spoken.join(' ')).toContain('en Permits');
  // Off.
  const off = await openPanel(kiosk);
  await off.getByRole('switch', { name: /Voice/ }).click();
  await closePanel(kiosk);
  spoken.length = 0;
  await button(kiosk, 'Back').click();
  await expect(line(kiosk, 'Permits')).toBeVisible();
  expect(spoken).toEqual([]);
});

test('the voice is softer and louder, comes out elsewhere, and is as before after a visitor', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
  await expect(line(kiosk, '企业开办')).toBeVisible();
  // A machine with a speaker and headphones; what is played, how loud and where, is kept.
  await kiosk.evaluate(() => {
    const device = (deviceId, label) => ({ kind: 'audiooutput', deviceId, label, groupId: '' });
    navigator.mediaDevices.enumerateDevices = async () =>
      [device('default', '默认'), device('speaker', '扬声器'), device('headphones', '耳机')];
    globalThis.sounds = [];
    globalThis.outputs = [];
    HTMLMediaElement.prototype.setSinkId = async (output) => globalThis.outputs.push(output);
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () {
      globalThis.sounds.push(this.volume);
      return play.call(this);
    };
  });
  const loudness = () => kiosk.evaluate(() => globalThis.sounds.at(-1) ?? -1);
  const output = () => kiosk.evaluate(() => globalThis.outputs.at(-1));
  const panel = await openPanel(kiosk);
  const press = (name) => panel.getByRole('button', { name, exact: true }).click();
  const speak = () => panel.getByRole('switch', { name: /语音/ }).click();
  await expect(panel.getByRole('button', { name: '大声' }), 'there is nothing to make louder yet').toHaveCount(0);
  await speak();
  await expect.poll(loudness).toBeCloseTo(0.6);

  for (const louder of [0.8, 1]) {
    await press('大声');
    await expect.poll(loudness).toBeCloseTo(louder);
  }
  await expect(panel.getByRole('button', { name: '大声' })).toHaveAttribute('aria-disabled', 'true');
  // Pressed all the same, as an ordinary click waits until a key is no longer disabled.
  await panel.getByRole('button', { name: '大声', exact: true }).click({ force: true });
  await expect.poll(loudness).toBeCloseTo(1);
  for (const softer of [0.8, 0.6, 0.4, 0.2]) {
    await press('小声');
    await expect.poll(loudness).toBeCloseTo(softer);
  }
  await expect(panel.getByRole('button', { name: '小声' })).toHaveAttribute('aria-disabled', 'true');
  await expect(panel.getByRole('button', { name: '大声' })).not.toHaveAttribute('aria-disabled', 'true');

  const outputs = panel.getByRole('radiogroup', { name: '耳机或扬声器' });
  await expect(outputs.getByRole('radio')).toHaveText(['扬声器', '耳机']);
  await outputs.getByRole('radio', { name: '耳机' }).click();
  await expect(outputs.getByRole('radio', { name: '耳机' })).toBeChecked();
  expect(await output()).toBe('headphones');
  await closePanel(kiosk);

  await kiosk.evaluate(() => (globalThis.sounds.length = 0));
  await openMatter(kiosk);
  await expect.poll(loudness).toBeCloseTo(0.2);
  await takeButton(kiosk).click();
  await expect(number(kiosk)).toBeVisible();
  await button(kiosk, '完成').click();
  await expect(title(kiosk)).toHaveText('请选择业务');
  await expect.poll(output, 'the next one hears nothing in a headphone that is put down').toBe('');
  await openPanel(kiosk);
  await expect(panel.getByRole('switch', { name: /语音/ })).not.toBeChecked();
  await speak();
  await expect.poll(loudness).toBeCloseTo(0.6);
  await expect(outputs.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('traditional characters: the page, its names, the ticket, and back', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const language = kiosk.locator('.foot [lang]');
  await language.click();
  await expect(title(kiosk)).toHaveText('What do you need?');
  await language.click();
  await expect(title(kiosk)).toHaveText('請選擇業務');
  await expect(line(kiosk, '企業開辦')).toBeVisible();
  await expect(kiosk.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await line(kiosk, '公安戶政').click();
  await row(kiosk, '居民身份證補領').click();
  const simplified = () => kiosk.evaluate(() => document.querySelector('main').innerText.match(/[证办领门厅请们]/g));
  expect(await simplified()).toBeNull();
  await takeButton(kiosk).click();
  await expect(number(kiosk)).toBeVisible();
  expect(await simplified()).toBeNull();
  await button(kiosk, '完成').click();
  await expect(title(kiosk)).toHaveText('请选择业务');
});

test('the panel by keys alone: opened, used and closed', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await kiosk.keyboard.press('F1');
  const panel = kiosk.locator('.panel');
  await expect(panel).toBeVisible();
  await expect(panel.getByRole('radio', { name: '简体中文' })).toBeFocused();
  await kiosk.keyboard.press('Tab');
  await expect(panel.getByRole('radio', { name: '标准' })).toBeFocused();
  await kiosk.keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: '大', exact: true })).toBeFocused();
  await expect(kiosk.locator('.kiosk')).toHaveAttribute('data-size', '1');
  await kiosk.keyboard.press('Tab');
  await kiosk.keyboard.press('Tab');
  await expect(panel.getByRole('switch', { name: '高对比度' })).toBeFocused();
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.locator('html')).toHaveClass(/contrast/);
  await kiosk.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('in the easy mode the idle warning covers nothing, and comes twice as late', async ({ open, ownHall }) => {
  test.setTimeout(90_000);
  await editSetup(ownHall, ({ main }) => {
    main.rules = { ...main.rules, idle_seconds: 10, countdown_seconds: 20 };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await kiosk.route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
  await kiosk.locator('.easy-key').click();
  await button(kiosk, '取号').click();
  const began = Date.now();
  const warning = kiosk.getByRole('alertdialog');
  await expect(warning).toBeVisible({ timeout: 40_000 });
  expect(Date.now() - began, 'by the clock of the page').toBeGreaterThan(18_000);
  await expect(warning).toContainText('40 秒');
  // What it does not cover answers.
  await line(kiosk, '综合审批').click();
  await expect(title(kiosk)).toHaveText('综合审批');
  await expect(warning).toBeHidden();
});
