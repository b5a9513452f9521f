// A real terminal whose clock and cable may be wrong, for the tests that have one.

import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { layCable } from './cable.js';
import { expect, test as base } from './index.js';
import { openTerminal } from './terminal.js';

export const test = base.extend({
  cable: async ({ ownHall }, use) => {
    const cable = await layCable(ownHall);
    await use(cable);
    await cable.close();
  },

  terminal: async ({ ownHall, cable }, use, info) => {
    const clock = join(ownHall.folder, 'clock-of-the-terminal');
    const terminal = await openTerminal(cable, { environment: { JIBAN_TEST_CLOCK: clock } });
    /** So much time passes; the clock is wrong by so much. */
    terminal.pass = async (passed, wrongBy = 0) => {
      await writeFile(`${clock}.new`, `${passed} ${wrongBy}`);
      await rename(`${clock}.new`, clock);
    };
    await expect.poll(() => terminal.health()).toMatch(/: reached[^]*numbers left: .*\d+ A on/);
    await use(terminal);
    await terminal.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('terminal', { body: terminal.output });
    }
  },
});
