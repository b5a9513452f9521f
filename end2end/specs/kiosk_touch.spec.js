// Fingers that are not steady: a slide of some millimetres, a palm or a second finger beside
// the first, a touch that the system takes away, and double touches.

import { expect, screens, test } from '../hall/index.js';
import { line, title } from '../hall/kiosk.js';

async function fingers(kiosk) {
  const session = await kiosk.context().newCDPSession(kiosk);
  const send = (type, ...touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  return { send };
}

async function middle(button) {
  await expect(button).toBeVisible();
  const { x, y, width, height } = await button.boundingBox();
  const point = { x: x + width / 2, y: y + height / 2 };
  // A new page rests for a moment.
  const answers = () =>
    button.evaluate((element, at) => element.contains(document.elementFromPoint(at.x, at.y)), point);
  await expect.poll(answers).toBe(true);
  return point;
}

test('a slide of some millimetres is a touch of the button it began on', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  const { x, y } = await middle(line(kiosk, '企业开办'));
  await send('touchStart', { x, y, id: 1 });
  for (const slid of [15, 30, 45]) {
    await send('touchMove', { x: x + slid, y: y + slid, id: 1 });
  }
  await send('touchEnd');
  await expect(title(kiosk)).toHaveText('企业开办');
});

test('a swipe to another button is no touch of either', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  const from = await middle(line(kiosk, '企业开办'));
  const to = await middle(line(kiosk, '公安户政'));
  await send('touchStart', { ...from, id: 1 });
  await send('touchMove', { x: from.x, y: (from.y + to.y) / 2, id: 1 });
  await send('touchMove', { ...to, id: 1 });
  await send('touchEnd');
  await expect(title(kiosk)).toHaveText('请选择业务');
  await line(kiosk, '公安户政').tap();
  await expect(title(kiosk)).toHaveText('公安户政');
});

test('a palm or a second finger beside it does not lose a touch', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  const { x, y } = await middle(line(kiosk, '综合审批'));
  const palm = { x: 300, y: 1300, id: 2, radiusX: 90, radiusY: 90 };
  const first = { x, y, id: 1 };
  await send('touchStart', first);
  await send('touchStart', first, palm);
  await send('touchMove', { ...first, x: x + 8 }, palm);
  await send('touchEnd');
  await expect(title(kiosk), 'the palm pressed nothing').toHaveText('综合审批');
});

test('a palm that lay there first does not lose a touch', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  const { x, y } = await middle(line(kiosk, '综合审批'));
  const palm = { x: 300, y: 1300, id: 2, radiusX: 90, radiusY: 90 };
  await send('touchStart', palm);
  await send('touchStart', palm, { x, y, id: 1 });
  await send('touchEnd');
  await expect(title(kiosk)).toHaveText('综合审批');
});

test('a touch that the system takes away still counts', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  await send('touchStart', { ...(await middle(line(kiosk, '民政民生'))), id: 1 });
  await send('touchCancel');
  await expect(title(kiosk)).toHaveText('民政民生');
});

test('a double touch types two letters and changes the language once', async ({ open }) => {
  const kiosk = await open(screens.kioskUpright, '/kiosk/K1');
  const { send } = await fingers(kiosk);
  const twice = async (button) => {
    const point = { ...(await middle(button)), id: 1 };
    for (let touch = 0; touch < 2; touch += 1) {
      await send('touchStart', point);
      await send('touchEnd');
    }
  };
  await twice(kiosk.locator('.foot [lang]'));
  await expect(title(kiosk)).toHaveText('What do you need?');
  await kiosk.getByRole('button', { name: 'Search services' }).tap();
  const letter = kiosk.locator('[data-key="S"]');
  await letter.tap();
  await expect(kiosk.locator('input.typed')).toHaveValue('S');
  await twice(letter);
  await expect(kiosk.locator('input.typed')).toHaveValue('SSS');
});
