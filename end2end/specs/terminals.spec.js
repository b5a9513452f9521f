// The director's page of terminals: how each is, pairing by six figures, revoking.

import { randomUUID } from 'node:crypto';

import { openTerminal } from '../hall/terminal.js';
import { report } from '../hall/terminal_report.js';
import { expect, screenshot, screens, test } from '../hall/index.js';
import { line } from '../hall/kiosk.js';
import { button, openAdmin, signIn } from '../hall/staff.js';

async function post(hall, path, body) {
  const answer = await fetch(`${hall.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

test('a terminal is seen, paired and revoked', async ({ open, ownHall }) => {
  await report(ownHall, { kiosk: 'K1', printer: 'paper_out' });
  const page = await openAdmin(open, ownHall, { section: 'terminals' });
  const kiosk = (id) => page.locator('.terminal', { has: page.getByText(id, { exact: true }) });
  await expect(kiosk('K1')).toContainText('缺纸');
  await expect(kiosk('K1')).toContainText('45.2 °C');
  await expect(kiosk('K1')).toContainText('0.0.9 · 旧版');
  await expect(kiosk('K1')).toContainText('kiosk-1.js · 旧版');
  await expect(kiosk('K1').locator('details')).toContainText('程序启动');
  await expect(kiosk('K2')).toContainText('从未连接');

  const secret = randomUUID();
  const { code } = await post(ownHall, '/api/terminal/pair', { secret });
  await page.getByLabel('六位数').fill('000000');
  await page.getByLabel('用作').selectOption('K2');
  await page.getByRole('button', { name: '配对', exact: true }).click();
  await expect(page.locator('.pair-terminal [role=status]')).toContainText('没有终端正在显示');
  await page.getByLabel('六位数').fill(code);
  await page.keyboard.press('Enter');
  await expect(page.locator('.pair-terminal [role=status]')).toContainText('K2 已配对');
  const { accepted } = await post(ownHall, '/api/terminal/paired', { secret });
  expect(accepted.kiosk).toBe('K2');
  await expect(kiosk('K2')).toContainText('由 admin 配对');
  await screenshot(page, 'admin-terminals');

  await kiosk('K2').getByRole('button', { name: '撤销配对' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销配对' }).click();
  await expect(kiosk('K2')).toContainText('未配对');
});

test('an older terminal is marked, and one of this version is not', async ({ open, ownHall }) => {
  await report(ownHall, { kiosk: 'K1', version: '0.0.9', page: '/assets/kiosk-of-yesterday.js' });
  const terminal = await openTerminal(ownHall, { kiosk: 'K2' });
  try {
    const page = await openAdmin(open, ownHall, { section: 'terminals' });
    const fact = (id, name) =>
      page
        .locator('.terminal', { has: page.getByText(id, { exact: true }) })
        .locator('.terminal-facts div', { has: page.getByText(name, { exact: true }) })
        .locator('dd');
    await expect(fact('K1', '程序')).toHaveText('0.0.9 · 旧版');
    await expect(fact('K1', '页面')).toHaveText('/assets/kiosk-of-yesterday.js · 旧版');
    // Both are built from one tree.
    await expect(fact('K2', '程序')).toHaveText(/^\d+\.\d+\.\d+$/);
    const kiosk = await open(screens.kioskUpright, '/kiosk/K2', { at: terminal });
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await expect(fact('K2', '页面')).toHaveText(/\.js$/, { timeout: 30_000 });
    await screenshot(page, 'admin-terminal-older');
  } finally {
    await terminal.remove();
  }
});

test('a supervisor looks, and may change nothing', async ({ open, ownHall }) => {
  await report(ownHall, { kiosk: 'K1' });
  const page = await open(screens.desktop, '/admin', { at: ownHall });
  await signIn(page, 'supervisor', ownHall.password);
  await page.getByText('终端运行').click();
  await expect(page.locator('.terminal').first()).toContainText('正常');
  await expect(page.locator('.pair-terminal')).toHaveCount(0);
  await expect(button(page, '撤销配对')).toHaveCount(0);
});

for (const [who, hash, heading] of [
  ['supervisor', 'terminals', '终端运行'],
  ['supervisor', 'tickets', '号票'],
  ['supervisor', 'cases', '办件'],
  ['admin', 'terminals', '终端运行'],
  ['admin', 'tickets', '号票'],
  ['admin', 'kiosks', '终端'],
  ['admin', 'files', '导入导出'],
]) {
  test(`${who}: #${hash} opens by its address, and again when it is reloaded`, async ({ open, hall }) => {
    const page = await open(screens.desktop, `/admin#${hash}`);
    await signIn(page, who, hall.password);
    const shown = page.getByRole('heading', { level: 1, name: heading, exact: true });
    const current = page.locator('.admin-nav [aria-current=page]');
    await expect(shown).toBeVisible();
    await expect(current).toContainText(heading);
    await page.reload();
    await expect(current).toBeVisible();
    await expect(shown).toBeVisible();
  });
}

test('what is no page of a supervisor opens the cases', async ({ open, hall }) => {
  const page = await open(screens.desktop, '/admin#matters');
  await signIn(page, 'supervisor', hall.password);
  const current = page.locator('.admin-nav [aria-current=page]');
  await expect(current).toHaveText('办件');
  await page.evaluate(() => (location.hash = '#clerks'));
  await page.evaluate(() => (location.hash = '#terminals'));
  await expect(current).toContainText('终端运行');
  await page.evaluate(() => (location.hash = '#clerks'));
  await expect(current).toHaveText('办件');
});

for (const who of ['admin', 'supervisor']) {
  test(`${who}: open alerts are counted beside the page's name`, async ({ open, ownHall }) => {
    await report(ownHall, { kiosk: 'K1' });
    const page = await open(screens.desktop, '/admin#tickets', { at: ownHall });
    await signIn(page, who, ownHall.password);
    const link = page.locator('.admin-nav a[href="#terminals"]');
    await expect(link).toHaveText('终端运行');
    await report(ownHall, { kiosk: 'K1', temperature: 900, disk_free: 1_000_000 });
    await expect(link.locator('.mark')).toHaveText('2');
    await screenshot(page, `admin-terminal-alerts-${who}`);
    await report(ownHall, { kiosk: 'K1' });
    await expect(link).toHaveText('终端运行');
  });
}
