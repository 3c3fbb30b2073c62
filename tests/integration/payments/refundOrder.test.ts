import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ApiError, Payment, PaymentPage, RefundList } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, equation, later, orderOf } from '../../support/flows.js';
import {
  mailsAbout,
  paidOrder,
  partPaidOrder,
  payPart,
  recordOutside,
  refund,
  returnedAtRazorpay,
  unpaidOrder,
} from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const paymentsOf = async (orderId: string): Promise<Payment[]> =>
  bodyOf<PaymentPage>(await boss.get('/v1/admin/payments').query({ orderId, sort: 'oldest' }).expect(200))
    .data;
const refundsIn = (answer: { body: unknown }) => bodyOf<RefundList>(answer).data;
const refundable = (answer: { body: unknown }) => bodyOf<ApiError>(answer).details?.refundable?.amount;

describe('201', () => {
  it('M7, N4: all of it goes back by Razorpay, the customer is told, and the goods stay sold', async () => {
    const bought = await paidOrder(app);
    const { buyer, order, productId } = bought;
    const [one, ...others] = refundsIn(await refund(boss, order.id, { reason: 'Lost' }).expect(201));
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      orderId: order.id,
      gateway: 'razorpay',
      state: 'requested',
      amount: { amount: 20_000, currency: 'INR' },
      reason: 'Lost',
      settledAt: null,
    });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'refunded',
      amountRefunded: { amount: 20_000 },
    });
    expect(await paymentsOf(order.id)).toMatchObject([
      { id: one?.paymentId, status: 'refunded', amountRefunded: { amount: 20_000 } },
    ]);
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3 });
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
    expect(await mailsAbout(app, bought)).toEqual([
      `Your money for order ${order.number} goes back to you`,
      `Your order ${order.number} is confirmed`,
      `₹200.00 for order ${order.number} was sent to you`,
    ]);
  });

  it('M7: parts go back until nothing is left, and never more', async () => {
    const { buyer, order } = await paidOrder(app);
    for (const amount of [5_000, 101, 13_900]) await refund(boss, order.id, { amount }).expect(201);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_refunded',
      amountRefunded: { amount: 19_001 },
    });
    expect(refundable(await refund(boss, order.id, { amount: 1_000 }).expect(409))).toBe(999);
    const [rest] = refundsIn(await refund(boss, order.id).expect(201));
    expect(rest?.amount.amount).toBe(999);
    await app.quiet();
    expect(refundable(await refund(boss, order.id).expect(409))).toBe(0);
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
  });

  it('M7: it is spread over the payments, the newest first, each by the way it came', async () => {
    const bought = await partPaidOrder(app, 6_000);
    const { order, buyer } = bought;
    await recordOutside(boss, order.id, { amount: 4_000 }).expect(201);
    await payPart(app, bought);
    const [oldest, cash, newest] = await paymentsOf(order.id);
    const refunds = refundsIn(await refund(boss, order.id, { amount: 15_000 }).expect(201));
    expect(refunds.map((one) => [one.paymentId, one.amount.amount, one.gateway, one.state])).toEqual([
      [newest?.id, 10_000, 'razorpay', 'requested'],
      [cash?.id, 4_000, 'outside', 'to_be_paid_out'],
      [oldest?.id, 1_000, 'razorpay', 'requested'],
    ]);
    await app.quiet();
    // The cash is still in the till.
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      amountRefunded: { amount: 11_000 },
    });
  });

  it('M7: it comes from one payment alone where that is asked for', async () => {
    const bought = await partPaidOrder(app, 6_000);
    await payPart(app, bought);
    const [oldest] = await paymentsOf(bought.order.id);
    const fromOldest = { paymentId: oldest?.id ?? '' };
    const tooMuch = await refund(boss, bought.order.id, { ...fromOldest, amount: 6_001 }).expect(409);
    expect(refundable(tooMuch)).toBe(6_000);
    const [one, ...others] = refundsIn(await refund(boss, bought.order.id, fromOldest).expect(201));
    expect([one?.paymentId, one?.amount.amount, others.length]).toEqual([oldest?.id, 6_000, 0]);
  });

  it('M7: the same key refunds once, one after the other and ten at the same moment', async () => {
    const { buyer, order } = await paidOrder(app);
    const key = randomUUID();
    const wanted = { amount: 5_000 };
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(boss, order.id, wanted, key)));
    answers.push(await refund(boss, order.id, wanted, key).expect(201));
    const ids = answers
      .filter(({ status }) => status === 201)
      .flatMap((answer) => refundsIn(answer).map(({ id }) => id));
    expect(new Set(ids).size).toBe(1);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 5_000 } });
  });

  it('M7: many at the same moment never give back more than was paid, nor less than was promised', async () => {
    const { buyer, order } = await paidOrder(app);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refund(boss, order.id, { amount: 6_000 })),
    );
    await app.quiet();
    const promised = answers.filter(({ status }) => status === 201);
    expect(promised.length).toBeGreaterThan(0);
    expect(promised.length).toBeLessThanOrEqual(3);
    const { amountRefunded } = await orderOf(buyer, order.id);
    expect(amountRefunded.amount).toBe(promised.length * 6_000);
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(promised.length * 6_000);
  });

  it('M7, M8: what was refunded in the dashboard is not refunded again', async () => {
    const { buyer, order } = await paidOrder(app);
    const [payment] = await paymentsOf(order.id);
    await app.razorpay.control.refund({ paymentId: payment?.razorpayPaymentId ?? '', amount: 8_000 });
    await app.quiet();
    expect(refundable(await refund(boss, order.id, { amount: 12_001 }).expect(409))).toBe(12_000);
    // While Razorpay has not heard of this one, it counts beside the other all the same.
    await app.razorpay.control.trouble({ mode: 'down' });
    await refund(boss, order.id, { amount: 5_000 }).expect(201);
    expect(refundable(await refund(boss, order.id, { amount: 7_001 }).expect(409))).toBe(7_000);
    await app.razorpay.control.trouble({ mode: 'none' });
    await later(app, 61_000);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 13_000 } });
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(13_000);
  });

  it('M7: what is too little for Razorpay waits to be paid out by hand', async () => {
    const { buyer, order } = await paidOrder(app);
    const [small] = refundsIn(await refund(boss, order.id, { amount: 99 }).expect(201));
    expect(small).toMatchObject({ state: 'to_be_paid_out', gateway: 'razorpay' });
    await boss.post(`/v1/admin/refunds/${small?.id}/payout`).send({ reference: 'Till 2' }).expect(200);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 99 } });
    await refund(boss, order.id).expect(201);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(19_901);
  });

  it('M7: a refund that Razorpay cannot make is not counted as gone back, nor decided a second time', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const { buyer, order } = await paidOrder(app);
    await refund(boss, order.id).expect(201);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'completed',
      amountRefunded: { amount: 0 },
    });
    expect(refundable(await refund(boss, order.id).expect(409))).toBe(0);
  });
});

describe('404', () => {
  it('M7: of an order, or of a payment of it, that does not exist', async () => {
    expect(codeOf(await refund(boss, 'nothing-has-this-id').expect(404))).toBe('not_found');
    const [one, other] = [await paidOrder(app), await paidOrder(app)];
    const [payment] = await paymentsOf(other.order.id);
    const answer = await refund(boss, one.order.id, { paymentId: payment?.id ?? '' }).expect(404);
    expect(codeOf(answer)).toBe('not_found');
    expect(await rows.all('refunds', { orderId: { $in: [one.order.id, other.order.id] } })).toEqual([]);
  });
});

describe('409', () => {
  it('M7: more than was paid is refused, and nothing is written', async () => {
    const { order } = await paidOrder(app);
    const answer = await refund(boss, order.id, { amount: 20_001 }).expect(409);
    expect(codeOf(answer)).toBe('refund_exceeds_paid');
    expect(refundable(answer)).toBe(20_000);
    expect(await rows.all('refunds', { orderId: order.id })).toEqual([]);
  });

  it('M7: nothing can be refunded where nothing was paid', async () => {
    const { order } = await unpaidOrder(app);
    expect(refundable(await refund(boss, order.id).expect(409))).toBe(0);
  });
});

describe('422', () => {
  it('M7: a key that was used for another refund is refused', async () => {
    const { order } = await paidOrder(app);
    const key = randomUUID();
    await refund(boss, order.id, { amount: 5_000 }, key).expect(201);
    expect(codeOf(await refund(boss, order.id, { amount: 5_001 }, key).expect(422))).toBe(
      'idempotency_key_reused',
    );
  });
});
