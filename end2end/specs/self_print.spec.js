// Printing by oneself: a person proves who they are at a kiosk, chooses, and takes all pages.

import { findings } from '../hall/axe.js';
import { expect, openHall, screenshot, test } from '../hall/index.js';
import { ORIENTATIONS, row, title } from '../hall/kiosk.js';
import { preparePrinting } from '../hall/print_scenes.js';

const NUMBER = '11010519491231002X';

let hall;
let printer;
test.beforeAll(async () => {
  hall = await openHall();
  printer = await preparePrinting(hall);
});
test.afterAll(async () => {
  await hall?.remove();
  await printer?.close();
});
test.beforeEach(() => {
  printer.reason = 'none';
  printer.holds = false;
});

const button = (page, name) => page.getByRole('button', { name });

/** A reader of cards tells the page what it read. */
async function card(kiosk, told) {
  await kiosk.evaluate((told) => {
    document.documentElement.setAttribute('data-scanned', told);
    window.dispatchEvent(new Event('kiosk-scanned', { cancelable: true }));
    document.documentElement.removeAttribute('data-scanned');
  }, told);
}

async function check(page, name) {
  await expect.poll(() => findings(page), name).toEqual([]);
  const out = await page.evaluate(() => {
    const main = document.querySelector('main');
    return main.scrollWidth - main.clientWidth;
  });
  expect(out, `${name}: nothing runs out at the side`).toBeLessThanOrEqual(0);
}

for (const [name, screen] of ORIENTATIONS) {
  test(`a statement from card to paper (${name})`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K2', { at: hall });
    await button(kiosk, '自助打印').tap();
    await expect(title(kiosk)).toHaveText('自助打印');
    await expect(kiosk.locator('.self-print')).toContainText('社会保险参保证明');
    await expect(kiosk.locator('.self-print')).toContainText('请把身份证放在读卡处');
    await screenshot(kiosk, `self-print-proof-${name}`);
    await check(kiosk, 'proof');

    await card(kiosk, 'unreadable');
    await expect(kiosk.locator('.wrong')).toContainText('没有读到身份证');

    await card(kiosk, `identity ${NUMBER}`);
    await expect(row(kiosk, '社会保险参保证明')).toBeVisible();
    await expect(title(kiosk)).toContainText('欧阳**');
    await screenshot(kiosk, `self-print-choose-${name}`);
    await check(kiosk, 'choose');

    printer.holds = true;
    await row(kiosk, '社会保险参保证明').tap();
    await expect(title(kiosk)).toHaveText('正在打印');
    await expect(kiosk.locator('.pages')).toHaveText('已出 0 页，共 1 页');
    await screenshot(kiosk, `self-print-printing-${name}`);
    await check(kiosk, 'printing');
    printer.reason = 'media-empty';
    await expect(title(kiosk)).toHaveText('打印机缺纸，打印停住了');
    await screenshot(kiosk, `self-print-stopped-${name}`);
    printer.reason = 'none';
    printer.holds = false;
    await expect(title(kiosk)).toHaveText('打印完成');
    await expect(kiosk.locator('.notice')).toContainText('请取走这 1 页');
    await screenshot(kiosk, `self-print-done-${name}`);
    await check(kiosk, 'done');
    await button(kiosk, '继续打印其他文书').tap();
    await expect(row(kiosk, '社会保险参保证明')).toBeVisible();
    await button(kiosk, 'English').tap();
    await expect(row(kiosk, 'Statement of social insurance')).toBeVisible();
    await screenshot(kiosk, `self-print-choose-en-${name}`);
    await check(kiosk, 'choose, en');
    await kiosk.locator('main .keys .key').tap();
    await expect(button(kiosk, '自助打印')).toBeVisible();
    expect(await kiosk.locator('body').textContent()).not.toContain('欧阳');
  });
}

test('a code that is wrong is refused, and the keys fill both fields', async ({ open }) => {
  const kiosk = await open(ORIENTATIONS[0][1], '/kiosk/K2', { at: hall });
  await button(kiosk, '自助打印').tap();
  await button(kiosk, '没有带身份证').tap();
  await expect(title(kiosk)).toHaveText('用取件码领取结果');
  for (const key of `482913${NUMBER}`) {
    await kiosk.locator('.keypad').getByRole('button', { name: key, exact: true }).tap();
  }
  await expect(kiosk.locator('.typed').nth(1)).toHaveText('110105 19491231 002X');
  await check(kiosk, 'code');
  await button(kiosk, '确定').tap();
  await expect(kiosk.locator('.wrong')).toContainText('取件码或证件号码不对');
  await screenshot(kiosk, 'self-print-code-upright');
});

test('a printer without paper is told at once', async ({ open }) => {
  printer.reason = 'media-empty';
  const kiosk = await open(ORIENTATIONS[0][1], '/kiosk/K2', { at: hall });
  await button(kiosk, '自助打印').tap();
  await expect(kiosk.locator('.wrong')).toContainText('打印机缺纸，现在不能打印');
  await card(kiosk, `identity ${NUMBER}`);
  await row(kiosk, '社会保险参保证明').tap();
  await expect(title(kiosk)).toContainText('打印机缺纸，没有打印');
  await check(kiosk, 'refused');
  printer.reason = 'none';
  await button(kiosk, '再试一次').tap();
  await expect(title(kiosk)).toHaveText('打印完成');
});

test('who walks away leaves nothing on the screen, and the print goes on', async ({ open }) => {
  const kiosk = await open(ORIENTATIONS[0][1], '/kiosk/K2', { at: hall });
  await button(kiosk, '自助打印').tap();
  // A page that is not there yet hears no reader.
  await expect(title(kiosk)).toHaveText('自助打印');
  await card(kiosk, `identity ${NUMBER}`);
  printer.holds = true;
  const before = printer.jobs.length;
  await row(kiosk, '社会保险参保证明').tap();
  await expect(title(kiosk)).toHaveText('正在打印');
  await button(kiosk, '首页').tap();
  await expect(button(kiosk, '自助打印')).toBeVisible();
  printer.holds = false;
  await expect.poll(() => printer.jobs.at(-1).out).toBe(1);
  expect(printer.jobs.length).toBe(before + 1);
});
