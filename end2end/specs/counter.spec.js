// The counter: a clerk signs in, calls, serves and transfers, mostly by keys.
// All tests share a hall: a ticket that must be called first is taken with the
// highest priority, ahead of those that other tests left.

import { randomUUID } from 'node:crypto';

import { expect, openHall, screenshot, screens, test } from '../hall/index.js';

const small = { viewport: { width: 1280, height: 720 } };

let hall;
test.beforeAll(async () => {
  hall = await openHall();
});
test.afterAll(async () => {
  await hall?.remove();
});

/** Takes a number at the kiosk and returns it. */
async function issue(request, matter, priority = 'none', at = hall) {
  const answer = await request.post(`${at.address}/api/kiosk/issue`, {
    data: { request_id: randomUUID(), kiosk: 'K1', matter, priority },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).number;
}

async function signIn(page, counter, clerk, password = hall.password) {
  await page.getByText(`${counter}号窗口`, { exact: true }).click();
  await page.getByLabel('登录名').fill(clerk);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
}

/** A counter's page with a clerk signed in. */
async function clerkAt(open, counter, { clerk = `clerk${counter}`, at = hall, screen = small } = {}) {
  const page = await open(screen, '/counter', { at });
  await signIn(page, counter, clerk, at.password);
  await expect(page.getByRole('heading', { name: `${counter}号窗口` })).toBeVisible();
  return page;
}

const inHand = (page) => page.locator('.visitor .number');
const bigKey = (page) => page.locator('.levers .next');
const onHold = (page) => page.locator('.on-hold li');
const missed = (page) => page.locator('.missed li');
const waiting = (page) => page.locator('.waiting .list li');

/** Presses a key once the page accepts it: after a change the main button pauses. */
async function press(page, key) {
  await expect(page.locator('.levers')).toHaveAttribute('aria-busy', 'false');
  if (key === ' ' || key === 'Enter') {
    await expect(bigKey(page)).toBeEnabled();
  }
  await page.keyboard.press(key);
}

/** All requests of a page from now on. */
function asked(page) {
  const all = [];
  page.on('request', (request) => {
    const [, verb] = new URL(request.url()).pathname.match(/^\/api\/counter\/(\w+)$/) ?? [];
    if (request.method() === 'POST') {
      all.push({ verb, ...request.postDataJSON() });
    }
  });
  return all;
}

test('a clerk calls, begins and calls the next with one key', async ({ open, request }) => {
  const counter = await clerkAt(open, 1);
  await expect(bigKey(counter)).toBeDisabled();
  await expect(counter.locator('.nobody')).toContainText('无人等候');
  await screenshot(counter, 'counter-nobody');

  const first = await issue(request, 'food-permit');
  const second = await issue(request, 'proprietor-open', 'pregnant');
  const third = await issue(request, 'food-permit');
  await expect(waiting(counter)).toHaveCount(3);
  // The pregnant visitor has a head start of half an hour.
  await expect(waiting(counter).nth(0)).toContainText(second);
  await expect(waiting(counter).nth(0)).toContainText('孕婴');
  await expect(waiting(counter).nth(2)).toContainText(third);

  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(second);
  await expect(bigKey(counter)).toContainText('开始办理');
  await expect(counter.locator('.papers li')).toHaveCount(3);
  await press(counter, 'r');
  await press(counter, 'r');
  await expect(counter.getByText('已叫 3 次未到，可作过号。')).toBeVisible();
  await screenshot(counter, 'counter-called');

  await press(counter, 'Enter');
  await expect(bigKey(counter)).toContainText('结束服务，叫下一位');
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(first);
  await expect(counter.locator('.finished')).toContainText('1');
  await press(counter, ' ');
  await expect(bigKey(counter)).toContainText('结束服务，叫下一位');
  await press(counter, 'f');
  await expect(counter.locator('.nobody')).toContainText(third);
  await expect(counter.locator('.finished')).toContainText('2');
});

test('a double press calls once, and so does a key held down', async ({ open, request }) => {
  const number = await issue(request, 'food-permit', 'ill');
  const counter = await clerkAt(open, 1);
  await expect(counter.locator('.nobody')).toContainText(number);
  const all = asked(counter);
  await counter.evaluate(async () => {
    const key = document.querySelector('.levers .next');
    const press = (repeat = false) =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: ' ', repeat, bubbles: true, cancelable: true }),
      );
    press();
    press();
    // At the very moment the key changes its meaning to "begin".
    await new Promise((resolve) => {
      const changed = new MutationObserver(() => {
        if (key.textContent.includes('开始办理')) {
          changed.disconnect();
          press();
          resolve();
        }
      });
      changed.observe(key, { subtree: true, childList: true, characterData: true });
    });
    press(true);
  });
  await expect(bigKey(counter)).toHaveAttribute('aria-disabled', 'false');
  await counter.evaluate(() =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: ' ', repeat: true, bubbles: true, cancelable: true }),
    ),
  );
  await press(counter, ' ');
  await expect(bigKey(counter)).toContainText('结束服务');
  await press(counter, 'f');
  await expect(inHand(counter)).toHaveCount(0);
  expect(all.map(({ verb }) => verb)).toEqual(['call_next', 'begin', 'finish']);
});

test('hold and resume, missed and reinstate', async ({ open, request }) => {
  const number = await issue(request, 'insurance-proof');
  const counter = await clerkAt(open, 4);
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(number);

  await counter.getByRole('button', { name: '挂起' }).click();
  await expect(onHold(counter)).toHaveText(new RegExp(number));
  await expect(inHand(counter)).toHaveCount(0);

  // After a click the space bar still presses the main button, not the same one.
  const other = await issue(request, 'insurance-proof');
  await expect(waiting(counter)).toHaveCount(1);
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(other);
  await screenshot(counter, 'counter-on-hold');

  await counter.getByRole('button', { name: '继续办理' }).click();
  await expect(counter.getByText('窗口当前已有号票。')).toBeVisible();
  await expect(inHand(counter)).toHaveText(other);

  await press(counter, 'm');
  await expect(missed(counter)).toHaveText(new RegExp(other));
  await expect(counter.getByText('窗口当前已有号票。')).toHaveCount(0);
  await counter.getByRole('button', { name: '恢复排队' }).click();
  await expect(missed(counter)).toHaveCount(0);
  await expect(waiting(counter)).toHaveText(new RegExp(other));

  await counter.getByRole('button', { name: '继续办理' }).click();
  await expect(inHand(counter)).toHaveText(number);
  await press(counter, 'f');
  await expect(inHand(counter)).toHaveCount(0);
  await expect(onHold(counter)).toHaveCount(0);
});

test('a visitor is transferred to a line and to a counter by keys', async ({ open, request }) => {
  const [one, two] = [await issue(request, 'marriage'), await issue(request, 'marriage')];
  const counter = await clerkAt(open, 5);
  const next = await clerkAt(open, 6);
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(one);

  await press(counter, 't');
  await expect(counter.getByRole('dialog')).toBeVisible();
  await counter.keyboard.press('Escape');
  await expect(counter.getByRole('dialog')).toHaveCount(0);
  await expect(inHand(counter)).toHaveText(one);

  await press(counter, 't');
  await counter.keyboard.press('f');
  await expect(counter.getByRole('button', { name: '转移到 F' })).toBeEnabled();
  await screenshot(counter, 'counter-transfer');
  await counter.keyboard.press('Enter');
  await expect(inHand(counter)).toHaveCount(0);
  await expect(waiting(next).filter({ hasText: one })).toHaveCount(1);

  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(two);
  await press(counter, 't');
  // Open counters come first.
  const counters = counter.getByRole('group', { name: '转到窗口' }).locator('label');
  await expect(counters.filter({ hasText: '6号窗口' })).toContainText('在岗');
  const staffed = (await counters.allTextContents()).map((text) => text.includes('在岗'));
  expect(staffed).toEqual(staffed.toSorted().reverse());
  await counter.keyboard.press('6');
  await counter.keyboard.press('Enter');
  await expect(inHand(counter)).toHaveCount(0);
  await expect(waiting(next).filter({ hasText: two })).toContainText('指定本窗口');
  await expect(waiting(counter)).toHaveCount(0);
});

test('a second browser at the counter shows the same at once', async ({ open, request }) => {
  const number = await issue(request, 'tree-felling', 'ill');
  const [left, right] = [await clerkAt(open, 2), await clerkAt(open, 2)];
  await press(left, ' ');
  await expect(inHand(right)).toHaveText(number);
  await press(right, 'Enter');
  await expect(bigKey(left)).toContainText('结束服务，叫下一位');
  await press(left, 't');
  await expect(left.getByRole('dialog')).toBeVisible();
  await press(right, 'h');
  await expect(left.getByRole('dialog')).toHaveCount(0);
  await expect(onHold(left)).toHaveText(new RegExp(number));
  await left.getByRole('button', { name: '过号' }).last().click();
  await expect(missed(right).filter({ hasText: number })).toHaveCount(1);
});

test('after a lost answer the request is repeated, and nothing is done twice', async ({ open, request }) => {
  const number = await issue(request, 'road-use', 'ill');
  const behind = await issue(request, 'road-use', 'ill');
  const counter = await clerkAt(open, 3);
  const all = asked(counter);
  // The server does it, but the answer does not arrive.
  let lost = 2;
  await counter.route('**/api/counter/call_next', async (route) => {
    const response = await route.fetch();
    if (lost > 0) {
      lost -= 1;
      await route.abort();
    } else {
      await route.fulfill({ response });
    }
  });
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(number);
  await expect(counter.getByText('没有收到答复，正在重试')).toBeVisible();
  await expect(bigKey(counter)).toBeEnabled();
  await expect(counter.getByText('没有收到答复，正在重试')).toHaveCount(0);
  await expect(inHand(counter)).toHaveText(number);
  await expect(waiting(counter).first()).toContainText(behind);
  expect(all).toHaveLength(3);
  expect(all[1]).toEqual(all[0]);
  expect(all[2]).toEqual(all[0]);
});

test('a failed sign-in says what is wrong', async ({ open }) => {
  const page = await open(screens.desktop, '/counter', { at: hall });
  await screenshot(page, 'counter-sign-in');
  await signIn(page, 6, 'clerk6', 'wrong');
  await expect(page.getByText('登录名或密码不正确。')).toBeVisible();
  await expect(page.getByLabel('密码')).toHaveValue('');

  await page.getByLabel('大厅').selectOption({ index: 1 });
  await signIn(page, 21, 'clerk1');
  await expect(page.getByText('您没有此项权限。')).toBeVisible();

  await page.getByLabel('大厅').selectOption({ index: 0 });
  for (let tries = 0; tries < 6; tries += 1) {
    await signIn(page, 6, 'clerk6', 'wrong');
    await expect(page.getByRole('button', { name: '登录窗口' })).toBeEnabled();
  }
  await expect(page.getByText(/错误次数过多，请等待 \d+ 秒。/)).toBeVisible();
  await screenshot(page, 'counter-locked-out');
});

test('a session that ends elsewhere leads back to the sign-in', async ({ open }) => {
  const counter = await clerkAt(open, 4);
  const ended = await counter.request.post(`${hall.address}/api/counter/sign_out`, { data: {} });
  expect(ended.status()).toBe(200);
  await expect(counter.getByText('登录已失效，请重新登录。')).toBeVisible({ timeout: 30_000 });
  await signIn(counter, 4, 'clerk4');
  await expect(counter.getByRole('heading', { name: '4号窗口' })).toBeVisible();
  await counter.getByRole('button', { name: '退出窗口' }).click();
  await expect(counter.getByRole('button', { name: '登录窗口' })).toBeVisible();
});

test('the language is remembered', async ({ open }) => {
  const page = await open(small, '/counter', { at: hall });
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('without the server the page says so and accepts no key', async ({
  open,
  ownHall,
  request,
}) => {
  const number = await issue(request, 'food-permit', 'ill', ownHall);
  for (let more = 0; more < 40; more += 1) {
    await issue(request, 'food-shop-change', more % 7 === 3 ? 'elder' : 'none', ownHall);
  }
  const counter = await clerkAt(open, 1, { at: ownHall, screen: screens.desktop });
  await press(counter, ' ');
  await expect(inHand(counter)).toHaveText(number);
  await screenshot(counter, 'counter-forty');

  await ownHall.close();
  await expect(counter.getByText(/连接中断，自 \d\d:\d\d 起未更新/)).toBeVisible();
  await expect(bigKey(counter)).toBeDisabled();
  await screenshot(counter, 'counter-stale');

  await ownHall.reopen();
  await expect(counter.getByText('连接中断')).toHaveCount(0);
  await expect(inHand(counter)).toHaveText(number);
  await expect(bigKey(counter)).toBeEnabled();
});
