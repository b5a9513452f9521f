// A terminal of a kiosk for a test: the real program, beside a hall.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './server.js';

/** The browser that it starts: as on a kiosk's machine, but without a screen. */
const BROWSER_FLAGS = [
  '--headless=new',
  // Chromium's own sandbox does not start as root.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--window-size=1080,1920',
];

/**
 * Starts a terminal of a hall. It can be ended as by a power cut and started again on the same
 * store and address (`kill`, `reopen`); `remove` ends it and deletes everything it wrote.
 *
 * @param {{kiosk?: string, browser?: boolean, flags?: string[],
 *   environment?: Record<string, string>}} options `flags` are further ones of the browser
 */
export async function openTerminal(
  hall,
  { kiosk = 'K1', browser = false, flags = [], environment = {} } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'jiban-terminal-'));
  // Whatever it and its browser write is in its folder.
  const own = { HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') };
  await Promise.all(Object.values(own).map((path) => mkdir(path)));
  const options = { kiosk, browser, flags, environment: { ...own, ...environment } };
  const terminal = new Terminal(hall, folder, await freePort(), options);
  await terminal.reopen();
  return terminal;
}

class Terminal {
  #program = process.env.JIBAN_BIN;
  #process;
  #output = '';
  #options;

  constructor(hall, folder, port, options) {
    this.#options = options;
    this.hall = hall;
    this.folder = folder;
    this.store = join(folder, 'terminal.db');
    /** Where its page is. */
    this.address = `http://127.0.0.1:${port}`;
    this.listen = `127.0.0.1:${port}`;
    process.once('exit', () => this.#process?.kill('SIGKILL'));
  }

  /** What it has said so far. */
  get output() {
    return this.#output;
  }

  get pid() {
    return this.#process.pid;
  }

  /** Starts it; returns once it answers. */
  async reopen() {
    const { kiosk, browser, flags, environment } = this.#options;
    const words = ['--server', this.hall.address, '--kiosk', kiosk, '--listen', this.listen];
    words.push('--store', this.store);
    if (browser) {
      words.push('--browser', process.env.CHROMIUM ?? '/usr/bin/chromium');
      words.push(`--browser-flags=${[...BROWSER_FLAGS, ...flags].join(' ')}`);
    } else {
      words.push('--no-browser');
    }
    const started = spawn(this.#program, ['terminal', ...words], {
      cwd: this.folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#output += text));
    }
    started.once('error', (error) => (this.#output += error.message));
    const deadline = Date.now() + 30_000;
    while ((await this.health()) === null) {
      if (started.exitCode !== null || started.pid === undefined || Date.now() > deadline) {
        started.kill('SIGKILL');
        throw new Error(`the terminal did not start:\n${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What it says of itself; null where it does not answer. */
  async health() {
    try {
      return await (await fetch(`${this.address}/healthz`)).text();
    } catch {
      return null;
    }
  }

  /** Ends it as an operator does. */
  async close() {
    await this.#end('SIGTERM');
  }

  /** Ends it as a power cut does; its browser goes on, as on a machine without systemd. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    const running = this.#process;
    if (!running || running.exitCode !== null || running.signalCode !== null) {
      return;
    }
    const ended = once(running, 'exit');
    running.kill(signal);
    const killTimer = setTimeout(() => running.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(killTimer);
  }

  /** Ends it and deletes its folder. */
  async remove() {
    await this.close();
    // Its browser may still be writing while it is ended.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
