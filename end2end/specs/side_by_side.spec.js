// Side by side: a visitor at a kiosk and a helper with a tablet fill in one form at once.

import { expect, screenshot, screens, test } from '../hall/index.js';
import { findings } from '../hall/axe.js';
import { ORIENTATIONS, line, title } from '../hall/kiosk.js';
import { button } from '../hall/staff.js';

const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };

/** From the first page to the form of a bundle. */
async function beginForm(kiosk) {
  await button(kiosk, '办事指南').tap();
  await line(kiosk, '综合审批').tap();
  await kiosk.locator('.matter', { hasText: '开办餐饮店一件事' }).tap();
  await button(kiosk, '现在填申请表').tap();
  await expect(title(kiosk)).toHaveText('开办餐饮店一件事');
  await expect(kiosk.locator('.fill')).toContainText('已保存');
}

/** The helper's page with somebody signed in. */
async function openHelp(open, hall, name = 'clerk1') {
  const page = await open(TABLET, '/help', { at: hall });
  await page.getByLabel('登录名').fill(name);
  await page.getByLabel('密码').fill(hall.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('输入申请人屏幕上的六位数字')).toBeVisible();
  return page;
}

/** The helper joins by the figures on the visitor's screen. */
async function join(kiosk, tablet) {
  await button(kiosk, '请人帮忙').tap();
  const figures = await kiosk.locator('.share-figures').getAttribute('data-figures');
  await tablet.getByLabel('六位数字').fill(figures);
  await button(tablet, '开始协助').click();
  await expect(tablet.locator('.beside-form')).toBeVisible();
  await expect(kiosk.locator('.helper-bar')).toBeVisible();
}

const field = (page, id) => page.locator(`[data-field="${id}"]`);
const input = (page, name) => page.locator(`[name="${name}"]`);

for (const [shape, screen] of ORIENTATIONS) {
  test(`a visitor and a helper fill in one form, ${shape}`, async ({ open, ownHall }) => {
    const kiosk = await open(screen, '/kiosk/K1', { at: ownHall });
    await beginForm(kiosk);
    await screenshot(kiosk, `fill-first-${shape}`);
    const tablet = await openHelp(open, ownHall);
    await screenshot(tablet, `help-join-${shape}`);
    await join(kiosk, tablet);

    // The visitor types with the kiosk's own keys; the helper sees each.
    await input(kiosk, 'applicant_telephone').tap();
    for (const figure of '13812345678') {
      await kiosk.locator(`.touch-keys [data-key="${figure}"]`).tap();
    }
    await expect(input(kiosk, 'applicant_telephone')).toHaveValue('13812345678');
    await expect(input(tablet, 'applicant_telephone')).toHaveValue('13812345678');
    await expect(field(tablet, 'applicant_telephone')).toHaveAttribute('data-other', '');

    // The helper types; the visitor sees each, where they are.
    await input(tablet, 'applicant.name').fill('陈建国');
    await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
    await screenshot(kiosk, `fill-two-${shape}`);
    await screenshot(tablet, `help-two-${shape}`);

    // What the helper points at lights up, also in another group.
    await tablet.locator('.points .button', { hasText: '店名' }).first().click();
    await expect(field(kiosk, 'shop_name')).toHaveAttribute('data-pointed', '');
    await screenshot(kiosk, `fill-pointed-${shape}`);

    // One touch ends it, and the helper sees nothing more.
    await button(kiosk, '结束协助').tap();
    await expect(tablet.getByText('协助已结束')).toBeVisible();
    await expect(tablet.locator('.beside-form')).toHaveCount(0);
    await expect(kiosk.locator('.helper-bar')).toHaveCount(0);
  });
}

test('both go on where they were after their connections were cut', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await beginForm(kiosk);
  const tablet = await openHelp(open, ownHall);
  await join(kiosk, tablet);
  for (const [cut, other, name, text] of [
    [kiosk, tablet, 'applicant_telephone', '13912345678'],
    [tablet, kiosk, 'applicant.name', '陈建国'],
  ]) {
    await cut.context().setOffline(true);
    await input(cut, name).fill(text);
    await cut.context().setOffline(false);
    await expect(input(other, name)).toHaveValue(text, { timeout: 60_000 });
  }
});

test('the pages of two who fill in a form have nothing for axe to find', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await beginForm(kiosk);
  expect(await findings(kiosk)).toEqual([]);
  const tablet = await openHelp(open, ownHall);
  expect(await findings(tablet)).toEqual([]);
  await join(kiosk, tablet);
  expect(await findings(tablet)).toEqual([]);
  expect(await findings(kiosk)).toEqual([]);
});
