import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { razorpayControlAt } from '../../src/sandbox/razorpay.control.js';
import { SAMPLE_PRODUCTS } from '../../src/sandbox/samples.js';
import { openWorld, aProduct, addToCart, data, fillAddress, PASSWORD } from './storefront.world.js';
import { placeOrder, toCheckout, type World } from './storefront.world.js';

const [LAMP] = SAMPLE_PRODUCTS;

let world: World;

beforeAll(async () => {
  world = await openWorld({ SIGN_INS_PER_ACCOUNT: '2' });
});
afterAll(() => world.stop());

it('a session that ends in the middle: the customer signs in again, and goes on where they were', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, refusals } = await world.visitor();
  await addToCart(page, lamp.name);
  const email = await toCheckout(page);
  await context.clearCookies();
  await page.getByRole('button', { name: /^Place the order/ }).click();
  await page.getByText('Your session has ended.').waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await fillAddress(page);
  await placeOrder(page);
  expect(refusals()).toEqual(['401 /v1/orders']);
  await context.close();
});

it('an answer that is lost: the order is placed once, and shown at the next try', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, refusals } = await world.visitor();
  await addToCart(page, lamp.name);
  const email = await toCheckout(page);
  let isLost = true;
  await page.route('**/v1/orders', async (route) => {
    if (!isLost || route.request().method() !== 'POST') return route.continue();
    isLost = false;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: /^Place the order/ }).click();
  await page.getByText('The shop does not answer. Please try again.').waitFor();
  const orderId = await placeOrder(page);
  const query = { q: email };
  const { data: orders } = await data(world.admin.GET('/v1/admin/orders', { params: { query } }));
  expect(orders.map(({ id }) => id)).toEqual([orderId]);
  expect(refusals()).toEqual([expect.stringContaining('ERR_CONNECTION_RESET')]);
  await context.close();
});

it('a shop that is away for a moment is waited for; a customer sees nothing of it', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, checkout, refusals } = await world.visitor();
  await addToCart(page, lamp.name);
  await toCheckout(page);
  const orderId = await placeOrder(page);
  const razorpay = razorpayControlAt(world.shop.razorpayUrl);
  await razorpay.trouble({ mode: 'throttle', method: 'POST', path: '/v1/orders', times: 1 });
  await page.getByRole('button', { name: 'Pay ₹1,299.00' }).click();
  await checkout.getByRole('button', { name: 'UPI' }).click();
  await page.getByText('Paid in full', { exact: true }).waitFor();
  expect(refusals()).toEqual([`503 /v1/orders/${orderId}/payments`]);
  await context.close();
});

it('a payment page that does not load is told, and loads at the next try', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, checkout } = await world.visitor();
  await addToCart(page, lamp.name);
  await toCheckout(page);
  await placeOrder(page);
  const razorpay = razorpayControlAt(world.shop.razorpayUrl);
  await razorpay.trouble({ mode: 'html502', path: '/v1/checkout.js', times: 1 });
  const pay = page.getByRole('button', { name: 'Pay ₹1,299.00' });
  await pay.click();
  await page.getByText('The payment page cannot be reached.').waitFor();
  await pay.click();
  await checkout.getByRole('button', { name: 'UPI' }).click();
  await page.getByText('Paid in full', { exact: true }).waitFor();
  await context.close();
});

it('too many tries: the button waits for as long as the server says', async () => {
  const { page, context, refusals } = await world.visitor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('wrong password');
  const button = page.getByRole('button', { name: 'Sign in' });
  const alert = page.getByRole('alert');
  const tryOnce = async (): Promise<void> => {
    const answered = page.waitForResponse('**/v1/auth/login');
    await button.click();
    await answered;
  };
  await tryOnce();
  await alert.getByText('wrong').waitFor();
  await tryOnce();
  await button.click();
  await alert.getByText(/\(\d+ s\)/).waitFor();
  expect(await button.isDisabled()).toBe(true);
  expect(refusals()).toEqual(['401 /v1/auth/login', '401 /v1/auth/login', '429 /v1/auth/login']);
  await context.close();
});

it('a form that the server refuses says so at the field, and goes there', async () => {
  const { page, context, refusals } = await world.visitor();
  await page.goto(`${world.url}/#/register`);
  await page.getByLabel('Name').fill('Asha Rao');
  await page.getByLabel('E-mail').fill('asha@example.com');
  expect(await page.getByLabel('Password').getAttribute('aria-describedby')).toBe(
    'password-hint password-trouble',
  );
  expect(await page.locator('#password-hint').innerText()).toBe('At least 8 characters');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Password must have at least 8 characters.').waitFor();
  expect(await page.evaluate('document.activeElement.name')).toBe('password');
  expect(await page.getByText('The request is not valid.').count()).toBe(0);
  expect(refusals()).toEqual(['400 /v1/auth/register']);
  await context.close();
});

it('a number that the server refuses: the line of the cart says why', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, refusals } = await world.visitor();
  await addToCart(page, lamp.name);
  await page.getByRole('link', { name: /^Cart/ }).click();
  await page.getByLabel(`Units of ${lamp.name}`, { exact: true }).fill('100');
  await page.getByRole('button', { name: `Set the units of ${lamp.name}` }).click();
  await page.getByText('quantity must be 99 or less.').waitFor();
  expect(refusals()).toEqual([`400 /v1/cart/items/${lamp.id}`]);
  await context.close();
});

it('a page that cannot be shown comes by itself once the shop answers again', async () => {
  const { page, context } = await world.visitor();
  const away = (route: Route): Promise<void> => route.abort('connectionrefused');
  await page.route('**/v1/**', away);
  await page.locator('.card').getByRole('link', { name: LAMP.category, exact: true }).first().click();
  await page.getByRole('heading', { name: 'That did not work' }).waitFor();
  await page.getByText(/^The shop is asked again in \d+ s\.$/).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.action', { hasText: 'The shop does not answer.' }).waitFor();
  await page.unroute('**/v1/**', away);
  await page.getByRole('heading', { name: LAMP.category }).waitFor();
  // Who was at the button is at the page that came in its place.
  expect(await page.evaluate('document.activeElement.id')).toBe('page');
  await context.close();
});

it('a page that is refused for too many requests is asked for again when the server says', async () => {
  const { page, context } = await world.visitor();
  const asked: number[] = [];
  const refuse = (route: Route): Promise<void> => {
    asked.push(performance.now());
    const error = { success: false, code: 'rate_limited', message: 'Please wait a little.', requestId: 'r' };
    const headers = { 'retry-after': '6', 'access-control-expose-headers': 'Retry-After' };
    const origin = { 'access-control-allow-origin': world.url, 'access-control-allow-credentials': 'true' };
    return asked.length === 1
      ? route.fulfill({ status: 429, headers: { ...headers, ...origin }, json: error })
      : route.continue();
  };
  await page.route('**/v1/products?*', refuse);
  await page.locator('.card').getByRole('link', { name: LAMP.category, exact: true }).first().click();
  await page.getByText('Please wait a little.').waitFor();
  await page.getByText('The shop is asked again in 6 s.').waitFor();
  await page.getByRole('heading', { name: LAMP.category }).waitFor();
  const [first = 0, second = 0] = asked;
  expect(second - first).toBeGreaterThan(5_900);
  await context.close();
});

it('who is signed in stays so when the shop is away at the start; pages of an account come once it answers', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context } = await world.visitor();
  await addToCart(page, lamp.name);
  await toCheckout(page);
  const away = (route: Route): Promise<void> => route.abort('connectionrefused');
  await page.route('**/v1/**', away);
  await page.goto(`${world.url}/#/orders`);
  await page.reload();
  await page.getByRole('heading', { name: 'That did not work' }).waitFor();
  await page.unroute('**/v1/**', away);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Your orders' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.locator('.cart-link', { hasText: '1' }).waitFor();
  await context.close();
});

it('what is not there is not asked for again', async () => {
  const { page, context, refusals } = await world.visitor();
  await page.goto(`${world.url}/#/products/nothing-has-this-id`);
  await page.getByText('The product was not found.').waitFor();
  await page.getByRole('link', { name: 'To the shop' }).click();
  await page.locator('.card').first().waitFor();
  expect(refusals()).toEqual(['404 /v1/products/nothing-has-this-id']);
  await context.close();
});

it('a whole purchase is made with a keyboard alone', async () => {
  const lamp = await aProduct(world, { stock: 2 });
  const { page, context, checkout, refusals } = await world.visitor();
  const { keyboard } = page;
  const tabTo = async (name: string): Promise<void> => {
    const at =
      '((at) => at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent)(document.activeElement)';
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press('Tab');
      if (String(await page.evaluate(at)).startsWith(name)) return;
    }
    throw new Error(`nothing called ${name} can be reached`);
  };
  const press = async (name: string): Promise<void> => {
    await tabTo(name);
    await keyboard.press('Enter');
  };
  const fill = async (fields: Record<string, string>): Promise<void> => {
    for (const [name, value] of Object.entries(fields)) {
      await tabTo(name);
      await keyboard.type(value);
    }
    await keyboard.press('Enter');
  };
  const focused = () => page.evaluate('document.activeElement.id');

  await keyboard.press('Tab');
  await keyboard.press('Enter');
  expect(await focused()).toBe('page');
  await press('Lighting');
  await page.getByRole('heading', { name: 'Lighting' }).waitFor();
  await fill({ Search: lamp.name });
  await page.locator('.card').filter({ hasText: lamp.name }).and(page.locator(':only-child')).waitFor();
  await press(`Add ${lamp.name}`);
  await page.getByText(`${lamp.name} is in your cart`).waitFor();
  expect(await focused()).toBe(`buy-${lamp.id}`);
  await press('Cart');
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  await tabTo(`Units of ${lamp.name}`);
  await keyboard.press('ArrowUp');
  await press(`Set the units of ${lamp.name}`);
  await page.locator('.sum', { hasText: '₹2,598.00' }).waitFor();
  expect(await focused()).toBe(`set-${lamp.id}`);

  await press('Go to the checkout');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await press('Make an account');
  await page.getByRole('heading', { name: 'Make an account' }).waitFor();
  const email = `asha.${crypto.randomUUID()}@example.com`;
  await fill({ Name: 'Asha Rao', 'E-mail': email, Password: PASSWORD });
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  for (const [name, value] of Object.entries({ Street: 'Storgata 1', City: 'Oslo', 'Postal code': '0155' })) {
    await tabTo(name);
    await keyboard.type(value);
  }
  // The letters of a name choose it.
  await tabTo('Country');
  await keyboard.type('Norw');
  await press('Place the order');
  await page.getByRole('heading', { name: /^Order HF-/ }).waitFor();
  await press('Pay ₹2,598.00');
  await checkout.getByRole('button', { name: 'UPI' }).and(checkout.locator(':focus')).waitFor();
  await keyboard.press('Enter');
  await page.getByText('Paid in full', { exact: true }).waitFor();
  expect(await focused()).toBe('page');
  await page.getByText('To Asha Rao, Storgata 1, 0155 Oslo, Norway').waitFor();
  await page.getByText('Payment of ₹2,598.00 by upi captured').waitFor();
  expect(refusals()).toEqual([]);
  await context.close();
});

it.each([
  ['no API answers', () => 'http://127.0.0.1:9', 'Start it in another terminal: npm start'],
  ['the API refuses its pages', () => world.shop.url, 'CORS_ORIGINS=http://localhost:5173,http://127.0.0.1:'],
])('the command says what to do where %s', (_, api, words) => {
  const command = ['--import', 'tsx', 'scripts/storefront.ts', '--port', '0', '--api', api()];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 30_000 });
  expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
});

it('an account that may be made is not made again unseen: the customer is told to sign in', async () => {
  const { page, context, refusals } = await world.visitor();
  let asked = 0;
  await page.route('**/v1/auth/register', async (route) => {
    asked += 1;
    const made = await route.fetch();
    const error = { success: false, code: 'service_unavailable', message: 'Please wait.', requestId: 'r' };
    const headers = { ...made.headers(), 'retry-after': '1', 'access-control-expose-headers': 'Retry-After' };
    await route.fulfill({ status: 503, headers, json: error });
  });
  const email = `asha.${crypto.randomUUID()}@example.com`;
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Make an account' }).click();
  await page.getByLabel('Name').fill('Asha Rao');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Try to sign in').waitFor();
  expect(asked).toBe(1);
  await page.locator('#page').getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Welcome, Asha Rao.').waitFor();
  expect(refusals()).toEqual(['503 /v1/auth/register']);
  await context.close();
});

it('a number that is half typed stays while another line is set', async () => {
  const [lamp, other] = [await aProduct(world, { stock: 9 }), await aProduct(world, { stock: 3 })];
  const { page, context, refusals } = await world.visitor();
  await addToCart(page, lamp.name);
  await addToCart(page, other.name);
  await page.getByRole('link', { name: /^Cart/ }).click();
  const units = (name: string) => page.getByLabel(`Units of ${name}`, { exact: true });
  const set = (name: string) => page.getByRole('button', { name: `Set the units of ${name}` }).click();
  await units(lamp.name).fill('7');
  await units(other.name).fill('2');
  await set(other.name);
  await page.locator('.cart-link', { hasText: '3' }).waitFor();
  expect([await units(lamp.name).inputValue(), await units(other.name).inputValue()]).toEqual(['7', '2']);
  await set(lamp.name);
  await page.locator('.cart-link', { hasText: '9' }).waitFor();
  await units(other.name).fill('5');
  await set(other.name);
  await page.getByRole('button', { name: 'Take 3' }).click();
  await page.locator('.cart-link', { hasText: '10' }).waitFor();
  expect([await units(lamp.name).inputValue(), await units(other.name).inputValue()]).toEqual(['7', '3']);
  expect(refusals()).toEqual([`409 /v1/cart/items/${other.id}`]);
  await context.close();
});
