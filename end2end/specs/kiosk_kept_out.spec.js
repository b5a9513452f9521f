// A kiosk that is open in a plain browser when its hall begins to want paired terminals.

import { editSetup } from '../hall/edit_setup.js';
import { expect, screens, screenshot, test } from '../hall/index.js';
import { line, title } from '../hall/kiosk.js';

const paired = (hall, paired) => editSetup(hall, ({ main }) => (main.paired = paired));
const TOLD = '这台自助终端只能在配对过的终端主机上使用。';

test('an open page tells the installer what to do, and serves again when it may', async ({
  open,
  ownHall,
}) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: ownHall });
  await expect(line(kiosk, '企业开办')).toBeVisible();
  await kiosk.evaluate(() => (window.unloaded = false));
  await kiosk.getByRole('button', { name: '查找事项' }).tap();
  await paired(ownHall, true);
  await expect(title(kiosk)).toHaveText(TOLD, { timeout: 30_000 });
  await expect(kiosk.locator('main')).toContainText('jiban terminal --server');
  await screenshot(kiosk, 'kiosk-kept-out-upright');
  await kiosk.locator('.foot [lang=en]').click();
  await expect(kiosk.locator('main')).toContainText('For the installer');
  await screenshot(kiosk, 'kiosk-kept-out-english');
  await paired(ownHall, false);
  await expect(kiosk.locator('main .cards, main .letters').first()).toBeVisible({ timeout: 30_000 });
  expect(await kiosk.evaluate(() => window.unloaded), 'it was the same page all the time').toBe(false);
});

test('a browser that comes later is told the same, and is served when it may', async ({
  open,
  ownHall,
}) => {
  await paired(ownHall, true);
  const kiosk = await open(screens.kioskFlat, '/kiosk/K1', { at: ownHall });
  await expect(kiosk.locator('main')).toContainText('jiban terminal --server');
  await paired(ownHall, false);
  await expect(line(kiosk, '企业开办')).toBeVisible({ timeout: 60_000 });
});
