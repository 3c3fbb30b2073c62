import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OrderPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import {
  aProduct,
  customer,
  equation,
  later,
  orderOf,
  pay,
  placeOrder,
  startPayment,
} from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

const OVERDUE_MS = 16 * 60_000;

type Placement = { cartId: string; claims: string[] };

/** An order turned back into what a process leaves that is killed before the last step of placing it. */
async function diedPlacing(claimed: boolean) {
  const product = await aProduct(app, { stock: 5 });
  const buyer = await customer(app);
  const key = randomUUID();
  const items = [{ productId: product.id, quantity: 2 }];
  const { id } = await placeOrder(buyer, items, key);
  const { cartId, claims } = (await rows.one('orders', { _id: id })) as unknown as Placement;
  await rows.set('orders', id, { $set: { status: 'placing', placedAt: null, timeline: [] } });
  if (!claimed) await app.redis.hset(`hold:${product.id}:${cartId}`, 'owner', 'cart', 'gen', claims[0] ?? '');
  return { product, buyer, key, items, id };
}

describe('O5: the rollback of what nobody paid', () => {
  it('gives back each order that is overdue, and no other', async () => {
    const product = await aProduct(app, { stock: 10 });
    const buyer = await customer(app);
    const items = [{ productId: product.id, quantity: 1 }];
    const paid = await placeOrder(buyer, items);
    const partPaid = await placeOrder(buyer, items);
    const unpaid = [await placeOrder(buyer, items), await placeOrder(buyer, items)];
    await pay(app, buyer, paid.id);
    const { razorpayOrderId } = await startPayment(buyer, partPaid.id, 1_000);
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    await later(app, OVERDUE_MS - 60_000 - 5_000);
    const fresh = await placeOrder(buyer, items);
    await later(app, 65_000);
    for (const { id } of unpaid)
      expect(await orderOf(buyer, id)).toMatchObject({ status: 'pending_stock_rolledback' });
    expect(await orderOf(buyer, paid.id)).toMatchObject({ status: 'paid' });
    expect(await orderOf(buyer, fresh.id)).toMatchObject({ status: 'pending' });
    expect(await orderOf(buyer, partPaid.id)).toMatchObject({
      status: 'pending',
      paymentStatus: 'partially_paid',
    });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 9, available: 7, orders: 2 });
  });

  it('two runs at once give back once', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    app.holdfast.clock.advance(OVERDUE_MS);
    await Promise.all([1, 2, 3].map(() => app.holdfast.jobs.run('stock-rollback')));
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5, held: 0 });
  });

  it('one order that cannot be rolled back is reported and does not stop the others', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const items = [{ productId: product.id, quantity: 1 }];
    const [broken, sound] = [await placeOrder(buyer, items), await placeOrder(buyer, items)];
    const { lines } = (await rows.one('orders', { _id: broken.id })) as { lines?: unknown };
    await rows.set('orders', broken.id, { $set: { 'lines.0.productId': 'a-product-that-is-gone' } });
    app.holdfast.clock.advance(OVERDUE_MS);
    const report = await app.holdfast.jobs.run('stock-rollback');
    expect(report.failures).toEqual([
      expect.objectContaining({ subject: `order ${broken.number}` }),
      ...report.failures.slice(1),
    ]);
    expect(await orderOf(buyer, sound.id)).toMatchObject({ status: 'pending_stock_rolledback' });
    // Put right, the next run finishes it.
    await rows.set('orders', broken.id, { $set: { lines } });
    await app.holdfast.jobs.run('stock-rollback');
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
  });

  it('finishes a rollback that died between the order and its stock', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const { id } = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    const change = {
      status: 'pending_stock_rolledback',
      holds: 'released',
      settled: false,
      attention: true,
    };
    await rows.set('orders', id, { $set: change, $inc: { version: 1 } });
    await app.holdfast.jobs.run('stock-rollback');
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
    expect(await rows.one('orders', { _id: id })).toMatchObject({ settled: true, attention: false });
  });
});

describe('O1, O5: a placement that died', () => {
  it.each([
    ['before it claimed its holds', false],
    ['before it became an order', true],
  ])('%s is in no list, is aborted after a minute, and leaves no hold', async (_, claimed) => {
    const { product, buyer, id } = await diedPlacing(claimed);
    await buyer.get(`/v1/orders/${id}`).expect(404);
    await buyer.post(`/v1/orders/${id}/payments`).send({}).expect(404);
    expect(bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200)).pagination.total).toBe(0);
    await later(app, 30_000);
    expect(await rows.one('orders', { _id: id })).toMatchObject({ status: 'placing' });
    await later(app, 31_000);
    expect(await rows.one('orders', { _id: id })).toMatchObject({ status: 'aborted', settled: true });
    // What is still the cart's lapses like any cart's.
    if (!claimed) await later(app, 31 * 60_000);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    expect(bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200)).pagination.total).toBe(0);
  });

  it.each([
    ['before it claimed its holds', false],
    ['before it became an order', true],
  ])('%s goes on when it is asked for again with its key', async (_, claimed) => {
    const { product, buyer, key, items, id } = await diedPlacing(claimed);
    expect(await placeOrder(buyer, items, key)).toMatchObject({ id, status: 'pending' });
    expect(await equation(app, product.id)).toMatchObject({ available: 3, orders: 2 });
  });

  it('leaves its key free: asked for again after it was aborted, it is one new order', async () => {
    const { product, buyer, key, items, id } = await diedPlacing(true);
    await later(app, 61_000);
    const order = await placeOrder(buyer, items, key);
    expect(order.id).not.toBe(id);
    expect(bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200)).pagination.total).toBe(1);
    expect(await equation(app, product.id)).toMatchObject({ available: 3, orders: 2 });
  });
});
