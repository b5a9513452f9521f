// A kiosk as a machine: guides, printing, scanning, idle visitors, and the lockdown
// of the browser.

import { editSetup } from '../hall/edit_setup.js';
import { expect, readQr, screens, screenshot, test } from '../hall/index.js';
import { line, number, openMatter, row, takeButton, title } from '../hall/kiosk.js';
import { setSize } from '../hall/modes.js';

test('a guide is read without taking a number', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await line(kiosk, '民政民生').tap();
  await row(kiosk, '高龄津贴申请').tap();
  await expect(kiosk.locator('.reading')).toContainText('村居初审');
  await expect(kiosk.locator('.priorities')).toHaveCount(0);
});

test("the kiosk's browser prints the slip, and prints it again on request", async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.close();
  const printing = await kiosk.context().newPage();
  await printing.addInitScript(() => {
    window.slips = [];
    window.print = () => window.slips.push(document.querySelector('.slip-sheet svg').textContent);
  });
  await printing.goto('/kiosk/K2');
  await openMatter(printing);
  await takeButton(printing).tap();
  await expect(printing.locator('.slip-state')).toContainText('请取走小票');
  const shown = await number(printing).textContent();
  const slips = () => printing.evaluate(() => window.slips);
  expect(await slips()).toEqual([expect.stringContaining(shown)]);

  await printing.emulateMedia({ media: 'print' });
  await screenshot(printing, 'kiosk-slip-print');
  const slip = printing.locator('.slip-sheet svg');
  const [low, high] = await slip.evaluate((svg) => {
    const { y, height } = svg.querySelector('g').getBBox({ stroke: true });
    return [y + height + 4, svg.viewBox.baseVal.height];
  });
  expect(low, 'nothing is cut off at the bottom').toBeLessThanOrEqual(high);
  await expect(printing.locator('.kiosk')).toBeHidden();
  await printing.emulateMedia({ media: 'screen' });

  await printing.getByRole('button', { name: '补打小票' }).tap();
  await expect.poll(async () => (await slips()).length).toBe(2);
  expect((await slips())[1]).toContain(shown);
});

test("a scanned slip shows its ticket's progress", async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  const shown = await number(kiosk).textContent();
  const address = await readQr(kiosk.locator('.qr'));
  await kiosk.getByRole('button', { name: '完成' }).tap();

  await kiosk.getByRole('button', { name: '查进度' }).tap();
  await kiosk.keyboard.type('6901234567892\n');
  await expect(kiosk.getByRole('alert')).toContainText('没有读到号票');
  await kiosk.keyboard.type(`${address}\n`);
  await expect(kiosk.locator('.followed .hero')).toHaveText(shown);
  await expect(kiosk.locator('.followed')).toContainText('等候中');
  await screenshot(kiosk, 'kiosk-followed-upright');
});

test('a visitor who has left is warned, and then forgotten', async ({ open, ownHall }) => {
  // Twice the shortest idle time that can be set, and the countdown.
  test.setTimeout(120_000);
  await editSetup(ownHall, ({ main }) => {
    main.rules = { ...main.rules, idle_seconds: 10, countdown_seconds: 20 };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await kiosk.getByRole('button', { name: 'English' }).tap();
  await setSize(kiosk, 2);
  await line(kiosk, 'Permits').tap();
  const warning = kiosk.getByRole('alertdialog');
  await expect(warning).toContainText('Are you still here?', { timeout: 20_000 });
  await screenshot(kiosk, 'kiosk-idle-upright');
  await warning.getByRole('button', { name: 'Continue' }).tap();
  await expect(warning).toHaveCount(0);
  await expect(row(kiosk, 'Tree felling permit')).toBeVisible();

  await expect(warning).toBeVisible({ timeout: 20_000 });
  await expect(warning).toHaveCount(0, { timeout: 40_000 });
  await expect(title(kiosk)).toHaveText('请选择业务');
  await expect(kiosk.locator('.kiosk')).toHaveAttribute('data-size', '0');
  expect(await kiosk.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
});

test('browser keys, menus and selecting do nothing', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await kiosk.evaluate(() => {
    window.samePage = true;
    window.notPrevented = [];
    for (const name of ['keydown', 'contextmenu', 'wheel', 'dragstart', 'selectstart', 'touchmove']) {
      // Added last and called last: no other listener can prevent the event after it.
      window.addEventListener(name, (event) => {
        if (!event.defaultPrevented) {
          window.notPrevented.push(`${name} ${event.key ?? ''}`);
        }
      });
    }
  });
  for (const key of [
    'F5', 'F11', 'F12', 'Backspace', 'Escape', 'Alt+ArrowLeft', 'Control+r', 'Control+p',
    'Control+Minus', 'ContextMenu',
  ]) {
    await kiosk.keyboard.press(key);
  }
  await line(kiosk, '企业开办').click({ button: 'right' });
  await kiosk.locator('h1').dblclick();
  await kiosk.keyboard.down('Control');
  await kiosk.mouse.wheel(0, 200);
  await kiosk.keyboard.up('Control');
  await pinch(kiosk);

  expect(await kiosk.evaluate(() => getSelection().toString())).toBe('');
  expect(await kiosk.evaluate(() => visualViewport.scale)).toBe(1);
  const notPrevented = await kiosk.evaluate(() => window.notPrevented);
  expect(notPrevented.filter((event) => !/^keydown (Alt|Control)$/.test(event))).toEqual([]);

  await kiosk.evaluate(() => history.back());
  await expect(line(kiosk, '企业开办')).toBeVisible();
  expect(await kiosk.evaluate(() => window.samePage), 'the page was not left').toBe(true);
});

/** Two fingers that move apart. */
async function pinch(kiosk) {
  const session = await kiosk.context().newCDPSession(kiosk);
  const fingers = (apart) => [
    { x: 500 - apart, y: 900, id: 1 },
    { x: 500 + apart, y: 900, id: 2 },
  ];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(50) });
  for (const apart of [100, 200, 300]) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
