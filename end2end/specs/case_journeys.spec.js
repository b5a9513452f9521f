// Journeys of whole cases through the counter, the departments, the visitor's
// phone and the Results window.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  SHOP,
  WANG,
  approve,
  approveAll,
  button,
  grouped,
  material,
  openCase,
  openOffice,
  serve,
  sign,
  openCounter,
  steps,
} from '../hall/staff.js';
import { acceptCase } from '../hall/accepted_case.js';
import { expect, openHall, screenshot, readQr, screens, test } from '../hall/index.js';

const main = (page) => page.locator('main');
const headline = (page) => page.locator('.say strong');

/** A photograph of a document. */
async function photograph(page, title) {
  await page.setContent(`<h1 style="font:80px sans-serif;padding:80px">${title}</h1>`);
  return { name: 'photo.png', mimeType: 'image/png', buffer: await page.screenshot() };
}

test('a bundle for a café: two departments in parallel, one document by phone', async ({
  open,
  ownHall: hall,
  page: drawn,
}) => {
  test.setTimeout(180_000);
  const counter = await openCounter(open, hall, 1);
  const ticket = await serve(counter, hall, 'food-permit');
  await counter.keyboard.press('o');
  await screenshot(counter, 'reception-opening');
  await counter.keyboard.press('Escape');
  const number = await openCase(counter, SHOP, { bundle: '开办餐饮店', business: true });

  // One list for three matters, each document once.
  const rows = counter.locator('.reception .choice');
  await expect(material(counter, '营业执照')).toHaveCount(0);
  const count = await rows.count();
  expect(count).toBeGreaterThan(4);
  await material(counter, '食品安全管理制度').getByRole('radio', { name: '容缺' }).click();
  await counter.keyboard.press('a');
  await expect(counter.getByText('1 项容缺，待签承诺')).toBeVisible();
  await expect(counter.locator('.reception .states [aria-checked="true"].present')).toHaveCount(
    count - 1,
  );
  const papers = await photograph(drawn, '布局图');
  await material(counter, '布局图').locator('input[type=file]').setInputFiles(papers);
  await expect(material(counter, '布局图').locator('img')).toBeVisible();
  await screenshot(counter, 'reception-materials');

  await button(counter, '签补交承诺').last().click();
  await sign(counter);
  await screenshot(counter, 'reception-promise');
  await button(counter, '确认承诺').click();
  await expect(counter.getByText('补交承诺已签')).toBeVisible();
  await expect(counter.locator('.reception .next')).toContainText('受理');
  await counter.locator('.reception .next').click();
  await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();
  await screenshot(counter, 'reception-receipt');
  await counter.locator('.paper-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
  const receipt = await readQr(counter.locator('dialog.asking[open]'));
  expect(receipt.toLowerCase()).toContain(`${hall.address}/t/`.toLowerCase());
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');

  // The receipt's code leads to the case, and the slip's once the visit is over.
  const phone = await open(screens.phone, new URL(receipt.toLowerCase()).pathname, { at: hall });
  await expect(phone.locator('.figure')).toHaveText(grouped(number));
  await expect(phone.locator('[data-part=missing]')).toContainText('食品安全管理制度');
  await screenshot(phone, 'case-deferred');
  const slip = await open(screens.phone, new URL(ticket.progress_url).pathname, { at: hall });
  await expect(main(slip)).toHaveAttribute('data-state', 'serving');
  await expect(slip.locator('[data-part=case]')).toContainText(grouped(number));
  await counter.locator('.lever-finish').click();
  await expect(slip.locator('.figure')).toHaveText(grouped(number));

  // First the licence, then the permit and the sign in parallel.
  const [market, street] = [await openOffice(open, hall, 'review1'), await openOffice(open, hall, 'review2')];
  await expect(steps(market, number)).toHaveCount(1);
  await expect(steps(street, number)).toHaveCount(0);
  await approve(market, number);
  await expect(steps(street, number)).toHaveCount(1);
  await expect(steps(market, number)).toHaveCount(1);
  await expect(phone.locator('.way .now')).toHaveCount(2);
  await screenshot(phone, 'case-side-by-side');

  // The missing document is uploaded by phone and counts as received.
  const rules = await photograph(drawn, '食品安全管理制度');
  await phone.locator('.supply input[capture]').setInputFiles(rules);
  await expect(phone.locator('.sending .well')).toContainText('photo.png · 已收到');
  await expect(phone.locator('[data-part=missing] li')).toHaveCount(0);
  // The receipt's page shows what was sent, and more can be added.
  const sent = phone.locator('[data-part=sent]');
  await expect(sent.locator('img')).toHaveJSProperty('complete', true);
  await expect(sent).toContainText('photo.png');
  await expect(sent.locator('.supply')).toHaveCount(1);
  await screenshot(phone, 'case-supplied');

  await approveAll(street, number);
  await expect(main(phone)).toHaveAttribute('data-state', 'accepted');
  await approveAll(market, number);
  await expect(main(phone)).toHaveAttribute('data-state', 'ready');
  await expect(headline(phone)).toHaveText(/^\d{6}$/);
  await screenshot(phone, 'case-ready');
  const code = await headline(phone).textContent();

  // Anyone can verify the document.
  const verify = phone.locator('[data-part=documents] a').first();
  const address = await verify.getAttribute('href');
  const checked = await open(screens.phone, address, { at: hall });
  await expect(checked.locator('.verdict')).toHaveText('真实有效');
  await expect(main(checked)).not.toContainText('青禾小吃店');
  await screenshot(checked, 'verify-genuine');

  // The Results window.
  await counter.keyboard.press('x');
  await counter.locator('.case-row', { hasText: grouped(number) }).click();
  await expect(counter.locator('.reception .next')).toContainText('交付');
  await counter.locator('.reception .next').click();
  await counter.getByLabel('取件码').fill('000000');
  await button(counter, '确认交付').click();
  await expect(counter.locator('dialog.asking[open] [role=alert]')).toContainText('核对身份证件');
  await counter.getByLabel('已核对领取人身份证件').check();
  await button(counter, '确认交付').click();
  await expect(counter.locator('dialog.asking[open] [role=alert]')).not.toBeEmpty();
  await counter.getByLabel('取件码').fill(code);
  await sign(counter);
  await screenshot(counter, 'results-handing-over');
  await button(counter, '确认交付').click();
  await expect(counter.getByText('已交付。')).toBeVisible();
  await expect(main(phone)).toHaveAttribute('data-state', 'delivered');
  await expect(headline(phone)).toHaveText('已领取');
  await screenshot(phone, 'case-delivered');
  await phone.getByRole('link', { name: 'English' }).click();
  await expect(headline(phone)).toHaveText('Collected');
  await screenshot(phone, 'case-delivered-english');
});

const DAY = 24 * 60 * 60 * 1000;

test('an allowance is paused, and decided in time across a holiday with make-up days', async ({
  open,
}) => {
  test.setTimeout(180_000);
  // National Day 2026: 1 to 7 October are off; Sunday 20 September and Saturday
  // 10 October are working days.
  const clock = join((await import('node:os')).tmpdir(), `clock-${process.pid}-${Date.now()}`);
  const setClock = (day) =>
    writeFile(clock, String(Math.round(Date.parse(`${day}T10:00:00+08:00`) - Date.now())));
  await setClock('2026-09-18');
  const hall = await openHall({ JIBAN_TEST_CLOCK: clock });
  try {
    const counter = await openCounter(open, hall, 5);
    const { progress_url } = await serve(counter, hall, 'elder-allowance');
    const number = await openCase(counter);
    await counter.keyboard.press('a');
    await expect(counter.getByText('材料已齐，可以受理。')).toBeVisible();
    // 22 working days after Friday 18 September: the make-up days count, the
    // holiday does not.
    await expect(counter.locator('.reception .due .day')).toContainText('10月26日');
    await counter.locator('.reception .next').click();
    await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();
    await counter.keyboard.press('Escape');
    await counter.keyboard.press('Escape');
    await counter.locator('.lever-finish').click();

    const phone = await open(screens.phone, new URL(progress_url).pathname, { at: hall });
    await expect(headline(phone)).toHaveText('10月26日 周一');
    await expect(phone.locator('.wait')).toHaveText('还有 22 个工作日');

    // Paused from Monday to Thursday for an appraisal: four working days do not
    // count.
    await setClock('2026-09-21');
    let civil = await openOffice(open, hall, 'review3');
    await steps(civil, number).click();
    await expect(civil.locator('.case-in-hand')).toContainText(grouped(number));
    await civil.keyboard.press('p');
    await civil.locator('.act-sheet').getByLabel('鉴定').check();
    await button(civil.locator('.act-sheet'), '暂停计时').click();
    await expect(civil.locator('.deadline')).toContainText('鉴定');
    await expect(headline(phone)).toHaveText('暂停计时');
    await expect(main(phone)).toContainText('鉴定期间不计入办理时限');
    await screenshot(phone, 'case-paused');
    await setClock('2026-09-24');
    civil = await openOffice(open, hall, 'review3');
    await steps(civil, number).click();
    await expect(civil.locator('.case-in-hand')).toContainText(grouped(number));
    await civil.keyboard.press('p');
    await button(civil.locator('.act-sheet'), '恢复计时').click();
    await expect(civil.locator('.deadline')).toContainText('9月21日 周一–9月24日 周四');
    await expect(headline(phone)).toHaveText('10月30日 周五');
    await expect(main(phone)).toContainText('鉴定 · 9月21日–9月24日');
    await screenshot(phone, 'case-resumed');

    // Decided after the holiday, in time.
    await setClock('2026-10-20');
    civil = await openOffice(open, hall, 'review3');
    await approveAll(civil, number);
    await expect(main(phone)).toHaveAttribute('data-state', 'ready');
    await screenshot(civil, 'office-after-the-holiday');
    const response = await civil.request.get(
      `${hall.address}/api/progress?token=${new URL(progress_url).pathname.split('/').pop()}`,
    );
    const { case: progress } = await response.json();
    expect(progress.state).toBe('ready');
    expect(progress.due).toBe('2026-10-30');
  } finally {
    await hall.remove();
  }
});

test('a permit is refused: the reasons and how to appeal, in English', async ({
  open,
  ownHall: hall,
}) => {
  const counter = await openCounter(open, hall, 1);
  const { progress_url } = await serve(counter, hall, 'food-permit');
  const number = await openCase(counter, WANG);
  await counter.keyboard.press('a');
  await expect(counter.getByText('材料已齐，可以受理。')).toBeVisible();
  await counter.locator('.reception .next').click();
  await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await counter.locator('.lever-finish').click();

  const market = await openOffice(open, hall, 'review1');
  await button(market, 'English').click();
  await steps(market, number).click();
  await expect(market.locator('.case-in-hand')).toContainText(grouped(number));
  await market.keyboard.press('r');
  await market.locator('.act-sheet').getByLabel('Reasons').fill('The kitchen lies beside a waste yard.');
  await market.locator('.act-sheet footer button').last().click();
  await expect(steps(market, number)).toHaveCount(0);

  const phone = await open(screens.phone, `${new URL(progress_url).pathname}?lang=en`, { at: hall });
  await expect(headline(phone)).toHaveText('Not approved');
  await expect(phone.locator('.refused')).toContainText('The kitchen lies beside a waste yard.');
  await expect(phone.locator('.appeal li')).toHaveCount(2);
  await screenshot(phone, 'case-rejected-english');

  await counter.keyboard.press('c');
  await counter.getByPlaceholder(/办件编号/).or(counter.getByLabel(/办件编号/)).first().fill(number);
  await counter.keyboard.press('Enter');
  await counter.locator('.case-row', { hasText: grouped(number) }).click();
  await button(counter, '不予许可决定书').click();
  await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();
  await screenshot(counter, 'reception-decision');
});

test('a case is found by its number at a kiosk, and after the browser crashed', async ({
  open,
  ownHall: hall,
}) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  await counter.keyboard.press('o');
  await counter.getByLabel('证件号码').fill('110105194912310021');
  await counter.getByLabel('联系电话').focus();
  await expect(counter.locator('.typed.bad')).toBeVisible();
  await counter.keyboard.press('Escape');
  const number = await openCase(counter);
  await material(counter, '申请书').getByRole('radio', { name: '已交' }).click();
  await expect(counter.getByText('4 项材料未交')).toBeVisible();

  // After a crash the page continues where it was.
  await counter.reload();
  await expect(counter.locator('.lever-open-case')).toContainText('继续办件');
  await counter.keyboard.press('o');
  await expect(counter.locator('.reception .bar h2')).toContainText(grouped(number));
  await expect(counter.getByText('4 项材料未交')).toBeVisible();
  await button(counter, '一次性告知').click();
  await screenshot(counter, 'reception-telling');
  await button(counter, '告知并打印').click();
  await expect(counter.getByText('已告知，手机上同时可见。')).toBeVisible();

  for (const [shape, screen] of [
    ['upright', screens.kioskUpright],
    ['flat', screens.kioskFlat],
  ]) {
    const kiosk = await open(screen, '/kiosk/K1', { at: hall });
    await button(kiosk, '查进度').tap();
    await button(kiosk, '按办件编号查询').tap();
    for (const digit of number) {
      await kiosk.locator('.keypad').getByText(digit, { exact: true }).tap();
    }
    for (const digit of '0021') {
      await kiosk.locator('.keypad').getByText(digit, { exact: true }).tap();
    }
    await screenshot(kiosk, `kiosk-find-${shape}`);
    await kiosk.locator('.find > .key').tap();
    await expect(kiosk.getByRole('alert')).toBeVisible();
    await kiosk.getByRole('button', { name: '删除' }).tap();
    await kiosk.locator('.keypad').getByText('X', { exact: true }).tap();
    await kiosk.locator('.find > .key').tap();
    await expect(kiosk.locator('.case-page')).toContainText(grouped(number));
    await expect(kiosk.locator('.case-page .missing li')).toHaveCount(4);
    // Others who read the screen learn no name.
    await expect(kiosk.locator('.case-page')).not.toContainText('王');
    await screenshot(kiosk, `kiosk-case-${shape}`);
    await button(kiosk, '完成').tap();
  }
});

test('a matter is decided on the spot, and the next visit reuses its documents', async ({
  open,
  ownHall: hall,
  page: drawn,
}) => {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'proprietor-open');
  await openCase(counter);
  await counter.keyboard.press('a');
  await expect(counter.locator('.reception .next')).toContainText('受理并当场办结');
  await counter.locator('.reception .next').click();
  await expect(counter.locator('dialog.asking[open] .paper svg')).toBeVisible();
  await counter.keyboard.press('Escape');
  await expect(counter.locator('.reception .next')).toContainText('交付');
  await counter.locator('.reception .next').click();
  // The receipt of a decision on the spot leads to no code: the clerk prints it.
  await counter.getByLabel('已核对领取人身份证件').check();
  await button(counter, '确认交付').click();
  await expect(counter.locator('dialog.asking[open] [role=alert]')).toContainText('拍摄身份证件');
  const card = await photograph(drawn, '居民身份证');
  await counter.locator('.card-photo input[type=file]').setInputFiles(card);
  await expect(counter.getByText('身份证件已拍摄')).toBeVisible();
  await screenshot(counter, 'results-card-photographed');
  await button(counter, '确认交付').click();
  await expect(counter.getByText('已交付。')).toBeVisible();
  const pdf = await counter.locator('.led-to a').getAttribute('href');
  const answer = await counter.request.get(pdf);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  await counter.keyboard.press('Escape');
  await counter.locator('.lever-finish').click();

  await serve(counter, hall, 'food-permit');
  await openCase(counter);
  const offer = counter.locator('.offer', { hasText: '本厅已发' });
  await expect(offer).toBeVisible();
  await screenshot(counter, 'reception-offer');
  await button(offer, '复用').click();
  await expect(counter.getByText('取自办件')).toBeVisible();
});

test('a colleague says why before the case of another clerk is shown', async ({
  open,
  ownHall: hall,
}) => {
  const { number } = await acceptCase(hall, { matter: 'food-permit' });
  const counter = await openCounter(open, hall, 2);
  const search = async () => {
    await counter.keyboard.press('c');
    await counter.locator('.search input').fill(number);
    await counter.keyboard.press('Enter');
    await counter.locator('.case-row', { hasText: grouped(number) }).click();
  };
  await search();
  const dialog = counter.locator('dialog.asking[open]');
  await expect(dialog).toContainText('查看他人经办的办件');
  await screenshot(counter, 'reception-say-why');
  // By the keyboard alone: the next reason, and Enter.
  await expect(dialog.locator('input[type=radio]').first()).toBeFocused();
  await counter.keyboard.press('ArrowDown');
  await counter.keyboard.press('Enter');
  await expect(counter.locator('.reception .bar h2')).toContainText(grouped(number));
  await expect(dialog).toBeHidden();
  // For a while it is open: nothing is asked again.
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await search();
  await expect(counter.locator('.reception .bar h2')).toContainText(grouped(number));
});
