import { randomUUID } from 'node:crypto';
import createClient, { type Client } from 'openapi-fetch';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { AdminProduct, ApiError, paths } from '../../generated/openapi.js';
import { SAMPLE_ADMIN } from '../../src/sandbox/samples.js';
import { openPage, startBrowser, type WatchedPage } from '../support/browser.js';
import { startStorefrontProcess, type StorefrontProcess } from '../support/storefront.process.js';

export type Api = Client<paths>;
type Shop = StorefrontProcess['shop'];

/** A storefront with its shop, a browser before it, and an admin behind it. */
export type World = {
  shop: Shop;
  url: string;
  browser: Browser;
  admin: Api;
  /** A visitor of their own, with nothing in their cart, on the storefront's first page. */
  visitor(options?: Parameters<typeof openPage>[1]): Promise<Visitor>;
  stop(): Promise<void>;
};

export type Visitor = WatchedPage & {
  /** Checkout's frame. */
  checkout: FrameLocator;
  /** The answers that the console complained of, such as `409 /v1/orders`, and everything else that it did. */
  refusals(): string[];
};

export const PASSWORD = 'correct horse battery';

export async function openWorld(env: Record<string, string> = {}): Promise<World> {
  const { shop, url, stop } = await startStorefrontProcess(env);
  const browser = await startBrowser();
  const { email, password } = SAMPLE_ADMIN;
  const guest = createClient<paths>({ baseUrl: shop.url });
  const { token } = await data(guest.POST('/v1/auth/token', { body: { email, password } }));
  return {
    ...{ shop, url, browser },
    admin: createClient<paths>({ baseUrl: shop.url, headers: { authorization: `Bearer ${token}` } }),
    async visitor(options) {
      const watched = await openPage(browser, options);
      await watched.page.goto(url);
      await watched.page.locator('.card').first().waitFor();
      return {
        ...watched,
        checkout: watched.page.frameLocator('iframe.razorpay-checkout-frame'),
        refusals: () => watched.complaints().map(refusalOf),
      };
    },
    async stop() {
      await browser.close();
      await stop();
    },
  };
}

function refusalOf(complaint: string): string {
  const [, status, path] = /status of (\d+) .*\(http:\/\/127\.0\.0\.1:\d+([^)]*)\)$/.exec(complaint) ?? [];
  return status === undefined || path === undefined ? complaint : `${status} ${path}`;
}

/** The data of an answer; throws what was answered instead. */
export async function data<T>(
  answer: Promise<{ data?: T; error?: ApiError; response: Response }>,
): Promise<T> {
  const { data: given, error, response } = await answer;
  if (given === undefined) throw new Error(`${response.status} ${JSON.stringify(error)}`);
  return given;
}

/** A product of its own, so that tests do not take each other's units. */
export async function aProduct(
  world: World,
  facts: { stock: number; price?: number },
): Promise<AdminProduct> {
  const { stock, price = 129_900 } = facts;
  const name = `Lamp ${randomUUID().slice(0, 8)}`;
  const body = { sku: name.replace(' ', '-').toUpperCase(), name, category: 'Lighting', stock };
  return data(
    world.admin.POST('/v1/admin/products', { body: { ...body, price: { amount: price, currency: 'INR' } } }),
  );
}

/** Moves the shop's clock, and lets what is over by then go back on sale. */
export async function passTime({ shop }: World, minutes: number): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${shop.timeMachineUrl}${path}`, request);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  await post('/clock', { advanceMs: minutes * 60_000 });
  await post('/jobs', { name: 'stock-sweep' });
}

/** Somebody without a browser puts units into a cart of their own. */
export async function takeElsewhere({ shop }: World, productId: string, quantity: number): Promise<void> {
  const params = { path: { productId } };
  const elsewhere = createClient<paths>({ baseUrl: shop.url });
  await data(elsewhere.PUT('/v1/cart/items/{productId}', { params, body: { quantity } }));
}

/** Finds a product by its name and puts one into the cart. */
export async function addToCart(page: Page, name: string): Promise<void> {
  if (page.url().includes('#')) {
    await page.getByRole('link', { name: 'Shop', exact: true }).click();
    await page.locator('input[type=search][value=""]').waitFor();
  }
  await page.getByLabel('Search', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.card').filter({ hasText: name }).waitFor();
  await page.getByRole('button', { name: `Add ${name} to cart` }).click();
  await page.getByText(`${name} is in your cart`).waitFor();
}

/** From the cart to the form of the order, by making an account on the way. */
export async function toCheckout(page: Page): Promise<string> {
  const email = `asha.${randomUUID()}@example.com`;
  await page.getByRole('link', { name: /^Cart/ }).click();
  await page.getByRole('link', { name: 'Go to the checkout' }).click();
  await page.getByRole('link', { name: 'Make an account' }).click();
  await page.getByLabel('Name').fill('Asha Rao');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await fillAddress(page);
  return email;
}

export async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel('Street and number').fill('14 Church Street');
  await page.getByLabel('City').fill('Bengaluru');
  await page.getByLabel('Postal code').fill('560001');
}

/** Places the order, and gives its id once its page is shown. */
export async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Place the order/ }).click();
  await page.getByRole('heading', { name: /^Order HF-/ }).waitFor();
  return page.url().split('/').at(-1) ?? '';
}
