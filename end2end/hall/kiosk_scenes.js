// Every page of a kiosk that a visitor can stand before, and how to get there.

import { line, openMatter, row, takeButton, title } from './kiosk.js';
import { expect } from '@playwright/test';

const button = (kiosk, name) => kiosk.getByRole('button', { name, exact: true });
const type = async (kiosk, letters) => {
  for (const letter of letters) {
    await kiosk.locator(`[data-key="${letter}"]`).first().tap();
  }
};

/** The form of a bundle, which nobody has filled in. */
async function beginForm(kiosk) {
  await SCENES['guide of a bundle'](kiosk);
  await button(kiosk, '现在填申请表').tap();
  await expect(kiosk.locator('.fill')).toContainText('已保存');
}

/** Pages that an open hall with its server shows; each begins at the home page. */
export const SCENES = {
  home: async () => {},
  matters: async (kiosk) => {
    await line(kiosk, '综合审批').tap();
    await expect(row(kiosk, '林木采伐许可')).toBeVisible();
  },
  matter: async (kiosk) => {
    await line(kiosk, '综合审批').tap();
    await row(kiosk, '城镇污水排入排水管网许可').tap();
    await expect(takeButton(kiosk)).toBeVisible();
  },
  'matter with many words': async (kiosk) => {
    await openMatter(kiosk);
    await expect(takeButton(kiosk)).toBeVisible();
  },
  ticket: async (kiosk) => {
    await line(kiosk, '综合审批').tap();
    await row(kiosk, '城镇污水排入排水管网许可').tap();
    await takeButton(kiosk).tap();
    await expect(kiosk.locator('.ticket .hero')).toBeVisible();
  },
  search: async (kiosk) => {
    await button(kiosk, '查找事项').tap();
    await expect(kiosk.locator('.matter').first()).toBeVisible();
  },
  'search, found': async (kiosk) => {
    await button(kiosk, '查找事项').tap();
    await type(kiosk, 'SFZ');
    await expect(kiosk.locator('.matter').first()).toContainText('居民身份证');
  },
  'search, closest': async (kiosk) => {
    await button(kiosk, '查找事项').tap();
    await type(kiosk, 'SFZQ');
    await expect(kiosk.locator('.closest')).toBeVisible();
  },
  'search, nothing': async (kiosk) => {
    await button(kiosk, '查找事项').tap();
    await type(kiosk, 'V');
    await expect(kiosk.locator('.nothing')).toBeVisible();
  },
  'a name for a booking': async (kiosk) => {
    await button(kiosk, '预约、报到').tap();
    await button(kiosk, '预约办事').tap();
    await line(kiosk, '企业开办').tap();
    await kiosk.locator('.matter', { hasText: '食品经营许可' }).tap();
    await kiosk.locator('.times button:enabled').first().tap();
    await type(kiosk, '11010519491231002X');
    await button(kiosk, '下一步').tap();
    await kiosk.locator('.write-name').tap();
    await type(kiosk, 'LI');
    await expect(kiosk.locator('.candidate').first()).toHaveText('李');
  },
  unsure: async (kiosk) => {
    await button(kiosk, '不知道选哪个').tap();
    await expect(title(kiosk)).toHaveText('不知道选哪个');
  },
  scan: async (kiosk) => {
    await button(kiosk, '查进度').tap();
    await expect(kiosk.locator('.scan')).toBeVisible();
  },
  'find a case': async (kiosk) => {
    await button(kiosk, '查进度').tap();
    await button(kiosk, '按办件编号查询').tap();
    await type(kiosk, '261125000173');
    await type(kiosk, 'X');
  },
  'find a case, letters': async (kiosk) => {
    await SCENES['find a case'](kiosk);
    await kiosk.locator('.letters-key').tap();
    await expect(kiosk.locator('.letters')).toBeVisible();
  },
  'find a case, refused': async (kiosk) => {
    await SCENES['find a case'](kiosk);
    await type(kiosk, '123');
    await button(kiosk, '查询').tap();
    await expect(kiosk.locator('.wrong')).toBeVisible();
  },
  'guides by line': async (kiosk) => {
    await button(kiosk, '办事指南').tap();
    await expect(title(kiosk)).toHaveText('查看办事指南');
  },
  'guides by department': async (kiosk) => {
    await button(kiosk, '办事指南').tap();
    await kiosk.getByRole('radio', { name: '按部门' }).tap();
    await expect(kiosk.locator('.matter').first()).toBeVisible();
  },
  'guides by topic': async (kiosk) => {
    await button(kiosk, '办事指南').tap();
    await kiosk.getByRole('radio', { name: '按主题' }).tap();
    await expect(kiosk.locator('.matter').first()).toBeVisible();
  },
  guide: async (kiosk) => {
    await button(kiosk, '办事指南').tap();
    await line(kiosk, '企业开办').tap();
    await row(kiosk, '食品经营许可').tap();
    await expect(kiosk.locator('.reading .materials li').first()).toBeVisible();
  },
  'guide of a bundle': async (kiosk) => {
    await button(kiosk, '办事指南').tap();
    await line(kiosk, '企业开办').tap();
    await row(kiosk, '开办餐饮店一件事').tap();
    await expect(kiosk.locator('.reading .materials li').first()).toBeVisible();
  },
  'a form, pinyin': async (kiosk) => {
    await beginForm(kiosk);
    await kiosk.locator('[name="applicant.name"]').click();
    await type(kiosk, 'LI');
    await expect(kiosk.locator('.candidate').first()).toHaveText('李');
  },
  'a form, figures': async (kiosk) => {
    await beginForm(kiosk);
    await kiosk.locator('[name="applicant_telephone"]').click();
    await expect(kiosk.locator('.touch-keys .keypad')).toBeVisible();
  },
  'a form, help': async (kiosk) => {
    await beginForm(kiosk);
    await button(kiosk, '请人帮忙').click();
    await expect(kiosk.locator('.share-figures')).toBeVisible();
  },
  'a form, checked': async (kiosk) => {
    await beginForm(kiosk);
    const place = kiosk.locator('.fill .title [role="status"]');
    while (await kiosk.locator('.fill-ways .key').isEnabled()) {
      const before = await place.textContent();
      await kiosk.locator('.fill-ways .key').click();
      await expect(place).not.toHaveText(before);
    }
    await expect(kiosk.locator('.to-correct button').first()).toBeVisible();
  },
  issuing: async (kiosk) => {
    await kiosk.route('**/api/kiosk/issue', () => {});
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    // It begins to explain itself after some seconds.
    await expect(title(kiosk)).toHaveText('暂时连不上服务器', { timeout: 10_000 });
  },
  refused: async (kiosk) => {
    const refusal = {
      code: 'line_full',
      message: '这个队列等候的人已满，暂时不再取号。',
      next: '请稍后再来，或到咨询台询问其他办理方式。',
    };
    await kiosk.route('**/api/kiosk/issue', (route) => route.fulfill({ status: 409, json: refusal }));
    await openMatter(kiosk);
    await takeButton(kiosk).tap();
    await expect(title(kiosk)).toHaveText(refusal.message);
  },
};
