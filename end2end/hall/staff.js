// Clerks and reviewers at their pages, for the journeys of cases.

import { expect } from '@playwright/test';

import { takeNumber } from './api.js';
import { screens } from './screens.js';

export const button = (page, name) => page.getByRole('button', { name });

/** Formats `261125000173` as `261125 00017 3`. */
export function grouped(number) {
  return `${number.slice(0, 6)} ${number.slice(6, 11)} ${number.slice(11)}`;
}

/** A person with a sample identity number. */
export const WANG = { name: '王小明', number: '11010519491231002X', telephone: '13912345678' };
/** A business with a sample credit code. */
export const SHOP = { name: '青禾小吃店', number: '9144030071526726XG', telephone: '13912345678' };

/** A helper's tablet. */
const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };

/** Fills in the sign-in of a page. */
export async function signIn(page, name, password) {
  await page.getByLabel('登录名').fill(name);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
}

/** A counter's page with its clerk signed in. */
export async function openCounter(open, hall, counter, screen = screens.desktop) {
  const page = await open(screen, '/counter', { at: hall });
  await page.getByText(`${counter}号窗口`, { exact: true }).click();
  await signIn(page, `clerk${counter}`, hall.password);
  await expect(page.getByRole('heading', { name: `${counter}号窗口` })).toBeVisible();
  return page;
}

/** Presses the main button once it is enabled. */
async function pressNext(page, label) {
  const next = page.locator('.levers .next');
  await expect(next).toContainText(label);
  await expect(next).toBeEnabled();
  await expect(page.locator('.levers')).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press(' ');
}

/** Takes a number for a matter, calls it and begins the service. Returns the ticket. */
export async function serve(page, hall, matter) {
  const ticket = await takeNumber(hall, matter);
  await pressNext(page, '叫下一位');
  await expect(page.locator('.visitor .number')).toHaveText(ticket.number);
  await pressNext(page, '开始办理');
  await expect(page.locator('.lever-open-case')).toBeEnabled();
  return ticket;
}

/** Opens a case from the ticket being served. Returns its number. */
export async function openCase(page, applicant = WANG, { bundle, business = false } = {}) {
  await page.keyboard.press('o');
  if (bundle) {
    await page.locator('.subject .option', { hasText: bundle }).click();
  }
  if (business) {
    await page.locator('.segments label', { hasText: '企业' }).click();
  }
  await page.getByLabel(business ? '名称' : '姓名', { exact: true }).fill(applicant.name);
  await page.getByLabel(business ? '统一社会信用代码' : '证件号码').fill(applicant.number);
  await page.getByLabel('联系电话').fill(applicant.telephone);
  await button(page, '收件，核对材料').click();
  const title = page.locator('.reception .bar h2');
  await expect(title).toHaveText(/^办件 \d{6} \d{5} \d$/);
  return (await title.textContent()).replace(/\D/g, '');
}

/** The row of a material. */
export const material = (page, name) => page.locator('.reception li', { hasText: name }).first();

/** Draws a name on a signature pad. */
export async function sign(page) {
  const pad = page.locator('dialog.asking canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.down();
  for (const [x, y] of [[0.3, 0.3], [0.4, 0.7], [0.5, 0.4], [0.6, 0.6], [0.7, 0.35], [0.8, 0.65]]) {
    await page.mouse.move(...at(x, y), { steps: 8 });
  }
  await page.mouse.up();
}

/** The office page with a reviewer signed in. */
export async function openOffice(open, hall, name, screen = screens.desktop) {
  const page = await open(screen, '/office', { at: hall });
  await page.getByLabel('登录名').fill(name);
  await page.getByLabel('密码').fill(hall.password);
  await button(page, '登录').click();
  await expect(page.locator('.office .head .clerk')).not.toBeEmpty();
  return page;
}

/** The helper's page with somebody signed in. */
export async function openHelp(open, hall, name = 'clerk1') {
  const page = await open(TABLET, '/help', { at: hall });
  await signIn(page, name, hall.password);
  await expect(page.getByText('输入申请人屏幕上的六位数字')).toBeVisible();
  return page;
}

/** What only the director sees, on the pages that specs begin with. */
const ADMIN_PAGES = { now: '.figures', terminals: '.pair-terminal' };

/** A page of the administration with the director signed in. */
export async function openAdmin(open, hall, { section = 'now', screen = screens.desktop } = {}) {
  const page = await open(screen, section === 'now' ? '/admin' : `/admin#${section}`, { at: hall });
  await page.getByLabel('登录名').fill('admin');
  await page.getByLabel('密码').fill(hall.password);
  await button(page, '登录').click();
  await expect(page.locator('.admin-nav')).toBeVisible();
  await expect(page.locator(ADMIN_PAGES[section])).toBeVisible();
  return page;
}

/** The rows of a case in the office's list of steps. */
export const steps = (page, number) => page.locator('.step-row', { hasText: grouped(number) });

/** A reviewer approves the first of their steps of a case. */
export async function approve(page, number) {
  const sheet = page.locator('.act-sheet');
  await steps(page, number).first().click();
  await expect(page.locator('.case-in-hand')).toContainText(grouped(number));
  await expect(button(page, '通过').first()).toBeEnabled();
  await page.keyboard.press('a');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(sheet).toBeHidden();
  await expect(page.locator('.case-in-hand')).toContainText('已通过。');
}

/**
 * A reviewer approves their steps of a case, one by one, until none is left.
 */
export async function approveAll(page, number) {
  while ((await steps(page, number).count()) > 0) {
    const text = await steps(page, number).first().textContent();
    await approve(page, number);
    await expect(steps(page, number).filter({ hasText: text })).toHaveCount(0);
  }
}
