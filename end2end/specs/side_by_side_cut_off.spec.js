// Side by side at a real terminal whose cable hangs: neither of the two is told that something is
// saved or seen that is not, and nothing that one of them wrote is lost.

import { test } from '../hall/faulty_terminal.js';
import { beginForm, joinBeside, touchField } from '../hall/forms.js';
import { expect, screens } from '../hall/index.js';
import { openHelp } from '../hall/staff.js';

const input = (page, name) => page.locator(`[name="${name}"]`);

test('a connection that is dead without a sign is noticed, and both go on', async ({
  open,
  ownHall,
  cable,
  terminal,
}) => {
  test.setTimeout(150_000);
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1', { at: terminal });
  await beginForm(kiosk);
  const tablet = await openHelp(open, ownHall);
  await joinBeside(kiosk, tablet);
  await input(tablet, 'applicant.name').fill('陈建国');
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  await expect(kiosk.locator('.fill .title')).toContainText('已保存');

  cable.hang();
  await touchField(kiosk, 'applicant_telephone');
  await kiosk.locator('.touch-keys [data-key="1"]').tap();
  await input(tablet, 'applicant.name').fill('陈建国他爸');
  // What is not kept is not said to be, at once; and in a while the page knows why.
  await expect(kiosk.locator('.fill .title')).not.toContainText('已保存');
  await expect(kiosk.locator('.fill .title')).toContainText('连接断了', { timeout: 60_000 });
  await kiosk.locator('.touch-keys [data-key="3"]').tap();
  await expect(input(kiosk, 'applicant_telephone')).toHaveValue('13');
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国');
  await expect(input(tablet, 'applicant_telephone')).toHaveValue('');

  cable.mend();
  await expect(kiosk.locator('.fill .title')).toContainText('已保存', { timeout: 30_000 });
  await expect(input(tablet, 'applicant_telephone')).toHaveValue('13');
  await expect(input(kiosk, 'applicant.name')).toHaveValue('陈建国他爸');
  await expect(kiosk.locator('.helper-bar')).toBeVisible();
});
