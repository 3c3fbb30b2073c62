import { describe, expect, it } from '@jest/globals';
import type { Payment, Refund, RefundList } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, later, orderOf } from '../../support/flows.js';
import {
  mailsAbout,
  paidOrder,
  recordOutside,
  refund,
  unpaidOrder,
  type Bought,
} from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const confirm = (refundId: string, reference = 'UTR 1') =>
  boss.post(`/v1/admin/refunds/${refundId}/payout`).send({ reference });

/** An order paid in cash, of which so much is to be paid out again. */
async function toBePaidOut(amount?: number): Promise<Bought & { refundId: string; paymentId: string }> {
  const bought = await unpaidOrder(app);
  const { id: paymentId } = bodyOf<Payment>(await recordOutside(boss, bought.order.id).expect(201));
  const answer = await refund(boss, bought.order.id, amount === undefined ? {} : { amount }).expect(201);
  return { ...bought, refundId: bodyOf<RefundList>(answer).data[0]?.id ?? '', paymentId };
}

describe('200', () => {
  it('M7, N4: cash counts as gone back once it was paid out, and the customer is told by what to find it', async () => {
    const bought = await toBePaidOut(8_000);
    const { buyer, order, refundId } = bought;
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'completed',
      amountRefunded: { amount: 0 },
    });
    const answer = bodyOf<Refund>(await confirm(refundId, 'UTR 77').expect(200));
    expect(answer).toMatchObject({
      id: refundId,
      state: 'processed',
      gateway: 'outside',
      reference: 'UTR 77',
    });
    expect(answer.settledAt).not.toBeNull();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_refunded',
      amountRefunded: { amount: 8_000 },
    });
    expect(await mailsAbout(app, bought)).toContain(`₹80.00 for order ${order.number} was paid out to you`);
    const mail = app.ses.mails(buyer.email).find(({ subject }) => subject.includes('was paid out'));
    expect(mail?.text).toContain('UTR 77');
    const decided = app.ses.mails(buyer.email).find(({ subject }) => subject.includes('goes back'));
    expect(decided?.text).toMatch(/pay it out to you ourselves/);
  });

  it('M5, M7: a payment whose money is all paid out is refunded', async () => {
    const { paymentId, refundId } = await toBePaidOut();
    await confirm(refundId).expect(200);
    expect((await boss.get(`/v1/payments/${paymentId}`).expect(200)).body).toMatchObject({
      status: 'refunded',
      amountRefunded: { amount: 20_000 },
    });
  });

  it('M7: the same confirmation again changes nothing, one after the other and five at once', async () => {
    const bought = await toBePaidOut(8_000);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => confirm(bought.refundId)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await confirm(bought.refundId).expect(200);
    expect(await orderOf(bought.buyer, bought.order.id)).toMatchObject({ amountRefunded: { amount: 8_000 } });
    const told = (await mailsAbout(app, bought)).filter((subject) => subject.includes('was paid out'));
    expect(told).toHaveLength(1);
  });

  it('M7: what Razorpay could not refund is paid out by hand', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const { buyer, order } = await paidOrder(app);
    const { data } = bodyOf<RefundList>(await refund(boss, order.id, { amount: 6_000 }).expect(201));
    await app.quiet();
    const list = await boss
      .get('/v1/admin/refunds')
      .query({ orderId: order.id, state: 'failed' })
      .expect(200);
    expect(bodyOf<RefundList>(list).data).toMatchObject([
      {
        id: data[0]?.id,
        lastError: 'Razorpay could not refund',
        razorpayRefundId: expect.stringMatching(/^rfnd_/),
      },
    ]);
    await confirm(data[0]?.id ?? '').expect(200);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_refunded',
      amountRefunded: { amount: 6_000 },
    });
    await later(app, 2 * 3_600_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 6_000 } });
  });
});

describe('404', () => {
  it('M7: of a refund that does not exist', async () => {
    expect(codeOf(await confirm('nothing-has-this-id').expect(404))).toBe('not_found');
  });
});

describe('409', () => {
  it('M7: a refund that Razorpay makes is not paid out a second time', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'pending' });
    const { buyer, order } = await paidOrder(app);
    const { data } = bodyOf<RefundList>(await refund(boss, order.id).expect(201));
    await app.quiet();
    expect(codeOf(await confirm(data[0]?.id ?? '').expect(409))).toBe('refund_not_open');
    await app.razorpay.control.settleRefund({
      refundId: (await app.razorpay.control.refunds()).at(-1)?.id ?? '',
      outcome: 'processed',
    });
    await app.quiet();
    expect(codeOf(await confirm(data[0]?.id ?? '').expect(409))).toBe('refund_not_open');
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
  });

  it('M7: another reference for what was paid out already is refused', async () => {
    const { refundId } = await toBePaidOut(1_000);
    await confirm(refundId, 'UTR 1').expect(200);
    expect(codeOf(await confirm(refundId, 'UTR 2').expect(409))).toBe('refund_not_open');
  });
});
