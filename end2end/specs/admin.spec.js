// The director's pages: the hall now, its setup, the hall file.

import { editSetup } from '../hall/edit_setup.js';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { expect, screenshot, screens, test } from '../hall/index.js';
import { button, openAdmin } from '../hall/staff.js';

const section = (page, name) => page.getByRole('link', { name, exact: true }).click();
const figure = (page, name) =>
  page.locator('.figure', { has: page.getByText(name, { exact: true }) }).locator('.number');
const save = (page) => button(page, '保存更改').click();

/** Fills in the sign-in. */
async function signIn(page, name, password) {
  await page.getByLabel('登录名').fill(name);
  await page.getByLabel('密码').fill(password);
  await button(page, '登录').click();
}

/** The public description of the hall. */
async function told(hall) {
  return (await fetch(`${hall.address}/api/hall`)).json();
}

/** The setup in force, which only the director may read. */
async function inForce(page) {
  return (await page.request.get('/api/admin/setup')).json();
}

async function issue(hall, matter) {
  const answer = await fetch(`${hall.address}/api/kiosk/issue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request_id: randomUUID(), kiosk: 'K1', matter, priority: 'none' }),
  });
  expect(answer.status).toBe(200);
}

test('a clerk is refused, the director signs in and out', async ({ open, hall }) => {
  const page = await open(screens.desktop, '/admin');
  await signIn(page, 'clerk1', hall.password);
  await expect(page.getByRole('alert')).toContainText('您没有此项权限');
  await screenshot(page, 'admin-refused');
  await signIn(page, 'admin', 'not the password');
  await expect(page.getByRole('alert')).toContainText('登录名或密码不正确');
  await signIn(page, 'admin', hall.password);
  await expect(page.getByRole('heading', { name: '大厅现况' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '大厅现况' })).toBeVisible();
  await button(page, '退出登录').click();
  await expect(page.getByLabel('登录名')).toBeVisible();
  expect((await page.request.get('/api/admin/setup')).status()).toBe(401);
});

test('the figures follow a ticket without a reload', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  await expect(figure(page, '取号')).toHaveText('0');
  const { matters, lines } = await told(ownHall);
  await issue(ownHall, matters[0].id);
  await expect(figure(page, '取号')).toHaveText('1');
  await expect(figure(page, '等候')).toHaveText('1');
  const line = lines.find(({ id }) => id === matters[0].line);
  await expect(page.locator('.care.bad').first()).toContainText(
    `${line.letter} ${line.name}：1 人等候，没有开放的窗口`,
  );
  await screenshot(page, 'admin-now');
});

test('a changed fee is in force once it is saved, and not before', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  const before = await told(ownHall);
  await section(page, '事项');
  await page.getByLabel('收费 中文').fill('每证 20 元');
  await expect(page.getByText('有未保存的更改')).toBeVisible();
  await section(page, '窗口');
  await section(page, '事项');
  await expect(page.getByLabel('收费 中文')).toHaveValue('每证 20 元');
  expect((await told(ownHall)).matters).toEqual(before.matters);
  await save(page);
  await expect(page.getByText('已保存，现为第')).toBeVisible();
  expect((await told(ownHall)).matters[0].fee).toBe('每证 20 元');
});

test('a bad edit lists its faults, leads to them and changes nothing', async ({
  open,
  ownHall,
}) => {
  const page = await openAdmin(open, ownHall);
  const before = await inForce(page);
  await section(page, '事项');
  await page.getByLabel('名称 中文').fill('');
  await page.getByLabel('承诺时限').fill('99');
  await section(page, '大厅');
  await page.getByLabel('时区').fill('Asia/Nowhere');
  await save(page);
  const faults = page.locator('.to-fault');
  await expect(faults).toHaveCount(3);
  await expect(page.locator('.faults')).toContainText('超过法定的');
  await screenshot(page, 'admin-faults');
  await faults.filter({ hasText: '承诺时限' }).click();
  await expect(page.getByLabel('承诺时限')).toBeFocused();
  await expect(page.getByLabel('承诺时限')).toHaveAttribute('aria-invalid', 'true');
  expect(await inForce(page)).toEqual(before);

  await button(page, '放弃更改').click();
  await button(page, '再按一次确认').click();
  await expect(page.getByText('有未保存的更改')).toBeHidden();
  await expect(page.getByLabel('名称 中文')).toHaveValue(before.setup.hall[0].matter[0].name.zh);
});

test('an invalid time of day is reported before anything is sent', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  await section(page, '大厅');
  await page.getByLabel('换日时刻').fill('4 am');
  await save(page);
  await expect(page.locator('.to-fault')).toHaveCount(1);
  await page.getByLabel('换日时刻').fill('05:30');
  await save(page);
  await expect(page.getByText('已保存，现为第')).toBeVisible();
  expect((await inForce(page)).setup.hall[0].day_turns_at).toBe('05:30');
});

test('what is added, moved, ticked and removed is in force after saving', async ({
  open,
  ownHall,
}) => {
  // Hours of bookings would have to lie within the hall's new ones.
  await editSetup(ownHall, ({ main }) => {
    delete main.booking;
  });
  const page = await openAdmin(open, ownHall);
  const { hall } = (await inForce(page)).setup;

  await section(page, '窗口');
  await button(page, '新增窗口').click();
  await page.getByLabel('名称 中文').fill('7号窗口');
  await page.getByLabel('名称 英文').fill('Counter 7');
  await page.getByRole('checkbox', { name: hall[0].line[1].name.zh }).check();

  await section(page, '事项');
  const materials = hall[0].matter[0].materials;
  await button(page, '新增材料').click();
  const last = materials.length + 1;
  await page.getByLabel(`材料 ${last} 中文`).fill('授权委托书');
  await page.getByLabel(`材料 ${last} 英文`).fill('Letter of authority');
  const row = page.locator('.row').filter({ has: page.getByLabel(`材料 ${last} 中文`) });
  await row.getByLabel('可容缺').check();
  await row.getByRole('button', { name: '上移' }).click();
  await expect(page.getByLabel(`材料 ${last - 1} 中文`)).toHaveValue('授权委托书');

  await section(page, '时间');
  await page.getByLabel('全天开放').uncheck();
  await page.getByRole('row', { name: '周一' }).getByRole('button', { name: '添加时段' }).click();
  await button(page, '周二至周五同周一').click();
  await button(page, '添加日期').click();
  await page.getByLabel('日期').fill('2027-02-06');
  await screenshot(page, 'admin-hours');

  await section(page, '终端');
  await page.getByLabel('打印方式').selectOption('escpos');
  await page.getByLabel(/^打印机地址/).fill('192.168.1.50:9100');
  await page.getByLabel('纸宽').selectOption('58');
  await screenshot(page, 'admin-kiosks');

  await save(page);
  await expect(page.getByText('已保存，现为第')).toBeVisible();
  const now = (await inForce(page)).setup.hall[0];
  expect(now.counter.at(-1)).toEqual({
    id: '7',
    name: { zh: '7号窗口', en: 'Counter 7' },
    lines: [hall[0].line[0].id, hall[0].line[1].id],
    printer: { kind: 'browser', paper: 80 },
  });
  expect(now.matter[0].materials.at(-2)).toEqual({
    name: { zh: '授权委托书', en: 'Letter of authority' },
    deferrable: true,
  });
  expect(Object.keys(now.hours.week)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
  expect(now.hours.closed_on).toEqual(['2027-02-06']);
  expect(now.kiosk[0].printer).toEqual({
    kind: 'escpos',
    address: '192.168.1.50:9100',
    paper: 58,
    native_qr: false,
    status: true,
    after_cut: true,
  });
});

test('the second to save is told so and can load the setup in force', async ({ open, ownHall }) => {
  const first = await openAdmin(open, ownHall);
  const second = await openAdmin(open, ownHall);
  for (const [page, telephone] of [
    [first, '010-1111'],
    [second, '010-2222'],
  ]) {
    await section(page, '大厅');
    await page.getByLabel('咨询台电话').fill(telephone);
    await save(page);
    await expect(page.locator('.saving')).toContainText(page === first ? '已保存' : '你们都改了');
  }
  expect((await inForce(first)).setup.hall[0].telephone).toBe('010-1111');
  await button(second, /^载入第/).click();
  await button(second, '再按一次确认').click();
  await expect(second.getByLabel('咨询台电话')).toHaveValue('010-1111');
});

test('the hall file is exported, imported with changes, and an invalid one changes nothing', async ({
  open,
  ownHall,
}) => {
  const page = await openAdmin(open, ownHall);
  await section(page, '导入导出');
  const downloads = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载大厅文件' }).click();
  const file = await readFile(await (await downloads).path(), 'utf8');
  const { name } = (await told(ownHall)).hall;
  expect(file).toContain(name);

  const changed = file.replaceAll(name, '新名字大厅');
  await page.getByLabel('选择大厅文件').setInputFiles({
    name: 'hall.toml',
    mimeType: 'application/toml',
    buffer: Buffer.from(changed),
  });
  await expect(page.getByLabel('文件内容')).toHaveValue(changed);
  await button(page, '查看将有哪些更改').click();
  await expect(page.locator('.import-preview')).toContainText('新名字大厅');
  await button(page, '确认导入，替换现行设置').click();
  await expect(page.getByText('已导入，现为第')).toBeVisible();
  expect((await told(ownHall)).hall.name).toBe('新名字大厅');
  expect(await (await page.request.get('/api/admin/setup.toml')).text()).toBe(changed);

  const before = await inForce(page);
  await page.getByLabel('文件内容').fill(changed.replace('letter = "A"', 'letter = "甲"') + '\nx = 1\n');
  await button(page, '查看将有哪些更改').click();
  await expect(page.locator('.faults li').first()).toContainText(
    /第 \d+ 行（hall\[0\].*）：“甲”不能作队列字母/,
  );
  await screenshot(page, 'admin-import');
  expect(await inForce(page)).toEqual(before);
});

test('a new password works at once and the old one no longer', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  await section(page, '人员');
  await page.locator('.entry', { hasText: 'clerk1' }).click();
  await page.getByLabel('新密码').fill('short');
  await page.getByLabel('再输入一次').fill('short');
  await button(page, '设置密码').click();
  await expect(page.getByText('密码至少 8 位。')).toBeVisible();
  const password = randomUUID();
  await page.getByLabel('新密码').fill(password);
  await page.getByLabel('再输入一次').fill(password);
  await button(page, '设置密码').click();
  await expect(page.getByText('的新密码')).toBeVisible();
  await screenshot(page, 'admin-clerks');

  const signIn = (password) =>
    fetch(`${ownHall.address}/api/counter/sign_in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'clerk1', password, counter: '1' }),
    });
  expect((await signIn(ownHall.password)).status).toBe(401);
  expect((await signIn(password)).status).toBe(200);
});

test('the next year of the calendar is imported, an invalid file is not', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  await section(page, '导入导出');
  const calendar = page.locator('.calendar');
  await expect(calendar.getByRole('row')).toContainText(['年份', '2025', '2026']);
  const pick = (text) =>
    calendar
      .locator('input[type=file]')
      .setInputFiles({ name: 'calendar.toml', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await pick('[[year]]\nyear = 2027\nholidays = ["2027-02-30"]\n');
  await expect(calendar.getByRole('alert')).toContainText('2027-02-30');
  await expect(calendar.getByRole('row')).toHaveCount(3);
  const holidays = [1, 2, 3, 4, 5, 6, 7].map((day) => `"2027-10-0${day}"`);
  await pick(`[[year]]\nyear = 2027\nholidays = [${holidays}]\nworkdays = ["2027-10-09"]\n`);
  await expect(calendar.getByRole('status')).toContainText('2025、2026、2027');
  await expect(calendar.getByRole('row').last()).toContainText('2027');
  await screenshot(page, 'admin-calendar');
});

test('the director can use it in English, on a smaller screen', async ({ open, ownHall }) => {
  const page = await openAdmin(open, ownHall);
  await page.setViewportSize({ width: 1024, height: 768 });
  await button(page, 'English').click();
  await expect(page.getByRole('heading', { name: 'The hall now' })).toBeVisible();
  await screenshot(page, 'admin-now-small-en');
  await section(page, 'Matters');
  await expect(page.getByLabel('Name English')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, 'nothing reaches beyond the screen').toBe(false);
  await screenshot(page, 'admin-matters-small-en');
  await section(page, 'Cases');
  await expect(page.getByText('No case is overdue.')).toBeVisible();
  const reaches = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(reaches, 'nor does anything of the cases').toBe(false);
  await screenshot(page, 'admin-cases-small-en');
});
