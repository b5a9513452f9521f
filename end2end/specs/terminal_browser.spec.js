// A terminal minds its browser: a real terminal starts a real browser, to which all that is done
// that happens to browsers.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { expect, test as base } from '../hall/index.js';
import { line, signsOf, title } from '../hall/kiosk.js';
import { freePort } from '../hall/server.js';
import { openTerminal } from '../hall/terminal.js';

const test = base.extend({
  /** The megabytes at which the browser is started again. */
  memory: [1500, { option: true }],

  /** Where a spec looks into the browser, beside the pipe that the terminal keeps to itself. */
  port: async ({}, use) => use(await freePort()),

  terminal: async ({ ownHall, memory, port }, use, info) => {
    const terminal = await openTerminal(ownHall, {
      browser: true,
      flags: [`--remote-debugging-port=${port}`],
      environment: { JIBAN_BROWSER_MEMORY: String(memory) },
    });
    await use(terminal);
    await terminal.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('terminal', { body: terminal.output });
    }
  },
});

test.setTimeout(120_000);

/** The processes of the browser, by what they are for; the browser's own has no type. */
function processes(terminal) {
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (line.includes(join(terminal.folder, 'browser'))) {
        found.push({ pid: Number(pid), type: /--type=(\S+)/.exec(line)?.[1] ?? 'browser' });
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

const browserOf = (terminal) => processes(terminal).find(({ type }) => type === 'browser')?.pid;
const pageOf = (terminal) => processes(terminal).filter(({ type }) => type === 'renderer');

/** Waits until the page of a browser that was started `starts` times gives signs. */
async function lives(terminal, starts) {
  const within = { timeout: 60_000 };
  await expect.poll(() => terminal.health(), within).toContain(`browser: ${starts} start`);
  await expect.poll(() => terminal.health(), within).toMatch(/page: (home|blocked), heard [0-6] s/);
}

test('it starts the browser with its page, and again when the browser is killed', async ({
  terminal,
}) => {
  await lives(terminal, 1);
  const first = browserOf(terminal);
  process.kill(first, 'SIGKILL');
  await lives(terminal, 2);
  expect(browserOf(terminal)).not.toBe(first);
  expect(terminal.output).toContain('browser_died');
});

test('a page that crashed, and one that hangs, are opened again', async ({ terminal }) => {
  await lives(terminal, 1);
  for (const { pid } of pageOf(terminal)) {
    process.kill(pid, 'SIGKILL');
  }
  await lives(terminal, 2);
  for (const { pid } of pageOf(terminal)) {
    process.kill(pid, 'SIGSTOP');
  }
  await lives(terminal, 3);
  expect(terminal.output).toContain('browser_hung');
});

test('a browser that a killed terminal left behind is ended by the next', async ({ terminal }) => {
  await lives(terminal, 1);
  const left = browserOf(terminal);
  await terminal.kill();
  expect(browserOf(terminal)).toBe(left);
  await terminal.reopen();
  await lives(terminal, 1);
  expect(browserOf(terminal)).not.toBe(left);
  await terminal.close();
  await expect.poll(() => processes(terminal)).toEqual([]);
});

test('its profile holds nothing of a browser before', async ({ terminal }) => {
  await lives(terminal, 1);
  const planted = join(terminal.folder, 'browser', 'planted');
  execFileSync('touch', [planted]);
  process.kill(browserOf(terminal), 'SIGKILL');
  await lives(terminal, 2);
  expect(readdirSync(join(terminal.folder, 'browser'))).not.toContain('planted');
});

/** The browser of a terminal, looked into: its page, and its remote control. */
async function lookInto(port) {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [page] = browser.contexts()[0].pages();
  return { page, control: await browser.newBrowserCDPSession(), leave: () => browser.close() };
}

test('a page that has strayed from its address is opened again', async ({ terminal, port }) => {
  await lives(terminal, 1);
  const { page, leave } = await lookInto(port);
  // An address of the terminal itself: only the kiosk's page is the kiosk's page.
  await page.goto(`${terminal.address}/healthz`).catch(() => {});
  await expect.poll(() => terminal.output).toContain('browser_strayed');
  await lives(terminal, 2);
  await leave();
  const again = await lookInto(port);
  expect(again.page.url()).toBe(`${terminal.address}/kiosk/K1`);
  await expect(title(again.page)).toHaveText('请选择业务');
  await again.leave();
});

test('a second page is closed, and the first goes on', async ({ terminal, port }) => {
  await lives(terminal, 1);
  const { page, control, leave } = await lookInto(port);
  await page.evaluate(() => (globalThis.isFirst = true));
  await control.send('Target.createTarget', { url: `${terminal.address}/kiosk/K1` });
  await expect.poll(() => terminal.output).toContain('second_page');
  const pages = async () => {
    const { targetInfos } = await control.send('Target.getTargets');
    return targetInfos.filter(({ type }) => type === 'page').map(({ url }) => url);
  };
  await expect.poll(pages).toEqual([`${terminal.address}/kiosk/K1`]);
  expect(await page.evaluate(() => globalThis.isFirst), 'the first page was left alone').toBe(true);
  await expect(title(page)).toHaveText('请选择业务');
  await lives(terminal, 1);
  await leave();
});

test.describe('with a limit that every browser is above', () => {
  test.use({ memory: 1 });

  test('a browser that has grown is started again, and not during a visit', async ({ terminal, port }) => {
    await lives(terminal, 1);
    const { page, leave } = await lookInto(port);
    const signs = signsOf(page);
    await line(page, '企业开办').click();
    // Whoever reads for so long is still there; at the first page it would be started again.
    const read = () => signs.some(({ shows, idle_seconds: idle }) => shows === 'visit' && idle >= 25);
    await expect.poll(read, { timeout: 60_000 }).toBe(true);
    expect(await terminal.health()).toMatch(/browser: 1 start, [1-9]/);
    expect(terminal.output).not.toContain('browser_grew');
    await page.getByRole('button', { name: '首页', exact: true }).click();
    await expect(title(page)).toHaveText('请选择业务');
    await expect.poll(() => terminal.output, { timeout: 60_000 }).toContain('browser_grew');
    await lives(terminal, 2);
    await leave();
  });
});
