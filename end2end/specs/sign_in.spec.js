// An applicant proves who they are at a provider of identities, which is another site.

import { findings } from '../hall/axe.js';
import { openProvider } from '../hall/identity_provider.js';
import { expect, openHall, screenshot, screens, test } from '../hall/index.js';
import { layoutProblems } from '../hall/layout.js';

// A trace fetches the pictures that a page reads as `blob:`, and the policy of our pages
// forbids that.
test.use({ trace: 'off' });

const PERSON = { id_number: '11010519491231002X', name: '欧阳小满', phone_number: '13800138000' };
const NARROW = { ...screens.phone, viewport: { width: 320, height: 568 } };

async function holds(page, name, scripts = true) {
  if (!scripts) {
    return;
  }
  expect(await findings(page), name).toEqual([]);
  expect(await layoutProblems(page, { leastTarget: 24 }), name).toEqual([]);
  await screenshot(page, `sign_in_${name}`);
}

const MATTER = '/apply/main/proprietor-open';
const toSignIn = (page) => page.getByRole('button', { name: /浙里办|Zhejiang account/ });

for (const [screen, lang, scripts] of [
  [screens.phone, 'zh', true],
  [NARROW, 'en', true],
  [screens.phone, 'zh', false],
]) {
  const how = scripts ? '' : ', without scripts';
  test(`whoever signs in is proven and filled in (${lang}${how})`, async ({ open }) => {
    const provider = await openProvider(PERSON);
    const hall = await openHall({ JIBAN_IDENTITY_PROVIDER: provider.file });
    const zh = lang === 'zh';
    const matter = `${MATTER}?lang=${zh ? 'zh-CN' : 'en'}`;
    const page = await open(screen, matter, { at: hall, javaScriptEnabled: scripts });
    await page.getByRole('button', { name: zh ? '开始填写' : 'Begin' }).first().click();

    // What was typed is kept when somebody goes to sign in from the first step.
    await page.locator('[name="applicant.name"]').fill('欧阳');
    await holds(page, `step_${lang}`, scripts);
    await toSignIn(page).click();
    await expect(page.getByText(zh ? '身份尚未核验。' : 'Who you are is not proven yet.')).toBeVisible();
    await holds(page, `offer_${lang}`, scripts);

    // Refused at the provider: told, and back to the draft as it was.
    await toSignIn(page).click();
    await page.getByRole('button', { name: '拒绝' }).click();
    await expect(page.locator('h1')).toHaveText(zh ? '登录没有成功' : 'Not signed in');
    await holds(page, `refused_${lang}`, scripts);
    await page.getByRole('link', { name: zh ? '返回申请' : 'Back to the application' }).click();
    await holds(page, `overview_${lang}`, scripts);

    // Signed in: the form may post to our site alone, and yet the way leads to another.
    await toSignIn(page).click();
    await page.getByRole('button', { name: '同意' }).click();
    await expect(page.locator('.told')).toHaveText(zh ? '身份已核验。' : 'Who you are is proven.');
    expect(new URL(page.url()).search, 'neither code nor state stays in the address').not.toContain('code');
    await holds(page, `proven_${lang}`, scripts);
    await page.getByRole('link', { name: zh ? '接着填' : 'Go on' }).click();
    await expect(toSignIn(page)).toHaveCount(0);
    await page.locator('.steps a').first().click();
    await expect(page.locator('[name="applicant.number"]')).toHaveValue(PERSON.id_number);
    await expect(page.locator('.proven').first()).toHaveText(zh ? '已登录核验' : 'Proven by sign-in');
    await holds(page, `filled_${lang}`, scripts);
    await provider.close();
    await hall.remove();
  });
}

test('whoever is another than the form names is asked', async ({ open }) => {
  const provider = await openProvider(PERSON);
  const hall = await openHall({ JIBAN_IDENTITY_PROVIDER: provider.file });
  const page = await open(screens.phone, MATTER, { at: hall });
  await page.getByRole('button', { name: '开始填写' }).first().click();
  await page.locator('[name="applicant.name"]').fill('张伟');
  await page.locator('[name="applicant.number"]').fill('340104197503150029');
  await page.locator('[name="applicant_telephone"]').fill('13900139000');
  await toSignIn(page).click();
  await toSignIn(page).click();
  await page.getByRole('button', { name: '同意' }).click();
  await expect(page.getByRole('alert')).toContainText('登录的人与填写的申请人不同');
  await holds(page, 'differs');
  await page.getByRole('button', { name: '改为登录的人申请' }).click();
  await expect(page.locator('.told')).toHaveText('身份已核验。');
  await page.getByRole('link', { name: '接着填' }).click();
  await page.locator('.steps a').first().click();
  await expect(page.locator('[name="applicant.number"]')).toHaveValue(PERSON.id_number);
  await expect(page.locator('[name="applicant_telephone"]')).toHaveValue('13900139000');
  await provider.close();
  await hall.remove();
});
