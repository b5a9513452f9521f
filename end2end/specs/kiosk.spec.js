// The kiosk: from the first touch to the number, and everything that may be in the way.

import { direct } from '../hall/director.js';
import { expect, picture, readQr, screens, test } from '../hall/index.js';

const SHAPES = [
  ['upright', screens.kioskUpright],
  ['flat', screens.kioskFlat],
];

const line = (kiosk, letter) => kiosk.locator('.card', { hasText: letter }).first();
const row = (kiosk, name) => kiosk.locator('.matter', { hasText: name });
const take = (kiosk) => kiosk.locator('.take');
const number = (kiosk) => kiosk.locator('.ticket .hero');
const title = (kiosk) => kiosk.locator('main h1');

/** People waiting in all lines of the hall. */
async function waiting(hall) {
  const now = await (await fetch(`${hall.address}/api/hall`)).json();
  return now.lines.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** Goes to the guide of a matter in the first line. */
async function toGuide(kiosk) {
  await line(kiosk, '企业开办').tap();
  await row(kiosk, '个体工商户设立登记').tap();
}

for (const [shape, screen] of SHAPES) {
  test(`three touches to a number, on a screen that stands ${shape}`, async ({ open, hall }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await picture(kiosk, `kiosk-home-${shape}`);

    await line(kiosk, '企业开办').tap();
    await picture(kiosk, `kiosk-matters-${shape}`);
    await row(kiosk, '个体工商户设立登记').tap();
    await expect(kiosk.locator('.materials')).toContainText('经营者身份证');
    await picture(kiosk, `kiosk-guide-${shape}`);
    await take(kiosk).tap();

    await expect(number(kiosk)).toHaveText(/^A\d{3,}$/);
    await expect(kiosk.locator('.what')).toContainText('个体工商户设立登记');
    await picture(kiosk, `kiosk-ticket-${shape}`);

    const address = await readQr(kiosk.locator('.qr'));
    expect(address, 'alphanumeric, so that its modules are large').toMatch(/^[0-9A-Z $%*+\-./:]+$/);
    const followed = await fetch(address);
    expect(followed.status).toBe(200);
    expect(await followed.text()).toContain(await number(kiosk).textContent());
    expect(new URL(address).origin.toLowerCase()).toBe(hall.address);

    await kiosk.getByRole('button', { name: '完成' }).tap();
    await expect(line(kiosk, '企业开办')).toBeVisible();
  });

  test(`every page fits a screen that stands ${shape}, in English and large`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await kiosk.getByRole('button', { name: 'English' }).tap();
    await kiosk.getByRole('button', { name: 'Larger' }).tap();
    await fits(kiosk);
    await picture(kiosk, `kiosk-home-${shape}-en-large`);
    await line(kiosk, 'Permits').tap();
    await fits(kiosk);
    await row(kiosk, 'Permit to discharge sewage').tap();
    await fits(kiosk);
    await picture(kiosk, `kiosk-guide-${shape}-en-large`);
    await take(kiosk).tap();
    await expect(number(kiosk)).toBeVisible();
    await fits(kiosk);
    await picture(kiosk, `kiosk-ticket-${shape}-en-large`);
  });
}

/**
 * Every key can be seen whole and is large enough for a finger; no key lies
 * over another, and no words over others.
 */
async function fits(kiosk) {
  const wrong = await kiosk.evaluate(() => {
    const visible = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const keys = [...document.querySelectorAll('button')].filter(visible).map((key) => ({
      said: key.innerText,
      box: key.getBoundingClientRect(),
    }));
    const small = keys.filter(
      ({ box }) =>
        box.width < 72 || box.height < 72 || box.left < 0 || box.top < 0 ||
        box.right > innerWidth || box.bottom > innerHeight,
    );

    // What is written, line by line; of a list that scrolls, what can be seen.
    const written = [];
    const walker = document.createTreeWalker(document.querySelector('.kiosk'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.data.trim() || !visible(text.parentElement)) {
        continue;
      }
      const scrolled = text.parentElement.closest('.materials')?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (!scrolled || box.bottom < scrolled.bottom) {
          // Line boxes are taller than the letters in them.
          const air = box.height * 0.2;
          written.push({
            said: text.data,
            box: { left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air },
          });
        }
      }
    }
    const outside = written.filter(
      ({ box }) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight,
    );
    const over = (things) =>
      things.flatMap((a, at) =>
        things
          .slice(at + 1)
          .filter(
            (b) =>
              a.box.left < b.box.right && b.box.left < a.box.right &&
              a.box.top < b.box.bottom && b.box.top < a.box.bottom,
          )
          .map((b) => `${a.said} / ${b.said}`),
      );
    return [...small, ...outside, ...over(keys), ...over(written)];
  });
  expect(wrong).toEqual([]);
}

test('a line with a single matter leads straight to its guide', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await line(kiosk, '婚姻登记').tap();
  await expect(title(kiosk)).toHaveText('国内婚姻登记');
  await take(kiosk).tap();
  await expect(number(kiosk)).toHaveText(/^E\d{3,}$/);
});

test('a matter is found by its pinyin initials', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '按拼音查找事项' }).tap();
  for (const letter of 'SFZ') {
    await kiosk.getByRole('button', { name: letter, exact: true }).tap();
  }
  await expect(kiosk.locator('.matter')).toHaveCount(2);
  await picture(kiosk, 'kiosk-search-upright');
  await row(kiosk, '居民身份证换领').tap();
  await expect(title(kiosk)).toHaveText('居民身份证换领');
  await kiosk.getByRole('button', { name: '返回' }).tap();
  await expect(kiosk.locator('.typed')).toHaveText('SFZ');
});

test('a guide is read without taking a number', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await line(kiosk, '民政民生').tap();
  await row(kiosk, '高龄津贴申请').tap();
  await expect(kiosk.locator('.reading')).toContainText('村居初审');
  await expect(kiosk.locator('.priorities')).toHaveCount(0);
});

test('a priority chosen goes with the ticket, and not to the next visitor', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const asked = [];
  kiosk.on('request', (request) => {
    if (request.url().endsWith('/api/kiosk/issue')) {
      asked.push(request.postDataJSON().priority);
    }
  });
  await toGuide(kiosk);
  await kiosk.getByRole('radio', { name: '残障人士' }).tap();
  await take(kiosk).tap();
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await toGuide(kiosk);
  await take(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  expect(asked).toEqual(['disabled', 'none']);
});

test('two quick touches take one number', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await toGuide(kiosk);
  await expect(take(kiosk)).toBeVisible();
  await kiosk.evaluate(() => {
    const key = document.querySelector('.take');
    key.click();
    key.click();
  });
  await expect(number(kiosk)).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});

test('the second half of a double touch presses nothing on the next page', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await toGuide(kiosk);
  const key = await take(kiosk).boundingBox();
  const finish = kiosk.getByRole('button', { name: '完成' });
  await take(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const { x, y, width, height } = await finish.boundingBox();
  expect(y, 'one lies where the other lay').toBeLessThan(key.y + key.height);
  await kiosk.touchscreen.tap(x + width / 2, y + height / 2);
  await expect(number(kiosk)).toBeVisible();
  // And once it has rested it does what it says.
  await finish.tap();
  await expect(number(kiosk)).toHaveCount(0);
});

test('a lost answer is asked for again and gives the same number', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const requests = new Set();
  let lost = 2;
  await kiosk.route('**/api/kiosk/issue', async (route) => {
    requests.add(route.request().postDataJSON().request_id);
    if (lost > 0) {
      lost -= 1;
      // It reaches the hall; the answer does not reach the kiosk.
      await route.fetch();
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await toGuide(kiosk);
  await take(kiosk).tap();
  await expect(title(kiosk)).toHaveText('正在取号');
  await expect(number(kiosk)).toBeVisible();
  expect(requests.size).toBe(1);
  expect(await waiting(ownHall)).toBe(1);
});

test('without a server the kiosk says so, and goes on when it is back', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await ownHall.cut();
  await expect(title(kiosk)).toHaveText('暂时连不上服务器');
  await picture(kiosk, 'kiosk-no-server-upright');
  await ownHall.reopen();
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('a number asked for while the server goes away comes when it is back', async ({
  open,
  ownHall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await toGuide(kiosk);
  await expect(take(kiosk)).toBeVisible();
  await ownHall.cut();
  await take(kiosk).tap();
  await expect(kiosk.locator('.notice')).toContainText('不会重复取号');
  await ownHall.reopen();
  await expect(number(kiosk)).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});

test('outside opening hours it says when numbers are given again', async ({ open, ownHall }) => {
  await direct(ownHall, ({ station }) => {
    // Open on one day of the week only, which is neither today nor tomorrow.
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const day = days[(new Date().getUTCDay() + 3) % 7];
    station.hours = { week: { [day]: [['09:00', '12:00']] } };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K3', { at: ownHall });
  await expect(title(kiosk)).toHaveText('大厅现在不办公');
  await expect(kiosk.locator('.opens')).toContainText('09:00');
  await picture(kiosk, 'kiosk-closed-upright');

  await kiosk.getByRole('button', { name: '办事指南' }).tap();
  await line(kiosk, '社会保障').tap();
  await expect(take(kiosk)).toHaveCount(0);
  await kiosk.getByRole('button', { name: '首页' }).tap();
  await expect(title(kiosk)).toHaveText('大厅现在不办公');

  await direct(ownHall, ({ station }) => {
    station.hours = { always: true };
  });
  await expect(line(kiosk, '社会保障')).toBeVisible();
});

test('an unknown kiosk tells its installer what to do, and starts once it is known', async ({
  open,
  ownHall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K9', { at: ownHall });
  await expect(title(kiosk)).toHaveText('这台终端还没有登记');
  await expect(kiosk.locator('.notice')).toContainText('K9');
  await picture(kiosk, 'kiosk-unknown-upright');
  await direct(ownHall, ({ main }) => {
    main.kiosk.push({ id: 'K9', name: { zh: '三楼', en: 'Second floor' }, printer: { kind: 'none' } });
  });
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test('a closed line is a page of its own that leaves by itself', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1', { at: ownHall });
  const close = (closed) =>
    direct(ownHall, ({ main }) => {
      main.line.find(({ letter }) => letter === 'B').closed = closed;
    });
  await close(true);
  await expect(line(kiosk, '综合审批')).toContainText('暂停取号');
  await line(kiosk, '综合审批').tap();
  await expect(title(kiosk)).toHaveText('综合审批 · 暂停取号');
  await picture(kiosk, 'kiosk-line-closed-flat');
  await close(false);
  await expect(row(kiosk, '林木采伐许可')).toBeVisible();
});

test('a printer that does not answer is said before a number is taken', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const prints = (printer) =>
    direct(ownHall, ({ main }) => {
      main.kiosk.find(({ id }) => id === 'K1').printer = printer;
    });
  // Nobody listens at the discard port.
  await prints({ kind: 'escpos', address: '127.0.0.1:9' });
  await expect(title(kiosk)).toHaveText('打印机没有响应', { timeout: 30_000 });
  await picture(kiosk, 'kiosk-printer-upright');

  await kiosk.getByRole('button', { name: '不打印，继续取号' }).tap();
  await toGuide(kiosk);
  await expect(kiosk.locator('.note')).toContainText('不打印小票');
  await take(kiosk).tap();
  await expect(kiosk.locator('.slip-state')).toContainText('请用手机拍下号码和二维码');
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await expect(title(kiosk)).toHaveText('打印机没有响应');

  await prints({ kind: 'none' });
  await expect(line(kiosk, '企业开办')).toBeVisible();
});

test("the kiosk's browser prints the slip, and prints it again when asked", async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.close();
  const printing = await kiosk.context().newPage();
  await printing.addInitScript(() => {
    window.slips = [];
    window.print = () => window.slips.push(document.querySelector('.slip-sheet svg').textContent);
  });
  await printing.goto('/kiosk/K2');
  await toGuide(printing);
  await take(printing).tap();
  await expect(printing.locator('.slip-state')).toContainText('请取走小票');
  const given = await number(printing).textContent();
  const slips = () => printing.evaluate(() => window.slips);
  expect(await slips()).toEqual([expect.stringContaining(given)]);

  await printing.emulateMedia({ media: 'print' });
  await picture(printing, 'kiosk-slip-print');
  const slip = printing.locator('.slip-sheet svg');
  const [low, high] = await slip.evaluate((svg) => {
    const { y, height } = svg.querySelector('g').getBBox({ stroke: true });
    return [y + height + 4, svg.viewBox.baseVal.height];
  });
  expect(low, 'nothing is cut off at its foot').toBeLessThanOrEqual(high);
  await expect(printing.locator('.kiosk')).toBeHidden();
  await printing.emulateMedia({ media: 'screen' });

  await printing.getByRole('button', { name: '补打小票' }).tap();
  await expect.poll(async () => (await slips()).length).toBe(2);
  expect((await slips())[1]).toContain(given);
});

test('a slip held to the scanner shows where its ticket is', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await toGuide(kiosk);
  await take(kiosk).tap();
  const given = await number(kiosk).textContent();
  const address = await readQr(kiosk.locator('.qr'));
  await kiosk.getByRole('button', { name: '完成' }).tap();

  await kiosk.getByRole('button', { name: '查进度' }).tap();
  await kiosk.keyboard.type('6901234567892\n');
  await expect(kiosk.getByRole('alert')).toContainText('没有读到号票');
  await kiosk.keyboard.type(`${address}\n`);
  await expect(kiosk.locator('.followed .hero')).toHaveText(given);
  await expect(kiosk.locator('.followed')).toContainText('等候中');
  await picture(kiosk, 'kiosk-followed-upright');
});

test('a visitor who has gone is asked, and then forgotten', async ({ open, ownHall }) => {
  // The shortest that may be set, twice, and the countdown.
  test.setTimeout(120_000);
  await direct(ownHall, ({ main }) => {
    main.rules = { ...main.rules, idle_seconds: 10, countdown_seconds: 20 };
  });
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await kiosk.getByRole('button', { name: 'English' }).tap();
  await kiosk.getByRole('button', { name: 'Larger' }).tap();
  await line(kiosk, 'Permits').tap();
  const asked = kiosk.getByRole('alertdialog');
  await expect(asked).toContainText('Are you still here?', { timeout: 20_000 });
  await picture(kiosk, 'kiosk-idle-upright');
  await asked.getByRole('button', { name: 'Continue' }).tap();
  await expect(asked).toHaveCount(0);
  await expect(row(kiosk, 'Tree felling permit')).toBeVisible();

  await expect(asked).toBeVisible({ timeout: 20_000 });
  await expect(asked).toHaveCount(0, { timeout: 40_000 });
  await expect(title(kiosk)).toHaveText('请选择业务');
  await expect(kiosk.getByRole('button', { name: '大字' })).toBeVisible();
  expect(await kiosk.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
});

test('the keys of the browser, menus and selecting do nothing', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await kiosk.evaluate(() => {
    window.same = true;
    window.left = [];
    for (const name of ['keydown', 'contextmenu', 'wheel', 'dragstart', 'selectstart', 'touchmove']) {
      // Added last and heard last: nobody may stop the event after this.
      window.addEventListener(name, (event) => {
        if (!event.defaultPrevented) {
          window.left.push(`${name} ${event.key ?? ''}`);
        }
      });
    }
  });
  for (const key of ['F5', 'F11', 'F12', 'Backspace', 'Escape', 'Alt+ArrowLeft', 'Control+r', 'Control+p', 'Control+Minus', 'ContextMenu']) {
    await kiosk.keyboard.press(key);
  }
  await line(kiosk, '企业开办').click({ button: 'right' });
  await kiosk.locator('h1').dblclick();
  await kiosk.keyboard.down('Control');
  await kiosk.mouse.wheel(0, 200);
  await kiosk.keyboard.up('Control');
  await pinch(kiosk);

  expect(await kiosk.evaluate(() => getSelection().toString())).toBe('');
  expect(await kiosk.evaluate(() => visualViewport.scale)).toBe(1);
  const left = await kiosk.evaluate(() => window.left);
  expect(left.filter((event) => !/^keydown (Alt|Control)$/.test(event))).toEqual([]);

  await kiosk.evaluate(() => history.back());
  await expect(line(kiosk, '企业开办')).toBeVisible();
  expect(await kiosk.evaluate(() => window.same), 'the page was never left').toBe(true);
});

/** Two fingers that move apart. */
async function pinch(kiosk) {
  const session = await kiosk.context().newCDPSession(kiosk);
  const fingers = (apart) => [
    { x: 500 - apart, y: 900, id: 1 },
    { x: 500 + apart, y: 900, id: 2 },
  ];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(50) });
  for (const apart of [100, 200, 300]) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
