// Hours of visitors at two terminals, with everything at random that may happen to them: the
// server and the terminals are killed, the network goes away or hangs, printers have their moods,
// clocks are wrong, a reader types rubbish, a browser dies. At the end every slip is a ticket,
// every ticket is there once, under the number that its visitor was told, and in its place.
//
// The clock of the hall runs faster; what waits for an answer waits as long as ever.
// `cargo xtask day` runs twenty-four hours; a test run, two. JIBAN_DAY_SEED repeats a day.

import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clerkAt } from '../hall/api.js';
import { layCable } from '../hall/cable.js';
import { editSetup } from '../hall/edit_setup.js';
import { expect, openHall, screens, test } from '../hall/index.js';
import { MOODS, startMoodyPrinter } from '../hall/moody_printer.js';
import { openTerminal } from '../hall/terminal.js';
import { Visitors, randomFrom } from '../hall/visitors.js';

const HOURS = Number(process.env.JIBAN_DAY_HOURS ?? 2);
const SEED = Number(process.env.JIBAN_DAY_SEED ?? Date.now() % 1_000_000);
/** Simulated milliseconds for each real one. */
const SPEED = 144;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Clocks that run faster than the machine's, each in a file of its own, and each may be wrong. */
class Clocks {
  #began = Date.now();
  #wrong = new Map();
  #written = 0;

  get passed() {
    return (Date.now() - this.#began) * (SPEED - 1);
  }

  async add(file, wrongBy = 0) {
    this.#wrong.set(file, wrongBy);
    await this.#write(file);
  }

  async tick() {
    await Promise.all([...this.#wrong.keys()].map((file) => this.#write(file)));
  }

  /** At once: whoever reads it in the middle would see another time. */
  async #write(file) {
    const whole = `${file}.${(this.#written += 1)}`;
    await writeFile(whole, `${Math.round(this.passed)} ${this.#wrong.get(file)}`);
    await rename(whole, file);
  }
}

/** A terminal with its cable, its printer, and its clock. */
async function station(hall, clocks, kiosk, at) {
  const printer = await startMoodyPrinter();
  await editSetup(hall, ({ main }) => {
    main.kiosk[at].printer = { kind: 'escpos', address: printer.address, native_qr: true };
  });
  const cable = await layCable(hall);
  const clock = join(hall.folder, `clock-${kiosk}`);
  await clocks.add(clock);
  const terminal = await openTerminal(cable, { kiosk, environment: { JIBAN_TEST_CLOCK: clock } });
  terminal.kiosk = kiosk;
  return { kiosk, printer, cable, clock, terminal };
}

/** The memory that a process has for itself, in bytes. */
function memoryOf({ pid }) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^RssAnon:\s+(\d+)/m);
  return Number(line[1]) * 1024;
}

/** The memory of a page's objects, after what nobody uses is thrown away. */
async function memoryOfPage(kiosk) {
  const tools = await kiosk.context().newCDPSession(kiosk);
  await tools.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await tools.send('Runtime.getHeapUsage');
  await tools.detach();
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

test('whatever happens, every slip is a ticket and every ticket keeps its place', async ({ open }) => {
  const real = (HOURS * HOUR) / SPEED;
  test.setTimeout(real + 240_000);
  console.log(`${HOURS} hours, JIBAN_DAY_SEED=${SEED}`);
  const random = randomFrom(SEED);
  const clocks = new Clocks();
  const clockOfHall = join(tmpdir(), `clock-of-hall-${process.pid}`);
  await clocks.add(clockOfHall);
  const hall = await openHall({ JIBAN_TEST_CLOCK: clockOfHall });
  const stations = [];
  const happened = {};
  const ends = [];
  try {
    await editSetup(hall, ({ main }) => {
      delete main.hours;
      main.line.forEach((line) => delete line.hours);
    });
    stations.push(await station(hall, clocks, 'K1', 0), await station(hall, clocks, 'K2', 1));
    const [first] = stations;
    const visitors = new Visitors(random);
    let kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: first.terminal });
    visitors.listenTo(kiosk);
    let over = false;
    const keepTicking = (async () => {
      while (!over) {
        await clocks.tick();
        await sleep(50);
      }
    })();
    ends.push(async () => {
      over = true;
      await keepTicking;
    });

    // Somebody is served now and then.
    const serving = (async () => {
      let clerk = null;
      while (!over) {
        await sleep(2500);
        try {
          clerk ??= await clerkAt(hall, 1);
          await clerk('call_next');
          await clerk('begin');
          await clerk('finish');
        } catch {
          // The server is away, or nobody waits.
        }
      }
    })();
    ends.push(() => serving);

    // What happens, and how it is over.
    const faults = {
      'server killed': async () => {
        await hall.kill();
        return () => hall.reopen();
      },
      'network cut for ten minutes': async ({ cable }) => {
        cable.cut();
        return () => cable.mend();
      },
      'network hangs': async ({ cable }) => {
        cable.hang();
        return () => cable.mend();
      },
      'terminal killed': async ({ terminal }) => {
        await terminal.kill();
        return () => terminal.reopen();
      },
      'a printer has a mood': async ({ printer }) => {
        printer.become(MOODS[1 + random.below(MOODS.length - 1)]);
        return () => printer.become('ready');
      },
      'clock of a terminal wrong': async ({ clock }) => {
        const by = [-5 * MINUTE, 5 * MINUTE, -365 * 24 * HOUR, 365 * 24 * HOUR];
        await clocks.add(clock, by[random.below(by.length)]);
        return () => clocks.add(clock, 0);
      },
      'clock of the server wrong': async () => {
        await clocks.add(clockOfHall, (random.below(2) ? 5 : -5) * MINUTE);
        return () => clocks.add(clockOfHall, 0);
      },
      'a reader types rubbish': async () => {
        await visitors.rubbish(kiosk).catch(() => {});
        return () => {};
      },
      'a browser dies': async () => {
        await kiosk.close();
        kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: first.terminal }).catch(() => kiosk);
        visitors.listenTo(kiosk);
        return async () => kiosk.goto('/kiosk/K1').catch(() => {});
      },
    };

    const memory = [];
    const end = Date.now() + real;
    let visits = 0;
    let shown = 0;
    let nextSample = Date.now() + HOUR / 4 / SPEED;
    const kinds = Object.keys(faults);
    const current = [];
    const heal = async () => {
      for (const mend of current.splice(0)) {
        await mend();
      }
    };
    while (Date.now() < end) {
      if (random.below(3) > 0 && current.length < 2) {
        const kind = kinds[random.below(kinds.length)];
        happened[kind] = (happened[kind] ?? 0) + 1;
        const struck = faults[kind](stations[random.below(2)]);
        // Sometimes while somebody touches.
        const meanwhile = random.below(2) === 0 ? visitors.touch(kiosk) : null;
        current.push(await struck);
        await meanwhile;
      }
      // One touches, and others ask at the same time.
      const people = [visitors.touch(kiosk)];
      for (let others = random.below(5); others > 0; others -= 1) {
        people.push(visitors.ask(stations[random.below(2)].terminal));
      }
      const served = await Promise.all(people);
      visits += served.length;
      shown += served.filter(Boolean).length;
      if (random.below(2) === 0) {
        await heal();
      }
      if (Date.now() >= nextSample) {
        await heal();
        nextSample += HOUR / 4 / SPEED;
        const home = kiosk.locator('.lines .card').first();
        if (await home.waitFor({ timeout: 15_000 }).then(() => true, () => false)) {
          memory.push({
            at: clocks.passed / HOUR,
            terminal: memoryOf(first.terminal),
            page: await memoryOfPage(kiosk),
          });
        }
      }
    }
    await heal();
    stations.forEach(({ printer }) => printer.become('ready'));
    for (const { terminal } of stations) {
      const back = { timeout: 60_000 };
      await expect.poll(() => terminal.health(), back).toMatch(/server: reached[^]*numbers to hand in: 0\n/);
    }

    const tickets = [...visitors.told.values()];
    const alone = tickets.filter(({ confirmed }) => !confirmed).length;
    const slips = stations.flatMap(({ printer }) => printer.slips).length;
    console.log(`${visits} visits, ${shown} told at once, ${tickets.length} tickets (${alone} given alone), ${slips} slips`);
    console.log(happened);
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    for (const { at, terminal, page } of memory.filter((_, nth) => nth % 4 === 3)) {
      console.log(`${at.toFixed(1)} h: terminal ${megabytes(terminal)} MB, page ${megabytes(page)} MB`);
    }
    expect(visitors.contradictions, 'a request has one ticket').toEqual([]);
    expect(tickets.length).toBeGreaterThan(visits / 4);
    await allAreThere(hall, tickets);
    await slipsAreTickets(hall, stations);
    expect(slips).toBeGreaterThan(tickets.length / 4);
    if (HOURS >= 12) {
      for (const part of ['terminal', 'page']) {
        const most = (samples) => Math.max(...samples.map((sample) => sample[part]));
        const firstHour = most(memory.filter(({ at }) => at <= 1.1));
        expect(most(memory.slice(-4)), `memory of the ${part}`).toBeLessThanOrEqual(firstHour * 1.2);
      }
    }
  } finally {
    for (const finish of ends) {
      await finish();
    }
    for (const { terminal, cable, printer } of stations) {
      await terminal.remove();
      await cable.close();
      await printer.close();
    }
    await hall.remove();
  }
});

/**
 * Whether two times are of one day of the hall, which turns at four in the morning, eight hours
 * ahead of UTC. Near the turn nobody knows: clocks are wrong by minutes.
 */
function areOfOneDay(one, other) {
  const day = (at) => Math.floor((at + 4 * HOUR) / (24 * HOUR));
  return day(Math.min(one, other) - 10 * MINUTE) === day(Math.max(one, other) + 10 * MINUTE);
}

/** Each ticket is at the hall under its number, which nobody else has that day, in its place. */
async function allAreThere(hall, tickets) {
  const numbers = new Map();
  const lines = new Map();
  for (const { token, number, issued_at: taken } of tickets) {
    const response = await fetch(`${hall.address}/api/progress?token=${token}`);
    expect(response.status, `${number} ${token}`).toBe(200);
    const now = await response.json();
    expect(now.number).toBe(number);
    const same = numbers.get(number) ?? [];
    expect(same.filter((other) => areOfOneDay(other, taken)), `${number} was given twice`).toEqual([]);
    numbers.set(number, [...same, taken]);
    if (now.state === 'waiting') {
      const letter = number[0];
      lines.set(letter, [...(lines.get(letter) ?? []), { number, taken, ahead: now.ahead }]);
    }
  }
  for (const line of lines.values()) {
    const places = line.map(({ ahead }) => ahead);
    expect(new Set(places).size, 'nobody has another one\'s place').toBe(places.length);
    for (const one of line) {
      // Clocks that run so fast agree to some minutes.
      const later = line.filter(({ taken }) => taken > one.taken + 10 * MINUTE);
      expect(later.filter(({ ahead }) => ahead < one.ahead), `before ${JSON.stringify(one)}`).toEqual([]);
    }
  }
}

/** What a slip's QR code leads to is a ticket. */
async function slipsAreTickets(hall, stations) {
  for (const address of stations.flatMap(({ printer }) => printer.slips)) {
    const token = address.split('/').pop();
    const response = await fetch(`${hall.address}/api/progress?token=${token}`);
    expect(response.status, address).toBe(200);
  }
}
