// What a page looks like, for people and for the QR decoder.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const folder = fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/** Keeps `target/screenshots/NAME.png`, to be looked at. */
export async function picture(page, name) {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

let decoder;

/**
 * Reads the one QR code on a page, or on a part of it, from its picture. The
 * decoder shares nothing with the encoder.
 *
 * @param {import('@playwright/test').Page | import('@playwright/test').Locator} where
 * @returns {Promise<string>} what it says
 */
export async function readQr(where) {
  // Else the decoder would fetch itself from the network.
  decoder ??= readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
  ).then((wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }));
  await decoder;
  const codes = await readBarcodes(await where.screenshot({ animations: 'disabled' }), {
    formats: ['QRCode'],
    tryHarder: true,
  });
  if (codes.length !== 1) {
    throw new Error(`one QR code was to be seen, not ${codes.length}`);
  }
  return codes[0].text;
}
