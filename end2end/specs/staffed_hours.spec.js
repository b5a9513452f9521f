// A line that is not called now: a kiosk asks before it gives a number, and nothing says
// that its holder is next.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test } from '../hall/index.js';
import { ORIENTATIONS, line, number, openMatter, takeButton, title } from '../hall/kiosk.js';

/** The first line is called on one day of the week only, neither today nor tomorrow. */
async function closeFirstLine(hall) {
  await editSetup(hall, ({ main }) => {
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    main.line[0].hours = { week: { [day]: [['09:00', '12:00']] }, follows_calendar: false };
  });
}

for (const [orientation, screen] of ORIENTATIONS) {
  test(`outside a line's hours a number is given after a question, ${orientation}`, async ({
    open,
    ownHall,
  }) => {
    await closeFirstLine(ownHall);
    const kiosk = await open(screen, '/kiosk/K1', { at: ownHall });
    await expect(line(kiosk, '企业开办')).toContainText('09:00 开始叫号');
    await screenshot(kiosk, `kiosk-later-home-${orientation}`);
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    await expect(title(kiosk)).toHaveText('企业开办 · 现在不叫号');
    await expect(kiosk.locator('.opens')).toContainText('09:00');
    await screenshot(kiosk, `kiosk-later-${orientation}`);

    // The way back takes no number.
    await kiosk.getByRole('button', { name: '不取号，返回' }).tap();
    await expect(takeButton(kiosk)).toBeVisible();
    await takeButton(kiosk).tap();
    await kiosk.getByRole('button', { name: '仍要取号' }).tap();
    await expect(number(kiosk)).toHaveText('A001');
    await expect(kiosk.locator('.ahead')).toContainText('您排在第一位');
    await expect(kiosk.locator('.ahead')).toContainText('为您保留');
    await expect(kiosk.locator('main')).not.toContainText(/下一位|留意/);
    await screenshot(kiosk, `kiosk-later-ticket-${orientation}`);
  });
}

test('while no line is called, a kiosk first offers what needs no clerk', async ({ open, ownHall }) => {
  await editSetup(ownHall, ({ main }) => {
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    for (const one of main.line) {
      one.hours = { week: { [day]: [['09:00', '12:00']] }, follows_calendar: false };
    }
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(title(kiosk)).toHaveText('现在没有业务叫号');
  const first = await kiosk.locator('main button').first().textContent();
  expect(first).toContain('查进度');
  const above = async (one, other) =>
    (await one.boundingBox()).y < (await other.boundingBox()).y;
  const progress = kiosk.getByRole('button', { name: '查进度' });
  expect(await above(progress, line(kiosk, '企业开办'))).toBe(true);
  await screenshot(kiosk, 'kiosk-after-hours-upright');
  await editSetup(ownHall, ({ main }) => {
    for (const one of main.line) {
      delete one.hours;
    }
  });
  await expect(title(kiosk)).toHaveText('请选择业务');
});

test('the display says when calling begins, and the page rings after a touch', async ({
  open,
  ownHall,
}) => {
  const taken = await fetch(`${ownHall.address}/api/kiosk/issue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      request_id: crypto.randomUUID(),
      kiosk: 'K1',
      matter: 'proprietor-open',
    }),
  });
  const { token } = await taken.json();
  await editSetup(ownHall, ({ main }) => {
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    for (const one of main.line) {
      one.hours = { week: { [day]: [['09:00', '12:00']] }, follows_calendar: false };
    }
  });
  const display = await open(screens.display, '/display/main', { at: ownHall });
  await expect(display.locator('.calling-none')).toContainText('09:00 开始叫号');
  await expect(display.locator('.calling')).not.toContainText('留意');
  await screenshot(display, 'display-later');

  const phone = await open(screens.phone, `/t/${token}`, { at: ownHall });
  await expect(phone.locator('.ticket')).toContainText('09:00 开始叫号');
  await phone.getByRole('button', { name: '开启叫号提示音' }).tap();
  await expect(phone.locator('.sound')).toContainText('请保持本页打开');
  await screenshot(phone, 'progress-later');
  await phone.getByRole('link', { name: '不办了，退号' }).tap();
  await expect(phone.getByRole('button', { name: '确定退号' })).toBeVisible();
  await screenshot(phone, 'progress-give-back');
  await phone.getByRole('button', { name: '确定退号' }).tap();
  await expect(phone.locator('.say')).toHaveText('号码已取消');
});
