import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { fitsItsWidth, LOOKS, openPage, picture, startBrowser } from '../support/browser.js';
import { DATABASES_MS, startConsoleSandbox, type ConsoleApp } from '../support/console.js';
import { aProduct } from '../support/flows.js';
import { until } from '../support/own.servers.js';

const MOST_STOPS = 400;

let browser: Browser;
let at: ConsoleApp;

beforeAll(async () => {
  [browser, at] = await Promise.all([startBrowser(), startConsoleSandbox()]);
  await aProduct(at.app, { name: 'Brass desk lamp', stock: 25, price: 249_900 });
  await aProduct(at.app, { name: 'Blue stoneware mug', stock: 60, price: 64_900 });
}, DATABASES_MS);
afterAll(async () => {
  await browser.close();
  await at.stop();
});

/** Goes on with the Tab key until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 1; stop <= MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await hasFocus(target)) return;
  }
  throw new Error('the Tab key does not lead there');
}

const hasFocus = async (target: Locator): Promise<boolean> =>
  (await target.and(target.page().locator(':focus')).count()) > 0;

/** Reaches a button by the keyboard alone and presses it. */
async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

const result = (page: Page): Locator => page.getByRole('status');
const says = (page: Page, words: RegExp): Promise<void> => result(page).filter({ hasText: words }).waitFor();
const newest = (page: Page): Locator => page.locator('#orders-list > li').first();
const named = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });

describe('the console, by the keyboard alone', () => {
  it('an order is made, paid, and its mail read; another is rolled back; Redis goes and comes back', async () => {
    const { page, context, complaints } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${at.url}/sandbox`);
    await page.locator('#liveness[data-live="true"]').waitFor();

    await press(page, named(page, 'Make an order'));
    await says(page, /ordered 1 × .+ waits at Razorpay/);
    const order = newest(page);
    const number = await order.getByRole('heading').innerText();
    await press(page, named(order, 'Pay'));
    await says(page, /The order is paid, its payment completed/);
    await order.locator('.status[data-status="paid"]').waitFor();

    // The same button now says why it cannot be pressed, and the focus has stayed on it.
    expect(await hasFocus(named(order, 'Pay'))).toBe(true);
    await order.locator('button[aria-disabled="true"]').first().waitFor();
    await page.keyboard.press('Enter');
    await says(page, /It is paid\. It takes no new payment\./);

    const mail = page.locator('#mails-list summary').filter({ hasText: `Your order ${number} is confirmed` });
    await mail.waitFor();
    await press(page, mail);
    const shown = page.frameLocator('#mails-list details[open] iframe');
    await shown.getByText(number).first().waitFor();
    await picture(page, 'console-mail');

    await press(page, named(page, 'Make an order'));
    await newest(page).locator('.status[data-status="pending"]').waitFor();
    expect(await newest(page).locator('.quiet').first().innerText()).toMatch(/^Overdue in 1[45]:\d\d$/);
    // A mail that was opened stays open, whatever arrives.
    expect(await page.locator('#mails-list details[open]').count()).toBe(1);
    await press(page, named(page, '+16 min'));
    await says(page, /pending stock rolledback/);
    await newest(page).locator('.status[data-status="pending_stock_rolledback"]').waitFor();
    expect(await page.locator('.verdict').allInnerTexts()).toEqual(['✓ holds', '✓ holds']);
    await press(page, newest(page).locator('summary'));
    await newest(page).getByText('pending stock rolledback:').waitFor();

    const redis = page.locator('.trouble[data-service="redis"]');
    await tabTo(page, redis.getByLabel('For how long Redis fails'));
    await page.keyboard.type('2');
    await press(page, named(redis, 'Make Redis fail'));
    await says(page, /For 2 s Redis is away/);
    await redis.getByText(/is away: nobody listens, for 0:0/).waitFor();
    await page.locator('#stock .problem').filter({ hasText: 'Cannot be read' }).waitFor();
    await picture(page, 'console-redis-away');
    await redis.getByText('is well').waitFor();
    // What was said of it is over too.
    await says(page, /^Redis is back\.$/);
    await page.locator('#stock .problem').waitFor({ state: 'hidden' });
    expect(await page.locator('.verdict').allInnerTexts()).toEqual(['✓ holds', '✓ holds']);

    expect(complaints()).toEqual([]);
    await context.close();
  });

  it('what is typed and where the focus is outlive what changes meanwhile; a hidden page does not look', async () => {
    const { page, context, complaints } = await openPage(browser);
    await page.goto(`${at.url}/sandbox`);
    await tabTo(page, page.getByLabel('Minutes'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('7');
    const number = /HF-\w+/.exec(await at.done('makeOrder'))?.[0] ?? '';
    await newest(page).filter({ hasText: number }).waitFor();
    expect(await hasFocus(page.getByLabel('Minutes'))).toBe(true);
    await page.keyboard.press('Enter');
    await says(page, /The clock went 7 min ahead/);

    await page.evaluate(
      "Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))",
    );
    await page.locator('#liveness').filter({ hasText: 'paused' }).waitFor();
    let looks = 0;
    page.on('request', () => (looks += 1));
    const { realNow } = await at.state();
    await until(
      () => at.state(),
      (state) => state.realNow > realNow + 2_500,
    );
    expect(looks).toBe(0);
    await page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
    await page.locator('#liveness').filter({ hasText: 'live' }).waitFor();
    expect(complaints()).toEqual([]);
    await context.close();
  });
});

it('a long list shows its newest rows, and all of them when it is asked to, by the keyboard too', async () => {
  for (let made = 0; made < 7; made += 1) await at.done('makeOrder');
  const { page, context, complaints } = await openPage(browser);
  await page.goto(`${at.url}/sandbox`);
  const orders = page.locator('#orders-list > li');
  const seen = (): Promise<number> => orders.and(page.locator(':visible')).count();
  await newest(page).waitFor();
  const all = await orders.count();
  expect([await seen(), all > 7]).toEqual([5, true]);
  const more = page.locator('#orders .more');
  expect(await more.innerText()).toBe(`Show all ${all}`);
  await press(page, more);
  expect([await seen(), await more.getAttribute('aria-expanded')]).toEqual([all, 'true']);
  await page.keyboard.press('Enter');
  expect([await seen(), await more.getAttribute('aria-expanded')]).toEqual([5, 'false']);

  // What somebody is at stays, however many come after it.
  const opened = orders.nth(4);
  const number = await opened.getByRole('heading').innerText();
  await opened.locator('summary').click();
  const later = /HF-\w+/.exec(await at.done('makeOrder'))?.[0] ?? '';
  await newest(page).filter({ hasText: later }).waitFor();
  await orders.filter({ hasText: number }).waitFor();
  expect(await seen()).toBe(6);
  expect(complaints()).toEqual([]);
  await context.close();
});

it.each(LOOKS)('the console fits its window and complains of nothing: $name', async ({ name, ...look }) => {
  await at.done('makeOrder');
  await at.done('fillCart', { units: 2 });
  const { page, context, complaints } = await openPage(browser, look);
  await page.goto(`${at.url}/sandbox`);
  await newest(page).waitFor();
  await page.locator('#holds-list tr').first().waitFor();
  await picture(page, `console-${name}`);
  expect(await fitsItsWidth(page)).toBe(true);
  expect(complaints()).toEqual([]);
  await context.close();
});
