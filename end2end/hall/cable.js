// The cable between a terminal and the hall's server: it can be cut, hang, and be mended.

import { connect, createServer } from 'node:net';

import { freePort } from './server.js';

/** Lays a cable to a hall; `address` is the end at the terminal. */
export async function layCable(hall) {
  const cable = new Cable(new URL(hall.address));
  await cable.lay();
  return cable;
}

class Cable {
  #to;
  #server;
  #sockets = new Set();
  #state = 'whole';

  constructor(to) {
    this.#to = to;
  }

  async lay() {
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    this.#server = createServer((near) => this.#join(near));
    await new Promise((ready) => this.#server.listen(port, '127.0.0.1', ready));
  }

  /** Nothing arrives, and nothing new is connected. */
  cut() {
    this.#state = 'cut';
    this.#sockets.forEach((socket) => socket.destroy());
  }

  /** What is sent is lost without a sign, as behind a wall that drops packets. */
  hang() {
    this.#state = 'hangs';
  }

  mend() {
    const hung = this.#state === 'hangs';
    this.#state = 'whole';
    if (hung) {
      // Whoever still waits learns it now.
      this.#sockets.forEach((socket) => socket.destroy());
    }
  }

  close() {
    this.cut();
    return new Promise((done) => this.#server.close(done));
  }

  #join(near) {
    this.#sockets.add(near);
    near.on('close', () => this.#sockets.delete(near));
    near.on('error', () => {});
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#to.port), this.#to.hostname);
    this.#sockets.add(far);
    far.on('error', () => near.destroy());
    far.on('close', () => {
      this.#sockets.delete(far);
      near.destroy();
    });
    near.on('close', () => far.destroy());
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', (bytes) => this.#state === 'whole' && to.write(bytes));
    }
  }
}
