// A kiosk: everything that can block a visitor.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test } from '../hall/index.js';
import { line, number, openMatter, row, takeButton, title, waiting } from '../hall/kiosk.js';

test('without a server the kiosk says so, and recovers when it is back', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await ownHall.kill();
  await expect(title(kiosk)).toHaveText('暂时连不上服务器');
  await screenshot(kiosk, 'kiosk-no-server-upright');
  await ownHall.reopen();
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('a number requested while the server is down arrives when it is back', async ({
  open,
  ownHall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  await ownHall.kill();
  await takeButton(kiosk).tap();
  await expect(kiosk.locator('.notice')).toContainText('不会重复取号');
  await ownHall.reopen();
  await expect(number(kiosk)).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});

test('outside opening hours it says when numbers are given again', async ({ open, ownHall }) => {
  await editSetup(ownHall, ({ station }) => {
    // Open on one day of the week only, neither today nor tomorrow.
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    station.hours = { week: { [day]: [['09:00', '12:00']] } };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K3', { at: ownHall });
  await expect(title(kiosk)).toHaveText('大厅现在不办公');
  await expect(kiosk.locator('.opens')).toContainText('09:00');
  await screenshot(kiosk, 'kiosk-closed-upright');

  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await line(kiosk, '社会保障').tap();
  await expect(takeButton(kiosk)).toHaveCount(0);
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await expect(title(kiosk)).toHaveText('大厅现在不办公');

  await editSetup(ownHall, ({ station }) => {
    station.hours = { always: true };
  });
  await expect(line(kiosk, '社会保障')).toBeVisible();
});

test('an unregistered kiosk tells the installer what to do, and starts once it is registered', async ({
  open,
  ownHall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K9', { at: ownHall });
  await expect(title(kiosk)).toHaveText('这台终端还没有登记');
  await expect(kiosk.locator('.notice')).toContainText('K9');
  await screenshot(kiosk, 'kiosk-unknown-upright');
  await editSetup(ownHall, ({ main }) => {
    main.kiosk.push({ id: 'K9', name: { zh: '三楼', en: '3F' }, printer: { kind: 'none' } });
  });
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('a closed line has a page of its own that closes by itself', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1', { at: ownHall });
  const close = (closed) =>
    editSetup(ownHall, ({ main }) => {
      main.line.find(({ letter }) => letter === 'B').closed = closed;
    });
  await close(true);
  await expect(line(kiosk, '综合审批')).toContainText('暂停取号');
  await line(kiosk, '综合审批').tap();
  await expect(title(kiosk)).toHaveText('综合审批 · 该业务暂停取号');
  await screenshot(kiosk, 'kiosk-line-closed-flat');
  await close(false);
  await expect(row(kiosk, '林木采伐许可')).toBeVisible();
});

test('a printer that does not respond is reported before a number is taken', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const setPrinter = (printer) =>
    editSetup(ownHall, ({ main }) => {
      main.kiosk.find(({ id }) => id === 'K1').printer = printer;
    });
  // Nothing listens on the discard port.
  await setPrinter({ kind: 'escpos', address: '127.0.0.1:9' });
  await expect(title(kiosk)).toHaveText('打印机没有响应', { timeout: 30_000 });
  await screenshot(kiosk, 'kiosk-printer-upright');

  await kiosk.getByRole('button', { name: '不打印，继续取号' }).tap();
  await openMatter(kiosk);
  await expect(kiosk.locator('.note')).toContainText('不打印小票');
  await takeButton(kiosk).tap();
  await expect(kiosk.locator('.slip-state')).toContainText('请用手机拍下号码和二维码');
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await expect(title(kiosk)).toHaveText('打印机没有响应');

  await setPrinter({ kind: 'none' });
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('a page whose code does not arrive says that it is opening, and opens when it comes', async ({ open, hall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  let arrives = false;
  await kiosk.route('**/*deferred*.wasm', (route) => (arrives ? route.continue() : route.abort()));
  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await expect(title(kiosk)).toHaveText('正在打开');
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await expect(title(kiosk)).toHaveText('正在打开');
  arrives = true;
  await expect(title(kiosk)).toHaveText('查看办事指南');
});
