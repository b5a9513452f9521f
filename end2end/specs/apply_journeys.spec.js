// Applications from the beginning to the end, by several people on several machines: one that is
// begun on a phone and gone on with at a terminal, and one that an old visitor and a helper fill
// in together, which is then received in one touch and approved.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { goOnToCheck } from '../hall/forms.js';
import { expect, readQr, screenshot, screens, test } from '../hall/index.js';
import { line, scan, title } from '../hall/kiosk.js';
import { approveAll, button, openCounter, openHelp, openOffice, serve, steps } from '../hall/staff.js';

// A trace fetches the pictures that a page reads as `blob:`, and the policy of our pages
// forbids that.
test.use({ trace: 'off' });

const FORMS = JSON.parse(
  readFileSync(new URL('../../server/tests/it/fixtures/answers.json', import.meta.url)),
);

/** A call of the API, as another program sends it. */
async function call(hall, path, body) {
  const answer = await fetch(`${hall.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request_id: randomUUID(), ...body }),
  });
  const json = await answer.json();
  expect(answer.status, `${path}: ${JSON.stringify(json)}`).toBe(200);
  return json;
}

const write = (hall, token, field, value) =>
  call(hall, '/api/apply/write', { token, field, value });
const shown = async (hall, token) =>
  (await fetch(`${hall.address}/api/apply?token=${token}`)).json();
const input = (page, name) => page.locator(`[name="${name}"]`);
const field = (page, id) => page.locator(`[data-field="${id}"]`);

/** Ticks what only the visitor agrees to, where it is missing. */
async function agree(kiosk, consents) {
  for (const consent of consents) {
    await goOnToCheck(kiosk);
    await kiosk.locator('.to-correct button', { hasText: '请阅读后勾选同意' }).first().tap();
    await input(kiosk, consent).tap();
  }
  await goOnToCheck(kiosk);
}

test('what is begun on the phone is gone on with at the terminal', async ({ open, ownHall: hall }) => {
  test.setTimeout(120_000);
  const phone = await open(screens.phone, '/apply/main/signboard', { at: hall });
  await phone.locator('button.action').first().click();
  await expect(phone.locator('form.asked')).toBeVisible();
  await input(phone, 'applicant_kind').first().check();
  await input(phone, 'applicant.name').fill('陈建国');
  await input(phone, 'applicant.number').fill('11010519491231002X');
  await input(phone, 'applicant_telephone').fill('13800138000');
  await expect(phone.locator('.kept')).toHaveText('已保存');
  await phone.locator('.choices').getByRole('button', { name: '下一步' }).click();
  await expect(phone).toHaveURL(/\/form\/(?!applicant)/);
  const token = /\/d\/([^/]+)\//.exec(phone.url())[1];

  // The code on the phone is held to the terminal's scanner.
  await phone.goto(`/d/${token}/share`);
  await screenshot(phone, 'journey-phone-share');
  const code = await readQr(phone.locator('.at-terminal'));
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: hall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await scan(kiosk, code);
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  await screenshot(kiosk, 'journey-terminal-goes-on');

  // What is typed at the terminal is on the phone, and the other way round.
  await phone.goto(`/d/${token}/form/shop`);
  await write(hall, token, 'shop_name', '青禾区老陈面馆');
  for (const [id, value] of Object.entries(FORMS.signboard)) {
    if (!/^applicant|^truth$|^sign_safety$|^shop_name$/.test(id)) {
      await write(hall, token, id, value);
    }
  }
  await agree(kiosk, ['sign_safety', 'truth']);
  await screenshot(kiosk, 'journey-terminal-check');
  await button(kiosk, '提交预审').tap();
  await expect(title(kiosk)).toHaveText('已提交');
  expect((await shown(hall, token)).state).toBe('sent');
  // The phone has it as well.
  await phone.goto(`/d/${token}`);
  await expect(phone.locator('[data-state=sent]')).toBeVisible();
  await screenshot(phone, 'journey-phone-sent');
});

test('six figures of a phone open its form at the kiosk', async ({ open, ownHall: hall }) => {
  const begun = await call(hall, '/api/apply/begin', { hall: 'main', matter: 'signboard' });
  await write(hall, begun.token, 'shop_name', '老陈面馆');
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: hall });
  await button(kiosk, '查进度').tap();
  await screenshot(kiosk, 'figures-way');
  await button(kiosk, '接着填已开始的申请表').tap();
  await expect(title(kiosk)).toHaveText('输入六位数字，接着填');
  await screenshot(kiosk, 'figures-empty');
  const type = async (figures) => {
    for (const figure of figures) {
      await kiosk.locator(`[data-key="${figure}"]`).tap();
    }
  };
  const go = kiosk.locator('.go-on > .key');

  // A wrong code says so, and the next can be typed at once.
  await type('000000');
  await go.tap();
  await expect(kiosk.locator('.wrong')).toContainText('不对或已过期');
  await expect(kiosk.locator('.typed')).toHaveText('');
  await expect(go).toBeDisabled();
  await screenshot(kiosk, 'figures-wrong');

  const phone = await open(screens.phone, `/d/${begun.token}/share`, { at: hall });
  await phone.getByRole('button', { name: '换我自己的设备接着填' }).click();
  const figures = (await phone.locator('.code-figures').textContent()).replace(/\D/g, '');
  await type(figures);
  await expect(kiosk.locator('.typed')).toHaveText(`${figures.slice(0, 3)} ${figures.slice(3)}`);
  await go.tap();
  await expect(kiosk.locator('.fill')).toContainText('已保存');
  expect((await shown(hall, begun.token)).values.shop_name).toBe('老陈面馆');
});

/** The answers of a bundle: those of its matters together. */
function together(...matters) {
  const all = {};
  for (const matter of matters) {
    Object.assign(all, FORMS[matter]);
  }
  return all;
}

/** A photograph with a text. */
const photograph = (page, words) =>
  page.evaluate(async (text) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1000 });
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, 1600, 1000);
    paper.fillStyle = '#000';
    paper.font = '60px sans-serif';
    for (let row = 1; row < 15; row += 1) {
      paper.fillText(`${text} 0123456789 `.repeat(3), 0, row * 65);
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, words);

test('an old visitor and a helper open a restaurant together', async ({ open, ownHall: hall }) => {
  test.setTimeout(300_000);
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: hall });
  const begun = kiosk.waitForResponse('**/api/apply/begin');
  await button(kiosk, '办事指南').tap();
  await line(kiosk, '综合审批').tap();
  await kiosk.locator('.matter', { hasText: '开办餐饮店一件事' }).tap();
  await button(kiosk, '现在填申请表').tap();
  const { token } = await (await begun).json();
  await expect(kiosk.locator('.fill')).toContainText('已保存');

  // The helper joins by the figures on the visitor's screen.
  const tablet = await openHelp(open, hall, 'clerk2');
  await button(kiosk, '请人帮忙').tap();
  const figures = await kiosk.locator('.share-figures').getAttribute('data-figures');
  await tablet.getByLabel('六位数字').fill(figures);
  await button(tablet, '开始协助').click();
  await expect(tablet.locator('.helping-form')).toBeVisible();
  await expect(kiosk.locator('.helper-bar')).toBeVisible();

  // The helper writes who applies; the visitor sees it come.
  await input(tablet, 'applicant.name').fill('陈建国');
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  await input(tablet, 'applicant.number').fill('11010519491231002X');
  await expect(input(kiosk, 'applicant.number')).toHaveValue('11010519491231002X');

  // Both write in one field: both see the same in the end, whoever was later.
  await input(kiosk, 'applicant_telephone').fill('13800138000');
  await expect(input(tablet, 'applicant_telephone')).toHaveValue('13800138000');
  await Promise.all([
    input(kiosk, 'applicant_telephone').fill('13811111111'),
    input(tablet, 'applicant_telephone').fill('13822222222'),
  ]);
  await expect
    .poll(async () => {
      const { values } = await shown(hall, token);
      const seen = [kiosk, tablet].map((page) => input(page, 'applicant_telephone').inputValue());
      const [one, other] = await Promise.all(seen);
      return one === other && one === values.applicant_telephone && one !== '13800138000';
    })
    .toBe(true);
  await input(kiosk, 'applicant_telephone').fill('13800138000');
  await expect(input(tablet, 'applicant_telephone')).toHaveValue('13800138000');

  // The network is cut for the visitor, then for the helper; what is typed meanwhile arrives.
  for (const [cut, other, name, text] of [
    [kiosk, tablet, 'applicant_telephone', '13912345678'],
    [tablet, kiosk, 'applicant.name', '陈建国国'],
    [tablet, kiosk, 'applicant.name', '陈建国'],
  ]) {
    await cut.context().setOffline(true);
    await input(cut, name).fill(text);
    await cut.context().setOffline(false);
    await expect(input(other, name)).toHaveValue(text, { timeout: 60_000 });
  }

  // The rest is typed, and stands on both screens; nothing is asked twice.
  const answers = together('food-permit', 'signboard', 'proprietor-open');
  const { form } = await shown(hall, token);
  const asked = form.groups.flatMap((group) => group.field);
  expect(new Set(asked.map((one) => one.id)).size).toBe(asked.length);
  const consents = asked.filter((one) => one.kind === 'consent' && one.required).map((one) => one.id);
  for (const one of asked) {
    if (one.kind !== 'consent' && answers[one.id] !== undefined && !/^applicant/.test(one.id)) {
      await write(hall, token, one.id, one.id === 'licence_held' ? false : answers[one.id]);
    }
  }
  await tablet.locator('.helping-points .button', { hasText: '店名' }).first().click();
  await expect(input(tablet, 'shop_name')).toHaveValue('青禾区老陈面馆');
  await expect(field(kiosk, 'shop_name')).toHaveAttribute('data-pointed', '');
  await expect(input(kiosk, 'shop_name')).toHaveValue('青禾区老陈面馆');
  await screenshot(kiosk, 'journey-together-kiosk');
  await screenshot(tablet, 'journey-together-tablet');

  // The helper photographs both sides of the card.
  const card = tablet.locator('.draft-material', { hasText: '身份证' }).first();
  for (const side of ['居民身份证 人像面', '居民身份证 国徽面']) {
    const buffer = Buffer.from(await photograph(tablet, side));
    const count = await card.locator('img').count();
    await card
      .locator('input[type=file]')
      .setInputFiles([{ name: `${side}.jpg`, mimeType: 'image/jpeg', buffer }]);
    await expect(card.locator('img')).toHaveCount(count + 1);
  }
  await screenshot(tablet, 'journey-card');

  // Consent and sending are the visitor's alone.
  await agree(kiosk, consents);
  await screenshot(kiosk, 'journey-check');
  await button(kiosk, '提交预审').tap();
  await expect(title(kiosk)).toHaveText('已提交');
  await screenshot(kiosk, 'journey-sent');

  // One touch at the counter; both sides of the card are with the case.
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await counter.keyboard.press('o');
  await expect(counter.locator('.from-draft li')).toContainText('开办餐饮店一件事');
  await screenshot(counter, 'journey-counter');
  await counter.locator('.open-draft').click();
  const heading = counter.locator('.reception .bar h2');
  await expect(heading).toHaveText(/^办件 \d{6} \d{5} \d$/);
  const number = (await heading.textContent()).replace(/\D/g, '');
  const received = await shown(hall, token);
  expect([received.state, received.way, received.proven]).toEqual(['received', 'terminal', true]);
  await counter.keyboard.press('a');
  await screenshot(counter, 'journey-case');
  await counter.locator('.reception .next').click();

  // Its departments approve one after the other.
  for (const reviewer of ['review1', 'review2']) {
    const office = await openOffice(open, hall, reviewer);
    await expect(steps(office, number).first()).toBeVisible();
    await approveAll(office, number);
  }
});
