// A terminal minds its browser: a real terminal starts a real browser, to which all that is done
// that happens to browsers.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test as base } from '../hall/index.js';
import { openTerminal } from '../hall/terminal.js';

const test = base.extend({
  terminal: async ({ ownHall }, use, info) => {
    const terminal = await openTerminal(ownHall, { browser: true });
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
