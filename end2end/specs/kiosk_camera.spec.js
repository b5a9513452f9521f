// A kiosk's camera reads the code of a ticket on a phone's screen.

import { codeOnPhone, noteTracks, playing, writeFilm } from '../hall/camera_film.js';
import { expect, screens, test } from '../hall/index.js';
import { line, number, openMatter, takeButton, title } from '../hall/kiosk.js';

const { film, launchOptions } = playing('camera');
test.use({ launchOptions });

test('the code on a phone opens its ticket; the camera is on no longer than that', async ({ open }) => {
  writeFilm(film);
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const shown = await number(kiosk).textContent();
  writeFilm(film, await codeOnPhone(kiosk));
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await expect(line(kiosk, '企业开办')).toBeVisible();

  await noteTracks(kiosk);
  await kiosk.getByRole('button', { name: '查进度' }).tap();
  await expect(kiosk.locator('.scan')).toBeVisible();
  expect(await kiosk.evaluate(() => window.tracks.length), 'nobody asked for it').toBe(0);
  await kiosk.getByRole('button', { name: '用手机上的二维码' }).tap();
  await expect(kiosk.locator('.followed .hero')).toHaveText(shown, { timeout: 20_000 });
  const states = () => kiosk.evaluate(() => window.tracks.map(({ readyState }) => readyState));
  await expect.poll(states).toEqual(['ended']);
  await expect(title(kiosk)).toBeVisible();
});
