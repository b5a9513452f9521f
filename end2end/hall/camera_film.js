// What the camera of a kiosk sees in a spec: Chromium plays a film of one picture as its camera.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import config from '../playwright.config.js';

const [width, height] = [640, 480];

/** The flags of a browser whose camera plays a film. */
export const cameraFlags = (film) => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

/** The film of a spec, by its name, and how a browser is launched that plays it when asked. */
export function playing(name) {
  const film = fileURLToPath(new URL(`../../target/end2end-${name}.y4m`, import.meta.url));
  mkdirSync(dirname(film), { recursive: true });
  const { launchOptions } = config.use;
  const args = [...launchOptions.args, '--use-fake-ui-for-media-stream', ...cameraFlags(film)];
  return { film, launchOptions: { ...launchOptions, args } };
}

/** Writes a film of grey pixels. */
export function writeFilm(film, grey = new Uint8Array(width * height).fill(90)) {
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey), colour]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  writeFileSync(film, Buffer.concat([head, frame, frame]));
}

/** The code of a page as a phone shows it: grey and not straight. */
export const codeOnPhone = (page) => page.locator('.qr').evaluate(async (svg, { width, height }) => {
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

/** Notes in `window.tracks` each track that a page takes of a camera from now on. */
export const noteTracks = (page) => page.evaluate(() => {
  const { mediaDevices } = navigator;
  const take = mediaDevices.getUserMedia.bind(mediaDevices);
  window.tracks = [];
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await take(wanted);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
});
