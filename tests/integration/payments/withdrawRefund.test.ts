import { describe, expect, it } from '@jest/globals';
import type {
  ApiError,
  Refund,
  RefundList,
  RefundPage,
  RefundWithdrawal,
  Timeline,
} from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { kindsOf, orderAccount } from '../../support/drift.js';
import { admin, later, orderOf, type Agent } from '../../support/flows.js';
import {
  mailsAbout,
  paidOrder,
  recordOutside,
  refund,
  returnedAtRazorpay,
  unpaidOrder,
  type Bought,
} from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const [boss, other] = [await admin(app), await admin(app)];

const REFUND_PATH = { path: '/v1/payments/:id/refund', method: 'POST' } as const;

const withdraw = (refundId: string, next: RefundWithdrawal['next'], by: Agent = boss) =>
  by.post(`/v1/admin/refunds/${refundId}/withdrawal`).send({ reason: 'Too old for Razorpay', next });
const confirm = (refundId: string) =>
  boss.post(`/v1/admin/refunds/${refundId}/payout`).send({ reference: 'UTR 1' });
const whyOf = (answer: { body: unknown }): string => bodyOf<ApiError>(answer).message;

type Refused = Bought & { refundId: string; gatewayPaymentId: string };

/** A paid order of 20 000, of which a refund was tried while Razorpay was in this trouble. */
async function tried(
  mode: 'reject' | 'error500' | 'act-then-close' | 'down',
  amount?: number,
): Promise<Refused> {
  const bought = await paidOrder(app);
  await app.razorpay.control.trouble({ mode, ...REFUND_PATH });
  const answer = await refund(boss, bought.order.id, amount === undefined ? {} : { amount }).expect(201);
  await app.quiet();
  const payment = await rows.one('payments', { orderId: bought.order.id });
  const refundId = bodyOf<RefundList>(answer).data[0]?.id ?? '';
  return { ...bought, refundId, gatewayPaymentId: String(payment['gatewayPaymentId']) };
}

const refundsOf = async (orderId: string): Promise<Refund[]> =>
  bodyOf<RefundPage>(await boss.get('/v1/admin/refunds').query({ orderId }).expect(200)).data;

/** A request of ours that lay somewhere on its way reaches Razorpay: it has our receipt. */
async function arrivesLate(of: {
  gatewayPaymentId: string;
  refundId: string;
  amount: number;
}): Promise<void> {
  const { keyId, keySecret } = app.config.razorpay;
  const { status } = await fetch(`${app.razorpay.url}/v1/payments/${of.gatewayPaymentId}/refund`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-refund-idempotency': of.refundId,
    },
    body: JSON.stringify({ amount: of.amount, receipt: of.refundId }),
  });
  expect(status).toBe(200);
}

describe('200', () => {
  it('M7: what Razorpay refuses is paid out by hand: decided until then, refunded afterwards, never sent again', async () => {
    const bought = await tried('reject', 8_000);
    const { order, buyer, refundId } = bought;
    const answer = bodyOf<Refund>(await withdraw(refundId, 'to_be_paid_out').expect(200));
    expect(answer).toMatchObject({ state: 'to_be_paid_out', lastError: null, settledAt: null });
    await app.razorpay.control.trouble({ mode: 'none' });
    await later(app, 2 * 3_600_000);
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(0);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      amountRefunded: { amount: 0 },
      amountRefunding: { amount: 8_000 },
    });
    // Its amount is promised: only the rest can be refunded.
    const tooMuch = await refund(boss, order.id, { amount: 12_001 }).expect(409);
    expect(bodyOf<ApiError>(tooMuch).details?.refundable?.amount).toBe(12_000);
    await confirm(refundId).expect(200);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_refunded',
      amountRefunded: { amount: 8_000 },
      amountRefunding: { amount: 0 },
    });
    expect(await mailsAbout(app, bought)).toContain(`₹80.00 for order ${order.number} was paid out to you`);
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
    const timeline = bodyOf<Timeline>(await boss.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    expect(timeline.map(({ reason }) => reason)).toContain(
      'refund of ₹80.00 is paid out by hand: Too old for Razorpay',
    );
  });

  it('M7: or is not made after all: its amount can be refunded anew, and nothing is refunded twice', async () => {
    const { order, buyer, refundId } = await tried('reject');
    expect(bodyOf<Refund>(await withdraw(refundId, 'withdrawn').expect(200))).toMatchObject({
      state: 'withdrawn',
      razorpayRefundId: null,
      settledAt: expect.any(String),
    });
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'completed',
      amountRefunded: { amount: 0 },
    });
    await app.razorpay.control.trouble({ mode: 'none' });
    await refund(boss, order.id).expect(201);
    await app.quiet();
    await later(app, 2 * 3_600_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'refunded',
      amountRefunded: { amount: 20_000 },
    });
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
  });

  it('M7: two admins who want the same, one after the other and five at once, withdraw it once', async () => {
    const { order, refundId } = await tried('reject');
    const answers = await Promise.all(
      [boss, other, boss, other, boss].map((by) => withdraw(refundId, 'withdrawn', by)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await withdraw(refundId, 'withdrawn', other).expect(200);
    const timeline = bodyOf<Timeline>(await boss.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    expect(timeline.filter(({ reason }) => reason.includes('withdrawn'))).toHaveLength(1);
  });

  it('M7, M8: a cancelled order decides the refund anew, and it is made once', async () => {
    const { order, buyer } = await paidOrder(app);
    await app.razorpay.control.trouble({ mode: 'reject', ...REFUND_PATH });
    await boss.post(`/v1/orders/${order.id}/cancel`).send({ reason: 'Sold out' }).expect(200);
    await app.quiet();
    const [first] = await refundsOf(order.id);
    await withdraw(first?.id ?? '', 'withdrawn').expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await later(app, 3_600_000);
    await app.quiet();
    expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual(['processed', 'withdrawn']);
    expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
  });
});

describe('404', () => {
  it('M7: of a refund that does not exist', async () => {
    expect(codeOf(await withdraw('nothing-has-this-id', 'withdrawn').expect(404))).toBe('not_found');
  });
});

describe('409', () => {
  it('M7: what Razorpay has made without our hearing of it is taken in, and not withdrawn', async () => {
    const { order, buyer, refundId } = await tried('reject', 8_000);
    // A try of which nothing was heard, and then one that is refused: the worst that can be known.
    await app.razorpay.control.configureWebhook({ mode: 'none' });
    await app.razorpay.control.trouble({ mode: 'act-then-close', ...REFUND_PATH });
    app.holdfast.clock.advance(60_000);
    await app.holdfast.jobs.run('payment-reconcile');
    await rows.set('refunds', refundId, { $set: { lastOutcome: 'refused' } });
    const answer = await withdraw(refundId, 'withdrawn').expect(409);
    await app.razorpay.control.configureWebhook({ mode: 'send' });
    expect([codeOf(answer), whyOf(answer)]).toEqual([
      'refund_not_withdrawable',
      'Razorpay has this refund: it is processed.',
    ]);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 8_000 } });
    expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual(['processed']);
  });

  it.each(['error500', 'down', 'act-then-close'] as const)(
    'M7: whose last try ended without an answer (%s) may be made yet',
    async (mode) => {
      const { refundId } = await tried(mode);
      if (mode === 'act-then-close') await rows.set('refunds', refundId, { $set: { gatewayRefundId: null } });
      await rows.set('refunds', refundId, { $set: { state: 'requested' } });
      const answer = await withdraw(refundId, 'withdrawn').expect(409);
      expect(codeOf(answer)).toBe('refund_not_withdrawable');
      expect(whyOf(answer)).toMatch(/not known what became of the last try/);
      await rows.remove('refunds', refundId);
    },
  );

  it('M7: that was not tried yet, or that Razorpay never makes, is not on its way', async () => {
    const { refundId } = await tried('reject');
    await rows.set('refunds', refundId, { $set: { attempts: 0, lastOutcome: null } });
    expect(whyOf(await withdraw(refundId, 'withdrawn').expect(409))).toMatch(/has not been asked/);
    const cash = await unpaidOrder(app);
    await recordOutside(boss, cash.order.id).expect(201);
    const [outside] = bodyOf<RefundList>(await refund(boss, cash.order.id).expect(201)).data;
    const answer = await withdraw(outside?.id ?? '', 'to_be_paid_out').expect(409);
    expect(whyOf(answer)).toBe('This refund is to_be_paid_out and is not on its way to Razorpay.');
  });

  it('M7, M8: to be paid out by hand, of money that has gone back in the dashboard: it can only be withdrawn for good', async () => {
    for (const webhooks of ['send', 'none'] as const) {
      const { order, refundId, gatewayPaymentId } = await tried('reject');
      await app.razorpay.control.trouble({ mode: 'none' });
      await app.razorpay.control.refund({ paymentId: gatewayPaymentId, webhooks });
      await app.quiet();
      const answer = await withdraw(refundId, 'to_be_paid_out').expect(409);
      expect(codeOf(answer)).toBe('refund_not_withdrawable');
      expect(whyOf(answer)).toMatch(/nothing of it is left.*₹200\.00 would be too much.*withdrawn for good/);
      await withdraw(refundId, 'withdrawn').expect(200);
      await confirm(refundId).expect(409);
      expect(await returnedAtRazorpay(app, boss, order.id)).toBe(20_000);
      expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
    }
  });

  it('M7, M8: a payout of money that has gone back in the dashboard since is refused, and can be thought better of', async () => {
    const { order, refundId, gatewayPaymentId } = await tried('reject');
    await withdraw(refundId, 'to_be_paid_out').expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await app.razorpay.control.refund({ paymentId: gatewayPaymentId });
    await app.quiet();
    const answer = await confirm(refundId).expect(409);
    expect(codeOf(answer)).toBe('refund_not_open');
    await withdraw(refundId, 'withdrawn').expect(200);
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
  });

  it('M7: of two admins who want different things one is told so', async () => {
    const { order, refundId } = await tried('reject');
    const answers = await Promise.all([
      withdraw(refundId, 'withdrawn'),
      withdraw(refundId, 'to_be_paid_out', other),
    ]);
    // Withdrawn for good wins where it comes last (thinking better of the payout) or first; at the same moment one is told so.
    const [forGood, byHand] = answers.map(({ status }) => status);
    expect([
      [200, 200],
      [200, 409],
      [409, 200],
    ]).toContainEqual([forGood, byHand]);
    const left = forGood === 200 ? 'withdrawn' : 'to_be_paid_out';
    expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual([left]);
  });

  it('M7, M8: against the job that tries it again either one wins, and the money goes back once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { order, buyer, refundId } = await tried('reject', 8_000);
      await app.razorpay.control.trouble({ mode: 'none' });
      app.holdfast.clock.advance(10_000);
      const [answer] = await Promise.all([
        withdraw(refundId, 'withdrawn'),
        app.holdfast.jobs.run('payment-reconcile'),
        app.holdfast.jobs.run('payment-reconcile'),
      ]);
      await app.quiet();
      const [row] = await refundsOf(order.id);
      const made = await returnedAtRazorpay(app, boss, order.id);
      const outcome = [answer.status, row?.state, made];
      expect([
        [200, 'withdrawn', 0],
        [409, 'processed', 8_000],
      ]).toContainEqual(outcome);
      expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: made } });
    }
  });

  it('M7: while Razorpay refuses to say what it has made, nothing is withdrawn, and the answer says why', async () => {
    const { refundId } = await tried('reject');
    await app.razorpay.control.trouble({ mode: 'reject', path: '/v1/payments/:id/refunds', method: 'GET' });
    const answer = await withdraw(refundId, 'withdrawn').expect(409);
    expect(codeOf(answer)).toBe('refund_not_withdrawable');
    expect(whyOf(answer)).toMatch(/^Razorpay does not say whether it has made this refund: \w/);
    await app.razorpay.control.trouble({ mode: 'throttle' });
    const later = await withdraw(refundId, 'withdrawn').expect(503);
    expect([codeOf(later), whyOf(later)]).toEqual([
      'service_unavailable',
      expect.stringMatching(/^Razorpay is not available/),
    ]);
  });
});

describe('a payment that Razorpay does not know', () => {
  it('M7: its refund was not made, however often it was tried, and can be withdrawn', async () => {
    const { refundId } = await tried('reject');
    await app.razorpay.control.trouble({ mode: 'none' });
    await rows.set('refunds', refundId, { $set: { gatewayPaymentId: 'pay_ofAnotherShop1' } });
    for (const hours of [1, 2]) {
      await later(app, hours * 3_600_000);
      const row = await rows.one('refunds', { _id: refundId });
      expect([row['lastOutcome'], row['lastError']]).toEqual(['refused', 'The id provided does not exist']);
    }
    expect(bodyOf<Refund>(await withdraw(refundId, 'to_be_paid_out').expect(200)).state).toBe(
      'to_be_paid_out',
    );
  });
});

describe('503', () => {
  it('M7: while Razorpay cannot be asked nothing is withdrawn', async () => {
    const { order, refundId } = await tried('reject');
    await app.razorpay.control.trouble({ mode: 'down' });
    expect(codeOf(await withdraw(refundId, 'withdrawn').expect(503))).toBe('service_unavailable');
    expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual(['requested']);
  });
});

describe('a refund that appears at Razorpay later', () => {
  it('M8: from the dashboard is a refund of its own, counted once, its webhook heard or not', async () => {
    for (const webhooks of ['send', 'none'] as const) {
      const { order, buyer, refundId, gatewayPaymentId } = await tried('reject', 8_000);
      await withdraw(refundId, 'withdrawn').expect(200);
      await app.razorpay.control.trouble({ mode: 'none' });
      await app.razorpay.control.refund({ paymentId: gatewayPaymentId, amount: 8_000, webhooks });
      await app.quiet();
      if (webhooks === 'none') await later(app, 25 * 3_600_000);
      expect(await refundsOf(order.id)).toMatchObject([
        { state: 'processed', amount: { amount: 8_000 }, reason: 'Made at Razorpay' },
        { id: refundId, state: 'withdrawn' },
      ]);
      expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 8_000 } });
      const tooMuch = await refund(boss, order.id, { amount: 12_001 }).expect(409);
      expect(bodyOf<ApiError>(tooMuch).details?.refundable?.amount).toBe(12_000);
      expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
    }
  });

  it.each([
    ['heard as it happens', 'send'],
    ['its failure alone', 'hold'],
  ] as const)(
    'M7, M8: ours, made late after it was withdrawn and failed there (%s): refunded anew once, and paid out by nobody',
    async (_how, webhooks) => {
      const { order, buyer, refundId, gatewayPaymentId } = await tried('reject', 8_000);
      await withdraw(refundId, 'withdrawn').expect(200);
      await app.razorpay.control.trouble({ mode: 'none' });
      await app.razorpay.control.setRefundOutcome({ outcome: 'pending' });
      await app.razorpay.control.configureWebhook({ mode: webhooks });
      await arrivesLate({ gatewayPaymentId, refundId, amount: 8_000 });
      await app.quiet();
      await app.razorpay.control.configureWebhook({ mode: 'send' });
      const made = (await app.razorpay.control.refunds()).find((one) => one.payment_id === gatewayPaymentId);
      await app.razorpay.control.settleRefund({ refundId: made?.id ?? '', outcome: 'failed' });
      await app.quiet();
      expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual(['withdrawn']);
      await confirm(refundId).expect(409);
      expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
      // What was held back of the news comes last.
      await app.razorpay.control.setRefundOutcome({ outcome: 'processed' });
      await app.razorpay.control.deliverHeld();
      await app.quiet();
      expect((await refundsOf(order.id)).map(({ state }) => state)).toEqual(['withdrawn']);
      await refund(boss, order.id, { amount: 20_000 }).expect(201);
      await app.quiet();
      expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
      expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
    },
  );

  it('M8, X5: made by hand and in the dashboard, it stands in the report as money that went back twice', async () => {
    const { order, buyer, refundId, gatewayPaymentId } = await tried('reject');
    await withdraw(refundId, 'to_be_paid_out').expect(200);
    await confirm(refundId).expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await app.razorpay.control.refund({ paymentId: gatewayPaymentId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 20_000 } });
    const account = await orderAccount(boss, order.id);
    expect([account.state, kindsOf(account)]).toEqual(['needs_action', ['over_refunded']]);
    expect(account.findings[0]?.message).toMatch(/₹200\.00 more went back than was paid/);
  });

  it.each([
    ['withdrawn', 'Razorpay has made it all the same'],
    ['to_be_paid_out', 'was paid out by hand, and Razorpay has made it too'],
  ] as const)('M8, X5: ours itself, after it was %s, is counted and told', async (next, told) => {
    const { order, buyer, refundId, gatewayPaymentId } = await tried('reject', 8_000);
    await withdraw(refundId, next).expect(200);
    if (next === 'to_be_paid_out') await confirm(refundId).expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await arrivesLate({ gatewayPaymentId, refundId, amount: 8_000 });
    await app.quiet();
    const back = next === 'withdrawn' ? 8_000 : 16_000;
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: back } });
    const account = await orderAccount(boss, order.id);
    expect([account.state, kindsOf(account)]).toEqual(['needs_action', ['over_refunded']]);
    expect(account.findings[0]?.message).toContain(told);
  });

  it('M8, X5: ours, made after it was withdrawn and refunded anew, stands in the report', async () => {
    const refused = await tried('reject', 8_000);
    const { order, buyer, refundId } = refused;
    await withdraw(refundId, 'withdrawn').expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await refund(boss, order.id, { amount: 8_000 }).expect(201);
    await app.quiet();
    await arrivesLate({ ...refused, amount: 8_000 });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 16_000 } });
    const account = await orderAccount(boss, order.id);
    expect([account.state, kindsOf(account)]).toEqual(['needs_action', ['over_refunded']]);
  });

  it('M8: a second one that fails, of what was paid out by hand, is owed to nobody', async () => {
    const refused = await tried('reject', 8_000);
    const { order, buyer, refundId } = refused;
    await withdraw(refundId, 'to_be_paid_out').expect(200);
    await confirm(refundId).expect(200);
    await app.razorpay.control.trouble({ mode: 'none' });
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    await arrivesLate({ ...refused, amount: 8_000 });
    await app.quiet();
    const states = (await refundsOf(order.id)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['processed', 'withdrawn']);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 8_000 } });
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
  });
});
