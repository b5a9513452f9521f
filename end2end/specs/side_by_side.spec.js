// Side by side: a visitor at a kiosk and a helper with a tablet fill in one form at once.

import { expect, screenshot, screens, test } from '../hall/index.js';
import { findings } from '../hall/axe.js';
import { beginForm, goOnToCheck, joinBeside, touchField } from '../hall/forms.js';
import { ORIENTATIONS, line, scan, title } from '../hall/kiosk.js';
import { button, openHelp } from '../hall/staff.js';

const field = (page, id) => page.locator(`[data-field="${id}"]`);
const input = (page, name) => page.locator(`[name="${name}"]`);

for (const [shape, screen] of ORIENTATIONS) {
  test(`a visitor and a helper fill in one form, ${shape}`, async ({ open, ownHall }) => {
    const kiosk = await open(screen, '/kiosk/K1', { at: ownHall });
    await beginForm(kiosk);
    await screenshot(kiosk, `fill-first-${shape}`);
    const tablet = await openHelp(open, ownHall);
    await screenshot(tablet, `help-join-${shape}`);
    await joinBeside(kiosk, tablet);

    // The visitor types with the kiosk's own keys; the helper sees each.
    await touchField(kiosk, 'applicant_telephone');
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
    await tablet.locator('.helping-points .button', { hasText: '店名' }).first().click();
    await expect(field(kiosk, 'shop_name')).toHaveAttribute('data-pointed', '');
    await screenshot(kiosk, `fill-pointed-${shape}`);
    // It is still lit after the group is drawn anew, until the visitor writes there.
    await button(kiosk, 'English').click();
    await expect(kiosk.locator('.fill')).toContainText('Step 2 of');
    await expect(field(kiosk, 'shop_name')).toHaveAttribute('data-pointed', '');
    await button(kiosk, '中文').click();
    await input(kiosk, 'shop_name').fill('青禾区老陈面馆');
    await expect(field(kiosk, 'shop_name')).not.toHaveAttribute('data-pointed');
    await expect(input(tablet, 'shop_name')).toHaveValue('青禾区老陈面馆');
    // Only the visitor agrees.
    await expect(input(tablet, 'truth')).toBeDisabled();

    // One touch ends it, and the helper sees nothing more.
    await button(kiosk, '结束协助').tap();
    await expect(tablet.getByText('协助已结束')).toBeVisible();
    await expect(tablet.locator('.helping-form')).toHaveCount(0);
    await expect(kiosk.locator('.helper-bar')).toHaveCount(0);
  });
}

test('both go on where they were after their connections were cut', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await beginForm(kiosk);
  const tablet = await openHelp(open, ownHall);
  await joinBeside(kiosk, tablet);
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
  await joinBeside(kiosk, tablet);
  expect(await findings(tablet)).toEqual([]);
  expect(await findings(kiosk)).toEqual([]);
});

/** A form that is begun at the kiosk, with its token. */
async function beginFormOf(kiosk, matter) {
  const begun = kiosk.waitForResponse('**/api/apply/begin');
  await button(kiosk, '办事指南').tap();
  await line(kiosk, '综合审批').tap();
  await expect(kiosk.locator('.matter').first()).toBeVisible();
  const row = kiosk.locator('.matter', { hasText: matter });
  while (!(await row.isVisible())) {
    await kiosk.locator('[data-key="PageDown"]').tap();
    await kiosk.waitForTimeout(500);
  }
  await row.tap();
  await button(kiosk, '现在填申请表').tap();
  const { token } = await (await begun).json();
  await expect(kiosk.locator('.fill')).toContainText('已保存');
  return token;
}

const write = (hall, token, name, value) =>
  post(hall, '/api/apply/write', { request_id: crypto.randomUUID(), token, field: name, value });

async function post(hall, path, body) {
  const answer = await fetch(`${hall.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
}

const draftNow = async (hall, token) =>
  (await fetch(`${hall.address}/api/apply?token=${token}`)).json();

test('what is missing in a part is told beside it, once all was looked at', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1', { at: ownHall });
  await beginForm(kiosk);
  await input(kiosk, 'applicant.name').fill('陈建国');
  await expect(kiosk.locator('.ask-why')).toHaveCount(0);
  await goOnToCheck(kiosk);
  await kiosk.locator('.to-correct button', { hasText: '申请人' }).first().tap();
  await expect(kiosk.locator('#f-applicant-number-why')).toHaveText('请填写证件号码。');
  await expect(input(kiosk, 'applicant.number')).toBeFocused();
  // An identity number is figures first.
  await expect(kiosk.locator('.touch-keys [data-key="1"]')).toBeVisible();
});

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const SIGNBOARD = {
  applicant_kind: 'person',
  applicant: { name: '陈建国', number: '11010519491231002X' },
  applicant_telephone: '13812345678',
  shop_name: '青禾区老陈面馆',
  premises_address: { region: '某省某市青禾区', detail: '建设路 12 号一层' },
  sign_kind: 'lintel',
  sign_width: '4.2',
  sign_height: '0.9',
  sign_clearance: '3',
  sign_material: '铝塑板',
  sign_lit: false,
  sign_from: inDays(30),
  sign_until: inDays(300),
  sign_built_by: 'self',
};

test('a visitor takes what is offered, agrees, signs on the screen and sends', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const token = await beginFormOf(kiosk, '户外招牌设置');
  for (const [name, value] of Object.entries(SIGNBOARD)) {
    await write(ownHall, token, name, value);
  }
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  await goOnToCheck(kiosk);
  // A kiosk has no files, and its visitor is told so.
  await expect(kiosk.locator('input[type=file]')).toHaveCount(0);
  await kiosk.locator('.to-correct button', { hasText: '招牌上的文字' }).tap();
  const offer = field(kiosk, 'sign_text').locator('.ask-offer');
  await expect(offer).toContainText('青禾区老陈面馆');
  await screenshot(kiosk, 'fill-offered');
  await offer.getByRole('button', { name: '用这个' }).tap();
  await expect(input(kiosk, 'sign_text')).toHaveValue('青禾区老陈面馆');
  await expect(offer).toHaveCount(0);
  for (const consent of ['sign_safety', 'truth']) {
    await goOnToCheck(kiosk);
    await kiosk.locator('.to-correct button', { hasText: '请阅读后勾选同意' }).first().tap();
    await input(kiosk, consent).tap();
  }
  await goOnToCheck(kiosk);
  await expect(kiosk.locator('.sign .pad')).toBeVisible();
  await kiosk.locator('.sign .pad canvas').scrollIntoViewIfNeeded();
  const { x, y, width, height } = await kiosk.locator('.sign .pad canvas').boundingBox();
  await kiosk.mouse.move(x + width * 0.2, y + height * 0.3);
  await kiosk.mouse.down();
  await kiosk.mouse.move(x + width * 0.5, y + height * 0.7, { steps: 5 });
  await kiosk.mouse.move(x + width * 0.7, y + height * 0.2, { steps: 5 });
  await kiosk.mouse.up();
  await screenshot(kiosk, 'fill-signed');
  await button(kiosk, '提交预审').tap();
  await expect(title(kiosk)).toHaveText('已提交');
  await screenshot(kiosk, 'fill-sent');
  const draft = await draftNow(ownHall, token);
  expect([draft.state, draft.signed]).toEqual(['sent', true]);
});

test('a draft of the phone is gone on with at the kiosk by its code', async ({ open, ownHall }) => {
  const begin = { request_id: crypto.randomUUID(), hall: 'main', matter: 'signboard' };
  const { token } = await post(ownHall, '/api/apply/begin', begin);
  await write(ownHall, token, 'applicant_kind', 'person');
  await write(ownHall, token, 'applicant', { name: '陈建国', number: '' });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await scan(kiosk, `${ownHall.address}/D/${token}`);
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  // A card in the reader tells its number, and nobody loses the form to it.
  await scan(kiosk, '11010519491231002X');
  await expect(input(kiosk, 'applicant.number')).toHaveValue('11010519491231002X');
  // Nor to another code.
  await scan(kiosk, `${ownHall.address}/D/0123456789ABCDEFGHJKMNPQRS`);
  await expect(kiosk.locator('.fill')).toBeVisible();
});

test('a phone shows the rows that a helper adds, and what was displaced', async ({ open, ownHall }) => {
  const begin = { request_id: crypto.randomUUID(), hall: 'main', bundle: 'open-restaurant' };
  const { token } = await post(ownHall, '/api/apply/begin', begin);
  const phone = await open(screens.phone, `/d/${token}/form/people`, { at: ownHall });
  const { code } = await post(ownHall, '/api/apply/share', { request_id: crypto.randomUUID(), token });
  const tablet = await openHelp(open, ownHall);
  await tablet.getByLabel('六位数字').fill(code);
  await button(tablet, '开始协助').click();
  await expect(phone.locator('form.helper')).toBeVisible();
  // What is typed here meanwhile stays.
  await phone.locator('[name="staff.0.name"]').fill('刘梅');
  await expect(input(tablet, 'staff.0.name')).toHaveValue('刘梅');
  await field(tablet, 'staff').getByRole('button', { name: '添加一行' }).click();
  await input(tablet, 'staff.1.name').fill('王强');
  await expect(phone.locator('[name="staff.1.name"]')).toHaveValue('王强');
  await expect(phone.locator('[name="staff.0.name"]')).toHaveValue('刘梅');
  await field(tablet, 'staff').getByRole('button', { name: '删除第 2 行' }).click();
  await expect(phone.locator('[name="staff.1.name"]')).toHaveCount(0);
  // Two write the same: the later counts, and the other's is offered back.
  const telephone = (page) => input(page, 'food_manager_telephone');
  await tablet.context().setOffline(true);
  await telephone(tablet).fill('13900000000');
  await telephone(phone).fill('13811112222');
  await expect(phone.locator('.kept')).toContainText('已保存');
  await tablet.context().setOffline(false);
  const displaced = phone.locator('.displaced');
  await expect(displaced).toContainText('13811112222', { timeout: 60_000 });
  await expect(telephone(phone)).toHaveValue('13900000000');
  await screenshot(phone, 'phone-rows');
  await displaced.getByRole('button', { name: '改用它' }).click();
  await expect(telephone(tablet)).toHaveValue('13811112222');
  await expect(displaced).toHaveCount(0);
});
