// Readers of cards and scanners of codes, which behave as keyboards: each code goes to the page
// that wants it, from wherever the visitor is; and a camera that reads a phone's screen.

import { editSetup } from '../hall/edit_setup.js';
import { expect, readQr, screens, test } from '../hall/index.js';
import { line, number, openMatter, takeButton, title } from '../hall/kiosk.js';

const IDENTITY = '11010519491231002X';

/** Presses keys as a scanner does: each a few milliseconds after the one before. */
function scan(kiosk, code, { composing = false, alt = false, end = 'Enter' } = {}) {
  return kiosk.evaluate(({ code, composing, alt, end }) => {
    const target = () => document.activeElement || document.body;
    const send = (type, init) =>
      target().dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, composed: true, ...init }));
    const place = (sign) => (/\d/.test(sign) ? `Digit${sign}` : /[a-z]/i.test(sign) ? `Key${sign.toUpperCase()}` : { '/': 'Slash', '.': 'Period', ':': 'Semicolon', '-': 'Minus' }[sign] || '');
    const press = (key, code) => composing
      ? send('keydown', { key: 'Process', code, keyCode: 229, isComposing: true })
      : send('keydown', { key, code });
    for (const sign of code) {
      if (alt) {
        for (const figure of String(sign.charCodeAt(0)).padStart(3, '0')) {
          send('keydown', { key: figure, code: `Numpad${figure}`, altKey: true });
        }
        send('keyup', { key: 'Alt', code: 'AltLeft' });
      } else {
        const taken = !press(sign, place(sign));
        // A browser then types it into the field that has the focus.
        if (!taken && target() instanceof HTMLInputElement) {
          target().value += sign;
          target().dispatchEvent(new Event('input', { bubbles: true }));
        }
      }
    }
    if (end) {
      press(end, end);
    }
  }, { code, composing, alt, end });
}

async function ticketAddress(kiosk) {
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const shown = await number(kiosk).textContent();
  const address = await readQr(kiosk.locator('.qr'));
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await expect(line(kiosk, '企业开办')).toBeVisible();
  return { shown, address };
}

test('a slip is read however the scanner types it', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { shown, address } = await ticketAddress(kiosk);
  const token = address.split('/').at(-1);
  const ways = [
    [address, {}],
    [address.toLowerCase(), { end: 'Tab' }],
    [token, { end: '' }],
    [token, { composing: true }],
    [token, { alt: true }],
  ];
  for (const [code, how] of ways) {
    await scan(kiosk, code, how);
    await expect(kiosk.locator('.followed .hero'), JSON.stringify(how)).toHaveText(shown);
    await kiosk.getByRole('button', { name: '首页' }).tap();
    await expect(line(kiosk, '企业开办')).toBeVisible();
  }
});

test('a card fills in what is asked after the number of a case, and is nowhere else', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  // The number on a receipt opens the page.
  await scan(kiosk, '261125000173');
  await expect(title(kiosk)).toHaveText('查询办件');
  await expect(kiosk.locator('.typed').first()).toHaveText('261125 00017 3');
  await scan(kiosk, IDENTITY);
  await expect(kiosk.locator('.typed').first()).toHaveText('261125 00017 3');
  await expect(kiosk.locator('.typed').last()).toHaveText('002X');

  await kiosk.getByRole('button', { name: '首页' }).tap();
  await kiosk.getByRole('button', { name: '查找事项' }).tap();
  await kiosk.locator('[data-key="S"]').tap();
  await expect(kiosk.locator('input.typed')).toHaveValue('S');
  await kiosk.locator('input.typed').focus();
  await scan(kiosk, IDENTITY);
  // To the page of bookings, where the hall takes them; else it says what it wanted.
  await expect(title(kiosk)).not.toHaveText('查找事项');
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await expect(line(kiosk, '企业开办')).toBeVisible();
  const left = await kiosk.evaluate((number) => document.documentElement.outerHTML.includes(number.slice(4, 14)), IDENTITY);
  expect(left, 'nothing of the card stays in the page').toBe(false);
});

test('a card at home goes where the kiosk offers something for it', async ({ open, ownHall }) => {
  const prints = await open(screens.kioskUpright, '/kiosk/K2', { at: ownHall });
  await expect(line(prints, '企业开办')).toBeVisible();
  const proved = prints.waitForRequest('**/api/self_print/prove');
  await scan(prints, IDENTITY);
  expect((await proved).postDataJSON()).toMatchObject({ kiosk: 'K2', number: IDENTITY, card: true });
  await expect(title(prints)).toHaveText('请选择要打印的文书');
  // Who says that they have a booking is asked about that.
  await prints.getByRole('button', { name: '首页' }).tap();
  await prints.getByRole('button', { name: '预约、报到' }).tap();
  await expect(title(prints)).toHaveText('预约');
  const booked = prints.waitForRequest('**/api/booking/check_in');
  await scan(prints, IDENTITY);
  expect((await booked).postDataJSON()).toMatchObject({ kiosk: 'K2', typed: IDENTITY });

  const books = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(books, '企业开办')).toBeVisible();
  const asked = books.waitForRequest('**/api/booking/check_in');
  await scan(books, IDENTITY);
  expect((await asked).postDataJSON()).toMatchObject({ kiosk: 'K1', typed: IDENTITY });
  await expect(books.getByRole('alert')).toBeVisible();

  await editSetup(ownHall, ({ main }) => delete main.booking);
  await books.getByRole('button', { name: '首页' }).tap();
  await expect(books.getByRole('button', { name: '预约、报到' })).toHaveCount(0);
  await scan(books, IDENTITY);
  await expect(title(books)).toHaveText('查进度');
});

test('the code of a booking checks in from the home page, also where cards print', async ({ open }) => {
  for (const id of ['K1', 'K2']) {
    const kiosk = await open(screens.kioskUpright, `/kiosk/${id}`);
    await expect(line(kiosk, '企业开办')).toBeVisible();
    const asked = kiosk.waitForRequest('**/api/booking/check_in');
    await scan(kiosk, '48291307');
    expect((await asked).postDataJSON()).toMatchObject({ kiosk: id, typed: '48291307' });
    await expect(title(kiosk)).toHaveText('预约报到');
    await expect(kiosk.getByRole('alert')).toBeVisible();
  }
});

test('a pick-up code and a card fill the page that asks for them, and are sent', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K2');
  const [code, identity] = [kiosk.locator('.typed').first(), kiosk.locator('.typed').last()];
  const begin = async () => {
    await kiosk.getByRole('button', { name: '自助打印' }).tap();
    await kiosk.getByRole('button', { name: '没有带身份证' }).tap();
    await expect(title(kiosk)).toHaveText('用取件码领取结果');
  };
  await begin();
  await scan(kiosk, '482913');
  await expect(code).toHaveText('482913');
  await expect(title(kiosk)).toHaveText('用取件码领取结果');
  const proved = kiosk.waitForRequest('**/api/self_print/prove');
  await scan(kiosk, IDENTITY);
  const sent = (await proved).postDataJSON();
  expect(sent).toMatchObject({ kiosk: 'K2', number: IDENTITY, pick_up_code: '482913' });
  expect(sent.card, 'a card alone would open more').toBeUndefined();
  await expect(kiosk.locator('.wrong')).toContainText('取件码或证件号码不对');

  // The card first, in the middle of the code: its keys write into no other field.
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await begin();
  await kiosk.locator('[data-key="4"]').tap();
  await scan(kiosk, IDENTITY);
  await expect(code).toHaveText('4');
  await expect(identity).toHaveText('110105 19491231 002X');
  const again = kiosk.waitForRequest('**/api/self_print/prove');
  await scan(kiosk, '482913', { end: 'Tab' });
  expect((await again).postDataJSON()).toMatchObject({ number: IDENTITY, pick_up_code: '482913' });
});

test('rubbish is told, and types nothing', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await scan(kiosk, '6901234567892');
  await expect(kiosk.getByRole('alert')).toContainText('没有读到号票');
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await scan(kiosk, '12345678;drop#?!');
  await expect(kiosk.getByRole('alert')).toContainText('没有读到号票');
  expect(await kiosk.evaluate(() => document.documentElement.dataset.scanned)).toBeUndefined();
});

test('a page may take a code for itself', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await kiosk.evaluate(() => addEventListener('kiosk-scanned', (event) => {
    event.preventDefault();
    (window.scanned ||= []).push(document.documentElement.dataset.scanned);
  }));
  await scan(kiosk, '482913');
  await scan(kiosk, IDENTITY.toLowerCase());
  expect(await kiosk.evaluate(() => window.scanned)).toEqual(['code 482913', `identity ${IDENTITY}`]);
  await expect(title(kiosk)).toHaveText('请选择业务');
});
