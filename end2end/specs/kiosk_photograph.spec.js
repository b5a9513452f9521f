// Materials of a form are photographed by the kiosk's own camera.

import { noteTracks, playing, writeFilm } from '../hall/camera_film.js';
import { findings } from '../hall/axe.js';
import { beginForm, goOnUntil } from '../hall/forms.js';
import { expect, screenshot, test } from '../hall/index.js';
import { ORIENTATIONS } from '../hall/kiosk.js';

const { film, launchOptions } = playing('photograph');
test.use({ launchOptions });

const button = (kiosk, name) => kiosk.getByRole('button', { name, exact: true });
/** Letters in the light: squares of four pixels, black and white. */
const letters = () =>
  new Uint8Array(640 * 480).map((_, at) => ((at >> 2) + Math.floor(at / 2560)) % 2 ? 230 : 30);

/** From the first page to the materials of a form. */
async function openMaterials(kiosk) {
  await beginForm(kiosk);
  await goOnUntil(kiosk, () => kiosk.locator('.draft-materials').isVisible());
}

for (const [shape, screen] of ORIENTATIONS) {
  test(`both sides of a card are photographed at the kiosk, ${shape}`, async ({ open, ownHall }) => {
    writeFilm(film, new Uint8Array(640 * 480).fill(20));
    const kiosk = await open(screen, '/kiosk/K1', { at: ownHall });
    await noteTracks(kiosk);
    await openMaterials(kiosk);
    const card = kiosk.locator('.draft-material', { hasText: '身份证' }).first();
    await screenshot(kiosk, `photograph-materials-${shape}`);
    expect(await kiosk.evaluate(() => window.tracks.length), 'nobody asked for it').toBe(0);

    // What is dark, blurred and small is told at once, and may be sent all the same.
    await card.getByRole('button', { name: '拍照' }).tap();
    await expect(kiosk.locator('.photograph video')).toBeVisible();
    await button(kiosk, '拍照').tap();
    const doubts = kiosk.locator('.photograph .doubt');
    await expect(doubts).toHaveCount(3);
    // Seen from afar, not only read.
    await expect(doubts.first()).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await screenshot(kiosk, `photograph-doubted-${shape}`);
    expect(await findings(kiosk)).toEqual([]);
    await button(kiosk, '重拍').tap();
    await expect(doubts).toHaveCount(0);
    await expect(kiosk.locator('.photograph video')).toBeVisible();
    await button(kiosk, '回到填写').tap();
    await expect(card).toContainText('还没有');

    writeFilm(film, letters());
    await card.getByRole('button', { name: '拍照' }).tap();
    for (const sent of [1, 2]) {
      await expect(kiosk.locator('.photograph video')).toBeVisible();
      await screenshot(kiosk, `photograph-camera-${shape}`);
      await button(kiosk, '拍照').tap();
      await expect(doubts).toHaveCount(1);
      await expect(doubts).toContainText('太小');
      await button(kiosk, '用这张').tap();
      await expect(kiosk.locator('.photograph .state')).toContainText(`已收到 ${sent} 张`);
    }
    expect(await findings(kiosk)).toEqual([]);
    await button(kiosk, '回到填写').tap();
    await expect(card).toContainText('已传 2 件');
    await expect(card.locator('img')).toHaveCount(2);
    const drawn = (image) => image.complete && image.naturalWidth > 0;
    for (const side of await card.locator('img').all()) {
      await expect.poll(() => side.evaluate(drawn)).toBe(true);
    }
    await screenshot(kiosk, `photograph-sent-${shape}`);
    // The camera is on no longer than its picture is shown.
    const states = () => kiosk.evaluate(() => window.tracks.map(({ readyState }) => readyState));
    await expect.poll(states).toEqual(['ended', 'ended']);
  });
}
