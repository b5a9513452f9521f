// A hall for a test: the real program with the demo hall on an empty database.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Opens a hall. It can be closed, killed as by a power cut, and opened again on
 * the same database and address (`close`, `kill`, `reopen`). `remove` deletes
 * everything it wrote.
 *
 * @param {Record<string, string>} environment further settings
 */
export async function openHall(environment = {}) {
  const program = process.env.JIBAN_BIN;
  if (!program) {
    throw new Error('JIBAN_BIN names no server: run `cargo xtask test --browser`');
  }
  const folder = await mkdtemp(join(tmpdir(), 'jiban-'));
  const port = await freePort();
  const hall = new Hall(program, folder, port, environment);
  await hall.reopen();
  return hall;
}

class Hall {
  #program;
  #environment;
  #server;
  #output = '';

  constructor(program, folder, port, environment) {
    this.#program = program;
    this.#environment = environment;
    this.folder = folder;
    /** Where its pages are. */
    this.address = `http://127.0.0.1:${port}`;
    this.listen = `127.0.0.1:${port}`;
    this.db = join(folder, 'hall.db');
    /** The password of clerk1 to clerk6 and admin. */
    this.password = randomUUID();
    process.once('exit', () => this.#server?.kill('SIGKILL'));
  }

  /** The server's output so far. */
  get output() {
    return this.#output;
  }

  /** Starts the server; returns once it answers. */
  async reopen() {
    const server = spawn(
      this.#program,
      ['serve', '--demo', '--db', this.db, '--listen', this.listen, '--public-url', this.address],
      {
        cwd: this.folder,
        env: {
          ...process.env,
          JIBAN_DEMO_PASSWORD: this.password,
          // Journeys take more numbers a minute than people can touch.
          JIBAN_LIMIT_NUMBERS_PER_KIOSK: '1000',
          JIBAN_LIMIT_NUMBERS_PER_ADDRESS: '1000',
          ...this.#environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#server = server;
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#output += text));
    }
    server.once('error', (error) => (this.#output += error.message));
    const deadline = Date.now() + 30_000;
    while (!(await this.#answers())) {
      if (server.exitCode !== null || server.pid === undefined || Date.now() > deadline) {
        server.kill('SIGKILL');
        throw new Error(`the server did not start:\n${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Whether it serves, however it is: one whose clock is not believed says so and goes on. */
  async #answers() {
    try {
      return Boolean(await fetch(`${this.address}/healthz`));
    } catch {
      return false;
    }
  }

  /** Ends the server as an operator does. */
  async close() {
    await this.#end('SIGTERM');
  }

  /** Ends the server as a power cut does. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) {
      return;
    }
    const ended = once(server, 'exit');
    server.kill(signal);
    const killTimer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(killTimer);
  }

  /** Ends the server and deletes its folder. */
  async remove() {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
