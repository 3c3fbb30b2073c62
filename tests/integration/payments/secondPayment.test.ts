import { describe, expect, it } from '@jest/globals';
import type { RefundList, Timeline } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { kindsOf, orderAccount } from '../../support/drift.js';
import { admin, later, orderOf } from '../../support/flows.js';
import {
  paidOrder,
  partPaidOrder,
  payAgain,
  payPart,
  recordOutside,
  refund,
  returnedAtRazorpay,
  type Bought,
} from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

/*
 * Of an order of 20 000 that is paid, some was given back; then all of it is paid a second time. What the shop gave back on
 * purpose stays given, and the second payment goes back whole.
 */

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const REFUND_PATH = { path: '/v1/payments/:id/refund', method: 'POST' } as const;

const grant = async ({ order }: Bought, amount?: number): Promise<string> => {
  const wanted = amount === undefined ? {} : { amount };
  const [one] = bodyOf<RefundList>(await refund(boss, order.id, wanted).expect(201)).data;
  return one?.id ?? '';
};
const withdraw = (refundId: string) =>
  boss.post(`/v1/admin/refunds/${refundId}/withdrawal`).send({ reason: 'Not after all', next: 'withdrawn' });

/** Everything has come to rest, so much is decided to go back in all, and the books agree. */
async function goesBack({ buyer, order }: Bought, amount: number): Promise<void> {
  await app.quiet();
  await later(app, 61_000);
  await app.quiet();
  const { amountRefunded, amountRefunding, status } = await orderOf(buyer, order.id);
  expect(status).toBe('paid');
  expect(amountRefunded.amount + amountRefunding.amount).toBe(amount);
  expect(kindsOf(await orderAccount(boss, order.id))).not.toContain('money_miscounted');
  expect(kindsOf(await orderAccount(boss, order.id))).not.toContain('unsettled');
}

describe('M7, M8: a second payment goes back whole', () => {
  it('after a part was given back: the timeline tells both, and the books are balanced', async () => {
    const bought = await paidOrder(app);
    const { buyer, order } = bought;
    await grant(bought, 2_000);
    await app.quiet();
    await payAgain(app, bought);
    await goesBack(bought, 22_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_refunded',
      amountPaid: { amount: 40_000 },
      amountRefunded: { amount: 22_000 },
    });
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(22_000);
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
    const timeline = bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    const reasons = timeline.map(({ reason }) => reason);
    expect(reasons).toContain('refund of ₹20.00: A scratch');
    expect(reasons).toContain('refund: paid more than the order costs');
    expect(reasons).toContain('refund of ₹200.00 processed');
  });

  it('after everything was given back: nothing is kept, and nothing can be shipped', async () => {
    const bought = await paidOrder(app);
    await grant(bought);
    await app.quiet();
    await payAgain(app, bought);
    await goesBack(bought, 40_000);
    const moved = await boss.post(`/v1/admin/orders/${bought.order.id}/status`).send({ status: 'shipped' });
    expect(moved.status).toBe(409);
  });

  it('whether it comes before the refund is asked for, while it is on its way, or twice', async () => {
    const bought = await paidOrder(app);
    await payAgain(app, bought);
    await app.quiet();
    await app.razorpay.control.trouble({ mode: 'down', ...REFUND_PATH });
    await grant(bought, 2_000);
    await payAgain(app, bought);
    await payAgain(app, bought);
    await app.quiet();
    await app.razorpay.control.trouble({ mode: 'none' });
    await goesBack(bought, 62_000);
    expect(await returnedAtRazorpay(app, boss, bought.order.id)).toBe(62_000);
  });

  it('though all comes at the same moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bought = await paidOrder(app);
      const [answer] = await Promise.all([
        refund(boss, bought.order.id, { amount: 2_000 }),
        payAgain(app, bought),
        payAgain(app, bought, { amount: 5_000 }),
      ]);
      await goesBack(bought, 25_000 + (answer.status === 201 ? 2_000 : 0));
    }
  });

  it('after a refund that Razorpay failed to make, which is owed still', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const bought = await paidOrder(app);
    const refundId = await grant(bought, 2_000);
    await app.quiet();
    await app.razorpay.control.setRefundOutcome({ outcome: 'processed' });
    await payAgain(app, bought);
    await goesBack(bought, 22_000);
    await boss.post(`/v1/admin/refunds/${refundId}/payout`).send({ reference: 'UTR 1' }).expect(200);
    await goesBack(bought, 22_000);
    expect(await orderAccount(boss, bought.order.id)).toMatchObject({ state: 'balanced' });
  });

  it.each(['before', 'after'] as const)(
    'and a refund that was withdrawn %s it came is not given: the shop keeps all the order costs',
    async (when) => {
      const bought = await paidOrder(app);
      await app.razorpay.control.trouble({ mode: 'reject', ...REFUND_PATH });
      const refundId = await grant(bought, 2_000);
      await app.quiet();
      if (when === 'before') await withdraw(refundId).expect(200);
      await payAgain(app, bought);
      await app.quiet();
      if (when === 'after') await withdraw(refundId).expect(200);
      await app.razorpay.control.trouble({ mode: 'none' });
      await goesBack(bought, 20_000);
      expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({ paymentStatus: 'completed' });
    },
  );

  it('of an order that was paid outside, and a part of that given back by hand', async () => {
    const bought = await partPaidOrder(app, 5_000);
    await recordOutside(boss, bought.order.id, { amount: 15_000 }).expect(201);
    const refundId = await grant(bought, 2_000);
    await boss.post(`/v1/admin/refunds/${refundId}/payout`).send({ reference: 'Till 2' }).expect(200);
    await payAgain(app, bought, { amount: 20_000 });
    await goesBack(bought, 22_000);
    expect(await orderAccount(boss, bought.order.id)).toMatchObject({ state: 'balanced' });
  });
});

describe('M7, M8: what was given back before an order was paid', () => {
  it('is owed again by the customer, and no gift: the order keeps its whole total', async () => {
    const bought = await partPaidOrder(app, 12_000);
    await grant(bought, 4_000);
    await app.quiet();
    await payPart(app, bought);
    await goesBack(bought, 4_000);
    await payAgain(app, bought, { amount: 20_000 });
    await goesBack(bought, 24_000);
    expect(await orderAccount(boss, bought.order.id)).toMatchObject({ state: 'balanced' });
  });
});

describe('M8: a refund in the dashboard says not why', () => {
  it.each(['before', 'after'] as const)(
    'so it counts for what is too much, made %s that is heard of',
    async (when) => {
      const bought = await paidOrder(app);
      const first = await rows.one('payments', { orderId: bought.order.id });
      const inDashboard = { paymentId: String(first['gatewayPaymentId']), amount: 20_000 };
      if (when === 'before') await app.razorpay.control.refund(inDashboard);
      await app.quiet();
      await payAgain(app, bought, when === 'after' ? { webhooks: 'none' } : {});
      // The shop saw in the dashboard what it had not been told of here.
      if (when === 'after') await app.razorpay.control.refund(inDashboard);
      await later(app, 24 * 3_600_000);
      await goesBack(bought, 20_000);
      expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({ paymentStatus: 'completed' });
    },
  );
});
