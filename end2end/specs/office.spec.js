// The office: the steps of a reviewer's departments, and the supervisor, who sees
// all of them.

import { acceptCase } from '../hall/accepted_case.js';
import { button, grouped, openOffice as reviewer, steps } from '../hall/staff.js';
import { expect, screenshot, screens, test } from '../hall/index.js';

const row = (page, opened) => steps(page, opened.number);
const inHand = (page) => page.locator('.case-in-hand');
const sheet = (page) => page.locator('.act-sheet');

/** Opens a case from the list and waits for it: before, keys do nothing. */
async function look(page, opened) {
  await row(page, opened).click();
  await expect(inHand(page)).toContainText(grouped(opened.number));
}

test('a clerk is refused, a reviewer signs in and out', async ({ open, ownHall }) => {
  const page = await open(screens.desktop, '/office', { at: ownHall });
  await page.getByLabel('登录名').fill('clerk1');
  await page.getByLabel('密码').fill(ownHall.password);
  await button(page, '登录').click();
  await expect(page.getByRole('alert')).toContainText('您没有此项权限');
  await screenshot(page, 'office-refused');
  await page.getByLabel('登录名').fill('review1');
  await page.getByLabel('密码').fill(ownHall.password);
  await button(page, '登录').click();
  await expect(page.getByText('没有待办的环节')).toBeVisible();
  await screenshot(page, 'office-empty');
  await button(page, 'English').click();
  await expect(page.getByText('Nothing to do')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing to do')).toBeVisible();
  await button(page, 'Sign out').click();
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('a case appears by itself and is decided step by step with keys', async ({ open, ownHall }) => {
  const page = await reviewer(open, ownHall, 'review1');
  await expect(page.getByText('没有待办的环节')).toBeVisible();
  const opened = await acceptCase(ownHall, { matter: 'food-permit' });
  await expect(row(page, opened)).toContainText('审查');
  await page.keyboard.press('j');
  await expect(inHand(page)).toContainText(grouped(opened.number));
  // Opening a case does not reveal the applicant.
  await expect(inHand(page)).not.toContainText('王小明');
  await page.keyboard.press('t');
  await expect(inHand(page)).toContainText('已签收');
  await expect(row(page, opened)).toContainText('我在办理');
  await button(page, '查看完整信息').click();
  await expect(inHand(page)).toContainText('王小明');
  await expect(page.locator('.happened')).toContainText('查看申请人信息');
  await screenshot(page, 'office-in-hand');

  for (const next of ['下一环节：现场核查', '下一环节：决定', '决定并出证']) {
    await page.keyboard.press('a');
    await expect(sheet(page)).toContainText(next);
    await page.keyboard.press('Control+Enter');
    await expect(sheet(page)).toBeHidden();
    await expect(inHand(page)).toContainText('已通过。');
    if (next !== '决定并出证') {
      await page.locator('.stop.current button').click();
    }
  }
  await expect(row(page, opened)).toBeHidden();
  await expect(page.locator('.results')).toContainText('食品经营许可证');
  const pdf = await page.getByRole('link', { name: '查看 PDF' }).getAttribute('href');
  const answer = await page.request.get(pdf);
  expect(answer.headers()['content-type']).toContain('application/pdf');

  await button(page, '撤销').click();
  await sheet(page).getByLabel('撤销理由').fill('申请材料虚假。');
  await button(sheet(page), '确认撤销').click();
  await expect(page.locator('.results')).toContainText('已撤销');
});

test('two departments decide a bundle in parallel', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { bundle: 'open-restaurant' });
  const [market, street] = [
    await reviewer(open, ownHall, 'review1'),
    await reviewer(open, ownHall, 'review2'),
  ];
  await expect(street.getByText('没有待办的环节')).toBeVisible();
  await look(market, opened);
  await expect(market.locator('.tracks > li')).toHaveCount(3);
  await market.keyboard.press('a');
  await expect(sheet(market)).toContainText('其他事项继续办理：食品经营许可(新办)、户外招牌设置');
  await button(sheet(market), '确认通过').click();
  await expect(row(market, opened)).toContainText('食品经营许可(新办)');
  await expect(row(street, opened)).toContainText('户外招牌设置');
  await look(street, opened);
  await expect(street.locator('.stop.current')).toHaveCount(2);
  await screenshot(street, 'office-side-by-side');
});

test('the deadline is paused on a chosen ground, and resumed', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { matter: 'food-permit' });
  const page = await reviewer(open, ownHall, 'review1');
  await look(page, opened);
  await page.keyboard.press('p');
  await button(sheet(page), '暂停计时').click();
  await expect(sheet(page).getByRole('alert')).toContainText('请选择法定事由');
  await sheet(page).getByLabel('听证').check();
  await button(sheet(page), '暂停计时').click();
  await expect(page.locator('.deadline')).toContainText('听证');
  await expect(row(page, opened)).toContainText('暂停计时');
  await expect(button(page, '通过')).toBeDisabled();
  await page.keyboard.press('p');
  await expect(sheet(page)).toContainText('恢复计时');
  await button(sheet(page), '恢复计时').click();
  await expect(page.locator('.deadline')).toContainText('暂停计时已结束');
  await expect(button(page, '通过')).toBeEnabled();
});

test('more materials are requested all at once, and only once', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { matter: 'food-permit' });
  const page = await reviewer(open, ownHall, 'review1');
  await look(page, opened);
  await page.keyboard.press('m');
  await expect(sheet(page)).toContainText('只能要求一次');
  await page.keyboard.type('房屋租赁合同');
  await page.keyboard.press('Enter');
  await page.keyboard.type('消防验收意见');
  await button(sheet(page), '告知申请人（2 项）').click();
  await expect(page.locator('.materials')).toContainText('消防验收意见');
  await expect(row(page, opened)).toContainText('待补正');
  // A second request is refused; the reviewer decides on what is there.
  await page.keyboard.press('p');
  await button(sheet(page), '恢复计时').click();
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press('m');
  await page.keyboard.type('另一份材料');
  await button(sheet(page), '告知申请人（1 项）').click();
  await expect(sheet(page).getByRole('alert')).not.toBeEmpty();
  await screenshot(page, 'office-asked-before');
});

test('a rejection gives its reasons and how to appeal', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { matter: 'hygiene-permit' });
  const page = await reviewer(open, ownHall, 'review1');
  await look(page, opened);
  await page.keyboard.press('r');
  await expect(sheet(page)).toContainText('行政复议');
  await button(sheet(page), '作出不予许可决定').click();
  await expect(sheet(page).getByRole('alert')).toContainText('请写明理由');
  await sheet(page).getByLabel('理由').fill('场地与申请不符。');
  await button(sheet(page), '作出不予许可决定').click();
  await expect(inHand(page)).toContainText('场地与申请不符。');
  await expect(row(page, opened)).toBeHidden();
  await screenshot(page, 'office-rejected');
});

test('a step is handed over to another department', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { matter: 'food-permit' });
  const [from, to] = [
    await reviewer(open, ownHall, 'review1'),
    await reviewer(open, ownHall, 'review3'),
  ];
  await look(from, opened);
  await from.keyboard.press('h');
  await sheet(from).getByLabel('民政局').check();
  await button(sheet(from), '移交').click();
  await expect(row(from, opened)).toBeHidden();
  await expect(row(to, opened)).toContainText('民政局');
});

test('a photograph opens large', async ({ open, ownHall, page: drawn }) => {
  await drawn.setContent('<h1>营业场所平面图</h1>');
  const photograph = await drawn.screenshot();
  const opened = await acceptCase(ownHall, { matter: 'food-permit' }, { photograph });
  const page = await reviewer(open, ownHall, 'review1');
  await look(page, opened);
  const small = page.locator('.thumbnail img');
  await expect(small).toHaveJSProperty('complete', true);
  await small.click();
  const large = page.locator('dialog.viewer img');
  await expect(large).toBeVisible();
  await expect.poll(() => large.evaluate((image) => image.naturalWidth)).toBeGreaterThan(800);
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();
  await expect(inHand(page)).toContainText(grouped(opened.number));
});

test('a supervisor sees every case and can decide none', async ({ open, ownHall }) => {
  const opened = await acceptCase(ownHall, { matter: 'food-permit' });
  const page = await reviewer(open, ownHall, 'supervisor');
  await look(page, opened);
  await expect(inHand(page)).toContainText('督办只查看，不办理');
  await expect(button(page, '通过')).toBeHidden();

  await page.goto('/admin');
  await page.getByLabel('登录名').fill('supervisor');
  await page.getByLabel('密码').fill(ownHall.password);
  await button(page, '登录').click();
  await expect(page.getByRole('heading', { name: '办件', exact: true })).toBeVisible();
  await expect(page.locator('.admin-nav').getByText('终端', { exact: true })).toHaveCount(0);
  const accepted = page.locator('.figure', { hasText: '受理' }).locator('.number');
  await expect(accepted).toHaveText('1');
  await expect(page.locator('.of-matters')).toContainText('食品经营许可(新办)');
  await screenshot(page, 'supervisor-cases');
  for (const table of ['states', 'matters', 'departments', 'days']) {
    const address = await page.locator(`.of-${table} a.csv`).getAttribute('href');
    const csv = await page.request.get(address);
    expect(csv.headers()['content-type'], table).toContain('text/csv');
  }
  // A period without cases says so.
  await button(page, '自定义').click();
  await page.getByLabel('到', { exact: true }).fill('2025-01-31');
  await expect(page.getByText('结束日期不能早于开始日期')).toBeVisible();
  await page.getByLabel('从', { exact: true }).fill('2025-01-01');
  await expect(page.getByText('这段时间没有办件')).toBeVisible();
});
