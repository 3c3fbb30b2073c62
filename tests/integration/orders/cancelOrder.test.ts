import { describe, expect, it } from '@jest/globals';
import type { ApiError, Order, Timeline } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, customer, equation, later, orderOf, startPayment, type Agent } from '../../support/flows.js';
import {
  mailsAbout,
  paidOrder,
  partPaidOrder,
  payPart,
  recordOutside,
  returnedAtRazorpay,
  unpaidOrder,
} from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const cancel = (agent: Agent, { id }: Pick<Order, 'id'>, reason?: string) =>
  agent.post(`/v1/orders/${id}/cancel`).send(reason === undefined ? {} : { reason });

describe('200', () => {
  it('O3: its customer cancels an order before it is paid, and its units go back on sale at once', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order, productId } = bought;
    const answer = await cancel(buyer, order, 'Ordered twice').expect(200);
    expect(answer.body).toMatchObject({
      id: order.id,
      status: 'cancelled',
      amountDue: { amount: 0 },
      payBefore: null,
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    const { data } = bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200));
    expect(data.at(-1)).toMatchObject({
      from: 'pending',
      to: 'cancelled',
      actor: { kind: 'customer' },
      reason: 'Ordered twice',
    });
    expect(await mailsAbout(app, bought)).toEqual([`Your order ${order.number} is cancelled`]);
  });

  it('O3: a cancelled order is cancelled again by anybody who may, and nothing happens a second time', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order, productId } = bought;
    const first = await cancel(buyer, order).expect(200);
    expect((await cancel(buyer, order, 'Again').expect(200)).body).toEqual(first.body);
    expect((await cancel(boss, order).expect(200)).body).toEqual(first.body);
    expect(await equation(app, productId)).toMatchObject({ available: 5 });
    expect(await mailsAbout(app, bought)).toHaveLength(1);
  });

  it('O3, M7, N4: an admin cancels a paid order: units and money go back, each once, and the customer is told', async () => {
    const bought = await paidOrder(app);
    const { buyer, order, productId } = bought;
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3 });
    await cancel(boss, order, 'Out of business').expect(200);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'cancelled',
      paymentStatus: 'refunded',
      amountRefunded: { amount: 20_000 },
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    const moved = await rows.all('stockmovements', { ref: order.id });
    expect(moved.sort((a, b) => Number(a['units']) - Number(b['units']))).toMatchObject([
      { kind: 'sale', units: -2 },
      { kind: 'return', units: 2, onHand: 5 },
    ]);
    await later(app, 3_600_000);
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
    expect(await mailsAbout(app, bought)).toEqual([
      `Your order ${order.number} is cancelled`,
      `Your order ${order.number} is confirmed`,
      `₹200.00 for order ${order.number} was sent to you`,
    ]);
  });

  it('O3: an order that is being packed is cancelled by an admin too', async () => {
    const { order, productId } = await paidOrder(app);
    await boss.post(`/v1/admin/orders/${order.id}/status`).send({ status: 'processing' }).expect(200);
    await cancel(boss, order).expect(200);
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5 });
  });

  it('O3, M7: an admin cancels a part-paid order, and the part goes back the way it came', async () => {
    const bought = await partPaidOrder(app, 5_000);
    await recordOutside(boss, bought.order.id, { amount: 3_000 }).expect(201);
    await cancel(boss, bought.order).expect(200);
    await app.quiet();
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({
      status: 'cancelled',
      amountPaid: { amount: 8_000 },
      // The cash waits for somebody to pay it out.
      amountRefunded: { amount: 5_000 },
    });
    const refundsIn = (state: string) => rows.all('refunds', { orderId: bought.order.id, state });
    expect(await refundsIn('processed')).toMatchObject([{ amount: 5_000 }]);
    expect(await refundsIn('to_be_paid_out')).toMatchObject([{ amount: 3_000 }]);
    expect(await equation(app, bought.productId)).toMatchObject({ onHand: 5, available: 5 });
  });

  it('M8: money that comes after a cancellation goes back, and the order stays cancelled', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    await cancel(buyer, order).expect(200);
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'cancelled',
      paymentStatus: 'refunded',
      amountPaid: { amount: 20_000 },
      amountRefunded: { amount: 20_000 },
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5 });
  });
});

describe('200, at the same moment', () => {
  it('O3: ten cancellations give back once', async () => {
    const { buyer, order, productId } = await paidOrder(app);
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(boss, order)));
    await app.quiet();
    // Whoever is too slow is told to come again, and finds it cancelled.
    expect(answers.map(({ status }) => status).filter((status) => status !== 503)).toContain(200);
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
    expect(await rows.all('stockmovements', { ref: order.id, kind: 'return' })).toHaveLength(1);
  });

  it.each([1, 2, 3])('O3, M8: a payment and its customer’s cancellation have one outcome (%i)', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    const [answer] = await Promise.all([
      cancel(buyer, order),
      app.razorpay.control.pay({ razorpayOrderId }),
      app.holdfast.jobs.run('stock-rollback'),
    ]);
    await app.quiet();
    const now = await orderOf(buyer, order.id);
    if (answer.status === 200) {
      expect(now).toMatchObject({ status: 'cancelled', amountRefunded: now.amountPaid });
      expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    } else {
      expect(codeOf(answer)).toBe('illegal_transition');
      expect(now).toMatchObject({ status: 'paid', amountRefunded: { amount: 0 } });
      expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    }
  });

  it('O3, O5: a cancellation and the rollback job have one outcome', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    app.holdfast.clock.advance(16 * 60_000);
    const [answer] = await Promise.all([
      cancel(buyer, order),
      app.holdfast.jobs.run('stock-rollback'),
      app.holdfast.jobs.run('stock-rollback'),
    ]);
    const { status } = await orderOf(buyer, order.id);
    expect(status).toBe(answer.status === 200 ? 'cancelled' : 'pending_stock_rolledback');
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
  });
});

describe('200, after a crash', () => {
  it('O3: units and money of a paid order that died right after its cancellation go back', async () => {
    const { buyer, order, productId } = await paidOrder(app);
    await cancel(boss, order).expect(200);
    await app.quiet();
    // As the process leaves it that dies after the transaction: nothing is applied in Redis yet.
    await app.redis.set(`stock:${productId}`, 3);
    await app.redis.hset(`meta:${productId}`, 'seq', 1);
    await rows.set('orders', order.id, { $set: { settled: false, attention: true } });
    await app.holdfast.jobs.run('stock-rollback');
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    expect(await rows.one('orders', { _id: order.id })).toMatchObject({ settled: true, attention: false });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('404', () => {
  it('O3: of a stranger, and of nobody', async () => {
    const { order } = await unpaidOrder(app);
    const stranger = await customer(app);
    expect(codeOf(await cancel(stranger, order).expect(404))).toBe('not_found');
    expect(codeOf(await cancel(boss, { id: 'nothing-has-this-id' }).expect(404))).toBe('not_found');
    expect(await orderOf(boss, order.id)).toMatchObject({ status: 'pending' });
  });
});

describe('409', () => {
  const refused = async (agent: Agent, order: Order): Promise<ApiError['details']> => {
    const body = bodyOf<ApiError>(await cancel(agent, order).expect(409));
    expect(body.code).toBe('illegal_transition');
    return body.details;
  };

  it('O3: its customer cannot cancel what is paid, in whole or in part', async () => {
    const paid = await paidOrder(app);
    expect(await refused(paid.buyer, paid.order)).toEqual({ status: 'paid', legal: [] });
    const told = bodyOf<ApiError>(await cancel(paid.buyer, paid.order).expect(409));
    expect(told.message).toContain('Please write to the shop, which can still cancel it.');
    const part = await partPaidOrder(app);
    expect(await refused(part.buyer, part.order)).toEqual({ status: 'pending', legal: [] });
    await payPart(app, part);
    expect(await orderOf(part.buyer, part.order.id)).toMatchObject({ status: 'paid' });
  });

  it('O3: an admin cannot cancel what is shipped, delivered or rolled back, and is told what is legal', async () => {
    const { order } = await paidOrder(app);
    const move = (status: string) =>
      boss.post(`/v1/admin/orders/${order.id}/status`).send({ status }).expect(200);
    await move('shipped');
    expect(await refused(boss, order)).toEqual({ status: 'shipped', legal: ['delivered'] });
    await move('delivered');
    expect(await refused(boss, order)).toEqual({ status: 'delivered', legal: [] });
    const late = await unpaidOrder(app);
    await later(app, 16 * 60_000);
    expect(await refused(boss, late.order)).toEqual({ status: 'pending_stock_rolledback', legal: [] });
  });

  it('O3, S1: an order that has a shipment is not cancelled', async () => {
    const { order, productId } = await paidOrder(app);
    await rows.set('orders', order.id, { $set: { shipping: true }, $inc: { version: 1 } });
    expect(await refused(boss, order)).toEqual({ status: 'paid', legal: ['processing', 'shipped'] });
    expect(await equation(app, productId)).toMatchObject({ onHand: 3 });
  });
});
