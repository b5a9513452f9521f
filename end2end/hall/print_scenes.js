// The pages of printing by oneself, and the printer and the records that they need.

import { readFile } from 'node:fs/promises';

import { expect, request } from '@playwright/test';

import { editSetup } from './edit_setup.js';
import { startPrinter } from './ipp_printer.js';
import { row, scan, title } from './kiosk.js';

const records = new URL('../../demo/insured.csv', import.meta.url);
/** Of whom the department has records. */
const INSURED = '11010519491231002X';

/** Gives kiosk K2 of a hall a printer of A4 pages, and the hall records to print. */
export async function preparePrinting(hall) {
  const printer = await startPrinter();
  await editSetup(hall, ({ main }) => {
    main.kiosk.find(({ id }) => id === 'K2').document_printer.address = printer.address;
    main.statement[0].times_a_day = 50;
    main.self_print.documents_of_person = 100;
  });
  const director = await request.newContext({ baseURL: hall.address });
  await director.post('/api/admin/sign_in', { data: { name: 'admin', password: hall.password } });
  const file = await readFile(records, 'utf8');
  const data = { hall: 'main', statement: 'insured', file };
  const imported = await director.post('/api/admin/import_records', { data });
  expect(imported.ok(), await imported.text()).toBe(true);
  await director.dispose();
  return printer;
}

const button = (kiosk, name) => kiosk.getByRole('button', { name });

/** Walks through the pages at K2, as those of `kiosk_scenes.js`. */
export const printWalks = (printer) => [
  {
    proof: async (kiosk) => {
      printer.holds = false;
      await button(kiosk, '自助打印').tap();
      await expect(kiosk.locator('.self-print')).toContainText('请把身份证放在读卡处');
    },
    'proof, refused': async (kiosk) => {
      await scan(kiosk, '6901234567892');
      await expect(kiosk.locator('.wrong')).toBeVisible();
    },
    choose: async (kiosk) => {
      await scan(kiosk, INSURED);
      await expect(row(kiosk, '社会保险参保证明')).toBeVisible();
    },
    printing: async (kiosk) => {
      printer.holds = true;
      await row(kiosk, '社会保险参保证明').tap();
      await expect(title(kiosk)).toHaveText('正在打印');
    },
    printed: async (kiosk) => {
      printer.holds = false;
      await expect(title(kiosk)).toHaveText('打印完成');
    },
  },
  {
    code: async (kiosk) => {
      await button(kiosk, '自助打印').tap();
      await button(kiosk, '没有带身份证').tap();
      await expect(title(kiosk)).toHaveText('用取件码领取结果');
      for (const key of `482913${INSURED}`) {
        await kiosk.locator('.keypad').getByRole('button', { name: key, exact: true }).tap();
      }
    },
    'code, refused': async (kiosk) => {
      await button(kiosk, '确定').tap();
      await expect(kiosk.locator('.wrong')).toBeVisible();
    },
  },
];
