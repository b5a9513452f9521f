// The first lines of a spec:
//
//   import { test, expect, screens, screenshot, readQr } from '../hall/index.js';
//
//   test('a visitor takes a number', async ({ open }) => {
//     const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
//     ...
//   });

import { expect, test as base } from '@playwright/test';

import { openHall } from './server.js';

export { expect };
export { screenshot, readQr } from './screenshot.js';
export { screens } from './screens.js';
export { openHall } from './server.js';

export const test = base.extend({
  /** The hall that a worker's specs share: they may take tickets, but not close it. */
  hall: [
    async ({}, use) => {
      const hall = await openHall();
      await use(hall);
      await hall.remove();
    },
    { scope: 'worker' },
  ],

  /** A hall for one test, which may close it. */
  ownHall: async ({}, use, info) => {
    const hall = await openHall();
    await use(hall);
    await hall.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('server', { body: hall.output });
    }
  },

  /**
   * `open(screen, path, options)`: a separate browser, as another person or
   * machine has it, at a path of the hall. An error in any of its pages fails the test, and
   * so does what the security policy blocks.
   * Options are those of Playwright's contexts, and `at`: a hall other than the
   * shared one.
   */
  open: async ({ browser, hall, contextOptions }, use) => {
    const opened = [];
    const errors = [];
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
      // Whatever a policy blocks is a fault of the page or of the policy.
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`blocked by ${event.violatedDirective}: ${event.blockedURI}`);
        });
      });
      context.on('page', (page) => {
        page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`));
        page.on('console', (message) => {
          // The browser reports every refusal of the server, and every server that is away.
          const told = /Failed to load resource|net::ERR_|^WebSocket connection to .* failed|^TypeError: Failed to fetch/.test(message.text());
          if (message.type() === 'error' && !told) {
            errors.push(`${path}: ${message.text()}`);
          }
        });
      });
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
    expect(errors, 'no errors in any page').toEqual([]);
  },
});

/**
 * The same with a hall that counts nobody's requests: for specs in which one machine plays more
 * visitors in some minutes than a hall has in a day.
 */
export const unboundedTest = test.extend({
  hall: [
    async ({}, use) => {
      const hall = await openHall({ JIBAN_LIMITS: 'off' });
      await use(hall);
      await hall.remove();
    },
    { scope: 'worker' },
  ],
});
