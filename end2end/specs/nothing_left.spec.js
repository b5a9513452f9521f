// Nothing of the last visitor: a real terminal with its real browser. Distinctive words are
// planted wherever a visitor gives or gets something of their own; after the return home they
// are looked for in everything that the machine keeps.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium, request } from '@playwright/test';

import { cameraFlags, codeOnPhone, writeFilm } from '../hall/camera_film.js';
import { editSetup } from '../hall/edit_setup.js';
import { expect, openHall, test } from '../hall/index.js';
import { startPrinter } from '../hall/ipp_printer.js';
import { line, number, row, takeButton, title } from '../hall/kiosk.js';
import { inFiles, inMemory, inPage, inText, needlesOf, watchPrograms } from '../hall/leftovers.js';
import { startMoodyPrinter } from '../hall/moody_printer.js';
import { freePort } from '../hall/server.js';
import { openTerminal } from '../hall/terminal.js';

const records = new URL('../../demo/insured.csv', import.meta.url);
/** Of whom the department of insurance has records. */
const INSURED = '11010519491231002X';
const INSURED_NAME = '欧阳';
const BOOKER = '310115198702266145';
const TELEPHONE = '13917364852';
const CASE = '261125730184';
const PICK_UP_CODE = '739164';
const LETTERS = 'qzjxwvkb';
const SENTENCE = '麒麟桥头的老屋';
/** What is written into a form. */
const APPLICANT = '慕容凤栖';
const SHOP = '凤栖梧桐小馆';
/** What the page says of who is beside them. */
const HELPER = '陈静 正在旁边协助';

let hall;
let printer;
let slips;
let terminal;
let film;
let browser;
let page;
let cdp;
let answers;

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);
test.beforeAll(async () => {
  [hall, printer, slips] = await Promise.all([openHall(), startPrinter(), startMoodyPrinter()]);
  await editSetup(hall, ({ main }) => {
    const kiosk = main.kiosk.find(({ id }) => id === 'K2');
    kiosk.document_printer.address = printer.address;
    kiosk.printer = { kind: 'escpos', address: slips.address };
    main.rules.idle_seconds = 10;
    main.booking.first_day = 0;
    main.booking.early_minutes = 240;
    delete main.booking.hours;
  });
  const director = await request.newContext({ baseURL: hall.address });
  await director.post('/api/admin/sign_in', { data: { name: 'admin', password: hall.password } });
  const file = await readFile(records, 'utf8');
  const data = { hall: 'main', statement: 'insured', file };
  expect((await director.post('/api/admin/import_records', { data })).ok()).toBe(true);
  // The first search reads in the index, for which a terminal does not wait.
  const search = { kiosk: 'K2', text: 'A', lang: 'zh-CN' };
  expect((await director.post('/api/kiosk/search', { data: search })).ok()).toBe(true);
  await director.dispose();

  // Beside the pipe that the terminal keeps to itself.
  const port = await freePort();
  film = join(hall.folder, 'camera.y4m');
  writeFilm(film);
  const flags = [
    ...cameraFlags(film),
    `--remote-debugging-port=${port}`,
    // Longer strings would be cut off in what is searched.
    '--js-flags=--heap-snapshot-string-limit=10000000',
  ];
  terminal = await openTerminal(hall, { kiosk: 'K2', browser: true, flags });
  await expect.poll(() => terminal.health(), { timeout: 60_000 }).toMatch(/page: home/);
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  [page] = browser.contexts()[0].pages();
  await page.setViewportSize({ width: 1080, height: 1920 });
  await watchPrograms(page.context());
  await page.reload();
  cdp = await page.context().newCDPSession(page);
  answers = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/') && response.request().method() === 'POST') {
      answers.push(response.json().catch(() => ({})));
    }
  });
});
test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) {
    console.log(terminal.output);
  }
});
test.afterAll(async () => {
  await browser?.close();
  await terminal?.remove();
  await hall?.remove();
  await Promise.all([printer?.close(), slips?.close()]);
});

const press = (name) => page.getByRole('button', { name, exact: true }).click();
/** Presses the keys on the page. */
async function type(text) {
  for (const key of text) {
    await page.locator(`[data-key="${key}"]`).first().click();
  }
}
/** A reader types as no person does: no key waits for the one before. */
async function read(code) {
  const keys = [...code].map((text) => ({ key: text, text }));
  keys.push({ key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 });
  await Promise.all(keys.flatMap((key) => [
    cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
    cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: undefined }),
  ]));
}
const home = () => expect(title(page)).toHaveText('请选择业务', { timeout: 60_000 });

/** A clerk of the hall joins whoever shows the figures. */
async function joinAs(name, code) {
  const clerk = await request.newContext({ baseURL: hall.address });
  const data = { name, password: hall.password, counter: '1' };
  expect((await clerk.post('/api/counter/sign_in', { data })).ok()).toBe(true);
  const joined = await clerk.post('/api/help/join', { data: { code } });
  expect(joined.ok(), await joined.text()).toBe(true);
  await clerk.dispose();
}

/** What the terminal answered, all texts of it: its newest value for each of the keys. */
async function answered(...keys) {
  const found = {};
  for (const answer of await Promise.all(answers)) {
    JSON.stringify(answer, (key, value) => {
      if (keys.includes(key) && typeof value === 'string') {
        found[key] = value;
      }
      return value;
    });
  }
  return found;
}

/** Where any of the words is still known. */
async function leftovers(planted) {
  const words = needlesOf(planted);
  const personal = needlesOf({
    identity: [INSURED, BOOKER],
    telephone: [TELEPHONE],
    searched: [LETTERS, SENTENCE],
    form: [APPLICANT, SHOP],
  });
  return [
    ...(await inPage(page, cdp, words)),
    ...(await inMemory(page, cdp, words)),
    ...(await inFiles(terminal.folder, words)),
    ...inText("the terminal's log", terminal.output, words),
    ...inText("the hall's log", hall.output, words),
    ...printer.jobs.flatMap(({ said }) => inText('a job of the printer', said, words)),
    // What it keeps for its purpose is sealed.
    ...(await inFiles(hall.folder, personal)),
  ];
}

/** The search finds words where they are now: it can see. */
async function isKnown(planted, places) {
  const found = (await leftovers(planted)).join('\n');
  for (const place of places) {
    expect(found).toContain(`${place}`);
  }
}

/** A visit begins: the document of the page is remembered, and so is what it knows. */
async function begin() {
  await home();
  await page.evaluate(() => (globalThis.visited = true));
  answers.length = 0;
}

/** The visit is over: the page is a new one, and nothing is left. */
async function nothingIsLeft(planted) {
  await home();
  const visited = () => page.evaluate(() => globalThis.visited ?? false).catch(() => true);
  await expect.poll(visited, { timeout: 30_000 }).toBe(false);
  await home();
  await expect.poll(() => leftovers(planted), { timeout: 60_000 }).toEqual([]);
}

test('after the key that ends a visit', async () => {
  await begin();
  await page.locator('.accessibility-key').click();
  await page.getByRole('switch', { name: /语音/ }).click();
  await page.locator('.accessibility .close').click();
  await press('查找事项');
  await page.keyboard.type(LETTERS, { delay: 150 });
  await expect(page.locator('input.typed')).toHaveValue(LETTERS);
  await page.locator('input.typed').fill(SENTENCE);
  await expect(page.locator('.nothing')).toBeVisible();
  await isKnown({ searched: [SENTENCE] }, ['accessibility', 'values', 'memory of program']);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  await press('首页');
  await home();

  // A card in the reader, before any page has asked for it.
  await read(BOOKER);
  await expect(row(page, '社会保险参保证明')).toBeDisabled();
  await press('首页');
  await press('自助打印');
  await page.getByRole('button', { name: '没有带身份证' }).click();
  await type(PICK_UP_CODE + INSURED);
  await press('确定');
  await expect(page.locator('.wrong')).toBeVisible();
  await press('返回');
  await read(INSURED);
  await expect(row(page, '社会保险参保证明')).toBeVisible();
  await isKnown({ name: [INSURED_NAME] }, ['document', 'heap', 'memory of program']);
  await isKnown({ identity: [INSURED] }, ['memory of program']);
  await row(page, '社会保险参保证明').click();
  await expect(title(page)).toHaveText('打印完成', { timeout: 30_000 });
  await expect(title(page)).toHaveText('打印完成');
  await press('首页');

  await line(page, '企业开办').click();
  await row(page, '个体工商户设立登记').click();
  await takeButton(page).click();
  await expect(number(page)).toBeVisible();
  await expect(page.locator('.slip-state')).toContainText('请取走', { timeout: 30_000 });
  const { token, pass } = await answered('token', 'pass');
  const planted = {
    searched: [LETTERS, SENTENCE],
    identity: [INSURED, '110105 19491231', BOOKER],
    name: [INSURED_NAME],
    'pick-up code': [PICK_UP_CODE],
    ticket: [token],
    pass: [pass],
  };
  // What finds nothing later finds it now.
  await isKnown({ ticket: [token] }, ['heap', 'memory of program', 'terminal.db']);
  await press('完成');
  await nothingIsLeft(planted);
});

test('after a visitor who walked away', async () => {
  await begin();
  await page.getByRole('button', { name: '预约、报到' }).click();
  await page.getByRole('button', { name: '预约办事' }).click();
  await line(page, '企业开办').click();
  await row(page, '食品经营许可').click();
  await page.locator('.times button:enabled').first().click();
  await type(BOOKER);
  await press('下一步');
  await type(TELEPHONE);
  await press('确认预约');
  await expect(title(page)).toHaveText('预约成功');
  const { token, code } = await answered('token', 'code');
  await press('首页');
  await page.getByRole('button', { name: '预约、报到' }).click();
  await page.getByRole('button', { name: '报到取号' }).click();
  await type(TELEPHONE);
  await expect(page.getByRole('alertdialog')).toBeVisible({ timeout: 30_000 });
  await nothingIsLeft({
    identity: [BOOKER],
    telephone: [TELEPHONE],
    booking: [token, code, `${code.slice(0, 4)} ${code.slice(4)}`],
  });
});

test('after a visitor who went back to the first page', async () => {
  await begin();
  await line(page, '企业开办').click();
  await row(page, '个体工商户设立登记').click();
  await takeButton(page).click();
  await expect(number(page)).toBeVisible();
  const { token } = await answered('token');
  const code = await codeOnPhone(page);
  await press('完成');
  await nothingIsLeft({ ticket: [token] });

  await begin();
  await press('查进度');
  await press('按办件编号查询');
  await type(`${CASE}002X`);
  await press('查询');
  await expect(page.locator('.wrong')).toBeVisible();
  await read(`HTTP://${hall.listen}/T/${token}`);
  await expect(page.locator('.followed .hero')).toBeVisible();
  await press('首页');
  writeFilm(film, code);
  await press('查进度');
  await press('用手机上的二维码');
  await expect(page.locator('.followed .hero')).toBeVisible({ timeout: 20_000 });
  await isKnown({ ticket: [token] }, ['memory of program', 'performance']);
  await press('首页');
  await nothingIsLeft({ case: [CASE, '261125 73018'], ticket: [token] });
});

test('after a visitor who filled in a form', async () => {
  await begin();
  await press('办事指南');
  await line(page, '企业开办').click();
  await row(page, '开办餐饮店一件事').click();
  await press('现在填申请表');
  const saved = page.locator('.fill .title [role="status"]');
  await expect(saved).toContainText('已保存');
  const field = (name) => page.locator(`[name="${name}"]`);
  await field('applicant.name').fill(APPLICANT);
  await field('applicant.number').fill(BOOKER);
  await field('applicant_telephone').click();
  await type(TELEPHONE);
  await expect(field('applicant_telephone')).toHaveValue(TELEPHONE);
  await page.locator('.fill-ways .key').click();
  await field('shop_name').fill(SHOP);
  await expect(saved).toContainText('已保存');
  const { token } = await answered('token');
  await isKnown({ form: [SHOP] }, ['values', 'memory of program']);
  // What is copied is not the next one's to paste.
  await field('shop_name').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  // Somebody of the hall stood beside them, and a paper was photographed.
  await press('请人帮忙');
  const figures = await page.locator('.share-figures').getAttribute('data-figures');
  await joinAs('clerk1', figures);
  await expect(page.locator('.helper-bar')).toContainText(HELPER);
  while (!(await page.locator('.draft-materials').isVisible())) {
    const before = await saved.textContent();
    await page.locator('.fill-ways .key').click();
    await expect(saved).not.toHaveText(before);
  }
  writeFilm(film, new Uint8Array(640 * 480).fill(90));
  await page.locator('.draft-material').first().getByRole('button', { name: '拍照' }).click();
  await expect(page.locator('.photograph video')).toBeVisible();
  await press('拍照');
  await press('用这张');
  await expect(page.locator('.photograph .state')).toContainText('已收到 1 张');
  await press('回到填写');
  await expect(page.locator('.draft-material img').first()).toBeVisible();
  const { file } = await answered('file');
  await isKnown({ helper: [HELPER], photograph: [file] }, ['document', 'performance']);
  await press('首页');
  await nothingIsLeft({
    form: [APPLICANT, SHOP],
    identity: [BOOKER],
    telephone: [TELEPHONE],
    draft: [token],
    helper: [HELPER],
    photograph: [file],
  });
  // The hall keeps it for whoever goes on with it, by its code alone.
  const kept = await (await fetch(`${hall.address}/api/apply?token=${token}`)).json();
  expect(kept.values.shop_name).toBe(SHOP);
});
