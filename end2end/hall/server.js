// A hall of one's own: the real program, on an empty database, with the demo in it.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Opens a hall. It can be closed and opened again on the same database and
 * address (`close`, `reopen`), as after a power cut (`cut`), and is taken away
 * with all it wrote (`remove`).
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
  #said = '';

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

  /** What the server has printed so far. */
  get said() {
    return this.#said;
  }

  /** Starts the server; returns once it answers. */
  async reopen() {
    const server = spawn(
      this.#program,
      ['serve', '--demo', '--db', this.db, '--listen', this.listen, '--public-url', this.address],
      {
        cwd: this.folder,
        env: { ...process.env, JIBAN_DEMO_PASSWORD: this.password, ...this.#environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#server = server;
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#said += text));
    }
    server.once('error', (error) => (this.#said += error.message));
    const patience = Date.now() + 30_000;
    while (!(await this.#answers())) {
      if (server.exitCode !== null || server.pid === undefined || Date.now() > patience) {
        server.kill('SIGKILL');
        throw new Error(`the server did not start:\n${this.#said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #answers() {
    try {
      return (await fetch(`${this.address}/healthz`)).ok;
    } catch {
      return false;
    }
  }

  /** Ends the server as an operator does. */
  async close() {
    await this.#end('SIGTERM');
  }

  /** Ends the server as a power cut does. */
  async cut() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) {
      return;
    }
    const ended = once(server, 'exit');
    server.kill(signal);
    const insist = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(insist);
  }

  /** Ends the server and takes away its folder. */
  async remove() {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
