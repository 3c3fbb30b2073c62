import { describe, expect, it } from '@jest/globals';
import type { Timeline } from '../../../generated/openapi.js';
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
  type Agent,
} from '../../support/flows.js';
import { mailsAbout, unpaidOrder, type Bought } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

type Late = Bought & { razorpayOrderIds: string[] };

/** An order of all units that was rolled back while payments of those amounts (default: all) were still open. */
async function rolledBack(amounts: (number | undefined)[] = [undefined]): Promise<Late> {
  const bought = await unpaidOrder(app, { stock: 2, price: 20_000 });
  const { buyer, order } = bought;
  const razorpayOrderIds: string[] = [];
  for (const amount of amounts)
    razorpayOrderIds.push((await startPayment(buyer, order.id, amount)).razorpayOrderId);
  await later(app, 16 * 60_000);
  expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending_stock_rolledback' });
  return { ...bought, razorpayOrderIds };
}

async function sellTo(agent: Agent, productId: string): Promise<void> {
  const { id } = await placeOrder(agent, [{ productId, quantity: 1 }]);
  await pay(app, agent, id);
}

const reasons = async ({ buyer, order }: Late): Promise<string[]> => {
  const answer = await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200);
  return bodyOf<Timeline>(answer).data.map(({ reason }) => reason);
};
const refundsOf = async (razorpayOrderIds: string[]) => {
  const payments = (await app.razorpay.control.payments()).filter(({ order_id: id }) =>
    razorpayOrderIds.includes(id),
  );
  const ids = payments.map(({ id }) => id);
  return (await app.razorpay.control.refunds()).filter(({ payment_id: id }) => ids.includes(id));
};

async function isPaid(late: Late): Promise<void> {
  await app.quiet();
  expect(await orderOf(late.buyer, late.order.id)).toMatchObject({
    status: 'paid',
    paymentStatus: 'completed',
    amountPaid: { amount: 40_000 },
    amountRefunded: { amount: 0 },
  });
  expect(await equation(app, late.productId)).toMatchObject({ onHand: 0, available: 0, held: 0 });
  expect(await refundsOf(late.razorpayOrderIds)).toEqual([]);
  expect(await rows.all('stockmovements', { ref: late.order.id })).toHaveLength(1);
}

async function isRefunded(late: Late, amount: number): Promise<void> {
  await app.quiet();
  expect(await orderOf(late.buyer, late.order.id)).toMatchObject({
    status: 'pending_stock_rolledback',
    paymentStatus: 'refunded',
    amountPaid: { amount },
    amountRefunded: { amount },
  });
  const refunds = await refundsOf(late.razorpayOrderIds);
  expect(refunds.reduce((total, refund) => total + refund.amount, 0)).toBe(amount);
  expect(await rows.all('stockmovements', { ref: late.order.id })).toEqual([]);
}

describe('O5, M8: money for an order that was rolled back', () => {
  it('takes the stock again while it is there, and the order is paid', async () => {
    const late = await rolledBack();
    await app.razorpay.control.pay({ razorpayOrderId: late.razorpayOrderIds[0] ?? '' });
    await isPaid(late);
    expect(await reasons(late)).toContain('paid late; the stock was taken again');
    expect(await mailsAbout(app, late)).toHaveLength(1);
  });

  it('goes back in full when the stock was sold meanwhile; the customer is told, and nobody loses a unit', async () => {
    const late = await rolledBack();
    await sellTo(await customer(app), late.productId);
    await app.razorpay.control.pay({ razorpayOrderId: late.razorpayOrderIds[0] ?? '' });
    await isRefunded(late, 40_000);
    expect(await equation(app, late.productId)).toMatchObject({ onHand: 1, available: 1, held: 0 });
    expect(await reasons(late)).toContain(
      'refund: the payment came late and the stock had been sold meanwhile',
    );
    expect(await mailsAbout(app, late)).toEqual([
      expect.stringMatching(/^Your money .* goes back to you$/),
      expect.stringMatching(/was sent to you$/),
    ]);
  });

  it('is decided once: told again, and with the stock back, the refund stands', async () => {
    const late = await rolledBack();
    const hoarder = await customer(app);
    await hoarder.put(`/v1/cart/items/${late.productId}`).send({ quantity: 1 }).expect(200);
    await app.razorpay.control.pay({ razorpayOrderId: late.razorpayOrderIds[0] ?? '' });
    await isRefunded(late, 40_000);
    await hoarder.delete('/v1/cart').expect(200);
    for (const { id } of await app.razorpay.control.events())
      await app.razorpay.control.redeliver({ eventId: id });
    await later(app, 61_000);
    await isRefunded(late, 40_000);
    expect(await equation(app, late.productId)).toMatchObject({ onHand: 2, available: 2, held: 0 });
    expect(await refundsOf(late.razorpayOrderIds)).toHaveLength(1);
  });

  it('two payments at once for the last units: one order is paid, the other one has its money back', async () => {
    const { id: productId } = await aProduct(app, { stock: 1, price: 20_000 });
    const lates: Late[] = [];
    for (let i = 0; i < 2; i += 1) {
      const buyer = await customer(app);
      const order = await placeOrder(buyer, [{ productId, quantity: 1 }]);
      const { razorpayOrderId } = await startPayment(buyer, order.id);
      await later(app, 16 * 60_000);
      lates.push({ buyer, order, productId, razorpayOrderIds: [razorpayOrderId] });
    }
    await Promise.all(
      lates.map(({ razorpayOrderIds: [id] }) => app.razorpay.control.pay({ razorpayOrderId: id ?? '' })),
    );
    await app.quiet();
    // Whoever found the other one's attempt under way comes back when that one's lease is over.
    await later(app, 61_000);
    await app.quiet();
    const states = await Promise.all(lates.map(({ buyer, order }) => orderOf(buyer, order.id)));
    expect(states.map(({ status, paymentStatus }) => `${status} ${paymentStatus}`).sort()).toEqual([
      'paid completed',
      'pending_stock_rolledback refunded',
    ]);
    expect(await equation(app, productId)).toMatchObject({ onHand: 0, available: 0, held: 0 });
  });

  it('two payments of one order at once: the whole one is kept if it is heard of in time, and what is not kept goes back', async () => {
    const late = await rolledBack([undefined, 39_900]);
    await Promise.all(
      late.razorpayOrderIds.map((razorpayOrderId) => app.razorpay.control.pay({ razorpayOrderId })),
    );
    await app.quiet();
    await later(app, 61_000);
    await app.quiet();
    const order = await orderOf(late.buyer, late.order.id);
    expect(order.amountPaid.amount).toBe(79_900);
    // Where the part alone was heard of first, it was decided that late money goes back; that is decided once.
    const isKept = order.status === 'paid';
    expect(order).toMatchObject({
      status: isKept ? 'paid' : 'pending_stock_rolledback',
      amountRefunded: { amount: isKept ? 39_900 : 79_900 },
    });
    const onHand = isKept ? 0 : 2;
    expect(await equation(app, late.productId)).toMatchObject({ onHand, available: onHand, held: 0 });
  });

  it('a part that comes late goes back, and so does the next part', async () => {
    const late = await rolledBack([10_000, 30_000]);
    const [first = '', second = ''] = late.razorpayOrderIds;
    await app.razorpay.control.pay({ razorpayOrderId: first });
    await isRefunded(late, 10_000);
    expect(await reasons(late)).toContain(
      'refund: a part payment came after the stock of the order had gone back',
    );
    await app.razorpay.control.pay({ razorpayOrderId: second });
    await isRefunded(late, 40_000);
    expect(await equation(app, late.productId)).toMatchObject({ onHand: 2, available: 2, held: 0 });
  });

  it('a lost webhook of late money is found too', async () => {
    const late = await rolledBack();
    await app.razorpay.control.pay({ razorpayOrderId: late.razorpayOrderIds[0] ?? '', webhooks: 'none' });
    await later(app, 10 * 60_000);
    await isPaid(late);
  });

  it('an authorised payment that the order does not want any more is not captured', async () => {
    const late = await rolledBack();
    await app.razorpay.control.authorize({ razorpayOrderId: late.razorpayOrderIds[0] ?? '' });
    await app.quiet();
    await later(app, 10 * 60_000);
    expect((await app.razorpay.control.payments()).at(-1)).toMatchObject({ status: 'authorized' });
    expect(await orderOf(late.buyer, late.order.id)).toMatchObject({ paymentStatus: 'pending' });
  });

  it('an attempt that died half-way is waited for, and taken up when its lease is over', async () => {
    const late = await rolledBack();
    const [razorpayOrderId = ''] = late.razorpayOrderIds;
    const until = new Date(Date.now() + app.holdfast.clock.aheadMs() + 15_000);
    const { gen } = (await rows.one('orders', { _id: late.order.id })) as { gen?: string };
    const died = { holds: 'open', gen: 'gen-of-the-dead', attempt: { id: 'dead', until }, attention: true };
    await rows.set('orders', late.order.id, { $set: died, $push: { pastGens: gen }, $inc: { version: 1 } });
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(late.buyer, late.order.id)).toMatchObject({
      status: 'pending_stock_rolledback',
      amountPaid: { amount: 40_000 },
    });
    await later(app, 16_000);
    await isPaid(late);
  });
});

describe('M8: money for an order that holds its stock no more', () => {
  it('while it is pending is late money too: the stock is taken again', async () => {
    const { buyer, order, productId } = await unpaidOrder(app, { stock: 2, price: 20_000 });
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    const { cartId } = await rows.one('orders', { _id: order.id });
    const hold = `hold:${productId}:${String(cartId)}`;
    await app.redis
      .multi()
      .del(hold)
      .zrem(`due:${productId}`, String(cartId))
      .incrby(`stock:${productId}`, 2)
      .exec();
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid' });
    expect(await equation(app, productId)).toMatchObject({ onHand: 0, available: 0, held: 0 });
  });
});
