// A visit booked by phone without scripts, at a kiosk, and at a counter.

import { findings } from '../hall/axe.js';
import { editSetup } from '../hall/edit_setup.js';
import { expect, readQr, screenshot, screens, test } from '../hall/index.js';
import { line, number, scan, title } from '../hall/kiosk.js';
import { layoutProblems } from '../hall/layout.js';
import { openCounter } from '../hall/staff.js';

const NARROW = {
  viewport: { width: 320, height: 568 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const PERSON = '11010519491231002X';

/** Slots at every hour of today too, so that the spec does not depend on when it runs. */
async function allDay(hall) {
  await editSetup(hall, ({ main }) => {
    main.booking.first_day = 0;
    main.booking.early_minutes = 240;
    delete main.booking.hours;
  });
}

/** Nothing for axe to find, and nothing cut off. */
async function holds(page, name) {
  expect(await findings(page), name).toEqual([]);
  expect(await layoutProblems(page, { leastTarget: 24 }), name).toEqual([]);
}

for (const [name, screen] of [
  ['phone', screens.phone],
  ['narrow', NARROW],
]) {
  test(`a visit is booked, moved and cancelled without scripts, ${name}`, async ({
    open,
    ownHall,
  }) => {
    await allDay(ownHall);
    const page = await open(screen, '/book/main', { at: ownHall, javaScriptEnabled: false });
    await expect(page.locator('h1')).toHaveText('请选择要办的事项');
    await screenshot(page, `booking-matters-${name}`);
    await page.getByRole('link', { name: '食品经营许可' }).click();
    await expect(page.locator('h1')).toHaveText('请选择日期和时间');
    await screenshot(page, `booking-slots-${name}`);
    await page.locator('.slots button:enabled').last().click();
    await expect(page.locator('h1')).toHaveText('请填写来办事的人');
    await page.getByLabel('姓名').fill('张伟');
    await page.getByLabel('证件号码').fill('123');
    await page.getByLabel('联系电话').fill('13812345678');
    await page.getByRole('button', { name: '确认预约' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('姓名')).toHaveValue('张伟');
    await screenshot(page, `booking-form-${name}`);
    await page.getByLabel('证件号码').fill(PERSON);
    await page.getByRole('button', { name: '确认预约' }).click();
    await expect(page.locator('h1')).toHaveText('预约成功');
    await expect(page.locator('.code-figures')).toHaveText(/^\d{4} \d{4}$/);
    await expect(page.locator('main')).not.toContainText('张伟');
    await screenshot(page, `booking-booked-${name}`);
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.locator('h1')).toHaveText('You are booked');
    await screenshot(page, `booking-booked-english-${name}`);
    await page.getByRole('link', { name: 'Move it' }).click();
    await page.locator('.slots button:enabled').first().click();
    await expect(page.locator('h1')).toHaveText('You are booked');
    await page.getByRole('link', { name: 'Cancel it' }).click();
    await screenshot(page, `booking-cancel-${name}`);
    await page.getByRole('button', { name: 'Cancel the booking' }).click();
    await expect(page.locator('h1')).toHaveText('Cancelled');
  });

  test(`its pages hold their texts, ${name}`, async ({ open, ownHall }) => {
    await allDay(ownHall);
    const page = await open(screen, '/book/main', { at: ownHall });
    await holds(page, 'matters');
    await page.getByRole('link', { name: '食品经营许可' }).click();
    await holds(page, 'slots');
    await page.locator('.slots button:enabled').last().click();
    await holds(page, 'form');
    await page.getByLabel('姓名').fill('张伟');
    await page.getByLabel('证件号码').fill(PERSON);
    await page.getByLabel('联系电话').fill('13812345678');
    await page.getByRole('button', { name: '确认预约' }).click();
    await expect(page.locator('h1')).toHaveText('预约成功');
    await holds(page, 'booked');
    await page.getByRole('link', { name: 'English' }).click();
    await holds(page, 'booked, en');
  });
}

test('a clerk books for a visitor and finds the booking in the list', async ({ open, ownHall }) => {
  await allDay(ownHall);
  const page = await openCounter(open, ownHall, 1);
  await page.locator('.bookings-key').click();
  const dialog = page.locator('dialog.bookings');
  await expect(dialog).toContainText('今天没有预约');
  await dialog.getByRole('button', { name: '代办预约' }).click();
  await dialog.getByLabel('事项').selectOption({ label: '食品经营许可(新办)' });
  const first = dialog.locator('optgroup').first().locator('option').first();
  await expect(first).toBeAttached();
  await dialog.getByLabel('时间').selectOption(await first.getAttribute('value'));
  await dialog.getByLabel('姓名').fill('张伟');
  await dialog.getByLabel('证件号码').fill(PERSON);
  await dialog.getByLabel('联系电话').fill('13812345678');
  await screenshot(page, 'counter-new-booking');
  await dialog.getByRole('button', { name: '确认预约' }).click();
  await expect(dialog.locator('.reply')).toContainText('已预约');
  await dialog.getByRole('button', { name: '返回列表' }).click();
  await screenshot(page, 'counter-bookings');

  // The visitor comes: a scanner types into the field, or the clerk what they say.
  const arrival = dialog.getByLabel('扫预约二维码');
  await expect(arrival).toBeFocused();
  await page.keyboard.type('99999999');
  await page.keyboard.press('Enter');
  await expect(dialog.locator('.reply')).toContainText('没有找到这个预约');
  await page.keyboard.type('13812345678');
  await expect(arrival).toHaveValue('13812345678');
  await page.keyboard.press('Enter');
  await expect(dialog.locator('.reply')).toContainText('已报到');
  await expect(dialog.locator('li .mark').first()).toContainText('已报到');
  await expect(arrival).toHaveValue('');
  await screenshot(page, 'counter-checked-in');
});

test('a visitor books at a kiosk and checks in there', async ({ open, ownHall }) => {
  await allDay(ownHall);
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const press = (name) => kiosk.getByRole('button', { name, exact: true }).tap();
  const type = async (text) => {
    for (const key of text) {
      await press(key);
    }
  };
  await kiosk.getByRole('button', { name: '预约、报到' }).tap();
  await expect(title(kiosk)).toHaveText('预约');
  await screenshot(kiosk, 'kiosk-booking-upright');
  await kiosk.getByRole('button', { name: '预约办事' }).tap();
  await line(kiosk, '企业开办').tap();
  await kiosk.locator('.matter', { hasText: '食品经营许可' }).tap();
  await expect(title(kiosk)).toHaveText('请选择时间');
  await screenshot(kiosk, 'kiosk-booking-time-upright');
  await kiosk.locator('.times button:enabled').first().tap();
  await expect(title(kiosk)).toHaveText('请输入证件号码');
  await type(PERSON);
  await press('下一步');
  await type('13812345678');
  // A name by letters, by its parts, and by its number.
  await kiosk.getByRole('button', { name: /写上姓名/ }).tap();
  await expect(title(kiosk)).toHaveText('请写上姓名');
  const choose = async (letters, character) => {
    await type(letters);
    await kiosk.locator('.candidate', { hasText: character }).first().tap();
  };
  await choose('LI', '李');
  await choose('WANG', '王');
  await choose('YUE', '月');
  await press('末两字合成');
  await kiosk.locator('.candidate', { hasText: '玥' }).tap();
  const written = kiosk.locator('.name-page .typed');
  await expect(written).toHaveText('李玥');
  await press('按编码');
  await choose('9F98', '龘');
  await expect(written).toHaveText('李玥龘');
  await kiosk.locator('.name-page [data-key=Backspace]').tap();
  await expect(written).toHaveText('李玥');
  await screenshot(kiosk, 'kiosk-name-upright');
  await press('写好了');
  await expect(kiosk.locator('.write-name')).toHaveText('姓名 · 李玥');
  await press('确认预约');
  await expect(title(kiosk)).toHaveText('预约成功');
  await screenshot(kiosk, 'kiosk-booked-upright');
  await press('完成');
  await kiosk.getByRole('button', { name: '预约、报到' }).tap();
  await kiosk.getByRole('button', { name: '报到取号' }).tap();
  await type('13812345678');
  await screenshot(kiosk, 'kiosk-check-in-upright');
  await press('报到');
  await expect(number(kiosk)).toHaveText(/^[A-Z]\d{3}$/);
});

test('the code of a booking on a phone is scanned at a kiosk and becomes a number', async ({ open, ownHall }) => {
  await allDay(ownHall);
  const phone = await open(screens.phone, '/book/main', { at: ownHall });
  await phone.getByRole('link', { name: '食品经营许可' }).click();
  // The first is soon: one comes too early for the others.
  await phone.locator('.slots button:enabled').first().click();
  await phone.getByLabel('姓名').fill('张伟');
  await phone.getByLabel('证件号码').fill(PERSON);
  await phone.getByLabel('联系电话').fill('13812345678');
  await phone.getByRole('button', { name: '确认预约' }).click();
  await expect(phone.locator('h1')).toHaveText('预约成功');
  const code = await readQr(phone.locator('.booking-code'));
  expect(new URL(code).host).toBe(ownHall.listen);

  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await scan(kiosk, code);
  await expect(number(kiosk)).toHaveText(/^[A-Z]\d{3}$/);
  const shown = await number(kiosk).textContent();
  await kiosk.getByRole('button', { name: '完成', exact: true }).tap();
  // Scanned again it leads to the same number.
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await scan(kiosk, code);
  await expect(kiosk.locator('main .hero')).toHaveText(shown);
  await phone.reload();
  await expect(phone.locator('h1')).toHaveText('已报到');
});
