import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SAMPLE_PRODUCTS } from '../../src/sandbox/samples.js';
import { fitsItsWidth, LOOKS, picture } from '../support/browser.js';
import { openWorld, addToCart, passTime, placeOrder, toCheckout, type World } from './storefront.world.js';

const [LAMP, LANTERN] = SAMPLE_PRODUCTS;

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** Waits for what the page still loads, pictures above all. */
async function settled(page: Page): Promise<void> {
  const load = "(image) => { image.loading = 'eager'; return image.decode(); }";
  await page.evaluate(`Promise.all([...document.images].map(${load})).then(() => undefined)`);
}

it.each(LOOKS)('every page fits its width: $name', async ({ name, ...look }) => {
  const { page, context, checkout, refusals } = await world.visitor(look);
  const see = async (what: string): Promise<void> => {
    await settled(page);
    await picture(page, `storefront-${what}-${name}`);
    expect([what, await fitsItsWidth(page)]).toEqual([what, true]);
  };
  await see('catalogue');
  expect(await page.evaluate('scrollY')).toBe(0);
  await page.getByRole('link', { name: LAMP.name, exact: true }).click();
  await page.getByText(LAMP.description).waitFor();
  await see('product');
  await addToCart(page, LAMP.name);
  await passTime(world, 31);
  await addToCart(page, LANTERN.name);
  await page.getByRole('link', { name: /^Cart/ }).click();
  await page.getByText('These units are not held for you any more.').waitFor();
  await see('cart');
  await toCheckout(page);
  await see('checkout');
  await placeOrder(page);
  await see('order');
  await page.getByRole('button', { name: /^Pay ₹/ }).click();
  await checkout.getByRole('button', { name: 'UPI' }).click({ trial: true });
  await see('payment');
  await checkout.getByRole('button', { name: 'UPI' }).click();
  await page.getByText('Paid in full', { exact: true }).waitFor();
  await see('paid');
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('heading', { name: 'Your orders' }).waitFor();
  await see('orders');
  expect(refusals()).toEqual([]);
  await context.close();
});

/** `npm run pictures` keeps these in docs/pictures. */
it('the pictures of the README', async () => {
  const window = { viewport: { width: 960, height: 640 } };
  const { page, context, checkout } = await world.visitor(window);
  const keep = async (what: string): Promise<void> => {
    await settled(page);
    await picture(page, `storefront-${what}`, { fullPage: false });
  };
  await keep('catalogue');
  for (const { name } of [LAMP, LANTERN]) await addToCart(page, name);
  await page.getByRole('link', { name: /^Cart/ }).click();
  await page.locator('.countdown').first().waitFor();
  await keep('cart');
  await toCheckout(page);
  await placeOrder(page);
  await page.getByRole('button', { name: /^Pay ₹/ }).click();
  await checkout.getByRole('button', { name: 'UPI' }).click({ trial: true });
  await keep('payment');
  await context.close();
});
