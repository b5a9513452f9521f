// Applying by phone: without scripts from begin to sent, and with them kept while it is typed,
// whatever is closed or killed.

import { readFileSync } from 'node:fs';

import { takeNumber } from '../hall/api.js';
import { findings } from '../hall/axe.js';
import { expect, screenshot, screens, test } from '../hall/index.js';
import { layoutProblems } from '../hall/layout.js';

// A trace fetches the pictures that a page reads as `blob:`, and the policy of our pages
// forbids that.
test.use({ trace: 'off' });

const NARROW = {
  viewport: { width: 320, height: 568 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const MATTER = '/apply/main/signboard';

/** Nothing for axe to find, and nothing cut off. */
async function holds(page, name) {
  expect(await findings(page), name).toEqual([]);
  expect(await layoutProblems(page, { leastTarget: 24 }), name).toEqual([]);
}

const next = (page) => page.locator('.choices').getByRole('button', { name: /^(下一步|Next)$/ }).click();

/** Fills in what a step asks, by the kind of each control. */
async function fillStep(page) {
  for (let round = 0; round < 6; round += 1) {
    const fields = page.locator('.one');
    const count = await fields.count();
    for (let at = 0; at < count; at += 1) {
      await fillOne(fields.nth(at));
    }
    if ((await fields.count()) === count) {
      return;
    }
  }
}

const ANSWERS = {
  applicant: { 'applicant.name': '陈建国', 'applicant.number': '11010519491231002X' },
  applicant_telephone: '13800138000',
  shop_name: '青禾区老陈面馆',
  premises_address: { 'premises_address.region': '某省某市青禾区', 'premises_address.detail': '建设路 12 号一层' },
  sign_width: '4.2',
  sign_height: '0.9',
  sign_clearance: '3',
};

async function fillOne(one) {
  const field = await one.getAttribute('data-one');
  const answer = ANSWERS[field];
  if (answer && typeof answer === 'object') {
    for (const [name, value] of Object.entries(answer)) {
      await one.locator(`[name="${name}"]`).fill(value);
    }
    return;
  }
  const radio = one.locator('input[type=radio]').first();
  if ((await radio.count()) && !(await one.locator('input:checked').count())) {
    await radio.check();
  }
  const box = one.locator('input[type=checkbox]').first();
  if ((await box.count()) && !(await one.locator('input:checked').count())) {
    await box.check();
  }
  for (const input of await one.locator('input.ask-input, textarea.ask-input').all()) {
    if (await input.inputValue()) {
      continue;
    }
    const type = await input.getAttribute('type');
    const day = /until/.test(field) ? 400 : 30;
    const date = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
    await input.fill(answer ?? (type === 'date' ? date : '铝塑板 3'));
  }
  for (const select of await one.locator('select').all()) {
    if (!(await select.inputValue())) {
      await select.selectOption({ index: 1 });
    }
  }
}

for (const [name, screen, lang] of [
  ['phone', screens.phone, 'zh-CN'],
  ['narrow', NARROW, 'en'],
]) {
  test(`an application is filled in and sent without scripts, ${name}`, async ({ open }) => {
    const page = await open(screen, `/apply/main?lang=${lang}`, { javaScriptEnabled: false });
    await screenshot(page, `apply-offered-${name}`);
    await page.locator('a[href*="/apply/main/signboard"]').click();
    await screenshot(page, `apply-start-${name}`);
    await page.locator('button.action').first().click();
    await expect(page.locator('form.asked')).toBeVisible();
    await screenshot(page, `apply-first-${name}`);
    for (let steps = 0; page.url().includes('/form/') && steps < 20; steps += 1) {
      await fillStep(page);
      await next(page);
      const step = new URL(page.url());
      expect(step.searchParams.get('told'), await page.locator('main').innerText()).toBeNull();
    }
    await expect(page.locator('.materials')).toBeVisible();
    await screenshot(page, `apply-materials-${name}`);
    await page.locator('.choices a.action').first().click();
    await expect(page.locator('main')).toContainText('青禾区老陈面馆');
    await screenshot(page, `apply-check-${name}`);
    await page.locator('form[action*="/send"] button').click();
    await expect(page.locator('[data-state=sent]')).toBeVisible();
    await screenshot(page, `apply-sent-${name}`);
    await page.locator('form[action*="/take_back"] button').click();
    await expect(page.locator('.steps')).toBeVisible();
    await screenshot(page, `apply-steps-${name}`);
    await page.locator('a[href*="/withdraw"]').click();
    await screenshot(page, `apply-withdraw-${name}`);
    await page.locator('form[action*="/withdraw"] button').click();
    await expect(page.locator('[data-state=withdrawn]')).toBeVisible();
  });

  test(`its pages hold their texts and are without findings, ${name}`, async ({ open }) => {
    const page = await open(screen, `/apply/main?lang=${lang}`);
    await holds(page, 'offered');
    await page.goto(`${MATTER}?lang=${lang}`);
    await holds(page, 'start');
    await page.locator('button.action').first().click();
    await expect(page.locator('form.asked')).toBeVisible();
    await next(page);
    await expect(page.locator('.ask-why').first()).toBeVisible();
    await holds(page, 'told');
    const draft = page.url().split('/form/')[0];
    const groups = await page.evaluate(async (token) => {
      const answer = await fetch(`/api/apply?token=${token}`);
      return (await answer.json()).form.groups.map((group) => group.id);
    }, draft.split('/d/')[1]);
    for (const group of groups) {
      await page.goto(`${draft}/form/${group}?lang=${lang}&told=true`);
      await holds(page, group);
    }
    for (const below of ['', '/materials', '/check', '/share', '/withdraw']) {
      await page.goto(`${draft}${below}?lang=${lang}`);
      await holds(page, below);
    }
    await page.goto(`${draft}/share?lang=${lang}`);
    await page.locator('form[action*="/share"] button[value=device]').click();
    await expect(page.locator('.code-figures')).toBeVisible();
    await holds(page, 'figures');
    await screenshot(page, `apply-figures-${name}`);
    await page.goto(`/apply/continue?lang=${lang}`);
    await holds(page, 'continue');
  });
}

/** Begins, and goes to a step. */
async function begun(open, ownHall, group) {
  const page = await open(screens.phone, MATTER, { at: ownHall });
  await page.locator('button.action').first().click();
  await expect(page.locator('form.asked')).toBeVisible();
  const draft = page.url().split('/form/')[0];
  await page.goto(`${draft}/form/${group}`);
  return { page, draft };
}

test('what is typed is kept when the tab is closed', async ({ open, ownHall }) => {
  const { page, draft } = await begun(open, ownHall, 'shop');
  const name = page.locator('[name=shop_name]');
  await name.pressSequentially('青禾区老陈面馆');
  await expect(page.locator('.kept')).toHaveText('已保存');
  await screenshot(page, 'apply-kept');
  const other = await page.context().newPage();
  await page.close();
  await other.goto(`${draft}/form/shop`);
  await expect(other.locator('[name=shop_name]')).toHaveValue('青禾区老陈面馆');
});

test('what is typed while the server is dead is kept once it is back', async ({ open, ownHall }) => {
  const { page, draft } = await begun(open, ownHall, 'shop');
  await ownHall.kill();
  await page.locator('[name=shop_name]').pressSequentially('老陈面馆');
  await expect(page.locator('.kept')).toContainText('尚未保存');
  const other = await page.context().newPage();
  await page.close();
  await ownHall.reopen();
  // The closed page left it in the browser, and any page of the application sends it.
  await other.goto(`${draft}/form/shop`);
  await expect(other.locator('[name=shop_name]')).toHaveValue('老陈面馆');
  await ownHall.kill();
  await ownHall.reopen();
  await other.reload();
  await expect(other.locator('[name=shop_name]')).toHaveValue('老陈面馆');
});

test('what is wrong is told beside its field, by the keyboard alone', async ({ open, ownHall }) => {
  const { page } = await begun(open, ownHall, 'sign');
  const width = page.locator('[name=sign_width]');
  await width.focus();
  await page.keyboard.type('宽');
  await page.keyboard.press('Tab');
  await expect(page.locator('#f-sign_width-why')).toHaveText('请填写数字，如 120。');
  await expect(width).toHaveAttribute('aria-invalid', 'true');
  await screenshot(page, 'apply-wrong');
  await width.focus();
  await width.fill('4.2');
  await page.keyboard.press('Tab');
  await expect(page.locator('#f-sign_width-why')).toHaveCount(0);
  // Enter goes on, and does not add a row or go back.
  await width.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/told=true/);
  await expect(width).toHaveValue('4.2');
});

test('what hangs on an answer is asked at once, and what is typed stays', async ({ open, ownHall }) => {
  const { page } = await begun(open, ownHall, 'applicant');
  await page.locator('[name=applicant_telephone]').fill('13800138000');
  await page.locator('[name=applicant_kind][value=business]').check();
  await expect(page.locator('[name="applicant_business.name"]')).toBeVisible();
  await page.locator('[name="applicant_business.name"]').fill('老陈面馆');
  await page.locator('[name=applicant_kind][value=person]').check();
  await expect(page.locator('[name="applicant.name"]')).toBeVisible();
  await expect(page.locator('[name="applicant_business.name"]')).toHaveCount(0);
  await expect(page.locator('[name=applicant_telephone]')).toHaveValue('13800138000');
});

test('who helps is seen, with what they write, and sent away by one touch', async ({ open, ownHall }) => {
  const { page, draft } = await begun(open, ownHall, 'shop');
  const token = draft.split('/d/')[1];
  const call = async (path, body, cookie) => {
    const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
    const answer = await fetch(ownHall.address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { json: await answer.json(), cookie: answer.headers.get('set-cookie')?.split(';')[0] };
  };
  const id = () => crypto.randomUUID();
  const { json: shared } = await call('/api/apply/share', { request_id: id(), token });
  const who = { name: 'clerk1', counter: '1', password: ownHall.password };
  const { cookie } = await call('/api/counter/sign_in', who);
  const { json: joined } = await call('/api/help/join', { code: shared.code }, cookie);
  await expect(page.locator('form.helper')).toBeVisible();
  await expect(page.locator('form.helper')).toContainText('正在协助您');
  const write = { request_id: id(), token: joined.token, field: 'shop_name', value: '青禾区老陈面馆' };
  await call('/api/apply/write', write, cookie);
  await expect(page.locator('[name=shop_name]')).toHaveValue('青禾区老陈面馆');
  await screenshot(page, 'apply-helped');
  await holds(page, 'helped');
  await page.locator('form.helper button').click();
  await expect(page.locator('form.helper')).toBeHidden();
  await page.goto(`${draft}/form/shop`);
  await expect(page.locator('.by')).toContainText('填写');
});

/** A photograph of this size, with a text or without. */
const picture = (page, width, height, light, words) =>
  page.evaluate(
    async ([w, h, shade, text]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const paper = canvas.getContext('2d');
      paper.fillStyle = `rgb(${shade},${shade},${shade})`;
      paper.fillRect(0, 0, w, h);
      paper.fillStyle = '#000';
      paper.font = `${Math.round(h / 20)}px sans-serif`;
      for (let row = 1; text && row < 19; row += 1) {
        paper.fillText('居民身份证 HALL 0123456789 '.repeat(6), 0, (row * h) / 19);
      }
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [width, height, light, words],
  );

test('photographs are looked at, made smaller and sent', async ({ open, ownHall }) => {
  const { page, draft } = await begun(open, ownHall, 'shop');
  await page.goto(`${draft}/materials`);
  const chooser = page.locator('.attach input[multiple]').first();
  const file = async (...of) => ({
    name: 'a.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(await picture(page, ...of)),
  });
  // The longer sides of what is sent.
  await page.evaluate(() => {
    window.sides = [];
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      if (body instanceof Blob) {
        createImageBitmap(body).then(({ width, height }) => window.sides.push(Math.max(width, height)));
      }
      return send.call(this, body);
    };
  });
  await chooser.setInputFiles([await file(4000, 3000, 255, true)]);
  await expect.poll(() => page.evaluate(() => window.sides)).toEqual([2560]);
  // It is told beside its material, and what may be wrong beside the photograph itself.
  const material = page.locator('.materials > li').first();
  await expect(material.locator('.sending .well')).toHaveCount(1);
  await expect(page.locator('.doubt')).toHaveCount(0);
  await expect(page.locator('.sent-files img')).toHaveCount(1);
  await chooser.setInputFiles([await file(500, 400, 20, false)]);
  await expect(page.locator('.sent-files img')).toHaveCount(2);
  const second = material.locator('.sent-files li').nth(1);
  await expect(second.locator('.doubt')).toHaveText([/偏暗/, /模糊/, /太小/]);
  await expect(page.locator('.doubt')).toHaveCount(3);
  // It stays there when another is added.
  await chooser.setInputFiles([await file(1200, 900, 255, true)]);
  await expect(page.locator('.sent-files img')).toHaveCount(3);
  await expect(second.locator('.doubt')).toHaveCount(3);
  await screenshot(page, 'apply-photographs');
  await page.locator('.sent-files button').first().click();
  await expect(page.locator('.sent-files img')).toHaveCount(2);
});

/** A call of the API, as another program sends it. */
async function call(hall, path, body, cookie) {
  const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
  const request = { request_id: crypto.randomUUID(), ...body };
  const answer = await fetch(hall.address + path, { method: 'POST', headers, body: JSON.stringify(request) });
  expect(answer.status, path).toBe(200);
  return { json: await answer.json(), cookie: answer.headers.get('set-cookie')?.split(';')[0] };
}

const FORMS = JSON.parse(
  readFileSync(new URL('../../server/tests/it/fixtures/answers.json', import.meta.url)),
);

/** A draft that is filled in. */
async function filled(hall, matter) {
  const { json } = await call(hall, '/api/apply/begin', { hall: 'main', matter });
  for (const [field, value] of Object.entries(FORMS[matter])) {
    await call(hall, '/api/apply/write', { token: json.token, field, value });
  }
  return json.token;
}

const shown = async (hall, token) => (await fetch(`${hall.address}/api/apply?token=${token}`)).json();

/** Draws on the pad. */
async function draw(page) {
  const pad = page.locator('.pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.3);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.7, { steps: 6 });
  await page.mouse.move(x + width * 0.8, y + height * 0.2, { steps: 6 });
  await page.mouse.up();
}

for (const [name, screen, lang] of [
  ['phone', screens.phone, 'zh-CN'],
  ['narrow', NARROW, 'en'],
]) {
  test(`it is signed with a finger before it is sent, ${name}`, async ({ open, ownHall }) => {
    const token = await filled(ownHall, 'food-permit');
    const page = await open(screen, `/d/${token}/check?lang=${lang}`, { at: ownHall });
    const again = page.locator('.pad button');
    await expect(again).toBeDisabled();
    await draw(page);
    await again.click();
    await expect(again).toBeDisabled();
    await draw(page);
    await screenshot(page, `apply-signing-${name}`);
    await holds(page, 'signing');
    // Without the server nothing is sent, and it is said.
    await ownHall.kill();
    await page.locator('form[action*="/send"] button').click();
    await expect(page.locator('.signing .wrong')).toBeVisible();
    await ownHall.reopen();
    await page.locator('form[action*="/send"] button').click();
    await expect(page.locator('[data-state=sent]')).toBeVisible();
    const draft = await shown(ownHall, token);
    expect([draft.state, draft.signed]).toEqual(['sent', true]);
    await screenshot(page, `apply-signed-${name}`);
  });

  test(`what was told before and a commitment are taken by one touch, ${name}`, async ({ open, ownHall }) => {
    const first = await filled(ownHall, 'food-permit');
    await call(ownHall, '/api/apply/send', { token: first });
    const who = { name: 'clerk1', counter: '1', password: ownHall.password };
    const { cookie } = await call(ownHall, '/api/counter/sign_in', who);
    await takeNumber(ownHall, 'food-permit');
    await call(ownHall, '/api/counter/call_next', {}, cookie);
    const { json: served } = await call(ownHall, '/api/counter/begin', {}, cookie);
    await call(ownHall, '/api/counter/open_case', { ticket: served.ticket.id, draft: first }, cookie);

    const { json } = await call(ownHall, '/api/apply/begin', { hall: 'main', matter: 'food-permit' });
    const { token } = json;
    for (const field of ['applicant_kind', 'applicant_business', 'applicant_telephone']) {
      const value = FORMS['food-permit'][field];
      await call(ownHall, '/api/apply/write', { token, field, value });
    }
    await call(ownHall, '/api/drafts/paper_seen', { token, number: '0Y43' }, cookie);
    const page = await open(screen, `/d/${token}/form/shop?lang=${lang}`, { at: ownHall, javaScriptEnabled: false });
    await expect(page.locator('[name=shop_name]')).toHaveValue('');
    await screenshot(page, `apply-offers-${name}`);
    await page.locator('[data-one=shop_name] .offer button').click();
    await expect(page.locator('[name=shop_name]')).toHaveValue('青禾区老陈面馆');
    await expect(page.locator('.offer')).toHaveCount(0);

    const scripted = await open(screen, `/d/${token}/form/premises?lang=${lang}`, { at: ownHall });
    await holds(scripted, 'offers');
    await scripted.locator('[name=premises_area]').fill('90');
    await scripted.locator('[data-one=premises_address] .offer button').click();
    await expect(scripted.locator('[name="premises_address.detail"]')).toHaveValue('建设路 12 号一层');
    await expect(scripted.locator('[name=premises_area]')).toHaveValue('90');

    await scripted.goto(`/d/${token}/form/applicant_commitment?lang=${lang}`);
    await screenshot(scripted, `apply-commitment-${name}`);
    await holds(scripted, 'commitment');
    await scripted.locator('[name=applicant_commitment]').check();
    await expect(scripted.locator('.kept')).toBeVisible();
    await next(scripted);
    await expect(scripted.locator('.materials .tag', { hasText: /以承诺代替|you commit instead/ })).toHaveCount(2);
    await screenshot(scripted, `apply-replaced-${name}`);
    await holds(scripted, 'replaced');
  });
}
