import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { picture } from '../support/browser.js';
import { openWorld, aProduct, addToCart, data, passTime, placeOrder } from './storefront.world.js';
import { takeElsewhere, toCheckout, type World } from './storefront.world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

describe('a purchase', () => {
  it('browse, search, cart, account, order, a part, the rest, and the parcel on its way', async () => {
    const lamp = await aProduct(world, { stock: 3, price: 129_900 });
    const { page, checkout, refusals, context } = await world.visitor();
    await addToCart(page, lamp.name);
    expect(page.url()).toBe(`${world.url}/#/?q=${lamp.name.replace(' ', '+')}`);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.getByRole('spinbutton', { name: `Units of ${lamp.name}` }).fill('2');
    await page.getByRole('button', { name: `Set the units of ${lamp.name}` }).click();
    await page.locator('.sum', { hasText: '₹2,598.00' }).waitFor();
    await toCheckout(page);
    const orderId = await placeOrder(page);
    const params = { path: { orderId } };

    await page.getByText('Pay in parts').click();
    await page.getByLabel('A part (INR)').fill('1000');
    await page.getByRole('button', { name: 'Pay this part' }).click();
    await checkout.getByText('₹1,000.00').waitFor();
    await checkout.getByRole('button', { name: 'UPI' }).click();
    await page.getByText('Paid in part').waitFor();
    await page.getByRole('button', { name: 'Pay ₹1,598.00' }).click();
    await checkout.getByRole('button', { name: 'Netbanking' }).click();
    await page.getByText('Paid in full', { exact: true }).waitFor();
    expect(await page.getByLabel('Payment').count()).toBe(0);
    const paid = await data(world.admin.GET('/v1/orders/{orderId}', { params }));
    expect(paid).toMatchObject({ status: 'paid', amountPaid: { amount: 259_800 }, items: [{ quantity: 2 }] });
    const { data: payments } = await data(
      world.admin.GET('/v1/admin/payments', { params: { query: { orderId } } }),
    );
    expect(payments.map(({ amount, method }) => [amount.amount, method]).sort()).toEqual([
      [100_000, 'upi'],
      [159_800, 'netbanking'],
    ]);

    const header = { 'Idempotency-Key': orderId };
    const shipment = await data(
      world.admin.POST('/v1/admin/orders/{orderId}/shipments', {
        params: { ...params, header },
        body: { carrier: 'Blue Dart', trackingNumber: `BD-${orderId}` },
      }),
    );
    await page.getByText(`Blue Dart BD-${orderId}`).waitFor();
    await data(
      world.admin.POST('/v1/admin/shipments/{shipmentId}/checkpoints', {
        params: { path: { shipmentId: shipment.id } },
        body: { status: 'in_transit', at: shipment.shippedAt, place: 'Nagpur', note: 'On the night lorry' },
      }),
    );
    await page.getByText('In transit, Nagpur, On the night lorry').waitFor();
    await picture(page, 'storefront-parcel');
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.locator('.orders li', { hasText: 'On its way' }).waitFor();
    expect(refusals()).toEqual([]);
    await context.close();
  });

  it('the bank refuses, the customer closes Checkout, and then pays in it', async () => {
    const lamp = await aProduct(world, { stock: 1 });
    const { page, checkout, refusals, context } = await world.visitor();
    await addToCart(page, lamp.name);
    await toCheckout(page);
    await placeOrder(page);
    const pay = page.getByRole('button', { name: 'Pay ₹1,299.00' });
    await pay.click();
    await checkout.getByRole('button', { name: 'UPI' }).waitFor();
    // Whoever is not Checkout's own frame is not believed: Checkout stays as it is.
    await page.evaluate(`postMessage({ event: 'paid', response: {} }, location.origin)`);
    await page.evaluate(`postMessage({ event: 'dismissed' }, location.origin)`);
    await checkout.getByRole('button', { name: 'Bank refuses' }).click();
    await checkout.getByText('You can try again.').waitFor();
    await page.getByText('declined by the bank').waitFor();
    await checkout.getByRole('button', { name: 'UPI' }).press('Escape');
    await page.getByText('You closed the payment page.').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Pay ₹1,299.00');
    await pay.click();
    await checkout.getByRole('button', { name: 'Card' }).click();
    await page.getByText('Paid in full', { exact: true }).waitFor();
    expect(refusals()).toEqual([]);
    await context.close();
  });
});

describe('a hold', () => {
  it('counts down by the time of the shop, lapses before the eyes of the visitor, and is taken again by one click', async () => {
    const lamp = await aProduct(world, { stock: 2 });
    const { page, refusals, context } = await world.visitor();
    // A computer that is a day ahead; its clock is moved by hand from here on.
    await page.clock.install({ time: Date.now() + 24 * 3600_000 });
    await page.reload();
    await addToCart(page, lamp.name);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.locator('.countdown', { hasText: /^(30:00|29:5\d)$/ }).waitFor();
    await page.clock.fastForward('10:00');
    await page.locator('.countdown', { hasText: /^(20:00|19:5\d)$/ }).waitFor();

    await passTime(world, 31);
    await page.clock.fastForward('21:00');
    await page.getByText('These units are not held for you any more.').waitFor();
    expect(await page.locator('.countdown').count()).toBe(0);
    await page.getByRole('button', { name: 'Hold again' }).click();
    await page.locator('.countdown', { hasText: /^(30:00|29:5\d)$/ }).waitFor();
    const params = { path: { productId: lamp.id } };
    const { stock } = await data(world.admin.GET('/v1/admin/products/{productId}', { params }));
    expect(stock).toMatchObject({ available: 1, held: 1 });
    expect(refusals()).toEqual([]);
    await context.close();
  });

  it('that lapsed and went to somebody else is told with what is left', async () => {
    const lamp = await aProduct(world, { stock: 3 });
    const { page, refusals, context } = await world.visitor();
    await addToCart(page, lamp.name);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.getByRole('spinbutton', { name: `Units of ${lamp.name}` }).fill('3');
    await page.getByRole('button', { name: `Set the units of ${lamp.name}` }).click();
    await page.locator('.sum', { hasText: '₹3,897.00' }).waitFor();
    await passTime(world, 31);
    await takeElsewhere(world, lamp.id, 2);
    await page.reload();
    await page.getByText('Fewer are left than you want.').waitFor();
    await page.getByRole('button', { name: 'Hold again' }).click();
    await page.getByText('Only 1 left for you.').waitFor();
    await page.getByRole('button', { name: 'Take 1' }).click();
    await page.locator('.sum', { hasText: '₹1,299.00' }).waitFor();
    await page.getByText('Held for you for').waitFor();
    expect(refusals()).toEqual([`409 /v1/cart/items/${lamp.id}`]);
    await context.close();
  });
});

describe('a price that changed', () => {
  it('between the form and the order is shown before and after, and ordered only when the customer says so', async () => {
    const lamp = await aProduct(world, { stock: 5, price: 100_000 });
    const { page, refusals, context } = await world.visitor();
    await addToCart(page, lamp.name);
    await toCheckout(page);
    const price = { amount: 110_000, currency: 'INR' };
    const params = { path: { productId: lamp.id } };
    await data(
      world.admin.PATCH('/v1/admin/products/{productId}', { params, body: { version: lamp.version, price } }),
    );
    await page.getByRole('button', { name: 'Place the order for ₹1,000.00' }).click();
    await page.getByText('The total is ₹1,100.00 now, it was ₹1,000.00.').waitFor();
    await page.getByRole('link', { name: 'Look at the cart' }).click();
    await page.getByText('it is ₹1,100.00 now').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Place the order for ₹1,100.00' }).waitFor();
    expect(refusals()).toEqual(['409 /v1/orders']);
    await context.close();
  });

  it('is ordered at the new total by one click', async () => {
    const lamp = await aProduct(world, { stock: 5, price: 100_000 });
    const { page, refusals, context } = await world.visitor();
    await addToCart(page, lamp.name);
    await toCheckout(page);
    const params = { path: { productId: lamp.id } };
    const body = { version: lamp.version, price: { amount: 90_000, currency: 'INR' } };
    await data(world.admin.PATCH('/v1/admin/products/{productId}', { params, body }));
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByRole('button', { name: 'Order for ₹900.00' }).click();
    await page.getByRole('button', { name: 'Pay ₹900.00' }).waitFor();
    expect(refusals()).toEqual(['409 /v1/orders']);
    await context.close();
  });
});

describe('the catalogue', () => {
  it('has its categories to choose from, each with how many products it has', async () => {
    const { page, refusals, context } = await world.visitor();
    const categories = page.getByRole('navigation', { name: 'Categories' });
    expect((await categories.getByRole('link').allInnerTexts()).slice(0, 2)).toEqual([
      'Everything',
      'Kitchen 2',
    ]);
    await categories.getByRole('link', { name: 'Kitchen 2' }).click();
    await page.getByRole('heading', { name: 'Kitchen' }).waitFor();
    expect(await page.locator('.card h2').allInnerTexts()).toEqual(['Steel kettle', 'Blue stoneware mug']);
    expect(await categories.locator('[aria-current=page]').innerText()).toBe('Kitchen 2');
    await page.getByLabel('Search', { exact: true }).fill('mug');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.card:only-child', { hasText: 'Blue stoneware mug' }).waitFor();
    await categories.getByRole('link', { name: 'Everything' }).click();
    await page.getByRole('heading', { name: 'Everything in the shop' }).waitFor();
    expect(refusals()).toEqual([]);
    await context.close();
  });

  it('shows its pictures in the cart, after a visit and at the first look', async () => {
    const { page, refusals, context } = await world.visitor();
    await addToCart(page, 'Steel kettle');
    await page.getByRole('link', { name: /^Cart/ }).click();
    const picture = page.locator('.lines img[alt="Steel kettle"]');
    await picture.waitFor();
    await page.reload();
    await picture.waitFor();
    expect(refusals()).toEqual([]);
    await context.close();
  });
});

describe('no stock', () => {
  it('a product without any is told to be sold out, and cannot be added', async () => {
    const lamp = await aProduct(world, { stock: 0 });
    const { page, refusals, context } = await world.visitor();
    await page.goto(`${world.url}/#/products/${lamp.id}`);
    // The product's own page: its card in the catalogue has a heading of that name too.
    await page.getByRole('heading', { name: lamp.name, level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: `Sold out: ${lamp.name}` }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Add/ }).count()).toBe(0);
    expect(refusals()).toEqual([]);
    await context.close();
  });

  it('somebody else takes the last unit while the page shows it', async () => {
    const lamp = await aProduct(world, { stock: 1 });
    const { page, refusals, context } = await world.visitor();
    await page.getByLabel('Search', { exact: true }).fill(lamp.name);
    await page.getByRole('button', { name: 'Search' }).click();
    const card = page.locator('.card').filter({ hasText: lamp.name });
    await card.getByText('Only 1 left').waitFor();
    await takeElsewhere(world, lamp.id, 1);
    await card.getByRole('button').click();
    await card.getByText('Somebody else took the last one.').waitFor();
    expect(await card.getByRole('button', { name: `Sold out: ${lamp.name}` }).isDisabled()).toBe(true);
    // Whoever pressed it by key is still there.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Sold out');
    expect(refusals()).toEqual([`409 /v1/cart/items/${lamp.id}`]);
    await context.close();
  });

  it('at the order, each line says what is left of it', async () => {
    const [gone, scarce] = [await aProduct(world, { stock: 1 }), await aProduct(world, { stock: 2 })];
    const { page, refusals, context } = await world.visitor();
    for (const { name } of [gone, scarce]) await addToCart(page, name);
    await page.getByRole('button', { name: `Add ${scarce.name} to cart` }).click();
    await page.locator('.cart-link', { hasText: '3' }).waitFor();
    await toCheckout(page);
    await passTime(world, 31);
    await takeElsewhere(world, gone.id, 1);
    await takeElsewhere(world, scarce.id, 1);
    await page.getByRole('button', { name: /^Place the order/ }).click();
    await page.getByText(`${gone.name}: you want 1, 0 are left`).waitFor();
    await page.getByText(`${scarce.name}: you want 2, 1 is left`).waitFor();
    expect(refusals()).toEqual(['409 /v1/orders']);
    await context.close();
  });
});
