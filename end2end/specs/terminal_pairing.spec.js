// The key of a terminal, as it is seen: its page shows six figures, the director types them, and
// the page becomes the kiosk. Revoked in the middle of a visit it says so after the visit.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test as base } from '../hall/index.js';
import { line, number, openMatter, takeButton, title } from '../hall/kiosk.js';
import { openAdmin } from '../hall/staff.js';
import { openTerminal } from '../hall/terminal.js';

const test = base.extend({
  /** A terminal of a hall that serves paired ones alone. */
  terminal: async ({ ownHall }, use, info) => {
    await editSetup(ownHall, ({ main }) => (main.paired = true));
    const terminal = await openTerminal(ownHall);
    await use(terminal);
    await terminal.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('terminal', { body: terminal.output });
    }
  },
});

/** The code on a terminal's screen, once it is there. */
async function codeOf(kiosk) {
  const shown = /配对码 (\d{3} \d{3})/;
  await expect(title(kiosk)).toHaveText(shown, { timeout: 60_000 });
  return shown.exec(await title(kiosk).textContent())[1].replace(' ', '');
}

/** The director types a code, and says which kiosk it is. */
async function accept(page, code) {
  await page.getByLabel('六位数').fill(code);
  await page.getByLabel('用作').selectOption('K1');
  await page.getByRole('button', { name: '配对', exact: true }).click();
  await expect(page.locator('.pair-terminal [role=status]')).toContainText('K1 已配对');
}

test('a terminal shows its code, becomes the kiosk, and is revoked during a visit', async ({
  open,
  ownHall,
  terminal,
}) => {
  test.setTimeout(240_000);
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
  const code = await codeOf(kiosk);
  await screenshot(kiosk, 'terminal-pairing-code');
  const page = await openAdmin(open, ownHall, { section: 'terminals' });
  await accept(page, code);
  // By itself, on the same screen.
  await expect(line(kiosk, '企业开办')).toBeVisible({ timeout: 60_000 });

  await openMatter(kiosk);
  await expect(takeButton(kiosk)).toBeVisible();
  const row = page.locator('.terminal', { has: page.getByText('K1', { exact: true }) });
  await row.getByRole('button', { name: '撤销配对' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销配对' }).click();
  await expect.poll(() => terminal.health(), { timeout: 60_000 }).toContain('standing: Revoked');
  await expect(takeButton(kiosk), 'nobody loses what they read').toBeVisible();
  // It gives nothing.
  await takeButton(kiosk).tap();
  await expect(title(kiosk)).toHaveText('现在没有连上大厅服务器，这项暂时不能用。');
  await expect(number(kiosk)).toHaveCount(0);
  await kiosk.locator('main .key').tap();
  const again = await codeOf(kiosk);
  await expect(title(kiosk)).toContainText('这台终端已停用。');
  await screenshot(kiosk, 'terminal-revoked');

  // Whoever wants it back accepts it from afar.
  await accept(page, again);
  await expect(line(kiosk, '企业开办')).toBeVisible({ timeout: 60_000 });
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
});
