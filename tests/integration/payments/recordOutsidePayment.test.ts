import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ApiError, Payment, Timeline } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  equation,
  later,
  orderOf,
  pay,
  placeOrder,
  startPayment,
} from '../../support/flows.js';
import {
  mailsAbout,
  paidOrder,
  partPaidOrder,
  recordOutside,
  refund,
  unpaidOrder,
} from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

describe('201', () => {
  it('M6: a transfer of all that is due pays the order, and is shown as what it is', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order, productId } = bought;
    const receivedAt = new Date(app.holdfast.clock.now().getTime() - 3_600_000).toISOString();
    const answer = await recordOutside(boss, order.id, {
      method: 'bank_transfer',
      reference: 'UTR 412233445566',
      receivedAt,
      note: 'By the company',
    }).expect(201);
    const payment = bodyOf<Payment>(answer);
    expect(payment).toMatchObject({
      orderId: order.id,
      orderNumber: order.number,
      gateway: 'outside',
      method: 'bank_transfer',
      status: 'captured',
      amount: { amount: 20_000, currency: 'INR' },
      amountRefunded: { amount: 0 },
      razorpayPaymentId: null,
      reference: 'UTR 412233445566',
      note: 'By the company',
      capturedAt: receivedAt,
    });
    expect(answer.headers['location']).toBe(`/v1/payments/${payment.id}`);
    // Its customer sees it too, but for what was noted of it.
    expect((await buyer.get(`/v1/payments/${payment.id}`).expect(200)).body).toEqual({
      ...payment,
      note: null,
    });
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'completed',
      amountPaid: { amount: 20_000 },
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    expect(await mailsAbout(app, bought)).toEqual([`Your order ${order.number} is confirmed`]);
    const { data } = bodyOf<Timeline>(await boss.get(`/v1/orders/${order.id}/timeline`).expect(200));
    expect(data.find(({ actor }) => actor.kind === 'admin')?.reason).toBe(
      'payment of ₹200.00 by bank transfer recorded',
    );
  });

  it('M4, M6, N4: a part is a part, and the rest can be paid by Razorpay', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order } = bought;
    await recordOutside(boss, order.id, { amount: 1 }).expect(201);
    await recordOutside(boss, order.id, { amount: 4_999 }).expect(201);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'pending',
      paymentStatus: 'partially_paid',
      amountDue: { amount: 15_000 },
    });
    const received = `We have received your payment for order ${order.number}`;
    expect(await mailsAbout(app, bought)).toEqual([received, received]);
    await pay(app, buyer, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', amountPaid: { amount: 20_000 } });
  });

  it('M6: the same key records once, one after the other and ten at the same moment', async () => {
    const { buyer, order } = await unpaidOrder(app);
    const key = randomUUID();
    const [first, ...others] = await Promise.all(
      Array.from({ length: 10 }, () => recordOutside(boss, order.id, { amount: 5_000 }, key)),
    );
    const again = await recordOutside(boss, order.id, { amount: 5_000 }, key).expect(201);
    const made = [first, ...others, again].filter((answer) => answer?.status === 201);
    expect(new Set(made.map((answer) => bodyOf<Payment>({ body: answer?.body }).id)).size).toBe(1);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountPaid: { amount: 5_000 } });
  });

  it('M6, M8: two who record the whole at once count it once: one of them is told that nothing is due', async () => {
    const { buyer, order } = await unpaidOrder(app);
    const answers = await Promise.all([recordOutside(boss, order.id), recordOutside(boss, order.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', amountPaid: { amount: 20_000 } });
  });

  it('M8: a payment by Razorpay that was under way is captured as well, and goes back', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    await recordOutside(boss, order.id).expect(201);
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'completed',
      amountPaid: { amount: 40_000 },
      amountRefunded: { amount: 20_000 },
    });
    expect(await rows.all('refunds', { orderId: order.id })).toMatchObject([
      { state: 'processed', amount: 20_000 },
    ]);
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3 });
  });

  it('O5, M6: money for an order whose units went back takes them again', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    await later(app, 16 * 60_000);
    await recordOutside(boss, order.id).expect(201);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid' });
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });

  it('O5, M6: if they are sold meanwhile the money is to be paid out again, and nothing more is taken', async () => {
    const { buyer, order, productId } = await unpaidOrder(app);
    await later(app, 16 * 60_000);
    const other = await customer(app);
    await pay(app, other, (await placeOrder(other, [{ productId, quantity: 4 }])).id);
    await recordOutside(boss, order.id).expect(201);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'pending_stock_rolledback',
      amountPaid: { amount: 20_000 },
      amountRefunded: { amount: 0 },
    });
    expect(await rows.all('refunds', { orderId: order.id })).toMatchObject([
      { state: 'to_be_paid_out', amount: 20_000, dueAt: null },
    ]);
    expect(codeOf(await recordOutside(boss, order.id).expect(409))).toBe('order_not_payable');
  });
});

describe('400', () => {
  it('M6: money that is yet to come is not recorded', async () => {
    const { order } = await unpaidOrder(app);
    const receivedAt = new Date(app.holdfast.clock.now().getTime() + 60_000).toISOString();
    const answer = await recordOutside(boss, order.id, { receivedAt }).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/body/receivedAt']);
  });

  it.each(['2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01T00:00:60Z', '2026-01-01T25:00:00Z', 'now'])(
    'M6: %s is no moment',
    async (receivedAt) => {
      const answer = await recordOutside(boss, 'nothing-has-this-id', { receivedAt }).expect(400);
      expect(wrongPlaces(answer)).toContain('/body/receivedAt');
    },
  );

  it('M6: a key is needed', async () => {
    const { order } = await unpaidOrder(app);
    const body = { method: 'cash', amount: 20_000, reference: 'Till 1' };
    const answer = await boss.post(`/v1/admin/orders/${order.id}/payments`).send(body).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/headers/idempotency-key']);
  });
});

describe('404', () => {
  it('M6: for an order that does not exist', async () => {
    expect(codeOf(await recordOutside(boss, 'nothing-has-this-id').expect(404))).toBe('not_found');
  });
});

describe('409', () => {
  it('M6: more than what is due is refused, and what is due is told', async () => {
    const { order, buyer } = await partPaidOrder(app, 5_000);
    const body = bodyOf<ApiError>(await recordOutside(boss, order.id, { amount: 15_001 }).expect(409));
    expect(body).toMatchObject({
      code: 'amount_not_payable',
      details: { due: { amount: 15_000, currency: 'INR' } },
    });
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountPaid: { amount: 5_000 } });
  });

  it('M6: an order that waits for no money takes none', async () => {
    const paid = await paidOrder(app);
    expect(codeOf(await recordOutside(boss, paid.order.id, { amount: 1 }).expect(409))).toBe(
      'order_not_payable',
    );
    // Not even after some of it went back.
    await refund(boss, paid.order.id, { amount: 5_000 }).expect(201);
    expect(codeOf(await recordOutside(boss, paid.order.id, { amount: 1 }).expect(409))).toBe(
      'order_not_payable',
    );
    const { order, buyer } = await unpaidOrder(app);
    await buyer.post(`/v1/orders/${order.id}/cancel`).send({}).expect(200);
    expect(codeOf(await recordOutside(boss, order.id).expect(409))).toBe('order_not_payable');
  });

  it('M6: a part for an order whose units went back would only go back, and is refused', async () => {
    const { order } = await unpaidOrder(app);
    await later(app, 16 * 60_000);
    expect(codeOf(await recordOutside(boss, order.id, { amount: 5_000 }).expect(409))).toBe(
      'amount_not_payable',
    );
  });
});

describe('422', () => {
  it('M6: a key that was used for another payment is refused', async () => {
    const { order } = await unpaidOrder(app);
    const key = randomUUID();
    await recordOutside(boss, order.id, { amount: 5_000 }, key).expect(201);
    expect(codeOf(await recordOutside(boss, order.id, { amount: 6_000 }, key).expect(422))).toBe(
      'idempotency_key_reused',
    );
    const { id } = await aProduct(app);
    const other = await placeOrder(await customer(app), [{ productId: id, quantity: 1 }]);
    expect(codeOf(await recordOutside(boss, other.id, { amount: 5_000 }, key).expect(422))).toBe(
      'idempotency_key_reused',
    );
    // Another admin's keys are theirs.
    await recordOutside(await admin(app), order.id, { amount: 6_000 }, key).expect(201);
  });
});
