// A printer of slips by TCP with the moods of real ones: off, out of paper, open, slow, dumb,
// cut off in the middle of a slip. It reads ESC/POS as far as the terminal writes it and keeps
// the address in each slip's QR code.

import { createServer } from 'node:net';

/** What may happen to it; `ready` is none of it. */
export const MOODS = ['ready', 'off', 'paper out', 'open', 'slow', 'dumb', 'cut off'];

const DLE_EOT = [0x10, 0x04];

export async function startMoodyPrinter() {
  const printer = new MoodyPrinter();
  await printer.start();
  return printer;
}

class MoodyPrinter {
  mood = 'ready';
  /** The addresses in the QR codes of the slips that came out whole. */
  slips = [];
  #server;
  #connections = new Set();

  async start() {
    this.#server = createServer((connection) => this.#serve(connection));
    await new Promise((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.address = `127.0.0.1:${this.#server.address().port}`;
  }

  /** Changes its mood; switched off, it drops whoever is connected. */
  become(mood) {
    this.mood = mood;
    if (mood === 'off') {
      this.#connections.forEach((connection) => connection.destroy());
    }
  }

  close() {
    this.become('off');
    return new Promise((done) => this.#server.close(done));
  }

  #serve(connection) {
    if (this.mood === 'off') {
      connection.destroy();
      return;
    }
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('error', () => {});
    let waiting = Buffer.alloc(0);
    let address = null;
    const slow = async () => this.mood === 'slow' && new Promise((done) => setTimeout(done, 400));
    // One chunk after another, as paper comes out.
    let turn = Promise.resolve();
    connection.on('data', (bytes) => {
      turn = turn.then(async () => {
        await slow();
        waiting = Buffer.concat([waiting, bytes]);
        for (;;) {
          const command = first(waiting);
          if (!command) {
            return;
          }
          waiting = waiting.subarray(command.length);
          if (command.kind === 'code') {
            ({ address } = command);
            if (this.mood === 'cut off') {
              connection.destroy();
              return;
            }
          } else if (command.kind === 'cut' && address && this.mood !== 'paper out') {
            this.slips.push(address);
            address = null;
          } else if (this.mood !== 'dumb' && command.kind in this.#answers) {
            connection.write(Buffer.from(this.#answers[command.kind](command)));
          }
        }
      });
    });
  }

  #answers = {
    // The general state; why it is offline; errors; paper.
    state: ({ about }) => {
      const { mood } = this;
      const bits = { 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 };
      if (mood === 'paper out') {
        Object.assign(bits, { 1: 0x1a, 2: 0x32, 4: 0x72 });
      } else if (mood === 'open') {
        Object.assign(bits, { 1: 0x1a, 2: 0x16 });
      }
      return [bits[about] ?? 0x12];
    },
    paper: () => [this.mood === 'paper out' ? 0x0c : 0],
    echo: ({ name }) => [0x37, 0x22, ...name, 0],
  };
}

/** The first command of these bytes, and how long it is; none while it is not whole. */
function first(bytes) {
  const whole = (length, more) => (bytes.length >= length ? { length, kind: 'other', ...more } : null);
  if (bytes.length < 2) {
    return bytes.length === 1 && ![0x10, 0x1b, 0x1c, 0x1d].includes(bytes[0]) ? whole(1) : null;
  }
  const [lead, letter] = bytes;
  if (lead === DLE_EOT[0] && letter === DLE_EOT[1]) {
    return whole(3, { kind: 'state', about: bytes[2] });
  }
  if (lead === 0x1d && letter === 'v'.charCodeAt(0)) {
    return bytes.length < 8
      ? null
      : whole(8 + bytes.readUInt16LE(4) * bytes.readUInt16LE(6));
  }
  if (lead === 0x1d && letter === '('.charCodeAt(0)) {
    if (bytes.length < 5) {
      return null;
    }
    const length = 5 + bytes.readUInt16LE(3);
    if (bytes.length < length) {
      return null;
    }
    const [function_] = bytes.subarray(2);
    if (function_ === 'k'.charCodeAt(0) && bytes[6] === 80) {
      return whole(length, { kind: 'code', address: bytes.subarray(8, length).toString('latin1') });
    }
    return function_ === 'H'.charCodeAt(0)
      ? whole(length, { kind: 'echo', name: bytes.subarray(7, length) })
      : whole(length);
  }
  if (lead === 0x1d && letter === 'V'.charCodeAt(0)) {
    return bytes.length < 3 ? null : whole(bytes[2] >= 65 ? 4 : 3, { kind: 'cut' });
  }
  if (lead === 0x1d && letter === 'r'.charCodeAt(0)) {
    return whole(3, { kind: 'paper' });
  }
  if (lead === 0x1b || lead === 0x1c || lead === 0x1d) {
    const none = ['@'];
    return whole(none.includes(String.fromCharCode(letter)) ? 2 : 3);
  }
  return whole(1);
}
