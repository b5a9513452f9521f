// What a machine still knows of a visitor: a search for words in everything that a kiosk's page,
// its browser and its terminal keep.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A text as files and memories have it. */
const encodings = (text) => ['utf8', 'utf16le'].map((encoding) => Buffer.from(text, encoding));

/** The bytes of a token, as databases have it. */
function bytesOf(token) {
  const number = [...token].reduce((sum, sign) => sum * 32n + BigInt(SIGNS.indexOf(sign)), 0n);
  return Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
}

/**
 * Words to look for, each with what it is of.
 *
 * @param {Record<string, string[]>} planted
 */
export function needlesOf(planted) {
  return Object.entries(planted).flatMap(([what, texts]) =>
    texts.map((text) => {
      const needles = [text, text.toLowerCase()].flatMap(encodings);
      if (/^[0-9A-HJKMNP-TV-Z]{26}$/.test(text)) {
        needles.push(bytesOf(text));
      }
      return { what, text, needles };
    }));
}

/** Which words are in a place. */
const foundIn = (place, bytes, words) =>
  words
    .filter(({ needles }) => needles.some((needle) => bytes.includes(needle)))
    .map(({ what, text }) => `${place}: ${what} (${text})`);

/** All files of a folder. */
export async function inFiles(folder, words) {
  const found = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    // A browser that runs deletes files of its own.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    found.push(...foundIn(path.slice(folder.length + 1), bytes, words));
  }
  return found;
}

export const inText = (place, text, words) => foundIn(place, Buffer.from(text), words);

/** What is on the page, to eyes and to screen readers, and what it keeps. */
export async function inPage(page, cdp, words) {
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  const { cookies } = await cdp.send('Storage.getCookies');
  const { entries } = await cdp.send('Page.getNavigationHistory');
  const kept = await page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea, select')];
    const responses = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        responses.push(name, request.url, await (await cache.match(request)).text());
      }
    }
    return {
      values: [document.title, ...fields.map(({ value }) => value)],
      storage: [{ ...localStorage }, { ...sessionStorage }, history.state, window.name],
      databases: await indexedDB.databases(),
      caches: responses,
      performance: performance.getEntries().map((entry) => entry.toJSON()),
    };
  });
  kept.clipboard = await pasted(page);
  const places = { document: root, accessibility: nodes, cookies, history: entries, ...kept };
  return Object.entries(places).flatMap(([place, holds]) =>
    inText(place, JSON.stringify(holds), words));
}

/** What the next visitor could paste into a field. */
async function pasted(page) {
  const field = await page.evaluateHandle(() => {
    const before = document.activeElement;
    const field = document.body.appendChild(document.createElement('input'));
    field.addEventListener('blur', () => before?.focus());
    field.focus();
    return field;
  });
  await page.keyboard.press('Control+V');
  return field.evaluate((field) => {
    const { value } = field;
    field.remove();
    return value;
  });
}

/** The memory of the page: what its scripts and its program hold. */
export async function inMemory(page, cdp, words) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  await cdp.send('HeapProfiler.enable');
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  // Twice: what only something dead held is dead after the first time.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.disable');
  const { strings } = JSON.parse(parts.join(''));
  const found = inText('heap', strings.join('\n'), words);
  for (const [at, bytes] of (await programs(page)).entries()) {
    found.push(...foundIn(`memory of program ${at}`, bytes, words));
  }
  return found;
}

/** Lets the memories of programs that pages load from now on be read. */
export function watchPrograms(context) {
  return context.addInitScript(() => {
    globalThis.programs = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const load = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const loaded = await load.apply(WebAssembly, given);
        const { exports } = loaded.instance ?? loaded;
        // A part that is loaded later shares the memory of the first.
        if (exports.memory) {
          globalThis.programs.push(new WeakRef(exports.memory));
        }
        return loaded;
      };
    }
  });
}

/** The bytes of all memories of the page's program. */
async function programs(page) {
  const count = await page.evaluate(() => globalThis.programs.length);
  const all = [];
  for (let at = 0; at < count; at += 1) {
    const pieces = [];
    for (let piece; (piece = await page.evaluate(readPiece, [at, pieces.length])) !== null; ) {
      pieces.push(Buffer.from(piece, 'base64'));
    }
    all.push(Buffer.concat(pieces));
  }
  return all;
}

/** A piece of a memory, as text; null after the last. */
function readPiece([at, piece]) {
  const MOST = 3 * 1024 * 1024;
  const { buffer } = globalThis.programs[at].deref() ?? { buffer: new ArrayBuffer(0) };
  const from = piece * MOST;
  if (from >= buffer.byteLength) {
    return null;
  }
  const bytes = new Uint8Array(buffer, from, Math.min(MOST, buffer.byteLength - from));
  let text = '';
  for (let done = 0; done < bytes.length; done += 8192) {
    text += String.fromCharCode(...bytes.subarray(done, done + 8192));
  }
  return btoa(text);
}
