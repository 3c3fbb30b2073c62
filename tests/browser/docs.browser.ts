import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { fitsItsWidth, LOOKS, openPage, picture, startBrowser } from '../support/browser.js';
import { startShopProcess, type ShopProcess } from '../support/shop.process.js';

let browser: Browser;
let shop: ShopProcess;

beforeAll(async () => {
  [browser, shop] = await Promise.all([startBrowser(), startShopProcess()]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

it.each(LOOKS)('the documentation opens without a complaint: $name', async ({ name, ...look }) => {
  const { page, context, complaints } = await openPage(browser, look);
  await page.goto(`${shop.url}/docs`);
  await page.locator('h1').first().waitFor();
  await picture(page, `docs-${name}`);
  expect(await fitsItsWidth(page)).toBe(true);
  expect(complaints()).toEqual([]);
  await context.close();
});
