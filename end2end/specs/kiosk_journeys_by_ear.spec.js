// Each journey at a kiosk by a keyboard alone, and each of its pages as a screen reader has it:
// what is announced, and what of the accessibility tree is read in its order.

import { expect, screens, test } from '../hall/index.js';
import { number, pressFigure, title } from '../hall/kiosk.js';

/** The page as a screen reader reads it, one line for each thing. */
const read = async (kiosk) => (await kiosk.locator('body').ariaSnapshot()).split('\n').map((line) => line.trim());

/** Each page has one heading, its keys have names, and the heading was announced. */
async function isTold(kiosk, heading) {
  await expect(title(kiosk)).toHaveText(heading);
  await expect(kiosk.locator('.heard')).toContainText(heading);
  const lines = await read(kiosk);
  expect(lines.filter((line) => /^- heading .*\[level=1\]/.test(line)), heading).toHaveLength(1);
  expect(lines.filter((line) => /^- (button|radio|switch|link|textbox)(:| \[|$)/.test(line)), `${heading}: keys without a name`).toEqual([]);
  const order = ['- banner', '- main', '- contentinfo'].map((part) => lines.findIndex((line) => line.startsWith(part)));
  expect(order.every((at) => at >= 0), lines.join('\n')).toBe(true);
  expect([...order].sort((one, other) => one - other)).toEqual(order);
}

/** Presses Tab until a key with this name has the focus. */
async function tabTo(kiosk, name) {
  for (let presses = 0; presses < 40; presses += 1) {
    await kiosk.keyboard.press('Tab');
    const focused = await kiosk.evaluate(() => {
      const { activeElement } = document;
      return activeElement.getAttribute('aria-label') || activeElement.textContent.trim();
    });
    if (focused === name) {
      return;
    }
  }
  throw new Error(`Tab does not reach ${name}`);
}

async function start(open) {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await isTold(kiosk, '请选择业务');
  return kiosk;
}

test('a guide is read', async ({ open }) => {
  const kiosk = await start(open);
  await tabTo(kiosk, '办事指南');
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '查看办事指南');
  await tabTo(kiosk, '按业务');
  await kiosk.keyboard.press('ArrowRight');
  await expect(kiosk.getByRole('radio', { name: '按部门' })).toBeChecked();
  await kiosk.keyboard.press('ArrowLeft');
  await expect(kiosk.locator('.card').first()).toBeVisible();
  await tabTo(kiosk, '查找事项');
  await kiosk.locator('.card').first().focus();
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '企业开办');
  await pressFigure(kiosk, '1');
  await expect(kiosk.locator('.reading')).toBeVisible();
  await isTold(kiosk, await title(kiosk).textContent());
  // What is longer than its place scrolls by keys.
  const materials = kiosk.locator('.reading .materials');
  await materials.focus();
  await kiosk.keyboard.press('ArrowDown');
  for (const heading of ['企业开办', '查看办事指南', '请选择业务']) {
    await kiosk.keyboard.press('Escape');
    await expect(title(kiosk)).toHaveText(heading);
  }
});

test('a case is looked for', async ({ open }) => {
  const kiosk = await start(open);
  await tabTo(kiosk, '查进度');
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '查进度');
  await tabTo(kiosk, '按办件编号查询');
  await kiosk.keyboard.press('Enter');
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
  await tabTo(kiosk, '长辈版');
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.locator('.kiosk')).toHaveClass(/easy/);
  await tabTo(kiosk, '取号');
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.locator('.lines-page')).toBeVisible();
  await isTold(kiosk, '请选择业务');
  await pressFigure(kiosk, '1');
  await isTold(kiosk, '企业开办');
  await pressFigure(kiosk, '2');
  await isTold(kiosk, '食品小经营店备案变更');
  await tabTo(kiosk, '不需要');
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '如需优先，请选择（请带证件）');
  await pressFigure(kiosk, '2');
  await expect(kiosk.locator('.priorities button')).toContainText('70 岁以上');
  await tabTo(kiosk, '取号');
  await kiosk.keyboard.press('Enter');
  await expect(number(kiosk)).toBeVisible();
  await expect(kiosk.locator('.heard')).toContainText(/您的号码 [A-Z]( \d)+/);
  await tabTo(kiosk, '完成');
  await kiosk.keyboard.press('Enter');
  await isTold(kiosk, '请选择业务');
});

test('the language and the panel are reached by keys, and told in the language', async ({ open }) => {
  const kiosk = await start(open);
  await tabTo(kiosk, 'English');
  await kiosk.keyboard.press('Enter');
  await expect(title(kiosk)).toHaveText('What do you need?');
  await tabTo(kiosk, 'Access options');
  await kiosk.keyboard.press('Enter');
  const dialog = kiosk.getByRole('dialog', { name: 'Accessibility' });
  await expect(dialog).toBeVisible();
  const lines = (await dialog.ariaSnapshot()).split('\n').map((line) => line.trim());
  for (const group of ['- radiogroup "Language"', '- radiogroup "Size of letters"', '- group "Voice"']) {
    expect(lines.some((line) => line.startsWith(group)), `${group} in\n${lines.join('\n')}`).toBe(true);
  }
  await kiosk.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
