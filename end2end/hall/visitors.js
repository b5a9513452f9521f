// Visitors who take numbers at a terminal, by touch and by its API, as people do: twice in one
// moment, again when no answer came, and some go away. What they were told is kept.

import { randomUUID } from 'node:crypto';

const MATTERS = ['food-permit', 'road-use', 'unemployment', 'elder-allowance', 'marriage', 'identity-renew'];

export class Visitors {
  /** What was answered, by request: `{ number, token, issued_at, confirmed, matter }`. */
  told = new Map();
  /** Requests that were answered with another ticket than before. */
  contradictions = [];
  #random;

  constructor(random) {
    this.#random = random;
  }

  /** Notes what the page of a kiosk is told. */
  listenTo(kiosk) {
    kiosk.on('response', async (response) => {
      if (response.request().method() !== 'POST' || !response.url().endsWith('/api/kiosk/issue')) {
        return;
      }
      try {
        const asked = response.request().postDataJSON();
        if (response.ok()) {
          this.#note(asked, await response.json());
        }
      } catch {
        // The answer was lost on the way, or the page was closed.
      }
    });
  }

  /** One who touches the page; true if a number was shown. */
  async touch(kiosk) {
    const within = { timeout: 4000 };
    const pick = (all) => all.nth(0);
    try {
      const cards = kiosk.locator('.lines .card');
      await cards.nth(this.#random.below(await cards.count() || 1)).click(within);
      await pick(kiosk.locator('.matter')).click(within);
      if (this.#random.below(5) === 0) {
        // Goes away from the middle of it.
        await kiosk.getByRole('button', { name: '首页', exact: true }).click(within);
        return false;
      }
      await kiosk.locator('.take').click(within);
      await kiosk.locator('.ticket .hero').waitFor(within);
      await kiosk.getByRole('button', { name: '完成', exact: true }).click(within);
      return true;
    } catch {
      // Whatever the page says instead, the next visitor finds its first page.
      await kiosk.getByRole('button', { name: '首页', exact: true }).click({ timeout: 500 }).catch(() => {});
      return false;
    }
  }

  /** One whose page asks by itself, and again until it is answered, at most for some seconds. */
  async ask(terminal) {
    const asked = {
      request_id: randomUUID(),
      kiosk: terminal.kiosk,
      matter: MATTERS[this.#random.below(MATTERS.length)],
      priority: 'none',
    };
    const twice = this.#random.below(6) === 0;
    for (let tries = 0; tries < 12; tries += 1) {
      const answers = await Promise.all([this.#send(terminal, asked), twice && this.#send(terminal, asked)]);
      answers.filter(Boolean).forEach((answer) => this.#note(asked, answer));
      if (answers.some(Boolean)) {
        return true;
      }
      await new Promise((done) => setTimeout(done, 250));
    }
    return false;
  }

  /** A reader that types rubbish, in the middle of whatever is there. */
  async rubbish(kiosk) {
    const letters = '01X/\\#%:ABCDEFGHTaz9';
    const typed = Array.from({ length: 40 }, () => letters[this.#random.below(letters.length)]).join('');
    await kiosk.keyboard.type(typed);
    await kiosk.keyboard.press('Enter');
  }

  async #send(terminal, asked) {
    try {
      const response = await fetch(`${terminal.address}/api/kiosk/issue`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        signal: AbortSignal.timeout(5000),
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  #note({ request_id: request, matter }, answer) {
    const before = this.told.get(request);
    if (before && (before.token !== answer.token || before.number !== answer.number)) {
      this.contradictions.push([before, answer]);
    }
    this.told.set(request, { ...answer, matter });
  }
}

/** Random numbers that a seed repeats (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return {
    below(end) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
    },
  };
}
