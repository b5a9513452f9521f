// Files of applicants: what a phone sends and how the browser prepares it, what cannot be
// read, and how clerks look at it.

import { acceptCase } from '../hall/accepted_case.js';
import { lackingCase } from '../hall/lacking_case.js';
import { expect, screenshot, screens, test } from '../hall/index.js';
import { button, grouped, openOffice, steps } from '../hall/staff.js';

// A trace fetches the pictures that a page reads as `blob:`, and the policy of our pages
// forbids that.
test.use({ trace: 'off' });

const section = (page, part) => page.locator(`[data-part=${part}]`);
const chooser = (page) => section(page, 'missing').locator('.supply input[multiple]').first();
const camera = (page) => section(page, 'missing').locator('.supply input[capture]').first();

/** A JPEG, red on the left and blue on the right, that its camera says is turned (6). */
async function turnedPhotograph(page) {
  const plain = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 400 });
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#f00';
    paper.fillRect(0, 0, 400, 400);
    paper.fillStyle = '#00f';
    paper.fillRect(400, 0, 400, 400);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const exif = Buffer.from('457869660000' + '49492a0008000000' + '0100' + '120103000100000006000000' + '00000000', 'hex');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  const jpeg = Buffer.from(plain);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe1', 'hex'), length, exif, jpeg.subarray(2)]);
}

/** A BMP, which no server needs to take, of this size. */
function bitmap(width, height) {
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + width * height * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, Buffer.alloc(width * height * 3, 0x77)]);
}

/** The size and two pixels of a thumbnail: near its top and near its bottom. */
async function thumbnail(page, clerk, address) {
  const jpeg = await (await clerk.get(`${address}&small=true`)).body();
  return page.evaluate(async (bytes) => {
    const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const canvas = Object.assign(document.createElement('canvas'), picture);
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const paper = canvas.getContext('2d');
    paper.drawImage(picture, 0, 0);
    const at = (y) => [...paper.getImageData(picture.width / 2, y, 1, 1).data];
    return { width: picture.width, height: picture.height, top: at(10), bottom: at(picture.height - 10) };
  }, [...jpeg]);
}

test('a phone sends two sides, makes large ones smaller, and says what is not taken', async ({
  open,
  ownHall: hall,
  page: drawn,
}) => {
  const { id, token, materials, clerk } = await lackingCase(hall);
  const phone = await open(screens.phone, `/t/${token}`, { at: hall });
  await expect(section(phone, 'missing').locator('.supply')).toHaveCount(5);
  const small = { name: '正面.jpg', mimeType: 'image/jpeg', buffer: await turnedPhotograph(drawn) };
  // A film behind a photograph makes it too large; the photograph itself is enough.
  const large = { ...small, name: '反面.jpg', buffer: Buffer.concat([small.buffer, Buffer.alloc(11e6)]) };
  await chooser(phone).setInputFiles([small, large]);
  await expect(phone.locator('.sending .well')).toHaveCount(2);
  await expect(phone.locator('.sending')).toContainText('反面.jpg · 已收到');
  await expect(section(phone, 'sent').locator('.sent-files li')).toHaveCount(2);
  await expect(section(phone, 'missing').locator('.supply')).toHaveCount(4);
  await screenshot(phone, 'case-sent');

  // More can be added; what the server does not know becomes a JPEG.
  const scan = { name: '扫描.bmp', mimeType: 'image/bmp', buffer: bitmap(2100, 2100) };
  await section(phone, 'sent').locator('input[multiple]').setInputFiles(scan);
  await expect(section(phone, 'sent').locator('.sent-files li')).toHaveCount(3);

  const shown = await (await clerk.get(`/api/counter/case?case=${id}`)).json();
  const { files } = shown.materials.find((one) => one.id === materials[0].id);
  expect(files.map((file) => file.name)).toEqual(['正面.jpg', '反面.jpg', '扫描.jpg']);
  expect(files[1].bytes).toBeLessThan(1e6);
  for (const file of files.slice(0, 2)) {
    const address = `/api/counter/file?case=${id}&file=${file.file}`;
    const { width, height, top, bottom } = await thumbnail(drawn, clerk, address);
    expect([width, height], file.name).toEqual([160, 320]);
    expect(top[0], file.name).toBeGreaterThan(200);
    expect(bottom[2], file.name).toBeGreaterThan(200);
  }

  // A film is not even sent; a locked file is told by the server.
  const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(12e6) };
  await chooser(phone).setInputFiles(film);
  await expect(phone.locator('.sending .not')).toContainText('超过 10 MB');
  const heic = Buffer.from('0000001866747970686569630000000068656963', 'hex');
  await camera(phone).setInputFiles({ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: heic });
  await expect(phone.locator('.sending .not')).toContainText('兼容性最佳');
  await screenshot(phone, 'case-not-taken');
  await clerk.dispose();
});

test('without scripts the form sends several files, and the page says what is too large', async ({
  browser,
  ownHall: hall,
  page: drawn,
}) => {
  const { token, clerk } = await lackingCase(hall);
  const context = await browser.newContext({ ...screens.phone, javaScriptEnabled: false });
  const phone = await context.newPage();
  await phone.goto(`${hall.address}/t/${token}`);
  const side = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await turnedPhotograph(drawn) };
  await chooser(phone).setInputFiles([side, { ...side, name: 'b.jpg' }]);
  await section(phone, 'missing').getByRole('button', { name: '上传' }).first().click();
  await expect(phone.locator('.supplied')).toContainText('收到了');
  await expect(section(phone, 'sent').locator('.sent-files li')).toHaveCount(2);
  const large = { ...side, buffer: Buffer.concat([side.buffer, Buffer.alloc(12e6)]) };
  await chooser(phone).setInputFiles(large);
  await section(phone, 'missing').getByRole('button', { name: '上传' }).first().click();
  await expect(phone.locator('.supplied.not')).toContainText('10 MB');
  // The address of the form, opened by hand.
  await phone.goto(`${hall.address}/t/${token}/supply`);
  await expect(phone).toHaveURL(new RegExp(`/t/${token}$`, 'i'));
  await context.close();
  await clerk.dispose();
});

test('a reviewer turns and enlarges a photograph, and asks for one that cannot be read', async ({
  open,
  ownHall: hall,
  page: drawn,
}) => {
  await drawn.setContent('<h1>营业执照</h1>');
  const photograph = await drawn.screenshot();
  const opened = await acceptCase(hall, { matter: 'food-permit' }, { photograph });
  const office = await openOffice(open, hall, 'review1');
  await steps(office, opened.number).first().click();
  await expect(office.locator('.case-in-hand')).toContainText(grouped(opened.number));
  await office.locator('.thumbnail').click();
  const large = office.locator('dialog.viewer img');
  await expect(large).toBeVisible();
  const fits = await large.boundingBox();
  await button(office, '旋转').click();
  await expect.poll(async () => (await large.boundingBox()).height).toBeGreaterThan(fits.height);
  const turned = await large.boundingBox();
  await office.keyboard.press('+');
  await expect.poll(async () => (await large.boundingBox()).height).toBeGreaterThan(turned.height * 1.4);
  await screenshot(office, 'viewer-turned');
  await office.keyboard.press('Escape');

  await button(office, '看不清').click();
  await office.locator('.act-sheet textarea').fill('右上角反光');
  await button(office, '请申请人重交').click();
  await expect(office.locator('.materials')).toContainText('看不清，已请重交');
  await screenshot(office, 'office-not-readable');

  const phone = await open(screens.phone, `/t/${opened.token}`, { at: hall });
  await expect(section(phone, 'missing')).toContainText('上次传的看不清，请重新拍照上传：右上角反光');
  await expect(phone.locator('.say strong')).toHaveText('暂停计时');
  await screenshot(phone, 'case-not-readable');
  await camera(phone).setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: photograph });
  await expect(phone.locator('.sending .well')).toHaveCount(1);

  // The clock stands until the reviewer has looked at it.
  await expect(office.locator('.materials')).toContainText('重新提交，未看');
  await expect(phone.locator('.say strong')).toHaveText('暂停计时');
  await office.locator('.thumbnail').last().click();
  await expect(large).toBeVisible();
  await office.keyboard.press('Escape');
  await expect(office.locator('.materials')).not.toContainText('重新提交，未看');
  await expect(phone.locator('.say strong')).not.toHaveText('暂停计时');
});
