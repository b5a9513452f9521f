// A printer of slips that speaks ESC/POS by TCP, for specs of a terminal: always ready, and it
// confirms what it printed.

import { createServer } from 'node:net';

/** Starts a printer: `address` for the hall file, how many slips it has `cut`, `close`. */
export async function startSlipPrinter() {
  const printer = { cut: 0 };
  const connections = new Set();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => {});
    let pending = Buffer.alloc(0);
    connection.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      pending = pending.subarray(answerAll(printer, pending, connection));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  printer.address = `127.0.0.1:${server.address().port}`;
  printer.close = () => {
    connections.forEach((connection) => connection.destroy());
    return new Promise((done) => server.close(done));
  };
  return printer;
}

const STATUS_REQUEST = [0x10, 0x04];
const ECHO_REQUEST = [0x1d, 0x28, 0x48, 6, 0, 48, 48];
const IN_ORDER_REQUEST = [0x1d, 0x72];

/** Answers the requests among the bytes; returns how many bytes are done with. */
function answerAll(printer, bytes, connection) {
  const starts = (at, request) => request.every((byte, place) => bytes[at + place] === byte);
  let done = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (starts(at, STATUS_REQUEST) && bytes.length > at + 2) {
      connection.write(Buffer.from([0x12]));
      done = at + 3;
    } else if (starts(at, ECHO_REQUEST) && bytes.length >= at + 11) {
      connection.write(Buffer.from([0x37, 0x22, ...bytes.subarray(at + 7, at + 11), 0]));
      printer.cut += 1;
      done = at + 11;
    } else if (starts(at, IN_ORDER_REQUEST) && bytes.length > at + 2) {
      connection.write(Buffer.from([0]));
      done = at + 3;
    }
  }
  // A request may come in two parts.
  return Math.max(done, bytes.length - 16);
}
