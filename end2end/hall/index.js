// What a spec begins with:
//
//   import { test, expect, screens, picture, readQr } from '../hall/index.js';
//
//   test('a visitor takes a number', async ({ open }) => {
//     const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
//     ...
//   });

import { expect, test as base } from '@playwright/test';

import { openHall } from './server.js';

export { expect };
export { picture, readQr } from './picture.js';
export { screens } from './screens.js';
export { openHall } from './server.js';

export const test = base.extend({
  /** The hall that a worker's specs share: take tickets, but leave it open. */
  hall: [
    async ({}, use) => {
      const hall = await openHall();
      await use(hall);
      await hall.remove();
    },
    { scope: 'worker' },
  ],

  /** A hall for this test alone, which may close it. */
  ownHall: async ({}, use, info) => {
    const hall = await openHall();
    await use(hall);
    await hall.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('server', { body: hall.said });
    }
  },

  /**
   * `open(screen, path, options)`: a browser of its own, as another person or
   * machine would have it, at a path of the hall. Whatever breaks in its page
   * fails the test. Options are those of Playwright's contexts, and `at`:
   * another hall than the shared one.
   */
  open: async ({ browser, hall, contextOptions }, use) => {
    const opened = [];
    const broken = [];
    await use(async (screen, path, { at = hall, ...options } = {}) => {
      const context = await browser.newContext({
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        baseURL: at.address,
        ...contextOptions,
        ...screen,
        ...options,
      });
      opened.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => broken.push(`${path}: ${error.message}`));
      page.on('console', (message) => {
        if (message.text().includes('panicked at')) {
          broken.push(`${path}: ${message.text()}`);
        }
      });
      await page.goto(path);
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
    expect(broken, 'nothing breaks in a page').toEqual([]);
  },
});
