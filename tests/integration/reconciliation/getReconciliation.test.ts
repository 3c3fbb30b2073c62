import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { RefundList } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { kindsOf, orderAccount, productAccount, report } from '../../support/drift.js';
import { paymentEvent, sendEvent } from '../../support/events.js';
import { admin, aProduct, customer, pay, placeOrder, startPayment } from '../../support/flows.js';
import { recordOutside, refund, unpaidOrder } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);
const buyer = await customer(app);

const hold = (productId: string, quantity: number) =>
  app.agent().put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200);

describe('X5: a product', () => {
  it('in balance is told with all its numbers, and needs no explanation', async () => {
    const { id, sku } = await aProduct(app, { stock: 10 });
    await hold(id, 2);
    await placeOrder(buyer, [{ productId: id, quantity: 3 }]);
    expect(await productAccount(boss, id)).toEqual({
      productId: id,
      sku,
      name: 'Brass lamp',
      state: 'balanced',
      onHand: 10,
      ledger: 10,
      ledgerDrift: 0,
      isLoaded: true,
      available: 5,
      heldByCarts: 2,
      heldByOrders: 3,
      heldByAdjustments: 0,
      openOrderUnits: 3,
      expected: 5,
      drift: 0,
      findings: [],
    });
  });

  it('with units that nothing explains is told at once, with the numbers in words', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await app.redis.set(`stock:${id}`, '12');
    const account = await productAccount(boss, id);
    expect(account).toMatchObject({ state: 'unexplained', available: 12, expected: 10, drift: 2 });
    expect(account.findings).toEqual([
      {
        kind: 'available_drifts',
        state: 'unexplained',
        message: '12 units are available, 10 should be.',
      },
    ]);
  });

  it('whose on hand was changed by hand does not pass: its movements say otherwise', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await rows.set('products', id, { $set: { stock: 14 } });
    const account = await productAccount(boss, id);
    expect(account).toMatchObject({ state: 'unexplained', onHand: 14, ledger: 10, ledgerDrift: 4 });
    expect(kindsOf(account)).toEqual(['available_drifts', 'on_hand_drifts']);
  });

  it('with a receipt that Redis has not got is on its way, no drift', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    // What a crash leaves between the transaction and the script.
    await rows.set('products', id, { $set: { stock: 13, increaseSeq: 2 }, $inc: { stockVersion: 1 } });
    const [opening] = await rows.all('stockmovements', { productId: id });
    await rows.add('stockmovements', { ...opening, _id: `${id}-2`, ref: 'second', seq: 2, no: 2, units: 3 });
    const account = await productAccount(boss, id);
    expect(account).toMatchObject({ state: 'in_flight', drift: 0, available: 10, expected: 10 });
    expect(kindsOf(account)).toEqual(['receipt_not_applied']);
  });

  it('of a paid order whose hold is not deleted is on its way, no drift', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    const order = await placeOrder(buyer, [{ productId: id, quantity: 4 }]);
    const { cartId } = await rows.one('orders', { _id: order.id });
    const key = `hold:${id}:${String(cartId)}`;
    const held = await app.redis.hgetall(key);
    await pay(app, buyer, order.id);
    await app.redis.hset(key, held);
    await app.redis.zadd(`due:${id}`, held['lapse'] ?? '0', String(cartId));
    const account = await productAccount(boss, id);
    expect(account).toMatchObject({ state: 'in_flight', onHand: 6, available: 6, drift: 0, heldByOrders: 4 });
    expect(kindsOf(account)).toEqual(['hold_not_deleted']);
  });

  it('of a pending order whose hold is gone is told, though the numbers add up', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    const order = await placeOrder(buyer, [{ productId: id, quantity: 4 }]);
    const { cartId } = await rows.one('orders', { _id: order.id });
    await app.redis.del(`hold:${id}:${String(cartId)}`);
    await app.redis.set(`stock:${id}`, '10');
    const account = await productAccount(boss, id);
    expect(account).toMatchObject({ state: 'needs_action', drift: 0, heldByOrders: 0, openOrderUnits: 4 });
    expect(kindsOf(account)).toEqual(['order_holds_missing']);
  });

  it('that Redis does not know has nothing that could drift', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await app.redis.del(`stock:${id}`);
    expect(await productAccount(boss, id)).toMatchObject({
      state: 'balanced',
      isLoaded: false,
      available: 0,
      drift: 0,
      onHand: 10,
    });
  });
});

describe('X5: an order', () => {
  const paidOrder = async (): Promise<string> => {
    const { id } = await aProduct(app, { stock: 10, price: 20_000 });
    const order = await placeOrder(buyer, [{ productId: id, quantity: 2 }]);
    await pay(app, buyer, order.id);
    return order.id;
  };

  it('in balance is told with its money twice: as it says, and as its rows say', async () => {
    const id = await paidOrder();
    expect(await orderAccount(boss, id)).toMatchObject({
      orderId: id,
      status: 'paid',
      paymentStatus: 'completed',
      state: 'balanced',
      total: { amount: 40_000, currency: 'INR' },
      paid: { amount: 40_000 },
      paidByPayments: { amount: 40_000 },
      refunded: { amount: 0 },
      refundedByRows: { amount: 0 },
      findings: [],
    });
  });

  it.each([
    ['money_miscounted', { $set: { 'money.captured': 1 } }],
    ['payment_status_wrong', { $set: { paymentStatus: 'pending' } }],
    ['unsettled', { $set: { settled: false, attention: false } }],
  ])('that was changed by hand does not pass (%s)', async (kind, change) => {
    const id = await paidOrder();
    await rows.set('orders', id, change);
    const account = await orderAccount(boss, id);
    expect(account.state).toBe('unexplained');
    expect(kindsOf(account)).toContain(kind);
  });

  it('that is paid without a sale in the ledger does not pass', async () => {
    const id = await paidOrder();
    const [sale] = await rows.all('stockmovements', { ref: id });
    await rows.remove('stockmovements', sale?._id ?? '');
    expect(kindsOf(await orderAccount(boss, id))).toEqual(['sale_missing']);
  });

  it('that is sold and not paid does not pass', async () => {
    const { id: productId } = await aProduct(app, { stock: 10 });
    const [opening] = await rows.all('stockmovements', { productId });
    const { id } = await placeOrder(buyer, [{ productId, quantity: 2 }]);
    const sale = { kind: 'sale', ref: id, units: -2, onHand: 8, no: 2, seq: undefined };
    await rows.add('stockmovements', { ...opening, ...sale, _id: `${id}-s` });
    expect(kindsOf(await orderAccount(boss, id))).toEqual(['sale_unexpected']);
  });

  it('that somebody paid in another currency says that the money is kept, until it went back', async () => {
    const { buyer: payer, order } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(payer, order.id);
    const paid = {
      id: `pay_${randomUUID().slice(0, 14)}`,
      order_id: razorpayOrderId,
      amount: 1_000,
      currency: 'USD',
    };
    await sendEvent(app, paymentEvent('payment.captured', { ...paid, status: 'captured' }));
    await app.quiet();
    const account = await orderAccount(boss, order.id);
    expect(account).toMatchObject({ state: 'needs_action' });
    expect(account.findings).toEqual([
      {
        kind: 'money_kept',
        state: 'needs_action',
        message: expect.stringMatching(/^\$10\.00 came in another currency/),
      },
    ]);
    await app.holdfast.jobs.run('order-reconcile');
    expect((await report(boss)).orders.map(({ orderId }) => orderId)).toContain(order.id);
    const back = { ...paid, status: 'refunded' as const, amount_refunded: 1_000 };
    await sendEvent(app, paymentEvent('payment.captured', back));
    await app.quiet();
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced', findings: [] });
  });

  it('with a step that a job will take is on its way', async () => {
    const id = await paidOrder();
    await rows.set('orders', id, { $set: { settled: false, attention: true } });
    expect(await orderAccount(boss, id)).toMatchObject({
      state: 'in_flight',
      findings: [{ kind: 'unsettled' }],
    });
    await app.holdfast.jobs.run('stock-rollback');
    expect(await orderAccount(boss, id)).toMatchObject({ state: 'balanced' });
  });
});

describe('X5: the report', () => {
  it('has a payout that waits at once, though no walk has passed the order, and not once it is done', async () => {
    const { order } = await unpaidOrder(app);
    await recordOutside(boss, order.id).expect(201);
    const answer = await refund(boss, order.id, { amount: 500 }).expect(201);
    const waiting = async () =>
      (await report(boss)).orders.filter(({ orderId }) => orderId === order.id).map(kindsOf);
    expect(await waiting()).toEqual([['payout_waiting']]);
    const [decided] = bodyOf<RefundList>(answer).data;
    await boss.post(`/v1/admin/refunds/${decided?.id}/payout`).send({ reference: 'Till 3' }).expect(200);
    expect(await waiting()).toEqual([]);
  });

  it('has what the walks found, the worst first, as it is now, and their counts', async () => {
    const [drifting, moved, fine] = [
      await aProduct(app, { stock: 10 }),
      await aProduct(app, { stock: 10 }),
      await aProduct(app, { stock: 10 }),
    ];
    const order = await placeOrder(buyer, [{ productId: fine.id, quantity: 1 }]);
    await rows.set('products', drifting.id, { $set: { stock: 11 } });
    await rows.set('products', moved.id, { $set: { stock: 12 } });
    await rows.set('orders', order.id, { $set: { paymentStatus: 'completed' } });
    await app.holdfast.jobs.run('stock-reconcile');
    await app.holdfast.jobs.run('order-reconcile');
    const found = await report(boss);
    expect(found.stockCheck.unexplained).toBeGreaterThanOrEqual(2);
    expect(found.stockCheck.examined).toBeGreaterThanOrEqual(3);
    expect(Date.parse(found.stockCheck.checkedAt ?? '')).toBeGreaterThan(0);
    expect(found.orderCheck.unexplained).toBeGreaterThanOrEqual(1);
    const productIds = found.products.map(({ productId }) => productId);
    expect(productIds).toEqual(expect.arrayContaining([drifting.id, moved.id]));
    expect(productIds).not.toContain(fine.id);
    expect(found.products[0]?.state).toBe('unexplained');
    expect(found.orders.map(({ orderId }) => orderId)).toContain(order.id);

    await rows.set('products', moved.id, { $set: { stock: 10 } });
    await boss
      .post('/v1/admin/reconciliation/repairs')
      .send({ productIds: [moved.id] })
      .expect(200);
    expect((await report(boss)).products.map(({ productId }) => productId)).not.toContain(moved.id);
  });
});

describe('400', () => {
  it('X5: refuses more than it can look at in time', async () => {
    const answer = await boss.get('/v1/admin/reconciliation').query({ limit: '51' }).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/query/limit']);
  });
});

describe('404', () => {
  it.each(['productId', 'orderId'])('X5: tells what does not exist (%s)', async (name) => {
    const answer = await boss.get('/v1/admin/reconciliation').query({ [name]: 'nothing-has-this-id' });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
  });
});
