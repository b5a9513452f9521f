// The page of a terminal: one window gives numbers, and at night the screen rests.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test as base } from '../hall/index.js';
import { line, title } from '../hall/kiosk.js';
import { openTerminal } from '../hall/terminal.js';

const test = base.extend({
  terminal: async ({ ownHall }, use, info) => {
    const terminal = await openTerminal(ownHall);
    await use(terminal);
    await terminal.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('terminal', { body: terminal.output });
    }
  },
});

test('a second window says so, and works when the first is closed', async ({ open, terminal }) => {
  const first = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
  await expect(line(first, '企业开办')).toBeVisible();
  // Else Chromium lays an offer to translate it over the page.
  await expect(first.locator('meta[name=google]')).toHaveAttribute('content', 'notranslate');
  const second = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
  await expect(title(second)).toHaveText('本机已在另一个窗口打开');
  await screenshot(second, 'kiosk-elsewhere');
  await first.reload();
  await expect(line(first, '企业开办')).toBeVisible();
  await expect(title(second)).toHaveText('本机已在另一个窗口打开');
  await first.close();
  await expect(line(second, '企业开办')).toBeVisible();
});

test('after hours a screen without visitors rests, and a touch only wakes it', async ({
  open,
  ownHall,
}) => {
  await editSetup(ownHall, ({ station }) => {
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    station.hours = { week: { [day]: [['09:00', '12:00']] } };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K3', { at: ownHall });
  await kiosk.clock.install();
  await kiosk.reload();
  await expect(title(kiosk)).toHaveText('大厅现在不办公');
  const rest = kiosk.locator('.rest');
  await kiosk.clock.runFor('04:30');
  await expect(rest).toHaveCount(0);
  await kiosk.clock.runFor('00:40');
  await expect(rest).toContainText('轻触屏幕开始');
  await screenshot(kiosk, 'kiosk-rests');
  const guides = await kiosk.getByRole('button', { name: '办事指南' }).boundingBox();
  await kiosk.touchscreen.tap(guides.x + guides.width / 2, guides.y + guides.height / 2);
  await kiosk.clock.runFor('00:02');
  await expect(rest).toHaveCount(0);
  await expect(title(kiosk)).not.toHaveText('查看办事指南');
});
