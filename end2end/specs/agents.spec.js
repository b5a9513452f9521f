// An agent comes for an applicant: the counter asks who is here, waits for the authorisation,
// and hands the result to the agent against their number.

import {
  WANG,
  button,
  material,
  openCounter,
  openOffice,
  serve,
  sign,
  steps,
} from '../hall/staff.js';
import { expect, screenshot, test } from '../hall/index.js';

const AGENT = { name: '诸葛代办', number: 'E12345678', telephone: '+852 9123 4567' };

/** Fills in the applicant and the agent. */
async function fillIn(counter, agent) {
  await counter.keyboard.press('o');
  await counter.getByLabel('姓名', { exact: true }).fill(WANG.name);
  await counter.getByLabel('证件号码').fill(WANG.number);
  await counter.getByLabel('联系电话').fill(WANG.telephone);
  await counter.locator('.segments label', { hasText: '代办人' }).click();
  const fields = counter.getByRole('group', { name: '代办人' });
  await fields.getByLabel('姓名', { exact: true }).fill(agent.name);
  await fields.getByLabel('证件号码').fill(agent.number);
  await fields.getByLabel('联系电话').fill(agent.telephone);
  return fields;
}

test('an agent applies, and collects the result against their own number', async ({
  open,
  ownHall: hall,
}) => {
  test.setTimeout(120_000);
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'proprietor-open');
  const fields = await fillIn(counter, { ...AGENT, number: WANG.number, telephone: '138' });

  // Each refusal stands beside its field, and nothing is sent.
  await button(counter, '收件，核对材料').click();
  await expect(fields).toContainText('与申请人的号码相同');
  await expect(fields).toContainText('电话号码不对');
  await expect(counter.locator('.reception .foot [role=alert]')).toContainText('代办人');
  await screenshot(counter, 'reception-agent-refused');
  await fields.getByLabel('证件号码').fill(AGENT.number);
  await expect(fields.getByLabel('证件种类')).toHaveValue('passport');
  await fields.getByLabel('联系电话').fill(AGENT.telephone);
  await screenshot(counter, 'reception-agent');
  await button(counter, '收件，核对材料').click();
  await expect(counter.locator('.reception .bar h2')).toHaveText(/^办件 \d{6} \d{5} \d$/);
  const facts = counter.locator('.reception .applicant');
  await expect(facts).toContainText('诸葛**');
  await expect(facts).toContainText('E1*****78');
  await expect(facts).not.toContainText(AGENT.name);

  // All others are here; the authorisation is seen on paper, by its date.
  await counter.keyboard.press('a');
  const authorisation = material(counter, '授权委托书');
  await expect(authorisation.getByRole('alert')).toContainText('日期');
  await expect(authorisation.locator('.states .missing')).toBeChecked();
  await screenshot(counter, 'reception-authorisation');
  await authorisation.getByLabel('授权委托书日期').fill('2026-01-05');
  await button(authorisation, '已看原件').click();
  await expect(authorisation.locator('.states .present')).toBeChecked();
  await expect(facts).toContainText('2026-01-05 出具，已看原件');
  await counter.locator('.reception .next').click();
  const paper = counter.locator('dialog.asking[open] .paper svg');
  await expect(paper).toContainText('代办人');
  await expect(paper).toContainText('诸葛**');
  await counter.keyboard.press('Escape');

  await counter.locator('.reception .next').click();
  await expect(counter.locator('dialog.asking[open]')).toContainText('交付结果');
  await counter.locator('dialog.asking .segments label', { hasText: '代办人' }).click();
  await counter.getByLabel('已核对领取人身份证件').check();
  await counter.locator('.card-photo input[type=file]').setInputFiles({
    name: 'card.png',
    mimeType: 'image/png',
    buffer: await counter.screenshot(),
  });
  await sign(counter);
  const hand = button(counter, '确认交付');
  await hand.click();
  await expect(counter.locator('dialog.asking[open] [role=alert]')).toContainText('代办人证件');
  await counter.getByLabel('代办人证件号码').fill('E12345679');
  await hand.click();
  await expect(counter.locator('dialog.asking[open] [role=alert]')).toContainText('不一致');
  await screenshot(counter, 'results-to-agent');
  await counter.getByLabel('代办人证件号码').fill('e1234 5678');
  await hand.click();
  await expect(counter.getByText('已交付。')).toBeVisible();
  await expect(counter.locator('.reception aside')).toContainText('代办人领取');
});

test('a name that cannot be printed is told at the counter and in the office', async ({
  open,
  ownHall: hall,
}) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await counter.keyboard.press('o');
  await counter.getByLabel('姓名', { exact: true }).fill('张\u{e843}伟');
  await counter.getByLabel('证件号码').fill(WANG.number);
  await counter.getByLabel('联系电话').fill(WANG.telephone);
  await button(counter, '收件，核对材料').click();
  await expect(counter.locator('.reception .bar h2')).toHaveText(/^办件 \d{6} \d{5} \d$/);
  const number = (await counter.locator('.reception .bar h2').textContent()).replace(/\D/g, '');
  const told = '第 2 个字打印不出来';
  await expect(counter.locator('.reception .applicant')).toContainText(told);
  await screenshot(counter, 'reception-undrawable');
  await counter.keyboard.press('a');
  await counter.locator('.reception .next').click();
  await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();

  const office = await openOffice(open, hall, 'review1');
  await steps(office, number).first().click();
  await expect(office.locator('.block.applicant')).toContainText(told);
  await screenshot(office, 'office-undrawable');
});
