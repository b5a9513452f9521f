// What the package chinese-days says of each day.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: days, isWorkday } = await import('chinese-days');
const told = isWorkday ?? days.isWorkday;
const about = JSON.parse(
  readFileSync(require.resolve('chinese-days').replace(/(node_modules\/chinese-days)\/.*/, '$1/package.json')),
);

console.log(`# ${about.name} ${about.version} (npm)`);
for (const year of [2025, 2026]) {
  for (let month = 1; month <= 12; month += 1) {
    const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const name = `${year}-${String(month).padStart(2, '0')}`;
    let letters = '';
    for (let day = 1; day <= count; day += 1) {
      letters += told(`${name}-${String(day).padStart(2, '0')}`) ? 'W' : 'F';
    }
    console.log(`${name} ${letters}`);
  }
}
