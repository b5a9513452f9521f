// The guides: searched, read and printed, on a phone, a desktop and a kiosk.

import { button } from '../hall/staff.js';
import { expect, screenshot, readQr, screens, test } from '../hall/index.js';

const rows = (page) => page.locator('.matters li');

test('食品 is found by initials, pinyin and name, without scripts', async ({ open }) => {
  const page = await open(screens.phone, '/guides', { javaScriptEnabled: false });
  await expect(page.locator('h1')).toHaveText('办事指南');
  await screenshot(page, 'guides');
  for (const typed of ['sp', 'shipin', '食品', 'SP']) {
    await page.getByRole('searchbox').fill(typed);
    await page.getByRole('button', { name: '查找' }).click();
    await expect(rows(page).first()).toContainText('食品');
  }
  await screenshot(page, 'guides-found');
  await page.getByRole('searchbox').fill('没有这件事');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.locator('.nothing')).toBeVisible();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('.nothing')).toContainText('Nothing found');
});

test('matters are found by topic, department and line', async ({ open }) => {
  const page = await open(screens.desktop, '/guides');
  const all = await rows(page).count();
  for (const [filter, name] of [
    ['主题', '证件遗失'],
    ['部门', '民政局'],
    ['业务', '婚姻登记'],
  ]) {
    const group = page.locator('.shelves details', { hasText: filter });
    if ((await group.getAttribute('open')) === null) {
      await group.locator('summary').click();
    }
    await group.getByRole('link', { name }).click();
    await expect(page.locator('.boxes a[aria-current]')).toContainText(name);
    const fewer = await rows(page).count();
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(all);
  }
  await screenshot(page, 'guides-desktop');
  await page.getByRole('link', { name: '全部', exact: true }).click();
  await expect(rows(page)).toHaveCount(all);
});

test('a guide has all its fields, and its print has a code that leads to it', async ({ open, hall }) => {
  const page = await open(screens.desktop, '/guides/main/food-permit');
  for (const text of [
    '食品经营许可(新办)', '市场监管局', '10 个工作日', '15 个工作日', '不收费',
    '食品安全管理制度', '可后补', '现场核查', '食品经营许可证', '食品安全法', '承诺件',
    '开办餐饮店一件事', '12315',
  ]) {
    await expect(page.locator('main')).toContainText(text);
  }
  await screenshot(page, 'guide-desktop');
  const code = await readQr(page.locator('.guide .code'));
  expect(code).toBe(`${hall.address}/guides/main/food-permit`);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
  await screenshot(page, 'guide-print');

  const phone = await open(screens.phone, '/guides/main/open-restaurant?lang=en');
  await expect(phone.locator('main')).toContainText('in parallel');
  await screenshot(phone, 'guide-bundle-phone');
  const missing = await page.request.get(`${hall.address}/guides/main/nothing`);
  expect(missing.status()).toBe(404);
});

for (const [orientation, screen] of [
  ['upright', screens.kioskUpright],
  ['flat', screens.kioskFlat],
]) {
  test(`a kiosk on an ${orientation} screen groups its guides in three ways`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await button(kiosk, '办事指南').tap();
    await kiosk.getByRole('radio', { name: '按部门' }).tap();
    await expect(kiosk.locator('.matter', { hasText: '市场监管局' })).toBeVisible();
    await screenshot(kiosk, `kiosk-guides-department-${orientation}`);
    await button(kiosk, '下一页').tap();
    await expect(kiosk.locator('.matter', { hasText: '民政局' })).toBeVisible();
    await kiosk.getByRole('radio', { name: '按主题' }).tap();
    await screenshot(kiosk, `kiosk-guides-event-${orientation}`);
    await kiosk.locator('.matter', { hasText: '开店' }).tap();
    await kiosk.locator('.matter', { hasText: '食品经营许可' }).tap();
    await expect(kiosk.locator('.guide')).toContainText('食品安全法');
    await screenshot(kiosk, `kiosk-guide-read-${orientation}`);
    // The matter is part of a bundle, whose guide is one touch away.
    await button(kiosk, '开办餐饮店一件事').tap();
    await expect(kiosk.locator('.reading h1')).toContainText('一件事');
    await expect(kiosk.locator('.reading')).toContainText('包含的事项');
    await screenshot(kiosk, `kiosk-guide-bundle-${orientation}`);
    for (const before of [/食品经营许可/, '开店', '查看办事指南']) {
      await button(kiosk, '返回').tap();
      await expect(kiosk.locator('main h1')).toHaveText(before);
    }
    await button(kiosk, '查找事项').tap();
    for (const letter of 'SHIPIN') {
      await kiosk.locator('.letters').getByText(letter, { exact: true }).tap();
    }
    await expect(kiosk.locator('.matter').first()).toContainText('食品');
  });
}

test('a kiosk prints a guide once, and its code leads to the same on a phone', async ({
  open,
  hall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K2');
  await kiosk.evaluate(() => {
    window.prints = 0;
    window.print = () => {
      window.prints += 1;
    };
  });
  await button(kiosk, 'English').tap();
  await button(kiosk, 'Guides').tap();
  await kiosk.getByRole('radio', { name: 'By topic' }).tap();
  await kiosk.locator('.matter').first().tap();
  await kiosk.locator('.matter', { hasText: 'One application' }).first().tap();
  const reading = kiosk.locator('.reading');
  const printButton = button(reading, 'Print the guide');
  await printButton.tap();
  await expect(reading).toContainText('Please take the guide');
  await expect(printButton).toHaveCount(0);
  expect(await kiosk.evaluate(() => window.prints)).toBe(1);
  await expect(kiosk.locator('.slip-sheet')).toContainText('What to bring');
  await screenshot(kiosk, 'kiosk-guide-printed-en');
  const code = await readQr(reading.locator('.take-along'));
  expect(code).toContain(`${hall.address}/guides/main/`);
  // The next visitor finds nothing of it.
  await button(kiosk, 'Home').tap();
  await expect(kiosk.locator('.slip-sheet')).toBeEmpty();
});

test('a guide follows the language, and a failed request is repeated', async ({
  open,
}) => {
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1');
  await kiosk.route('**/api/kiosk/guide', (route) => route.abort(), { times: 1 });
  await button(kiosk, '办事指南').tap();
  await kiosk.locator('.card').first().tap();
  await kiosk.locator('.matter', { hasText: '食品经营许可' }).tap();
  await expect(kiosk.locator('.notice')).toContainText('连不上');
  await expect(kiosk.locator('.reading h1')).toContainText('食品经营许可');
  await button(kiosk, 'English').tap();
  await expect(kiosk.locator('.reading')).toContainText('What to bring');
  await expect(button(kiosk, 'Print the guide')).toHaveCount(0);
  await screenshot(kiosk, 'kiosk-guide-read-flat-en');
});
