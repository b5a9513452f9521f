// What a terminal says of itself to the hall's server.

import { randomUUID } from 'node:crypto';

/** Reports as a kiosk's terminal, with some of everything. */
export async function report(hall, more) {
  const body = {
    kiosk: 'K1', store: randomUUID(), run: randomUUID(), version: '0.0.9', page: 'kiosk-1.js',
    up_seconds: 200_000, machine_up_seconds: 900_000, printer: 'ready', slips: 1234,
    paper_mm: 123_456, queued: 0, disk_free: 9_000_000_000, disk_size: 32_000_000_000,
    memory_free: 1_500_000_000, memory_size: 4_000_000_000, page_memory: 90_000_000,
    temperature: 452, last_touch: Date.now(), browser_starts: 1, shows: 'home',
    events: [
      { id: 1, at: Date.now(), kind: 'started', detail: '' },
      { id: 2, at: Date.now(), kind: 'browser_hung', detail: 'after 5100 s' },
    ],
    left: [], to_hand_in: 0, clock: Date.now(), hall_version: 0, ...more,
  };
  const answer = await fetch(`${hall.address}/api/terminal/report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  return answer.json();
}
