// A commitment (告知承诺) from the counter to its end: signed instead of two steps and two
// documents, decided at once, found broken, answered on the phone, and revoked.

import {
  WANG,
  approve,
  button,
  grouped,
  material,
  openCase,
  openCounter,
  openOffice,
  serve,
  sign,
  steps,
} from '../hall/staff.js';
import { expect, readQr, screenshot, screens, test } from '../hall/index.js';

const main = (page) => page.locator('main');
const dialog = (page) => page.locator('dialog.asking[open]');
const sheet = (page) => page.locator('.act-sheet');

/** Signs the commitment of a food permit at counter 1, and accepts the case. */
async function acceptOnCommitment(counter, hall, open) {
  await serve(counter, hall, 'food-permit');
  const number = await openCase(counter, WANG);
  await expect(material(counter, '从业人员健康证明').getByRole('radio')).not.toHaveCount(0);
  await button(counter, '签告知承诺').click();
  await expect(dialog(counter)).toContainText('从业人员健康证明');
  await screenshot(counter, 'commitment-reading');
  // Nothing is signed without a signature.
  await button(counter, '确认承诺').click();
  await expect(dialog(counter).getByRole('alert')).toContainText('请申请人签字');
  await sign(counter);
  await button(counter, '确认承诺').click();
  await expect(counter.getByText('告知承诺已签。')).toBeVisible();
  for (const name of ['从业人员健康证明', '食品安全管理制度']) {
    await expect(material(counter, name)).toContainText('以承诺代替');
    await expect(material(counter, name).getByRole('radio')).toHaveCount(0);
  }
  await counter.keyboard.press('a');
  await expect(counter.locator('.reception .next')).toContainText('受理');
  await screenshot(counter, 'commitment-signed');
  await counter.locator('.reception .next').click();
  await expect(dialog(counter).locator('.paper svg')).toBeVisible();
  await counter.locator('.paper-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
  const receipt = new URL((await readQr(dialog(counter))).toLowerCase()).pathname;
  await counter.keyboard.press('Escape');
  const phone = await open(screens.phone, receipt, { at: hall });
  return { number, phone };
}

/** Selects the check of a case in the office. */
async function openCheck(office, number) {
  const row = office.locator('.checks .step-row', { hasText: grouped(number) });
  await row.click();
  await expect(office.locator('.case-in-hand')).toContainText(grouped(number));
}

test('a commitment is broken: found, answered, and revoked with the ways to appeal', async ({
  open,
  ownHall: hall,
}) => {
  test.setTimeout(180_000);
  const counter = await openCounter(open, hall, 1);
  const { number, phone } = await acceptOnCommitment(counter, hall, open);
  await expect(phone.locator('[data-part=commitment]')).toContainText('作出决定后 30 个工作日内');
  await expect(phone.locator('.way')).toContainText('以承诺代替');

  // The commitment on paper.
  await button(counter, '告知承诺书').click();
  await expect(dialog(counter).locator('.paper svg')).toContainText('现场核查');
  await screenshot(counter, 'commitment-paper');
  await counter.keyboard.press('Escape');

  // Only the decision is left.
  const office = await openOffice(open, hall, 'review1');
  await expect(steps(office, number)).toHaveCount(1);
  await expect(steps(office, number)).toContainText('决定');
  await approve(office, number);
  await expect(office.locator('.checks')).toContainText('待核查');
  await expect(phone.locator('[data-part=commitment]')).toContainText('前核查');
  await screenshot(office, 'office-check-to-do');
  await screenshot(phone, 'case-commitment-to-be-checked');

  await openCheck(office, number);
  await button(office, '与承诺不符…').click();
  await button(sheet(office), '告知申请人').click();
  await expect(sheet(office).getByRole('alert')).toContainText('请写明内容');
  await sheet(office).getByLabel('查明的情况').fill('两名从业人员没有健康证明。');
  await sheet(office).getByLabel('可以整改').uncheck();
  await screenshot(office, 'office-breach');
  await button(sheet(office), '告知申请人').click();
  await expect(sheet(office)).toBeHidden();
  await expect(office.locator('.checks')).toContainText('不实待处理');

  // Nothing is revoked before the applicant was heard.
  await button(office, '撤销决定…').click();
  await sheet(office).getByLabel('撤销理由').fill('从业人员无健康证明上岗，承诺不实。');
  await button(sheet(office), '确认撤销').click();
  await expect(sheet(office).getByRole('alert')).toContainText('现在不能撤销');
  await office.keyboard.press('Escape');
  await expect(sheet(office)).toBeHidden();

  // The phone says what was found, and takes the answer.
  const notice = phone.locator('[data-part=commitment]');
  await expect(notice).toContainText('两名从业人员没有健康证明。');
  await expect(notice).toContainText('陈述、申辩');
  await screenshot(phone, 'case-commitment-broken');
  await notice.getByLabel('您的陈述、申辩').fill('健康证已在办理。');
  await button(phone, '提交陈述').click();
  await expect(phone.getByRole('status').first()).toContainText('已收到您的陈述');
  await expect(notice).toContainText('健康证已在办理。');
  await expect(office.locator('.case-in-hand')).toContainText('健康证已在办理。');
  await expect(office.locator('.checks')).toContainText('已陈述申辩');
  await screenshot(office, 'office-breach-answered');

  // What was typed for the revocation is still there.
  await button(office, '撤销决定…').click();
  await expect(sheet(office).getByLabel('撤销理由')).toHaveValue(/承诺不实/);
  await expect(sheet(office)).toContainText('行政复议');
  await button(sheet(office), '确认撤销').click();
  await expect(sheet(office)).toBeHidden();
  await expect(office.locator('.results')).toContainText('已撤销');
  await expect(office.locator('.checks')).toHaveCount(0);
  await expect(notice).toContainText('6 个月内');
  await screenshot(phone, 'case-commitment-revoked');

  // The counter prints the decision, and offers no commitment again.
  await counter.locator('.reception').getByText('已撤销决定').first().waitFor();
  await button(counter, '撤销决定书').click();
  await expect(dialog(counter).locator('.paper svg')).toContainText('撤销行政许可决定书');
  await expect(dialog(counter).locator('.paper svg')).toContainText('行政复议');
  await screenshot(counter, 'commitment-revocation-paper');
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await counter.locator('.lever-finish').click();
  await serve(counter, hall, 'food-permit');
  await openCase(counter, WANG);
  await expect(button(counter, '签告知承诺')).toBeDisabled();
  await expect(counter.locator('.fact.commitment')).toContainText('未履行的承诺');
  await expect(main(phone)).toHaveAttribute('data-state', 'ready');
});

test('a commitment is taken back before acceptance', async ({ open, ownHall: hall }) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await openCase(counter, WANG);
  await button(counter, '签告知承诺').click();
  await counter.getByLabel('在纸上签字').check();
  await button(counter, '确认承诺').click();
  await expect(material(counter, '食品安全管理制度')).toContainText('以承诺代替');
  await button(counter, '撤回承诺').click();
  await expect(material(counter, '食品安全管理制度').getByRole('radio')).not.toHaveCount(0);
  await expect(button(counter, '签告知承诺')).toBeEnabled();
});
