// What keeps visitors of a kiosk from their page, and how it comes about.

import { expect } from '@playwright/test';

import { editSetup } from './edit_setup.js';
import { line, openMatter, row, takeButton, title } from './kiosk.js';
import { toLines } from './kiosk_scenes.js';

/** The hours of one day of the week only, which is neither today nor tomorrow. */
function otherHours() {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  return { week: { [days[(new Date().getUTCDay() + 3) % 7]]: [['09:00', '12:00']] } };
}

/** The station's hall does not open now. */
export const closeStation = (hall) =>
  editSetup(hall, ({ station }) => (station.hours = otherHours()));

/** Pages that stand for a while are not left by anybody. */
const patient = (main) => (main.rules.idle_seconds = 600);

/**
 * Each page by its name: `before(hall)` the kiosk is opened at `path`; what its visitor does
 * (`reach(kiosk)`), what happens then (`happens(hall)`), and what is told.
 */
export const BLOCKED = {
  'a closed hall': {
    path: '/kiosk/K3',
    before: closeStation,
    told: '大厅现在不办公',
  },
  'no such kiosk': {
    path: '/kiosk/K9',
    told: '这台终端还没有登记',
  },
  'a closed line': {
    path: '/kiosk/K1',
    before: (hall) =>
      editSetup(hall, ({ main }) => {
        main.line.find(({ letter }) => letter === 'B').closed = true;
      }),
    reach: async (kiosk) => {
      await toLines(kiosk);
      await line(kiosk, '综合审批').tap();
    },
    told: '综合审批 · 该业务暂停取号',
  },
  'a line that is called later': {
    path: '/kiosk/K1',
    before: (hall) =>
      editSetup(hall, ({ main }) => {
        main.line[0].hours = { ...otherHours(), follows_calendar: false };
      }),
    reach: async (kiosk) => {
      await toLines(kiosk);
      await openMatter(kiosk);
      await takeButton(kiosk).tap();
    },
    told: '企业开办 · 现在不叫号',
  },
  'a printer that does not answer': {
    path: '/kiosk/K1',
    before: (hall) =>
      editSetup(hall, ({ main }) => {
        patient(main);
        // Nothing listens on the discard port.
        main.kiosk[0].printer = { kind: 'escpos', address: '127.0.0.1:9' };
      }),
    told: '打印机没有响应',
  },
  'no server': {
    path: '/kiosk/K1',
    before: (hall) => editSetup(hall, ({ main }) => patient(main)),
    happens: (hall) => hall.kill(),
    told: '暂时连不上服务器',
  },
  'a hall of paired terminals': {
    path: '/kiosk/K1',
    before: (hall) => editSetup(hall, ({ main }) => patient(main)),
    happens: (hall) => editSetup(hall, ({ main }) => (main.paired = true)),
    told: '这台自助终端只能在配对过的终端主机上使用。',
  },
  'nobody who answers': {
    path: '/kiosk/K1',
    before: (hall) =>
      editSetup(hall, ({ main }) => {
        main.rules.idle_seconds = 10;
        main.rules.countdown_seconds = 600;
      }),
    reach: async (kiosk) => {
      await toLines(kiosk);
      await line(kiosk, '综合审批').tap();
      await row(kiosk, '城镇污水排入排水管网许可').tap();
      await expect(takeButton(kiosk)).toBeVisible();
    },
    shown: (kiosk) => expect(kiosk.getByRole('alertdialog')).toBeVisible({ timeout: 40_000 }),
  },
};

/** Waits until a kiosk tells what blocks it. */
export const isBlocked = ({ told, shown }, kiosk) =>
  shown ? shown(kiosk) : expect(title(kiosk)).toHaveText(told, { timeout: 40_000 });
