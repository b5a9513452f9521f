// A case whose result is ready, brought so far by a clerk and a reviewer at their pages.

import { expect } from '@playwright/test';

import { readQr } from './screenshot.js';
import { WANG, approveAll, openCase, openCounter, openOffice, serve, steps } from './staff.js';

/**
 * Accepts a food permit at counter 1 and approves it.
 *
 * @returns {Promise<{ number: string, code: string }>} the case's number, and the pick-up code
 *   as the applicant reads it by the code on the receipt
 */
export async function readyCase(open, hall) {
  const counter = await openCounter(open, hall, 1);
  await serve(counter, hall, 'food-permit');
  const number = await openCase(counter, WANG);
  await counter.keyboard.press('a');
  await expect(counter.getByText('材料已齐，可以受理。')).toBeVisible();
  await counter.locator('.reception .next').click();
  const receipt = counter.locator('dialog.asking[open]');
  await expect(receipt.locator('.paper svg')).toBeVisible();
  await counter.locator('.paper-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
  const token = (await readQr(receipt)).split('/').pop();

  const office = await openOffice(open, hall, 'review1');
  await expect(steps(office, number).first()).toBeVisible();
  await approveAll(office, number);
  let code;
  const read = async () => {
    const answer = await fetch(`${hall.address}/api/progress?token=${token}`);
    code = (await answer.json()).case?.ready?.code;
    return code;
  };
  await expect.poll(read).toMatch(/^\d{6}$/);
  return { number, code };
}
