// Every page of a kiosk that a visitor can stand before while the hall and its server are there,
// and how to get there. What blocks a visitor is in `kiosk_blocked.js`, printing by oneself in
// `print_scenes.js`.

import { expect } from '@playwright/test';

import { acceptCase } from './accepted_case.js';
import { takeNumber } from './api.js';
import { goOnToCheck } from './forms.js';
import { line, openMatter, row, scan, takeButton, title } from './kiosk.js';
import { newPerson } from './persons.js';

const button = (kiosk, name) => kiosk.getByRole('button', { name, exact: true });
const type = async (kiosk, letters) => {
  for (const letter of letters) {
    await kiosk.locator(`[data-key="${letter}"]`).first().tap();
  }
};

/** To the lines: in the easy mode they are a page of their own. */
export async function toLines(kiosk) {
  await expect(title(kiosk)).toHaveText('请选择业务');
  if ((await kiosk.locator('main .few').count()) > 0) {
    await button(kiosk, '取号').tap();
  }
  await expect(line(kiosk, '企业开办')).toBeVisible();
}

/** To a matter with few words, up to the key that takes a number. */
async function toMatter(kiosk) {
  await row(kiosk, '城镇污水排入排水管网许可').tap();
  await expect(takeButton(kiosk)).toBeVisible();
}

/** Touches a time that is free, of the first day that has one. */
async function takeTime(kiosk) {
  const free = kiosk.locator('.times button:enabled');
  for (const day of await kiosk.locator('.days button').all()) {
    await day.tap();
    await expect(day).toHaveAttribute('aria-pressed', 'true');
    if ((await free.count()) > 0) {
      break;
    }
  }
  await free.first().tap();
}

const cases = new WeakMap();
/** A case of a hall, which is accepted once. */
async function caseOf(hall) {
  if (!cases.has(hall)) {
    cases.set(hall, await acceptCase(hall, { matter: 'food-permit' }));
  }
  return cases.get(hall);
}

/**
 * Walks from the home page. Each step of a walk goes on from the page of the one before; it gets
 * the kiosk's page, and its hall.
 */
export const WALKS = [
  { home: async (kiosk) => expect(title(kiosk)).toHaveText('请选择业务') },
  {
    matters: async (kiosk) => {
      await toLines(kiosk);
      await line(kiosk, '综合审批').tap();
      await expect(row(kiosk, '林木采伐许可')).toBeVisible();
    },
    matter: toMatter,
    ticket: async (kiosk) => {
      await takeButton(kiosk).tap();
      await expect(kiosk.locator('.ticket .hero')).toBeVisible();
    },
  },
  {
    'matter with many words': async (kiosk) => {
      await toLines(kiosk);
      await openMatter(kiosk);
      await expect(takeButton(kiosk)).toBeVisible();
    },
  },
  {
    search: async (kiosk) => {
      await button(kiosk, '查找事项').tap();
      await expect(kiosk.locator('.matter').first()).toBeVisible();
    },
    'search, found': async (kiosk) => {
      await type(kiosk, 'SFZ');
      await expect(kiosk.locator('.matter').first()).toContainText('居民身份证');
    },
    'search, closest': async (kiosk) => {
      await type(kiosk, 'Q');
      await expect(kiosk.locator('.closest')).toBeVisible();
    },
    'search, nothing': async (kiosk) => {
      await button(kiosk, '清空').tap();
      await type(kiosk, 'V');
      await expect(kiosk.locator('.nothing')).toBeVisible();
    },
  },
  {
    bookings: async (kiosk) => {
      await button(kiosk, '预约、报到').tap();
      await expect(title(kiosk)).toHaveText('预约');
    },
    'lines for a booking': async (kiosk) => {
      await button(kiosk, '预约办事').tap();
      await expect(title(kiosk)).toHaveText('要预约哪项业务？');
    },
    'a time for a booking': async (kiosk) => {
      await line(kiosk, '企业开办').tap();
      await row(kiosk, '食品经营许可').tap();
      await expect(kiosk.locator('.times button').first()).toBeVisible();
    },
    'a number for a booking': async (kiosk) => {
      await takeTime(kiosk);
      await expect(title(kiosk)).toHaveText('请输入证件号码');
      await type(kiosk, newPerson());
    },
    'a telephone for a booking': async (kiosk) => {
      await button(kiosk, '下一步').tap();
      await expect(title(kiosk)).toHaveText('请输入联系电话');
    },
    'a name for a booking': async (kiosk) => {
      await kiosk.locator('.write-name').tap();
      await type(kiosk, 'LI');
      await expect(kiosk.locator('.candidate').first()).toHaveText('李');
    },
    booked: async (kiosk) => {
      await kiosk.locator('.candidate').first().tap();
      await button(kiosk, '写好了').tap();
      await type(kiosk, '13812345678');
      await button(kiosk, '确认预约').tap();
      await expect(title(kiosk)).toHaveText('预约成功');
    },
  },
  {
    'check-in': async (kiosk) => {
      await button(kiosk, '预约、报到').tap();
      await button(kiosk, '报到取号').tap();
      await expect(title(kiosk)).toHaveText('预约报到');
      await type(kiosk, '13800000000');
    },
    'check-in, refused': async (kiosk) => {
      await button(kiosk, '报到').tap();
      await expect(kiosk.locator('.wrong')).toBeVisible();
    },
  },
  {
    unsure: async (kiosk) => {
      await button(kiosk, '不知道选哪个').tap();
      await expect(title(kiosk)).toHaveText('不知道选哪个');
    },
  },
  {
    scan: async (kiosk) => {
      await button(kiosk, '查进度').tap();
      await expect(kiosk.locator('.scan')).toBeVisible();
    },
    'find a case': async (kiosk) => {
      await button(kiosk, '按办件编号查询').tap();
      await type(kiosk, '261125000173X');
    },
    'find a case, letters': async (kiosk) => {
      await kiosk.locator('.letters-key').tap();
      await expect(kiosk.locator('.letters')).toBeVisible();
    },
    'find a case, refused': async (kiosk) => {
      await kiosk.locator('[data-key="digits"]').tap();
      await type(kiosk, '123');
      await button(kiosk, '查询').tap();
      await expect(kiosk.locator('.wrong')).toBeVisible();
    },
  },
  {
    'a form, six figures': async (kiosk) => {
      await button(kiosk, '查进度').tap();
      await button(kiosk, '接着填已开始的申请表').tap();
      await expect(title(kiosk)).toHaveText('输入六位数字，接着填');
      await type(kiosk, '482');
    },
    'a form, wrong figures': async (kiosk) => {
      await type(kiosk, '913');
      await button(kiosk, '接着填').tap();
      await expect(kiosk.locator('.wrong')).toBeVisible();
    },
  },
  {
    'a ticket that is followed': async (kiosk, hall) => {
      await scan(kiosk, (await takeNumber(hall, 'marriage')).token);
      await expect(kiosk.locator('.followed .hero')).toBeVisible();
    },
    // While its line has a clerk or not, somebody is ahead.
    'a ticket behind others': async (kiosk, hall) => {
      await scan(kiosk, (await takeNumber(hall, 'marriage')).token);
      await expect(kiosk.locator('.followed .ahead .number').first()).toBeVisible();
    },
  },
  {
    'a case that is followed': async (kiosk, hall) => {
      await scan(kiosk, (await caseOf(hall)).token);
      await expect(kiosk.locator('.case-page .case-way')).toBeVisible();
    },
  },
  {
    'guides by line': async (kiosk) => {
      await button(kiosk, '办事指南').tap();
      await expect(title(kiosk)).toHaveText('查看办事指南');
    },
    'guides by department': async (kiosk) => {
      await kiosk.getByRole('radio', { name: '按部门' }).tap();
      await expect(kiosk.locator('.matter').first()).toBeVisible();
    },
    'guides by topic': async (kiosk) => {
      await kiosk.getByRole('radio', { name: '按主题' }).tap();
      await expect(row(kiosk, '开店').first()).toBeVisible();
    },
  },
  {
    guide: async (kiosk) => {
      await button(kiosk, '办事指南').tap();
      await line(kiosk, '企业开办').tap();
      await row(kiosk, '食品经营许可').tap();
      await expect(kiosk.locator('.reading .materials li').first()).toBeVisible();
    },
  },
  {
    'guide of a bundle': async (kiosk) => {
      await button(kiosk, '办事指南').tap();
      await line(kiosk, '企业开办').tap();
      await row(kiosk, '开办餐饮店一件事').tap();
      await expect(kiosk.locator('.reading .materials li').first()).toBeVisible();
    },
    'a form': async (kiosk) => {
      await button(kiosk, '现在填申请表').tap();
      await expect(kiosk.locator('.fill')).toContainText('已保存');
    },
    'a form, pinyin': async (kiosk) => {
      await kiosk.locator('[name="applicant.name"]').click();
      await type(kiosk, 'LI');
      await expect(kiosk.locator('.candidate').first()).toHaveText('李');
    },
    'a form, figures': async (kiosk) => {
      await kiosk.locator('[name="applicant_telephone"]').click();
      await expect(kiosk.locator('.touch-keys .keypad')).toBeVisible();
    },
    'a form, checked': async (kiosk) => {
      await goOnToCheck(kiosk);
      await expect(kiosk.locator('.to-correct button').first()).toBeVisible();
    },
    'a form, help': async (kiosk) => {
      await button(kiosk, '请人帮忙').click();
      await expect(kiosk.locator('.share-figures')).toBeVisible();
    },
    'a form, by phone': async (kiosk) => {
      await button(kiosk, '回到填写').click();
      await button(kiosk, '用手机接着填').click();
      await expect(title(kiosk)).toHaveText('用手机扫码，接着填');
    },
  },
  {
    issuing: async (kiosk) => {
      await toLines(kiosk);
      await kiosk.route('**/api/kiosk/issue', () => {});
      await openMatter(kiosk);
      await takeButton(kiosk).tap();
      // It begins to explain itself after some seconds.
      await expect(title(kiosk)).toHaveText('暂时连不上服务器', { timeout: 10_000 });
    },
  },
  {
    refused: async (kiosk) => {
      const refusal = {
        code: 'line_full',
        message: '这个队列等候的人已满，暂时不再取号。',
        next: '请稍后再来，或到咨询台询问其他办理方式。',
      };
      await toLines(kiosk);
      await kiosk.route('**/api/kiosk/issue', (route) => route.fulfill({ status: 409, json: refusal }));
      await openMatter(kiosk);
      await takeButton(kiosk).tap();
      await expect(title(kiosk)).toHaveText(refusal.message);
    },
  },
];

/** Pages that there are in the easy mode alone. */
const EASY_WALKS = [
  { lines: toLines },
  {
    priorities: async (kiosk) => {
      await toLines(kiosk);
      await line(kiosk, '综合审批').tap();
      await toMatter(kiosk);
      await kiosk.locator('.priorities button').tap();
      await expect(row(kiosk, '70 岁以上')).toBeVisible();
    },
  },
];

/**
 * Pages to which nothing leads in the easy mode. Its home page has no key for the search, and its
 * index of guides is grouped by lines alone (style/accessibility/easy.css); only a hall without
 * a general line offers the search to whoever does not know what to choose. All others are there.
 */
const NOT_EASY = [
  'search', 'search, found', 'search, closest', 'search, nothing', 'guides by department', 'guides by topic',
];

/** The walks that a visitor can go in a mode. */
export function walksIn(mode) {
  if (mode !== 'easy') {
    return WALKS;
  }
  const walks = WALKS.map((walk) =>
    Object.fromEntries(Object.entries(walk).filter(([name]) => !NOT_EASY.includes(name))));
  return [...walks.filter((walk) => Object.keys(walk).length > 0), ...EASY_WALKS];
}

/** Each page by its name, and the whole way to it from the home page: `reach(kiosk, hall)`. */
export const SCENES = Object.fromEntries(WALKS.flatMap((walk) => {
  const steps = Object.values(walk);
  return Object.keys(walk).map((name, last) => [name, async (kiosk, hall) => {
    for (const step of steps.slice(0, last + 1)) {
      await step(kiosk, hall);
    }
  }]);
}));
