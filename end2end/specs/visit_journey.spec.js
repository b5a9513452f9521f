// One visit through kiosk, slip, phone, counter and display.

import { expect, screenshot, readQr, screens, test } from '../hall/index.js';

for (const [orientation, screen] of Object.entries({
  upright: screens.kioskUpright,
  flat: screens.kioskFlat,
})) {
  test(`a number is taken at an ${orientation} kiosk, followed, called, and ended`, async ({
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
    await screenshot(kiosk, `journey-${orientation}-kiosk`);

    // The phone reads the code from the screen and opens what it says.
    const address = await readQr(kiosk.locator('.qr'));
    // Capitals keep the code small; some telephones take a scheme in capitals for a text.
    expect(address).toMatch(/^http:\/\/[^a-z]+$/);
    const phone = await open(screens.phone, new URL(address).pathname, { at });
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

    // Phone and display update by themselves; the display announces the call.
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'called');
    await expect(phone.locator('.say')).toContainText('1号窗口');
    await expect(display.locator('.calling-number')).toHaveText('A001');
    await expect(display.locator('.calling-counter')).toContainText('1号窗口');
    await expect(display.locator('main.display')).toHaveAttribute(
      'data-announced',
      '请 A 零 零 一 号，到 一号窗口',
    );
    await screenshot(phone, `journey-${orientation}-phone`);
    await screenshot(display, `journey-${orientation}-display`);
    await screenshot(counter, `journey-${orientation}-counter`);

    await counter.locator('.levers .next').click();
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'serving');
    await counter.locator('.levers .next').click();
    await expect(phone.locator('main')).toHaveAttribute('data-state', 'finished');
    await expect(phone.locator('.times li')).toHaveCount(4);
    expect(await phone.evaluate(() => window.neverReloaded), 'no reload').toBe(true);
  });
}
