// What two write in one form at once, or one on two devices, is lost to nobody: on a phone's pages,
// at a kiosk and at a helper's.

import { readFileSync } from 'node:fs';

import { beginForm, goOnUntil } from '../hall/forms.js';
import { expect, screens, test } from '../hall/index.js';
import { ORIENTATIONS } from '../hall/kiosk.js';
import { setSize } from '../hall/modes.js';
import { button, openHelp } from '../hall/staff.js';

const FORMS = JSON.parse(
  readFileSync(new URL('../../server/tests/it/fixtures/answers.json', import.meta.url)),
);

async function post(hall, path, body, cookie) {
  const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
  const answer = await fetch(hall.address + path, {
    method: 'POST',
    headers,
    body: JSON.stringify({ request_id: crypto.randomUUID(), ...body }),
  });
  expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200);
  return { json: await answer.json(), cookie: answer.headers.get('set-cookie')?.split(';')[0] };
}

const begin = async (hall) =>
  (await post(hall, '/api/apply/begin', { hall: 'main', matter: 'food-permit' })).json.token;

const write = (hall, token, field, value) => post(hall, '/api/apply/write', { token, field, value });

const values = async (hall, token) =>
  (await (await fetch(`${hall.address}/api/apply?token=${token}`)).json()).values;

/** A helper beside a draft: their token. */
async function beside(hall, token) {
  const { json: shared } = await post(hall, '/api/apply/share', { token });
  const who = { name: 'clerk1', counter: '1', password: hall.password };
  const { cookie } = await post(hall, '/api/counter/sign_in', who);
  return (await post(hall, '/api/help/join', { code: shared.code }, cookie)).json.token;
}

const input = (page, name) => page.locator(`[name="${name}"]`);
const next = (page) => page.locator('.choices').getByRole('button', { name: '下一步' });

test('on a phone both sentences stay, and what is displaced is offered back', async ({ open, ownHall }) => {
  const token = await begin(ownHall);
  await write(ownHall, token, 'shop_name', '老陈面馆');
  const helper = await beside(ownHall, token);
  const phone = await open(screens.phone, `/d/${token}/form/shop`, { at: ownHall });
  await expect(phone.locator('form.helper')).toBeVisible();
  // In different places of the text, while the phone has no network.
  await phone.context().setOffline(true);
  await input(phone, 'shop_name').fill('老陈面馆总店');
  await expect(phone.locator('.kept')).toContainText('尚未保存');
  await write(ownHall, helper, 'shop_name', '青禾区老陈面馆');
  await phone.context().setOffline(false);
  await expect(input(phone, 'shop_name')).toHaveValue('青禾区老陈面馆总店', { timeout: 60_000 });
  // In the same place: the later counts, and the helper's sentence is offered back.
  await phone.context().setOffline(true);
  await input(phone, 'shop_name').fill('申请人的一句');
  await expect(phone.locator('.kept')).toContainText('尚未保存');
  await write(ownHall, helper, 'shop_name', '工作人员的话');
  await phone.context().setOffline(false);
  const displaced = phone.locator('.displaced');
  await expect(displaced).toContainText('工作人员的话', { timeout: 60_000 });
  await expect(input(phone, 'shop_name')).toHaveValue('申请人的一句');
  await displaced.getByRole('button', { name: '改用它' }).click();
  await expect(input(phone, 'shop_name')).toHaveValue('工作人员的话');
  await expect(displaced).toHaveCount(0);
  expect((await values(ownHall, token)).shop_name).toBe('工作人员的话');
});

test('a phone shows what the same person writes at a terminal, and erases none of it', async ({ open, ownHall }) => {
  const token = await begin(ownHall);
  const phone = await open(screens.phone, `/d/${token}/form/shop`, { at: ownHall });
  await write(ownHall, token, 'shop_name', '老陈面馆');
  await expect(input(phone, 'shop_name')).toHaveValue('老陈面馆');
  // A phone that sleeps hears nothing.
  const asleep = await phone.context().newPage();
  await asleep.addInitScript(() => {
    window.WebSocket = class {
      close() {}
    };
  });
  await asleep.goto(`/d/${token}/form/shop`);
  await asleep.locator('[name=licence_held][value=no]').check();
  await expect(asleep.locator('.kept')).toContainText('已保存');
  await write(ownHall, token, 'shop_name', '青禾区老陈面馆');
  await next(asleep).click();
  await expect(asleep).not.toHaveURL(/form\/shop/);
  const kept = await values(ownHall, token);
  expect([kept.shop_name, kept.licence_held]).toEqual(['青禾区老陈面馆', 'no']);
});

/** Writes nearly as much as a draft has room for. */
async function fillUp(hall, token) {
  const draft = await (await fetch(`${hall.address}/api/apply?token=${token}`)).json();
  const large = {
    text: (words) => words,
    long_text: (words) => words,
    address: (words) => ({ region: words, detail: words }),
    table: (words, { columns }) => {
      const { id } = columns.find(({ kind }) => kind === 'text');
      return Array.from({ length: 4 }, () => ({ [id]: words }));
    },
  };
  const fields = draft.form.groups.flatMap((group) => group.field);
  const fit = fields.filter(({ kind, id }) => large[kind] && !/^applicant/.test(id));
  const writes = async (field, size) => {
    const value = large[field.kind]('长'.repeat(size), field);
    const answer = await fetch(`${hall.address}/api/apply/write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request_id: crypto.randomUUID(), token, field: field.id, value }),
    });
    return answer.status !== 413;
  };
  // The first that has no room is made smaller until it has.
  let full;
  for (const field of fit) {
    if (!(await writes(field, 3900))) {
      full = field;
      break;
    }
  }
  expect(full, 'there is no room for more').toBeTruthy();
  for (let size = 3700; size > 0 && !(await writes(full, size)); size -= 200) {}
}

test('what is refused is told once, and the page goes on', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const token = await beginForm(kiosk);
  await fillUp(ownHall, token);
  let sockets = 0;
  kiosk.on('websocket', () => {
    sockets += 1;
  });
  await input(kiosk, 'applicant.name').fill('名'.repeat(3500));
  const wrong = kiosk.locator('.fill .wrong');
  await expect(wrong).toContainText('放不下');
  await expect(input(kiosk, 'applicant.name')).toHaveValue('');
  await expect(kiosk.locator('.fill')).toContainText('已保存');
  // What was typed can be had back, and is not lost.
  await expect(kiosk.locator('.displaced')).toContainText('名名名');
  await input(kiosk, 'applicant.name').fill('陈建国');
  await expect(wrong).toHaveCount(0);
  await expect.poll(async () => (await values(ownHall, token)).applicant?.name).toBe('陈建国');
  await input(kiosk, 'applicant_telephone').fill('13812345678');
  await expect.poll(async () => (await values(ownHall, token)).applicant_telephone).toBe('13812345678');
  expect(sockets, 'the connection goes on').toBe(0);
});

test('a helper reads what was sent, and is told why it cannot be written', async ({ open, ownHall }) => {
  const token = await begin(ownHall);
  for (const [field, value] of Object.entries(FORMS['food-permit'])) {
    await write(ownHall, token, field, value);
  }
  const tablet = await openHelp(open, ownHall);
  const { json: shared } = await post(ownHall, '/api/apply/share', { token });
  await tablet.getByLabel('六位数字').fill(shared.code);
  await button(tablet, '开始协助').click();
  await expect(input(tablet, 'shop_name')).toHaveValue('青禾区老陈面馆');
  await post(ownHall, '/api/apply/send', { token });
  await expect(tablet.locator('.helping-draft')).toContainText('不能修改');
  await expect(tablet.locator('.helping-form')).toHaveCount(0);
  await expect(tablet.locator('.answers').first()).toContainText('青禾区老陈面馆');
  // It is taken back, and written on.
  await post(ownHall, '/api/apply/take_back', { token });
  await input(tablet, 'shop_name').fill('又改了店名');
  await expect.poll(async () => (await values(ownHall, token)).shop_name).toBe('又改了店名');
});

test('rows are added to a table that is empty, at a kiosk too', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await beginForm(kiosk);
  await goOnUntil(kiosk, () => input(kiosk, 'staff.0.name').isVisible());
  const add = kiosk.locator('[data-field="staff"]').getByRole('button', { name: '添加一行' });
  await add.tap();
  await add.tap();
  await expect(input(kiosk, 'staff.2.name')).toBeVisible();
  // What is written into one of them leaves the others where they are.
  await input(kiosk, 'staff.1.name').fill('刘梅');
  await expect(input(kiosk, 'staff.2.name')).toBeVisible();
  await input(kiosk, 'staff.1.name').fill('');
  await expect(input(kiosk, 'staff.2.name')).toBeVisible();
});

for (const [shape, screen] of ORIENTATIONS) {
  test(`a foreign name and an address of e-mail are typed at a kiosk, ${shape}`, async ({ open, ownHall }) => {
    const kiosk = await open(screen, '/kiosk/K1', { at: ownHall });
    await beginForm(kiosk);
    const name = input(kiosk, 'applicant.name');
    await expect(async () => {
      await name.tap();
      await expect(kiosk.locator('.touch-keys .modes')).toBeVisible({ timeout: 1000 });
    }).toPass();
    await button(kiosk, '字母').tap();
    const keys = kiosk.locator('.touch-keys .letters');
    const capitals = keys.getByRole('button', { name: '大写' });
    const press = async (text) => {
      for (const sign of text) {
        const isCapital = /[A-Z]/.test(sign);
        if (/[a-z]/i.test(sign) && ((await capitals.getAttribute('aria-pressed')) === 'true') !== isCapital) {
          await capitals.tap();
        }
        await keys.locator(`[data-key="${sign.toUpperCase()}"]`).tap();
      }
    };
    await press('Anna O-Brien');
    await expect(name).toHaveValue('Anna O-Brien');
    await keys.getByRole('button', { name: '间隔号' }).tap();
    await keys.getByRole('button', { name: 'at 符号' }).tap();
    await press('x_y.cn/');
    await expect(name).toHaveValue('Anna O-Brien·@x_y.cn/');
    // All of them are on the screen, in the largest type and in English too.
    await setSize(kiosk, 3);
    await button(kiosk, 'English').click();
    await expect(keys.getByRole('button', { name: 'Middle dot' })).toBeVisible();
    for (const key of await keys.getByRole('button').all()) {
      await expect(key).toBeInViewport({ ratio: 1 });
    }
  });
}
