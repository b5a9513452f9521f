// A printer of A4 pages that speaks IPP, for specs of printing by oneself: one more page of a
// job is out at each look at it.

import { createServer } from 'node:http';

const GET_PRINTER = 0x0b;
const PRINT_JOB = 0x02;
const GET_JOB = 0x09;

/** Starts a printer: `address` for the hall file, `jobs` so far, `reason` that stops it, `close`. */
export async function startPrinter() {
  const printer = { jobs: [], reason: 'none', holds: false };
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      response.setHeader('content-type', 'application/ipp');
      response.end(answer(printer, Buffer.concat(parts)));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  printer.address = `ipp://127.0.0.1:${server.address().port}/ipp/print`;
  printer.close = () => new Promise((done) => server.close(done));
  return printer;
}

function answer(printer, body) {
  const operation = body.readUInt16BE(2);
  const head = Buffer.alloc(8);
  head.writeUInt16BE(0x0101, 0);
  body.copy(head, 4, 4, 8);
  const stopped = printer.reason !== 'none';
  const groups = {
    [GET_PRINTER]: () => [
      Buffer.from([0x04]),
      value(0x23, 'printer-state', number(stopped ? 5 : 3)),
      value(0x44, 'printer-state-reasons', Buffer.from(printer.reason)),
      value(0x22, 'printer-is-accepting-jobs', Buffer.from([1])),
    ],
    [PRINT_JOB]: () => {
      const pages = body.toString('latin1').match(/\/Type \/Page\b(?!s)/g).length;
      // What a queue keeps of a job beside its document.
      const said = body.subarray(0, body.indexOf('%PDF'));
      printer.jobs.push({ pages, out: 0, said });
      return job(printer.jobs, printer.jobs.length);
    },
    [GET_JOB]: () => {
      const current = printer.jobs.at(-1);
      if (!stopped && !printer.holds && current.out < current.pages) {
        current.out += 1;
      }
      return job(printer.jobs, printer.jobs.length);
    },
  };
  const group = groups[operation]?.() ?? [];
  return Buffer.concat([
    head,
    Buffer.from([0x01]),
    value(0x47, 'attributes-charset', Buffer.from('utf-8')),
    value(0x48, 'attributes-natural-language', Buffer.from('en')),
    ...group,
    Buffer.from([0x03]),
  ]);
}

function job(jobs, id) {
  const { pages, out } = jobs[id - 1];
  return [
    Buffer.from([0x02]),
    value(0x21, 'job-id', number(id)),
    value(0x23, 'job-state', number(out < pages ? 5 : 9)),
    value(0x21, 'job-impressions-completed', number(out)),
  ];
}

function number(of) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(of);
  return bytes;
}

function value(tag, name, bytes) {
  const sizes = [Buffer.alloc(2), Buffer.alloc(2)];
  sizes[0].writeUInt16BE(Buffer.byteLength(name));
  sizes[1].writeUInt16BE(bytes.length);
  return Buffer.concat([Buffer.from([tag]), sizes[0], Buffer.from(name), sizes[1], bytes]);
}
