// Each journey at a kiosk by a keyboard alone, and each of its pages as a screen reader has it:
// what is announced, and what of the accessibility tree is read in its order.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, test } from '../hall/index.js';
import { number, pressFigure, title } from '../hall/kiosk.js';
import { preparePrinting } from '../hall/print_scenes.js';
import { readyCase } from '../hall/ready_case.js';
import { WANG } from '../hall/staff.js';

/** Types as a person does: a reader is faster. */
const type = (kiosk, text) => kiosk.keyboard.type(text, { delay: 90 });

/** The page as a screen reader reads it, one line for each thing. */
const read = async (kiosk) => (await kiosk.locator('body').ariaSnapshot()).split('\n').map((line) => line.trim());

/** Each page has one heading, its keys have names, and the heading was announced. */
async function isTold(kiosk, heading) {
  await expect(title(kiosk)).toHaveText(heading);
  await expect(kiosk.locator('.heard')).toContainText(heading);
  const lines = await read(kiosk);
  expect(lines.filter((line) => /^- heading .*\[level=1\]/.test(line)), heading).toHaveLength(1);
  expect(lines.filter((line) => /^- (button|radio|switch|link|textbox|checkbox|combobox)(:| \[|$)/.test(line)), `${heading}: keys without a name`).toEqual([]);
  const order = ['- banner', '- main', '- contentinfo'].map((part) => lines.findIndex((line) => line.startsWith(part)));
  expect(order.every((at) => at >= 0), lines.join('\n')).toBe(true);
  expect([...order].sort((one, other) => one - other)).toEqual(order);
}

/** Presses Tab until something of this name has the focus: all of it, or what the name holds. */
async function tabTo(kiosk, name, most = 40) {
  const focused = () => kiosk.evaluate(() => {
    const { activeElement, body } = document;
    return activeElement === body ? '' : activeElement.getAttribute('aria-label') || activeElement.textContent.trim();
  });
  const isIt = (text) => (typeof name === 'string' ? text === name : name.test(text));
  await tabUntil(kiosk, async () => isIt(await focused()), name, most);
}

/** Goes to what has a name, and presses it. */
async function choose(kiosk, name) {
  await tabTo(kiosk, name);
  await kiosk.keyboard.press('Enter');
}

/** Presses Tab until a field has the focus. */
const tabToField = (kiosk, name) =>
  tabUntil(kiosk, () => kiosk.evaluate((name) => document.activeElement.name === name, name), name, 40);

async function tabUntil(kiosk, isThere, what, most) {
  for (let presses = 0; presses < most; presses += 1) {
    await kiosk.keyboard.press('Tab');
    if (await isThere()) {
      return;
    }
  }
  throw new Error(`Tab does not reach ${what}`);
}

async function start(open, { path = '/kiosk/K1', at } = {}) {
  const kiosk = await open(screens.kioskUpright, path, { at });
  await isTold(kiosk, '请选择业务');
  return kiosk;
}

test('a guide is read', async ({ open }) => {
  const kiosk = await start(open);
  await choose(kiosk, '办事指南');
  await isTold(kiosk, '查看办事指南');
  await tabTo(kiosk, '按业务');
  await kiosk.keyboard.press('ArrowRight');
  await expect(kiosk.getByRole('radio', { name: '按部门' })).toBeChecked();
  await kiosk.keyboard.press('ArrowLeft');
  await expect(kiosk.locator('.card').first()).toBeVisible();
  await tabTo(kiosk, '查找事项');
  await choose(kiosk, /企业开办/);
  await isTold(kiosk, '企业开办');
  await pressFigure(kiosk, '1');
  await expect(kiosk.locator('.reading')).toBeVisible();
  await isTold(kiosk, await title(kiosk).textContent());
  // What is longer than its place scrolls by keys.
  await tabTo(kiosk, '要带的材料');
  await kiosk.keyboard.press('ArrowDown');
  for (const heading of ['企业开办', '查看办事指南', '请选择业务']) {
    await kiosk.keyboard.press('Escape');
    await expect(title(kiosk)).toHaveText(heading);
  }
});

test('a case is looked for', async ({ open }) => {
  const kiosk = await start(open);
  await choose(kiosk, '查进度');
  await isTold(kiosk, '查进度');
  await choose(kiosk, '按办件编号查询');
  await isTold(kiosk, '查询办件');
  await kiosk.keyboard.type('261125000173', { delay: 90 });
  await kiosk.keyboard.type('002X', { delay: 90 });
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.getByRole('alert')).toBeVisible();
  await kiosk.keyboard.press('Escape');
  await kiosk.keyboard.press('Escape');
  await isTold(kiosk, '请选择业务');
});

test('whoever does not know what to choose takes a number, in the easy mode', async ({ open }) => {
  const kiosk = await start(open);
  await kiosk.route('**/voice?*', (route) => route.fulfill({ status: 404, json: {} }));
  await choose(kiosk, '长辈版');
  await expect(kiosk.locator('.kiosk')).toHaveClass(/easy/);
  await choose(kiosk, '取号');
  await expect(kiosk.locator('.lines-page')).toBeVisible();
  await isTold(kiosk, '请选择业务');
  await pressFigure(kiosk, '1');
  await isTold(kiosk, '企业开办');
  await pressFigure(kiosk, '2');
  await isTold(kiosk, '食品小经营店备案变更');
  await choose(kiosk, '不需要');
  await isTold(kiosk, '如需优先，请选择（请带证件）');
  await pressFigure(kiosk, '2');
  await expect(kiosk.locator('.priorities button')).toContainText('70 岁以上');
  await choose(kiosk, '取号');
  await expect(number(kiosk)).toBeVisible();
  await expect(kiosk.locator('.heard')).toContainText(/您的号码 [A-Z]( \d)+/);
  await choose(kiosk, '完成');
  await isTold(kiosk, '请选择业务');
});

test('a visit is booked, and checked in for', async ({ open, ownHall }) => {
  test.setTimeout(120_000);
  // Slots at every hour of today, so that it does not depend on when it runs.
  await editSetup(ownHall, ({ main }) => {
    main.booking.first_day = 0;
    main.booking.early_minutes = 240;
    delete main.booking.hours;
  });
  const kiosk = await start(open, { at: ownHall });
  await choose(kiosk, '预约、报到');
  await isTold(kiosk, '预约');
  await choose(kiosk, '预约办事');
  await isTold(kiosk, '要预约哪项业务？');
  await pressFigure(kiosk, '1');
  await isTold(kiosk, '企业开办');
  await choose(kiosk, /食品经营许可/);
  await isTold(kiosk, '请选择时间');
  await choose(kiosk, /^\d{2}:\d{2} 余/);
  await isTold(kiosk, '请输入证件号码');
  await type(kiosk, WANG.number);
  await expect(kiosk.locator('.typed')).toHaveText(WANG.number);
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '请输入联系电话');
  await type(kiosk, WANG.telephone);
  await expect(kiosk.locator('.typed')).toHaveText(WANG.telephone);
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '预约成功');
  await expect(kiosk.locator('.heard')).toContainText(await kiosk.locator('.followed .state').textContent());
  await choose(kiosk, '完成');
  await isTold(kiosk, '请选择业务');

  await choose(kiosk, '预约、报到');
  await isTold(kiosk, '预约');
  await choose(kiosk, '报到取号');
  await isTold(kiosk, '预约报到');
  await type(kiosk, WANG.telephone);
  await kiosk.keyboard.press('Enter');
  await expect(number(kiosk)).toBeVisible();
  await expect(kiosk.locator('.heard')).toContainText(/您的号码 [A-Z]( \d)+/);
  await choose(kiosk, '完成');
  await isTold(kiosk, '请选择业务');
});

test('a result is printed by its pick-up code', async ({ open, ownHall }) => {
  test.setTimeout(180_000);
  const printer = await preparePrinting(ownHall);
  try {
    const { code } = await readyCase(open, ownHall);
    const kiosk = await start(open, { path: '/kiosk/K2', at: ownHall });
    await choose(kiosk, '自助打印');
    await isTold(kiosk, '自助打印');
    await choose(kiosk, /没有带身份证/);
    await isTold(kiosk, '用取件码领取结果');
    await type(kiosk, `${code}${WANG.number}`);
    await expect(kiosk.locator('.typed').last()).toHaveText('110105 19491231 002X');
    await kiosk.keyboard.press('Enter');
    await expect(kiosk.locator('.printables')).toBeVisible();
    await isTold(kiosk, await title(kiosk).textContent());
    await choose(kiosk, /食品经营许可证/);
    await expect(title(kiosk)).toHaveText('打印完成', { timeout: 30_000 });
    await isTold(kiosk, '打印完成');
    expect(printer.jobs).toHaveLength(1);
    await choose(kiosk, '完成');
    await isTold(kiosk, '请选择业务');
  } finally {
    await printer.close();
  }
});

test('a form is filled in, from its first group to the check', async ({ open }) => {
  test.setTimeout(180_000);
  const kiosk = await start(open);
  await choose(kiosk, '办事指南');
  await isTold(kiosk, '查看办事指南');
  await choose(kiosk, /综合审批/);
  await isTold(kiosk, '综合审批');
  await choose(kiosk, /户外招牌设置/);
  await expect(kiosk.locator('.reading')).toBeVisible();
  await choose(kiosk, '现在填申请表');
  await expect(kiosk.locator('.fill')).toContainText('已保存');
  await isTold(kiosk, '户外招牌设置');

  const field = (name) => kiosk.locator(`[name="${name}"]`);
  await tabToField(kiosk, 'applicant_kind');
  await kiosk.keyboard.press('Space');
  await expect(field('applicant_kind').first()).toBeChecked();
  await tabToField(kiosk, 'applicant.name');
  // As an input method writes it.
  await kiosk.keyboard.insertText(WANG.name);
  await tabToField(kiosk, 'applicant.number');
  await type(kiosk, WANG.number);
  await tabToField(kiosk, 'applicant_telephone');
  await type(kiosk, WANG.telephone);
  await expect(field('applicant.name')).toHaveValue(WANG.name);
  await expect(field('applicant.number')).toHaveValue(WANG.number);
  await expect(field('applicant_telephone')).toHaveValue(WANG.telephone);

  const place = kiosk.locator('.fill .title [role="status"]');
  const steps = Number(/共 (\d+) 步/.exec(await place.textContent())[1]);
  for (let step = 2; step <= steps; step += 1) {
    // Behind a field are the keys that write into it.
    await choose(kiosk, '下一组', 200);
    await expect(place).toContainText(`第 ${step} 步`);
    await expect(kiosk.locator('.fill-body h2').first()).toBeFocused();
    await isTold(kiosk, '户外招牌设置');
  }
  await expect(kiosk.locator('.fill-body h2').first()).toHaveText('核对并提交');
  // What is missing leads to its field, and the field says what is missing.
  const missing = kiosk.locator('.to-correct button').first();
  await choose(kiosk, (await missing.textContent()).trim());
  const focused = kiosk.locator('.fill-body :is(input, select, textarea):focus');
  await expect(focused).toBeVisible();
  await expect(focused).toHaveAccessibleDescription(/.+/);
  await kiosk.keyboard.press('Escape');
  await isTold(kiosk, '请选择业务');
});

test('the language and the panel are reached by keys, and told in the language', async ({ open }) => {
  const kiosk = await start(open);
  await choose(kiosk, 'English');
  await expect(title(kiosk)).toHaveText('What do you need?');
  await choose(kiosk, 'Access options');
  const dialog = kiosk.getByRole('dialog', { name: 'Accessibility' });
  await expect(dialog).toBeVisible();
  const lines = (await dialog.ariaSnapshot()).split('\n').map((line) => line.trim());
  for (const group of ['- radiogroup "Language"', '- radiogroup "Size of letters"', '- group "Voice"']) {
    expect(lines.some((line) => line.startsWith(group)), `${group} in\n${lines.join('\n')}`).toBe(true);
  }
  await kiosk.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
