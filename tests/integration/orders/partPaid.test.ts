import { describe, expect, it } from '@jest/globals';
import type { Timeline } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, equation, later, orderOf, startPayment } from '../../support/flows.js';
import {
  mailsAbout,
  partPaidOrder,
  payPart,
  recordOutside,
  refund,
  returnedAtRazorpay,
  unpaidOrder,
  type Bought,
} from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const HOUR = 3_600_000;

const app = await sharedApp();
const boss = await admin(app);

const statusOf = async ({ buyer, order }: Bought) => (await orderOf(buyer, order.id)).status;
const payBeforeOf = async ({ buyer, order }: Bought) =>
  Date.parse((await orderOf(buyer, order.id)).payBefore ?? '');

describe('M4: an order of which a part is paid', () => {
  it('waits 24 hours from its first payment, says so, and then ends with all of its money going back', async () => {
    const bought = await unpaidOrder(app);
    const placed = Date.parse(bought.order.placedAt);
    expect(await payBeforeOf(bought)).toBe(placed + 15 * 60_000);
    app.holdfast.clock.advance(10 * 60_000);
    const paidAt = app.holdfast.clock.now().getTime();
    await payPart(app, bought, 5_000);
    const payBefore = await payBeforeOf(bought);
    expect(payBefore - paidAt).toBeGreaterThanOrEqual(24 * HOUR);
    expect(payBefore - paidAt).toBeLessThan(24 * HOUR + 60_000);

    await later(app, 24 * HOUR - 5 * 60_000);
    expect(await statusOf(bought)).toBe('pending');
    expect(await equation(app, bought.productId)).toMatchObject({ available: 3, orders: 2 });

    await later(app, 6 * 60_000);
    await app.quiet();
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({
      status: 'cancelled',
      paymentStatus: 'refunded',
      amountPaid: { amount: 5_000 },
      amountRefunded: { amount: 5_000 },
      payBefore: null,
    });
    expect(await equation(app, bought.productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    expect(await returnedAtRazorpay(app, boss, bought.order.id)).toBe(5_000);
    const { number } = bought.order;
    expect(await mailsAbout(app, bought)).toEqual([
      `We have received your payment for order ${number}`,
      `Your order ${number} is cancelled`,
      `₹50.00 for order ${number} was sent to you`,
    ]);
    const timeline = await bought.buyer.get(`/v1/orders/${bought.order.id}/timeline`).expect(200);
    expect(bodyOf<Timeline>(timeline).data.find(({ to }) => to === 'cancelled')).toMatchObject({
      actor: { kind: 'system', id: null },
      reason: 'the rest was not paid in time',
    });
  });

  it('does not wait longer because of a further part', async () => {
    const bought = await partPaidOrder(app, 5_000);
    const payBefore = await payBeforeOf(bought);
    await later(app, 23 * HOUR);
    await payPart(app, bought, 4_000);
    expect(await payBeforeOf(bought)).toBe(payBefore);
    await later(app, 61 * 60_000);
    await app.quiet();
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({
      status: 'cancelled',
      amountRefunded: { amount: 9_000 },
    });
  });

  it('is paid by its last part, and the mails tell each part once and the last by the confirmation', async () => {
    const bought = await partPaidOrder(app, 5_000);
    await recordOutside(boss, bought.order.id, { amount: 3_000 }).expect(201);
    await payPart(app, bought);
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'completed',
    });
    const { number } = bought.order;
    const received = `We have received your payment for order ${number}`;
    expect(await mailsAbout(app, bought)).toEqual([received, received, `Your order ${number} is confirmed`]);
    await later(app, 25 * HOUR);
    expect(await statusOf(bought)).toBe('paid');
  });

  it('ends once, whoever else looks at it at that moment, and the last part that comes then goes back', async () => {
    const bought = await partPaidOrder(app, 5_000);
    const { razorpayOrderId } = await startPayment(bought.buyer, bought.order.id);
    app.holdfast.clock.advance(24 * HOUR + 60_000);
    await Promise.all([
      app.holdfast.jobs.run('stock-rollback'),
      app.razorpay.control.pay({ razorpayOrderId }),
      app.holdfast.jobs.run('stock-rollback'),
    ]);
    await app.quiet();
    const order = await orderOf(bought.buyer, bought.order.id);
    if (order.status === 'cancelled') {
      expect(order).toMatchObject({ amountPaid: { amount: 20_000 }, amountRefunded: { amount: 20_000 } });
      expect(await equation(app, bought.productId)).toMatchObject({ onHand: 5, available: 5, held: 0 });
    } else {
      expect(order).toMatchObject({ status: 'paid', amountRefunded: { amount: 0 } });
      expect(await equation(app, bought.productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    }
  });

  it('of which all went back is overdue as if nothing had come', async () => {
    const bought = await partPaidOrder(app, 5_000);
    await refund(boss, bought.order.id).expect(201);
    await app.quiet();
    expect(await payBeforeOf(bought)).toBe(Date.parse(bought.order.placedAt) + 15 * 60_000);
    await later(app, 16 * 60_000);
    expect(await statusOf(bought)).toBe('pending_stock_rolledback');
  });

  it('ends though a refund of it was decided and could not be made', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const bought = await partPaidOrder(app, 5_000);
    await refund(boss, bought.order.id, { amount: 2_000 }).expect(201);
    await app.quiet();
    await app.razorpay.control.setRefundOutcome({ outcome: 'processed' });
    await later(app, 24 * HOUR + 60_000);
    await app.quiet();
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({
      status: 'cancelled',
      amountRefunded: { amount: 3_000 },
    });
  });
});
