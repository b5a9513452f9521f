// A kiosk without fingers: by a keyboard alone, and as a screen reader hears it.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, test } from '../hall/index.js';
import { line, number, openMatter, pressFigure, row, takeButton, title, waiting } from '../hall/kiosk.js';

/** What has the focus: its text, or its name. */
const focused = (kiosk) =>
  kiosk.evaluate(() => {
    const { activeElement } = document;
    return activeElement.getAttribute('aria-label') || activeElement.textContent.trim();
  });

/** A keyboard that counts its keys. */
function keysOf(kiosk) {
  const pressed = [];
  const press = async (...keys) => {
    for (const key of keys) {
      pressed.push(key);
      await kiosk.keyboard.press(key);
    }
  };
  return { pressed, press };
}

test('each new page has its heading in focus, in the title and in the voice', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const heard = kiosk.locator('.heard');
  const opened = async (heading) => {
    await expect.poll(() => focused(kiosk)).toBe(heading);
    await expect(kiosk).toHaveTitle(new RegExp(`^${heading} · 青禾区`));
    await expect(heard).toContainText(heading);
  };
  await opened('请选择业务');
  await line(kiosk, '企业开办').tap();
  await opened('企业开办');
  await row(kiosk, '个体工商户设立登记').tap();
  await opened('个体工商户设立登记');
  await kiosk.getByRole('button', { name: '返回' }).tap();
  await opened('企业开办');
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await opened('请选择业务');
  await kiosk.getByRole('button', { name: 'English' }).tap();
  await expect(kiosk).toHaveTitle(/^What do you need\? · Qinghe/);
});

test('the number is a heading, said sign by sign', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const said = `您的号码 ${[...(await number(kiosk).textContent())].join(' ')}`;
  await expect(kiosk.getByRole('heading', { name: said })).toBeVisible();
  await expect.poll(() => focused(kiosk)).toBe(said);
  await expect(kiosk.locator('.heard')).toContainText(said);
  await expect(kiosk.locator('.heard')).toContainText('个体工商户设立登记');
});

test('a number in at most eight keys, by figures or by arrows', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect.poll(() => focused(kiosk)).toBe('请选择业务');
  const figures = keysOf(kiosk);
  await figures.press('6');
  await expect(title(kiosk)).toHaveText('公安户政');
  await figures.press('2');
  await expect(title(kiosk)).toHaveText('居民身份证补领');
  for (let tabs = 0; (await focused(kiosk)) !== '取号' && tabs < 5; tabs += 1) {
    await figures.press('Tab');
  }
  await figures.press('Enter');
  await expect(number(kiosk)).toHaveText(/^F\d{3,}$/);
  expect(figures.pressed.length, figures.pressed.join(' ')).toBeLessThanOrEqual(8);

  await kiosk.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => focused(kiosk)).toBe('请选择业务');
  const arrows = keysOf(kiosk);
  await arrows.press('ArrowDown', 'Enter');
  await expect(title(kiosk)).toHaveText('企业开办');
  await arrows.press('ArrowDown', 'Enter');
  await expect(takeButton(kiosk)).toBeVisible();
  await arrows.press('ArrowUp');
  while ((await focused(kiosk)) !== '取号' && arrows.pressed.length < 7) {
    await arrows.press('Tab');
  }
  await arrows.press('Enter');
  await expect(number(kiosk)).toBeVisible();
  expect(arrows.pressed.length, arrows.pressed.join(' ')).toBeLessThanOrEqual(8);
  expect(await waiting(ownHall)).toBe(2);
});

test('the idle warning is modal: keys and touches behind it do nothing', async ({ open, ownHall }) => {
  await editSetup(ownHall, ({ main }) => {
    main.rules.idle_seconds = 10;
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await openMatter(kiosk);
  await takeButton(kiosk).focus();
  const warning = kiosk.getByRole('alertdialog');
  await expect(warning).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => focused(kiosk)).toBe('我还在，继续');
  for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Tab']) {
    await kiosk.keyboard.press(key);
    expect(await kiosk.evaluate(() => !!document.activeElement.closest('main, .foot'))).toBe(false);
  }
  const behind = await takeButton(kiosk).boundingBox();
  // The dialog's own keys lie lower: this touches what is behind it.
  await pressFigure(kiosk, '1');
  expect(await waiting(ownHall)).toBe(0);
  await kiosk.getByRole('button', { name: '我还在，继续' }).focus();
  await kiosk.keyboard.press('Enter');
  await expect(warning).toBeHidden();
  await expect(takeButton(kiosk)).toBeVisible();
  expect(behind).not.toBeNull();
  expect(await waiting(ownHall), 'Enter answered the warning, not the button behind it').toBe(0);

  // Nobody answers: the visit ends.
  await expect(warning).toBeVisible({ timeout: 20_000 });
  await expect(title(kiosk)).toHaveText('请选择业务', { timeout: 30_000 });
});

test('a keyboard types into the search, pastes, and goes back', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '查找事项' }).click();
  const field = kiosk.getByRole('textbox', { name: '查找事项' });
  await expect(field).toBeFocused();
  const first = kiosk.locator('.matter').first();
  await kiosk.keyboard.type('sfz');
  await expect(first).toContainText('居民身份证');
  await kiosk.keyboard.press('Backspace');
  await expect(field).toHaveValue('sf');
  // An input method, or what was pasted.
  await field.fill('');
  await kiosk.keyboard.insertText('营业执照');
  await expect(first).toContainText('个体工商户设立登记');
  // Typing means the field, wherever the focus is.
  await kiosk.locator('[data-key="A"]').focus();
  await field.evaluate((element) => {
    element.value = '';
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await kiosk.keyboard.type('jh');
  await expect(field).toHaveValue('jh');
  await expect(first).toContainText('国内婚姻登记');
  // As fast as keys come, and as many as a code has: a person is no scanner.
  await field.fill('');
  await kiosk.keyboard.type('shenfenzheng');
  await expect(first).toContainText('居民身份证');
  await kiosk.keyboard.press('ArrowDown');
  await kiosk.keyboard.press('Enter');
  await expect(title(kiosk)).toContainText('居民身份证');
  await kiosk.keyboard.press('Escape');
  await expect(field).toHaveValue('shenfenzheng');
  await kiosk.keyboard.press('Escape');
  await expect(title(kiosk)).toHaveText('请选择业务');
});

test('a keyboard types the number of a case', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '查进度' }).click();
  await kiosk.getByRole('button', { name: '按办件编号查询' }).click();
  await expect(title(kiosk)).toHaveText('查询办件');
  await kiosk.keyboard.type('261125000174');
  await kiosk.keyboard.press('Backspace');
  await kiosk.keyboard.type('3002');
  await kiosk.keyboard.press('k');
  await expect(kiosk.locator('.typed').first()).toHaveText('261125 00017 3');
  await expect(kiosk.locator('.typed').last()).toHaveText(/002K/i);
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.locator('.wrong')).toBeVisible();
});
