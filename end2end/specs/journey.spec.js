// One visit through every room: kiosk, slip, phone, counter, display.

import { expect, picture, readQr, screens, test } from '../hall/index.js';

for (const [shape, screen] of Object.entries({
  upright: screens.kioskUpright,
  flat: screens.kioskFlat,
})) {
  test(`a number is taken at an ${shape} kiosk, followed, called, and ended`, async ({
    ownHall,
    open,
  }) => {
    const at = ownHall;
    const kiosk = await open(screen, '/kiosk/K1', { at });
    const display = await open(screens.display, '/display/main', { at });
    await expect(display.locator('main.display')).toBeVisible();

    // Three touches: the line, the matter, the number.
    await kiosk.locator('.card', { hasText: '企业开办' }).tap();
    await kiosk.locator('.matter', { hasText: '食品经营许可' }).first().tap();
    await kiosk.locator('.take').tap();
    await expect(kiosk.locator('.ticket .hero')).toHaveText('A001');
    await picture(kiosk, `journey-${shape}-kiosk`);

    // The phone reads the code from the screen and opens what it says.
    const read = await readQr(kiosk.locator('.qr'));
    expect(read, 'capitals only, so that the code stays small').toBe(read.toUpperCase());
    const phone = await open(screens.phone, new URL(read).pathname, { at });
    await expect(phone.locator('.figure')).toHaveText('A001');
    await expect(phone.locator('.is-live')).toBeVisible();
    await phone.evaluate(() => (window.neverReloaded = true));

    // A clerk signs in and calls by key.
    const counter = await open(screens.desktop, '/counter', { at });
    await counter.getByText('1号窗口', { exact: true }).click();
    await counter.getByLabel('登录名').fill('clerk1');
    await counter.getByLabel('密码').fill(at.password);
    await counter.keyboard.press('Enter');
    await expect(counter.getByRole('heading', { name: '1号窗口' })).toBeVisible();
    await expect(counter.locator('.waiting .list li')).toHaveCount(1);
    await counter.keyboard.press('Space');
    await expect(counter.locator('.visitor .number')).toHaveText('A001');

    // Phone and display change by themselves; the display says it aloud.
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'called');
    await expect(phone.locator('.say')).toContainText('1号窗口');
    await expect(display.locator('.calling-number')).toHaveText('A001');
    await expect(display.locator('.calling-counter')).toContainText('1号窗口');
    await expect(display.locator('main.display')).toHaveAttribute(
      'data-announced',
      '请 A 零 零 一 号，到 一号窗口',
    );
    await picture(phone, `journey-${shape}-phone`);
    await picture(display, `journey-${shape}-display`);
    await picture(counter, `journey-${shape}-counter`);

    await counter.locator('.levers .next').click();
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'serving');
    await counter.locator('.levers .next').click();
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'finished');
    await expect(phone.locator('.times li')).toHaveCount(4);
    expect(await phone.evaluate(() => window.neverReloaded), 'no reload').toBe(true);
  });
}
