// What a matter asks, written by the director beside its preview.

import { expect, screenshot, test } from '../hall/index.js';
import { button, openAdmin } from '../hall/staff.js';

/** The director's page of matters, at the matter of this name. */
async function matters(open, hall, name) {
  const page = await openAdmin(open, hall);
  await page.getByRole('link', { name: '事项', exact: true }).click();
  await page.locator('.items-list').getByRole('button', { name }).first().click();
  await expect(page.locator('.form-preview')).toBeVisible();
  return page;
}

const entry = (page, name) => page.locator('.form-entry', { hasText: name }).first();

test('a field is added, previewed, saved, and asked from then on', async ({ open, ownHall }) => {
  const page = await matters(open, ownHall, '户外招牌设置');
  const preview = page.locator('.form-preview');
  await expect(preview.getByRole('heading', { name: '申请人' })).toBeVisible();

  const sign = page.locator('.form-group').nth(2);
  await button(sign, '新增项').click();
  const fresh = page.locator('.form-entry-body');
  await fresh.getByLabel('问什么 中文').fill('招牌有几种颜色');
  await fresh.getByLabel('问什么 英文').fill('Colours of the sign');
  await fresh.getByLabel('类型').selectOption('number');
  await page.locator('.form-entry-body').getByLabel('不小于').fill('1');
  await page.locator('.form-entry-body').getByLabel('不大于').fill('6');
  await page.locator('.form-entry-body').getByLabel('不大于').press('Tab');

  // It is asked in the preview, by the rules that it was given.
  const asked = preview.getByLabel('招牌有几种颜色');
  await asked.fill('9');
  await expect(preview.locator('[data-field="field-1"]')).toContainText('不能大于 6');
  await expect(asked).toHaveAttribute('aria-describedby', 'f-field-1-why');
  await asked.fill('3');
  await expect(preview.locator('[data-field="field-1"] .ask-why')).toHaveCount(0);

  // Only for a sign that is lit: the condition is chosen in words.
  const body = page.locator('.form-entry-body');
  await button(body, '添加条件').click();
  await body.getByLabel('如果').selectOption({ label: '带灯吗' });
  await expect(asked).toHaveCount(0);
  await body.locator('.form-condition').getByLabel('是', { exact: true }).check();
  await preview.locator('[data-field="sign_lit"]').getByLabel('是').check();
  await asked.fill('3');
  await screenshot(page, 'admin-form-field');

  await button(preview, 'English').click();
  await expect(preview.getByLabel('Colours of the sign')).toHaveValue('3');
  // What is typed stays when the form gets another field, which draws all of it anew.
  await button(sign, '新增项').click();
  await expect(page.locator('.form-entry-body').getByLabel('问什么 中文')).toHaveValue('');
  await expect(preview.getByLabel('Colours of the sign')).toHaveValue('3');
  await page.locator('.form-entry-body').getByLabel('问什么 中文').fill('招牌编号');
  await page.locator('.form-entry-body').getByLabel('问什么 英文').fill('Number of the sign');
  await button(preview, '检查填写').click();
  await expect(preview.locator('.form-preview-foot')).toContainText('处要改');
  await screenshot(page, 'admin-form-preview-english');

  await button(page, '保存更改').click();
  await expect(page.getByText('已保存，现为第')).toBeVisible();
  const answer = await fetch(`${ownHall.address}/api/form?hall=main&matter=signboard`);
  const schema = await answer.json();
  expect(schema.properties['field-1']).toMatchObject({
    title: '招牌有几种颜色',
    type: ['integer', 'string'],
    minimum: 1,
    maximum: 6,
  });
  expect(JSON.stringify(schema.allOf)).toContain('field-1');
});

test('what is wrong in a form is said beside its field', async ({ open, ownHall }) => {
  const page = await matters(open, ownHall, '户外招牌设置');
  await entry(page, '招牌上的文字').getByRole('button').first().click();
  await page.locator('.form-entry-body').getByLabel('问什么 中文').fill('');
  await page.locator('.form-entry-body').getByLabel('问什么 英文').fill('');
  await button(page, '保存更改').click();
  const fault = page.locator('.to-fault');
  await expect(fault).toHaveCount(1);
  await expect(fault).toContainText('户外招牌设置 · 申请表');
  await expect(page.locator('.form-entry.faulty')).toHaveCount(1);
  // In words, and not as the hall file is written.
  await expect(page.locator('body')).toContainText('中文和英文都要有');
  await expect(page.locator('body')).not.toContainText('{ zh =');
  await fault.click();
  await expect(page.getByLabel('问什么 中文')).toBeFocused();
  await screenshot(page, 'admin-form-fault');
});

test('a bundle shows one form, in which nothing is asked twice', async ({ open, hall }) => {
  const page = await matters(open, hall, '户外招牌设置');
  await page.getByRole('link', { name: '一件事', exact: true }).click();
  const preview = page.locator('.form-preview');
  await expect(preview).toContainText('相同的项只问一次');
  await expect(preview.locator('[data-field="shop_name"]')).toHaveCount(1);
  await expect(preview.locator('[data-field="premises_address"]')).toHaveCount(1);
  for (const own of ['capital', 'staff', 'sign_width']) {
    await expect(preview.locator(`[data-field="${own}"]`)).toHaveCount(1);
  }
  const staff = preview.locator('[data-field="staff"]');
  await button(staff, '添加一行').click();
  await expect(staff.locator('.ask-row')).toHaveCount(2);
  await staff.locator('input[name="staff.1.name"]').fill('刘梅');
  await button(staff, '删除第 1 行').click();
  await expect(staff.locator('input[name="staff.0.name"]')).toHaveValue('刘梅');
  await screenshot(page, 'admin-form-bundle');
});
