// axe: all its rules, with best practices and WCAG 2.2.

import { readFile } from 'node:fs/promises';

const axe = new URL('../node_modules/axe-core/axe.min.js', import.meta.url);
let source;

/** The findings of axe on a page: what is wrong, and where. */
export async function findings(page) {
  source ??= await readFile(axe, 'utf8');
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    // Off unless asked for: of WCAG 2.2.
    rules: { 'target-size': { enabled: true } },
  }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}
