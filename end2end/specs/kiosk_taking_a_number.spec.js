// A kiosk: from the first touch to the number.

import { expect, readQr, screens, screenshot, test } from '../hall/index.js';
import { ORIENTATIONS, line, number, openMatter, row, takeButton, title, waiting } from '../hall/kiosk.js';
import { setSize } from '../hall/modes.js';

for (const [orientation, screen] of ORIENTATIONS) {
  test(`three touches to a number, on a screen that is ${orientation}`, async ({ open, hall }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await expect(line(kiosk, '企业开办')).toBeVisible();
    await screenshot(kiosk, `kiosk-home-${orientation}`);

    await line(kiosk, '企业开办').tap();
    await screenshot(kiosk, `kiosk-matters-${orientation}`);
    await row(kiosk, '个体工商户设立登记').tap();
    await expect(kiosk.locator('.materials')).toContainText('经营者身份证');
    await screenshot(kiosk, `kiosk-guide-${orientation}`);
    await takeButton(kiosk).tap();

    await expect(number(kiosk)).toHaveText(/^A\d{3,}$/);
    await expect(kiosk.locator('.what')).toContainText('个体工商户设立登记');
    await screenshot(kiosk, `kiosk-ticket-${orientation}`);

    const address = await readQr(kiosk.locator('.qr'));
    expect(address, 'alphanumeric, so that the modules are large').toMatch(
      /^https?:\/\/[0-9A-Z $%*+\-./:]+$/,
    );
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(await number(kiosk).textContent());
    expect(new URL(address).origin.toLowerCase()).toBe(hall.address);

    await kiosk.getByRole('button', { name: '完成' }).tap();
    await expect(line(kiosk, '企业开办')).toBeVisible();
  });

  test(`every page fits a screen that is ${orientation}, in English and large type`, async ({ open }) => {
    const kiosk = await open(screen, '/kiosk/K1');
    await kiosk.getByRole('button', { name: 'English' }).tap();
    await setSize(kiosk, 2);
    await fits(kiosk);
    await screenshot(kiosk, `kiosk-home-${orientation}-en-large`);
    await line(kiosk, 'Permits').tap();
    await fits(kiosk);
    await row(kiosk, 'Permit to discharge sewage').tap();
    await fits(kiosk);
    await screenshot(kiosk, `kiosk-guide-${orientation}-en-large`);
    await takeButton(kiosk).tap();
    await expect(number(kiosk)).toBeVisible();
    await fits(kiosk);
    await screenshot(kiosk, `kiosk-ticket-${orientation}-en-large`);
  });
}

/**
 * Every button is completely visible and large enough for a finger. No button
 * overlaps another, and no text overlaps another.
 */
async function fits(kiosk) {
  const problems = await kiosk.evaluate(() => {
    const visible = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const buttons = [...document.querySelectorAll('button')].filter(visible).map((button) => ({
      text: button.innerText,
      box: button.getBoundingClientRect(),
    }));
    const small = buttons.filter(
      ({ box }) =>
        box.width < 72 || box.height < 72 || box.left < 0 || box.top < 0 ||
        box.right > innerWidth || box.bottom > innerHeight,
    );

    // All text, line by line; of a list that scrolls, the visible part.
    const texts = [];
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
          // Line boxes are taller than their letters.
          const inset = box.height * 0.2;
          texts.push({
            text: text.data,
            box: { left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset },
          });
        }
      }
    }
    const outside = texts.filter(
      ({ box }) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight,
    );
    const overlaps = (things) =>
      things.flatMap((a, at) =>
        things
          .slice(at + 1)
          .filter(
            (b) =>
              a.box.left < b.box.right && b.box.left < a.box.right &&
              a.box.top < b.box.bottom && b.box.top < a.box.bottom,
          )
          .map((b) => `${a.text} / ${b.text}`),
      );
    return [...small, ...outside, ...overlaps(buttons), ...overlaps(texts)];
  });
  expect(problems).toEqual([]);
}

test('a line with a single matter leads straight to its guide', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await line(kiosk, '婚姻登记').tap();
  await expect(title(kiosk)).toHaveText('国内婚姻登记');
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toHaveText(/^E\d{3,}$/);
});

test('a matter is found by its pinyin initials', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await kiosk.getByRole('button', { name: '查找事项' }).tap();
  for (const letter of 'SFZ') {
    await kiosk.getByRole('button', { name: letter, exact: true }).tap();
  }
  await expect(kiosk.locator('.matter').first()).toContainText('居民身份证');
  await screenshot(kiosk, 'kiosk-search-upright');
  await row(kiosk, '居民身份证换领').tap();
  await expect(title(kiosk)).toHaveText('居民身份证换领');
  await kiosk.getByRole('button', { name: '返回' }).tap();
  await expect(kiosk.locator('.typed')).toHaveValue('SFZ');
});

test('a chosen priority belongs to one ticket, not to the next visitor', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const priorities = [];
  kiosk.on('request', (request) => {
    if (request.url().endsWith('/api/kiosk/issue')) {
      priorities.push(request.postDataJSON().priority);
    }
  });
  await openMatter(kiosk);
  await kiosk.getByRole('radio', { name: '残障人士' }).tap();
  await takeButton(kiosk).tap();
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  expect(priorities).toEqual(['disabled', 'none']);
});

test('two quick touches take one number', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  await kiosk.evaluate(() => {
    const key = document.querySelector('.take');
    key.click();
    key.click();
  });
  await expect(number(kiosk)).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});

test('the second touch of a double touch presses nothing on the next page', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await openMatter(kiosk);
  const pressed = await takeButton(kiosk).boundingBox();
  const finish = kiosk.getByRole('button', { name: '完成' });
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const { x, y, width, height } = await finish.boundingBox();
  expect(y, 'both buttons are in the same place').toBeLessThan(pressed.y + pressed.height);
  await kiosk.touchscreen.tap(x + width / 2, y + height / 2);
  await expect(number(kiosk)).toBeVisible();
  // After a moment the button works.
  await finish.tap();
  await expect(number(kiosk)).toHaveCount(0);
});

test('after a lost answer the request is repeated and gives the same number', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  const requests = new Set();
  let lost = 2;
  await kiosk.route('**/api/kiosk/issue', async (route) => {
    requests.add(route.request().postDataJSON().request_id);
    if (lost > 0) {
      lost -= 1;
      // The request reaches the server; the answer does not reach the kiosk.
      await route.fetch();
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(title(kiosk)).toHaveText('正在取号');
  await expect(number(kiosk)).toBeVisible();
  expect(requests.size).toBe(1);
  expect(await waiting(ownHall)).toBe(1);
});

test('a kiosk that gave out too many numbers waits, and goes on by itself', async ({ open, ownHall }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  let refused = 0;
  await kiosk.route('**/api/kiosk/issue', async (route) => {
    if (refused === 0) {
      refused += 1;
      const refusal = { code: 'too_many_numbers', message: '…', next: '…', retry_after: 2 };
      await route.fulfill({ status: 429, json: refusal });
    } else {
      await route.continue();
    }
  });
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(title(kiosk)).toHaveText('刚刚取号的人很多');
  await expect(number(kiosk)).toBeVisible();
  expect(await waiting(ownHall)).toBe(1);
});
