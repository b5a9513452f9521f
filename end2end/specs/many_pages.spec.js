// Many pages in one browser. By HTTP/1.1 a browser opens six connections to a host, and each
// stream keeps one: without sharing, the seventh page waits for ever.

import { takeNumber } from '../hall/api.js';
import { expect, screens, test } from '../hall/index.js';
import { openCounter } from '../hall/staff.js';

/** The pages of one browser: of each kind several, at the same and at different addresses. */
async function openMany(first, tokens) {
  const paths = [
    '/display/main',
    '/display/main',
    '/display/station',
    '/kiosk/K1',
    '/kiosk/K2',
    '/kiosk/K1',
    ...tokens.map((token) => `/t/${token}`),
  ];
  const pages = [];
  for (const path of paths) {
    const page = await first.context().newPage();
    await page.goto(path);
    pages.push(page);
  }
  return pages;
}

test('ten pages of one browser load, and all stay live', async ({ open, ownHall }) => {
  const tickets = [];
  for (let count = 0; count < 5; count += 1) {
    tickets.push(await takeNumber(ownHall, 'food-permit'));
  }
  const counter = await openCounter(open, ownHall, 1);
  const pages = await openMany(counter, tickets.map((ticket) => ticket.token));
  const displays = pages.slice(0, 2);
  const phones = pages.slice(6);
  for (const phone of phones) {
    await expect(phone.locator('.is-live')).toBeVisible();
  }

  // A change made now reaches every page that shows it.
  await counter.keyboard.press(' ');
  await expect(counter.locator('.visitor .number')).toHaveText(tickets[0].number);
  await expect(phones[0].locator('main')).toHaveAttribute('data-state', 'called');
  for (const display of displays) {
    await expect(display.getByText(tickets[0].number).first()).toBeVisible();
  }
  for (const phone of phones.slice(1)) {
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'waiting');
  }

  // Closing pages, among them the one that was there first, stops none of the others.
  await pages[0].close();
  await phones[0].close();
  await counter.keyboard.press('f');
  const next = counter.locator('.levers .next');
  await expect(next).toBeEnabled();
  await ownHall.close();
  await ownHall.reopen();
  const late = await takeNumber(ownHall, 'food-permit');
  expect(late.number).toBeTruthy();
  await expect(displays[1].locator('.stale')).toBeHidden({ timeout: 30_000 });
});

test('a page that signs in later listens by its own session', async ({ open, ownHall }) => {
  const display = await open(screens.desktop, '/display/main', { at: ownHall });
  const kiosk = await display.context().newPage();
  await kiosk.goto('/kiosk/K1');
  const sameBrowser = async () => {
    const page = await display.context().newPage();
    await page.goto('/counter');
    return page;
  };
  const counter = await openCounter(sameBrowser, ownHall, 2);
  const ticket = await takeNumber(ownHall, 'food-permit');
  await expect(counter.locator('.levers .next')).toBeEnabled();
  await counter.keyboard.press(' ');
  await expect(counter.locator('.visitor .number')).toHaveText(ticket.number);
  await expect(display.getByText(ticket.number).first()).toBeVisible();
});
