// Clerk and visitor fill in one form at a counter: the clerk at the console, the visitor on its
// second screen. And a helper begins one for somebody with a phone.

import { findings } from '../hall/axe.js';
import { expect, screenshot, screens, test } from '../hall/index.js';
import { button, openCounter, openHelp, serve } from '../hall/staff.js';

const input = (page, name) => page.locator(`[name="${name}"]`);

test('a clerk begins a form, and the visitor fills it in on the second screen', async ({ open, ownHall: hall }) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await counter.keyboard.press('g');
  const which = counter.getByLabel('事项');
  // The matter of the ticket is chosen already.
  await expect(which.locator('option:checked')).toHaveText('食品经营许可(新办)');
  await screenshot(counter, 'together-begin');
  await button(counter, '开始填').click();
  await expect(counter.locator('.invite')).toBeVisible();
  await screenshot(counter, 'together-invite');

  const opened = counter.waitForEvent('popup');
  await button(counter, '在副屏打开').click();
  const visitor = await opened;
  await visitor.setViewportSize({ width: 1280, height: 800 });
  const figures = await counter.locator('.invite .invite-figures').getAttribute('data-figures');
  await expect(visitor.getByLabel('六位数字')).toHaveValue(figures);
  await screenshot(visitor, 'second-screen-figures');
  await visitor.locator('button.action').click();
  await expect(visitor).toHaveURL(/\/d\//);
  await expect(visitor.locator('body')).toContainText('正在');
  await expect(counter.locator('.invite')).toBeHidden();
  await screenshot(visitor, 'second-screen-draft');

  // What the clerk types is on the visitor's side, and the other way round.
  await counter.locator('[name=applicant_kind][value=person]').check();
  await visitor.goto(`${visitor.url().split('?')[0]}/form/applicant`);
  await input(counter, 'applicant.name').fill('陈建国');
  await expect(input(visitor, 'applicant.name')).toHaveValue('陈建国');
  await input(visitor, 'applicant_telephone').fill('13800138000');
  await expect(input(counter, 'applicant_telephone')).toHaveValue('13800138000');
  await screenshot(counter, 'together-both');
  await screenshot(visitor, 'second-screen-both');
  expect(await findings(counter)).toEqual([]);
  expect(await findings(visitor)).toEqual([]);

  // The sheet is left and opened again: the help goes on.
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await expect(counter.locator('.lever-fill-together')).toBeVisible();
  await button(counter, '一起填表').click();
  await expect(input(counter, 'applicant.name')).toHaveValue('陈建国');
  await expect(counter.locator('.invite')).toBeHidden();

  // With the visit it is over, and the second screen shows nothing of anybody.
  await counter.keyboard.press('Escape');
  await counter.keyboard.press(' ');
  await expect(visitor.getByRole('heading', { name: '请看这里' })).toBeVisible();
  await expect(visitor.locator('body')).not.toContainText('陈建国');
  await screenshot(visitor, 'second-screen-idle');
  expect(await findings(visitor)).toEqual([]);
});

test('nothing of the visitor stays on the second screen after a reload, or without a session', async ({
  open,
  ownHall: hall,
}) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  /** The clerk begins a form. `visitor` is the second screen, or is still to come. */
  const begin = async (visitor) => {
    await counter.keyboard.press('g');
    await button(counter, '开始填').click();
    const shown = visitor ?? counter.waitForEvent('popup');
    await button(counter, '在副屏打开').click();
    const screen = await shown;
    await screen.locator('button.action').click();
    await expect(screen).toHaveURL(/\/d\//);
    return screen;
  };
  const showsNobody = (screen) =>
    expect(screen.getByRole('heading', { name: '请看这里' })).toBeVisible();

  const visitor = await begin();
  await counter.reload();
  await showsNobody(visitor);

  // The console finds the window again, and leaves it empty when it must sign in.
  await expect(counter.locator('.lever-fill-together')).toBeEnabled();
  await begin(visitor);
  await counter.context().clearCookies();
  await counter.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(counter.getByLabel('登录名')).toBeVisible();
  await showsNobody(visitor);
});

test('a helper begins a form for somebody who goes on with a phone', async ({ open, ownHall: hall }) => {
  const tablet = await openHelp(open, hall);
  await expect(tablet.getByLabel('事项')).toBeVisible();
  await screenshot(tablet, 'help-begin');
  expect(await findings(tablet)).toEqual([]);
  await tablet.getByLabel('事项').selectOption({ label: (await tablet.getByLabel('事项').locator('option', { hasText: '户外招牌' }).first().textContent()).trim() });
  await button(tablet, '开始填').click();
  await expect(tablet.locator('.invite')).toBeVisible();
  await screenshot(tablet, 'help-invite');
  const old = await tablet.locator('.invite .invite-figures').getAttribute('data-figures');
  await button(tablet, '换一组数字').click();
  const shown = tablet.locator('.invite .invite-figures');
  await expect(shown).not.toHaveAttribute('data-figures', old);
  const figures = await shown.getAttribute('data-figures');

  const phone = await open(screens.phone, `/apply/continue?code=${figures}`, { at: hall });
  await phone.locator('button.action').click();
  await expect(phone).toHaveURL(/\/d\//);
  await expect(tablet.locator('.invite')).toBeHidden();
  await expect(tablet.locator('.helping-bar')).toContainText('申请人在线');
});
