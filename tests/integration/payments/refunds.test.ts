import { describe, expect, it } from '@jest/globals';
import { later, orderOf, startPayment } from '../../support/flows.js';
import { overpaidOrder, payPart, unpaidOrder, type Bought } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

const atRazorpay = async ({ order }: Bought) => {
  const ids = (await rows.all('payments', { orderId: order.id })).map((row) =>
    String(row['gatewayPaymentId']),
  );
  return (await app.razorpay.control.refunds()).filter(({ payment_id: id }) => ids.includes(id));
};
const refundMails = async ({ buyer }: Bought) => {
  await app.holdfast.jobs.run('mail');
  return app.ses.mails(buyer.email).filter(({ subject }) => /goes back/.test(subject));
};

describe('M8: an over-payment', () => {
  it('goes back, exactly the excess, in one refund, and the customer is told once', async () => {
    const paid = await overpaidOrder(app);
    expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'completed',
      amountPaid: { amount: 25_000 },
      amountRefunded: { amount: 5_000 },
    });
    expect((await atRazorpay(paid)).map(({ amount, status }) => [amount, status])).toEqual([
      [5_000, 'processed'],
    ]);
    await later(app, 2 * 3_600_000);
    expect(await atRazorpay(paid)).toHaveLength(1);
    expect(await refundMails(paid)).toHaveLength(1);
  });

  it.each(['act-then-hang', 'act-then-close'] as const)(
    'is refunded once though Razorpay did not answer (%s)',
    async (mode) => {
      await app.razorpay.control.trouble({ mode, path: '/v1/payments/:id/refund', method: 'POST', times: 1 });
      const paid = await overpaidOrder(app);
      await later(app, 61_000);
      await later(app, 2 * 3_600_000);
      expect(await atRazorpay(paid)).toHaveLength(1);
      expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({ amountRefunded: { amount: 5_000 } });
      const [row] = await rows.all('refunds', { orderId: paid.order.id });
      expect(row).toMatchObject({ state: 'processed', dueAt: null });
    },
  );

  it.each(['down', 'error500', 'throttle', 'reject'] as const)(
    'waits while Razorpay is "%s", and goes back afterwards',
    async (mode) => {
      await app.razorpay.control.trouble({ mode, path: '/v1/payments/:id/refund', method: 'POST' });
      const paid = await overpaidOrder(app);
      await later(app, 6_000);
      expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({
        status: 'paid',
        amountRefunded: { amount: 0 },
      });
      await app.razorpay.control.trouble({ mode: 'none' });
      await later(app, 61_000);
      expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({ amountRefunded: { amount: 5_000 } });
      expect(await atRazorpay(paid)).toHaveLength(1);
    },
  );

  it('whose refund is pending first is counted once it is accepted, and settled when it is processed', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'pending' });
    const paid = await overpaidOrder(app);
    const [refund] = await atRazorpay(paid);
    expect(await rows.one('refunds', { orderId: paid.order.id })).toMatchObject({ state: 'pending' });
    expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({ amountRefunded: { amount: 5_000 } });
    // The news is lost: it is found by asking.
    await app.razorpay.control.settleRefund({
      refundId: refund?.id ?? '',
      outcome: 'processed',
      webhooks: 'none',
    });
    await later(app, 3_660_000);
    expect(await rows.one('refunds', { orderId: paid.order.id })).toMatchObject({
      state: 'processed',
      dueAt: null,
    });
    expect(await atRazorpay(paid)).toHaveLength(1);
  });

  it('whose refund fails is not said to have gone back, and is not sent a second time by itself', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const paid = await overpaidOrder(app);
    await later(app, 3_660_000);
    expect(await rows.one('refunds', { orderId: paid.order.id })).toMatchObject({ state: 'failed' });
    expect(await orderOf(paid.buyer, paid.order.id)).toMatchObject({
      paymentStatus: 'completed',
      amountPaid: { amount: 25_000 },
      amountRefunded: { amount: 0 },
    });
    expect(await atRazorpay(paid)).toHaveLength(1);
  });
});

describe('M8: a refund that was made in the dashboard', () => {
  it('is counted, and the order is not paid any more in full', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order } = bought;
    const paymentId = await payPart(app, bought);
    await app.razorpay.control.refund({ paymentId, amount: 5_000 });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'partially_refunded',
      amountRefunded: { amount: 5_000 },
    });
    await app.razorpay.control.refund({ paymentId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'refunded',
      amountRefunded: { amount: 20_000 },
    });
  });

  it('before the order was settled leaves the order to the rollback', async () => {
    const bought = await unpaidOrder(app);
    const { buyer, order } = bought;
    const paymentId = await payPart(app, bought, 5_000);
    await app.razorpay.control.refund({ paymentId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending', paymentStatus: 'refunded' });
    await later(app, 16 * 60_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending_stock_rolledback' });
  });
});

describe('M8: what nobody captured', () => {
  it('and went back by itself was never ours', async () => {
    const { buyer, order } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    const { razorpay_payment_id: paymentId } = await app.razorpay.control.authorize({ razorpayOrderId });
    await app.razorpay.control.returnUncaptured({ paymentId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'pending',
      amountPaid: { amount: 0 },
      amountRefunded: { amount: 0 },
    });
  });
});
