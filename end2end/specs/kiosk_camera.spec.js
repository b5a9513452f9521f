// A kiosk's camera reads the code on a phone's screen. Chromium plays a film of one picture as
// its camera: the code of a ticket, grey and not straight, as a phone holds it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import config from '../playwright.config.js';
import { expect, screens, test } from '../hall/index.js';
import { line, number, openMatter, takeButton, title } from '../hall/kiosk.js';

const film = fileURLToPath(new URL('../../target/end2end-camera.y4m', import.meta.url));
const [width, height] = [640, 480];
const { launchOptions } = config.use;
test.use({
  launchOptions: {
    ...launchOptions,
    args: [
      ...launchOptions.args,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
});

/** Writes what the camera sees: grey pixels as a film. */
function write(grey) {
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey), colour]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  mkdirSync(dirname(film), { recursive: true });
  writeFileSync(film, Buffer.concat([head, frame, frame]));
}

/** A picture of the page's code on a phone. */
const picture = (kiosk) => kiosk.locator('.qr').evaluate(async (svg, { width, height }) => {
  const source = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const drawn = canvas.getContext('2d');
  drawn.fillStyle = '#777';
  drawn.fillRect(0, 0, width, height);
  drawn.translate(width / 2, height / 2);
  drawn.rotate(0.12);
  drawn.fillStyle = '#ddd';
  drawn.fillRect(-170, -170, 340, 340);
  drawn.drawImage(image, -150, -150, 300, 300);
  const { data } = drawn.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, at) => Math.round(30 + data[4 * at] * 0.75));
}, { width, height });

test('the code on a phone opens its ticket; the camera is on no longer than that', async ({ open }) => {
  write(new Uint8Array(width * height).fill(90));
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  await openMatter(kiosk);
  await takeButton(kiosk).tap();
  await expect(number(kiosk)).toBeVisible();
  const shown = await number(kiosk).textContent();
  write(await picture(kiosk));
  await kiosk.getByRole('button', { name: '完成' }).tap();
  await expect(line(kiosk, '企业开办')).toBeVisible();

  await kiosk.evaluate(() => {
    const { mediaDevices } = navigator;
    const take = mediaDevices.getUserMedia.bind(mediaDevices);
    window.tracks = [];
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await take(wanted);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await kiosk.getByRole('button', { name: '查进度' }).tap();
  await expect(kiosk.locator('.scan')).toBeVisible();
  expect(await kiosk.evaluate(() => window.tracks.length), 'nobody asked for it').toBe(0);
  await kiosk.getByRole('button', { name: '用手机上的二维码' }).tap();
  await expect(kiosk.locator('.followed .hero')).toHaveText(shown, { timeout: 20_000 });
  const states = () => kiosk.evaluate(() => window.tracks.map(({ readyState }) => readyState));
  await expect.poll(states).toEqual(['ended']);
  await expect(title(kiosk)).toBeVisible();
});
