// An application that was sent before the visit: remarked on at the counter, mended, cleared,
// opened as a case in one touch, and approved in the office.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { expect, screenshot, screens, test } from '../hall/index.js';
import { approveAll, button, openCounter, openOffice, serve, steps } from '../hall/staff.js';

const MATTER = 'food-permit';
const ANSWERS = JSON.parse(
  readFileSync(new URL('../../server/tests/it/fixtures/answers.json', import.meta.url)),
)[MATTER];

/** A call of the API, as another program sends it. */
async function call(hall, path, body) {
  const answer = await fetch(`${hall.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request_id: randomUUID(), ...body }),
  });
  const json = await answer.json();
  expect(answer.status, JSON.stringify(json)).toBe(200);
  return json;
}

const write = (hall, token, field, value) =>
  call(hall, '/api/apply/write', { token, field, value });

/** A draft that was filled in and sent. */
async function sendDraft(hall) {
  const { token } = await call(hall, '/api/apply/begin', { hall: 'main', matter: MATTER });
  for (const [field, value] of Object.entries(ANSWERS)) {
    await write(hall, token, field, value);
  }
  await call(hall, '/api/apply/send', { token });
  return token;
}

const shown = (hall, token) =>
  fetch(`${hall.address}/api/apply?token=${token}`).then((answer) => answer.json());
const document = (page) => page.locator('.draft-document');
const answer = (page, field) => document(page).locator(`[data-field="${field}"]`);
const rows = (page) => page.locator('.draft-row');

/** Writes a remark beside a field. */
async function remark(page, field, words) {
  await button(answer(page, field), '批注').click();
  await page.getByLabel('意见').fill(words);
  await page.keyboard.press('Enter');
  await expect(answer(page, field).locator('.remarks li')).toContainText(words);
}

test('what was sent is remarked on, mended, cleared, opened in one touch and approved', async ({
  open,
  ownHall: hall,
}) => {
  test.setTimeout(180_000);
  const token = await sendDraft(hall);
  const counter = await openCounter(open, hall, 1);
  await expect(counter.locator('.lever-drafts')).toContainText('预审 1');
  await counter.keyboard.press('d');
  await expect(rows(counter)).toHaveCount(1);
  await expect(rows(counter)).toContainText('预审中');
  await rows(counter).click();
  await expect(document(counter)).toContainText('身份未核验');
  await expect(answer(counter, 'shop_name')).toContainText('青禾区老陈面馆');
  await screenshot(counter, 'precheck-document');

  // A ready sentence, and words of one's own; Escape leaves the form of a remark alone.
  await expect(document(counter).locator('[data-move=R]')).toBeDisabled();
  await button(answer(counter, 'premises_area'), '批注').click();
  await counter.keyboard.press('Escape');
  await expect(counter.locator('.remark-form')).toHaveCount(0);
  await expect(document(counter)).toBeVisible();
  await button(answer(counter, 'shop_name'), '批注').click();
  await counter.getByLabel('常用语').selectOption({ index: 2 });
  await expect(counter.getByLabel('意见')).toHaveValue('请写全称，与营业执照一致。');
  await button(counter.locator('.remark-form'), '添加').click();
  await expect(answer(counter, 'shop_name').locator('.remarks li')).toHaveCount(1);
  await remark(counter, 'premises_area', '面积与租赁合同不一致。');
  await screenshot(counter, 'precheck-remarks');
  await document(counter).locator('[data-move=R]').click();
  await expect(rows(counter)).toContainText('请修改');

  // The applicant mends it on the phone, and sends it again: the counter sees it come back.
  const phone = await open(screens.phone, `/d/${token}`, { at: hall });
  await expect(phone.locator('.steps')).toContainText('有审查意见');
  await phone.locator('.steps a', { hasText: '店铺' }).click();
  await expect(phone.locator('body')).toContainText('请写全称，与营业执照一致。');
  await screenshot(phone, 'precheck-phone-remarks');
  await write(hall, token, 'shop_name', '青禾区建设路老陈面馆');
  await write(hall, token, 'premises_area', '90');
  await call(hall, '/api/apply/send', { token });
  await expect(rows(counter)).toContainText('第 2 次提交');
  await expect(answer(counter, 'shop_name')).toContainText('青禾区建设路老陈面馆');
  await expect(answer(counter, 'shop_name').locator('.remarks li')).toHaveClass(/settled/);

  // A reviewer of its department says that it is all right.
  const office = await openOffice(open, hall, 'review1');
  await button(office, '预审 1').click();
  await rows(office).click();
  await expect(answer(office, 'premises_area')).toContainText('90');
  await screenshot(office, 'precheck-office');
  await office.keyboard.press('y');
  await expect(document(office)).toContainText('预审通过');
  await expect(rows(counter)).toContainText('预审通过');
  expect((await shown(hall, token)).bring_originals).toBe(true);
  await counter.keyboard.press('Escape');

  // At the counter it is one touch.
  await serve(counter, hall, MATTER);
  await counter.keyboard.press('o');
  await expect(counter.locator('.from-draft li')).toHaveCount(1);
  await screenshot(counter, 'precheck-open-case');
  await counter.locator('.open-draft').click();
  const title = counter.locator('.reception .bar h2');
  await expect(title).toHaveText(/^办件 \d{6} \d{5} \d$/);
  const number = (await title.textContent()).replace(/\D/g, '');
  const filled = counter.locator('.filled-in');
  await expect(filled).toContainText('餐饮');
  await expect(filled).not.toContainText('13800138000');
  await button(filled, '显示完整内容').click();
  await expect(filled).toContainText('13800138000');
  await screenshot(counter, 'precheck-case');
  expect((await shown(hall, token)).state).toBe('received');
  await counter.keyboard.press('a');
  await counter.locator('.reception .next').click();

  await button(office, '待办环节').click();
  await expect(steps(office, number).first()).toBeVisible();
  await steps(office, number).first().click();
  await expect(office.locator('.filled-in')).toContainText('餐饮');
  await screenshot(office, 'precheck-office-case');
  await approveAll(office, number);
});

test('a code that an applicant shows opens their case', async ({ open, ownHall: hall }) => {
  const token = await sendDraft(hall);
  await sendDraft(hall);
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, MATTER);
  await counter.keyboard.press('o');
  const code = counter.getByLabel('扫描或输入申请码');
  await code.fill('A001');
  await counter.keyboard.press('Enter');
  await expect(counter.locator('.reception .refusal')).toContainText('这不是申请二维码');
  await code.fill(`HTTP://HALL.EXAMPLE/D/${token}`);
  await counter.keyboard.press('Enter');
  await counter.locator('.open-draft').first().click();
  await expect(counter.locator('.reception .bar h2')).toHaveText(/^办件/);
  expect((await shown(hall, token)).state).toBe('received');
});

test('a counter says that it has seen the paper, at the draft and before opening a case', async ({
  open,
  ownHall: hall,
}) => {
  const first = await sendDraft(hall);
  const second = await sendDraft(hall);
  const counter = await openCounter(open, hall, 1);
  await counter.keyboard.press('d');
  await expect(rows(counter)).toHaveCount(2);
  await rows(counter).first().click();
  await expect(document(counter)).toContainText('身份未核验');
  await expect(button(document(counter), '证件已核对')).toBeDisabled();
  await document(counter).getByLabel('证件号码后四位').fill('0Y43');
  await button(document(counter), '证件已核对').click();
  await expect(document(counter)).toContainText('身份已核验');
  await expect(answer(counter, 'applicant_business')).toContainText('窗口已核对证件');
  await expect(button(document(counter), '证件已核对')).toHaveCount(0);
  expect((await shown(hall, first)).proven).toBe(true);
  await screenshot(counter, 'precheck-proven');
  await counter.keyboard.press('Escape');

  await serve(counter, hall, MATTER);
  await counter.keyboard.press('o');
  const list = counter.locator('.from-draft li');
  await expect(list).toHaveCount(2);
  await screenshot(counter, 'precheck-from-draft');
  await expect(list.filter({ hasText: '身份未核验' })).toHaveCount(1);
  await list.getByLabel('证件号码后四位').fill('26XG');
  await list.locator('.paper-seen').click();
  await expect(counter.locator('.reception')).toContainText('与申请表上的不一致');
  await screenshot(counter, 'precheck-paper-differs');
  await list.getByLabel('证件号码后四位').fill('0Y43');
  await list.locator('.paper-seen').click();
  await expect(list.filter({ hasText: '身份已核验' })).toHaveCount(2);
  expect((await shown(hall, second)).state).toBe('sent');
  expect((await shown(hall, second)).proven).toBe(true);

  // A reviewer in the office sees it, and says nothing of it: nobody stands before them.
  const office = await openOffice(open, hall, 'review1');
  await button(office, /^预审/).click();
  await rows(office).first().click();
  await expect(document(office)).toContainText('身份已核验');
  await expect(button(document(office), '证件已核对')).toHaveCount(0);
});
