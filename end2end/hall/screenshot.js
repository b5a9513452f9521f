// Screenshots, for people and for the QR decoder.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const folder = fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/** Saves `target/screenshots/NAME.png` for people. */
export async function screenshot(page, name) {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

let decoder;

/**
 * Reads the only QR code on a page, or a part of it, from a screenshot. The
 * decoder shares no code with the encoder.
 *
 * @param {import('@playwright/test').Page | import('@playwright/test').Locator} where
 * @returns {Promise<string>} its text
 */
export async function readQr(where) {
  // Otherwise the decoder would load itself from the network.
  decoder ??= readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
  ).then((wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }));
  await decoder;
  const codes = await readBarcodes(await where.screenshot({ animations: 'disabled' }), {
    formats: ['QRCode'],
    tryHarder: true,
  });
  if (codes.length !== 1) {
    throw new Error(`expected one QR code, found ${codes.length}`);
  }
  return codes[0].text;
}
