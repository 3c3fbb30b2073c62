import { describe, expect, it } from '@jest/globals';
import {
  backoffMs,
  countMoney,
  nextLookupMs,
  refuseAmount,
  refundableOf,
  spreadRefund,
  type CountedRefund,
  type CountedPayment,
} from '../../src/modules/payments/payments.rules.js';
import { checkoutContent, isSignedBy } from '../../src/modules/payments/payments.signatures.js';

const payment = (id: string, amount: number, change: Partial<CountedPayment> = {}): CountedPayment => ({
  id,
  amount,
  currency: 'INR',
  status: 'captured',
  method: 'upi',
  amountRefunded: 0,
  errorDescription: null,
  ...change,
});

const refundOf = (
  amount: number,
  state: CountedRefund['state'],
  more: Partial<CountedRefund> = {},
): CountedRefund => ({
  paymentId: 'a',
  amount,
  state,
  gatewayRefundId: null,
  reference: null,
  isGranted: false,
  isFreed: false,
  ...more,
});

describe('an amount to pay', () => {
  it.each([
    { amount: 1000, due: 1000, taken: true },
    { amount: 900, due: 1000, taken: true },
    { amount: 901, due: 1000, taken: false },
    { amount: 99, due: 1000, taken: false },
    { amount: 1001, due: 1000, taken: false },
    { amount: 50, due: 50, taken: false },
  ])('$amount of $due: taken is $taken', ({ amount, due, taken }) => {
    expect(refuseAmount(amount, due, 'INR') === undefined).toBe(taken);
  });
});

describe('M4: the sums of an order', () => {
  it('count only captured money in the currency of the order', () => {
    const payments = [
      payment('a', 500),
      payment('b', 300, { status: 'authorized' }),
      payment('c', 200, { status: 'failed' }),
      payment('d', 700, { currency: 'USD' }),
    ];
    expect(countMoney(payments, [], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 0,
      refunded: 0,
      granted: 0,
    });
  });

  it("believe the larger of our refunds and Razorpay's own figure", () => {
    const refund = refundOf(100, 'processed');
    expect(countMoney([payment('a', 500, { amountRefunded: 250 })], [refund], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 250,
      refunded: 250,
      granted: 0,
    });
  });

  it('count a refund as committed before it is accepted, and as refunded only then', () => {
    const refund = refundOf(100, 'requested');
    expect(countMoney([payment('a', 500)], [refund], 'INR')).toMatchObject({
      refundCommitted: 100,
      refunded: 0,
      granted: 0,
    });
  });

  it('take a refund that failed for committed but not for refunded, though Razorpay had counted it', () => {
    const refund = refundOf(500, 'failed');
    expect(countMoney([payment('a', 500, { amountRefunded: 500 })], [refund], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 500,
      refunded: 0,
      granted: 0,
    });
  });

  it('know what was granted: whatever becomes of it, unless it was withdrawn for good', () => {
    const granted = (state: CountedRefund['state'], more: Partial<CountedRefund> = {}) =>
      countMoney([payment('a', 500)], [refundOf(200, state, { isGranted: true, ...more })], 'INR').granted;
    for (const state of ['requested', 'pending', 'processed', 'failed', 'to_be_paid_out'] as const)
      expect(granted(state)).toBe(200);
    expect(granted('withdrawn', { isFreed: true })).toBe(0);
    // Razorpay has made it all the same; nobody meant that.
    expect(granted('processed', { isFreed: true, gatewayRefundId: 'rfnd' })).toBe(0);
  });

  it('leave out what went back without having been captured', () => {
    const returned = payment('a', 500, { status: 'returned', amountRefunded: 500 });
    expect(countMoney([returned], [], 'INR')).toEqual({
      captured: 0,
      refundCommitted: 0,
      refunded: 0,
      granted: 0,
    });
  });
});

describe('refunds that are paid out by hand', () => {
  const cash = payment('a', 500);

  it('go back only when somebody has paid them out', () => {
    expect(countMoney([cash], [refundOf(200, 'to_be_paid_out')], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 200,
      refunded: 0,
      granted: 0,
    });
    const paidOut = refundOf(200, 'processed', { reference: 'UTR 1' });
    expect(countMoney([cash], [paidOut], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 200,
      refunded: 200,
      granted: 0,
    });
  });

  it('count once though Razorpay had counted them before it failed', () => {
    const afterFailure = refundOf(200, 'processed', { reference: 'UTR 1', gatewayRefundId: 'rfnd_1' });
    const known = payment('a', 500, { amountRefunded: 200 });
    expect(countMoney([known], [afterFailure], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 200,
      refunded: 200,
      granted: 0,
    });
  });

  it('count beside what was refunded in the dashboard', () => {
    const known = payment('a', 500, { amountRefunded: 300 });
    const paidOut = refundOf(50, 'processed', { reference: 'UTR 1' });
    expect(countMoney([known], [paidOut], 'INR')).toEqual({
      captured: 500,
      refundCommitted: 350,
      refunded: 350,
      granted: 0,
    });
  });
});

describe('a refund that Razorpay has not heard of', () => {
  it('counts beside those that were made in the dashboard', () => {
    const known = payment('a', 500, { amountRefunded: 300 });
    expect(refundableOf(known, [refundOf(150, 'requested')], 'INR')).toBe(50);
  });
});

describe('M7: a refund', () => {
  it('comes from the newest payments first', () => {
    expect(spreadRefund(350, [payment('old', 300), payment('new', 200)], [], 'INR')).toEqual([
      { paymentId: 'new', amount: 200 },
      { paymentId: 'old', amount: 150 },
    ]);
  });

  it('never exceeds what was captured and is not refunded yet', () => {
    const refunds = [refundOf(250, 'failed')];
    expect(() => spreadRefund(51, [payment('a', 300)], refunds, 'INR')).toThrow(RangeError);
  });
});

describe('a signature', () => {
  // Pinned: HMAC-SHA256 of `order_1|pay_1` under the secret `secret`, computed by another implementation.
  const known = '52115a0d3400de9e86aade1f1b6eba9e8974604f4e267a9e9a16633a4c8dd2cb';
  const content = checkoutContent('order_1', 'pay_1');

  it('is accepted under the right secret, also where that is the previous one', () => {
    expect(isSignedBy(content, known, ['secret'])).toBe(true);
    expect(isSignedBy(content, known, ['new-secret', 'secret'])).toBe(true);
    expect(isSignedBy(content, known, ['new-secret'])).toBe(false);
  });

  it('is refused where it is of other content, truncated, of another length or not hex', () => {
    for (const wrong of [known.replace(/^./, '0'), known.slice(0, 62), `${known}00`, 'z'.repeat(64), '']) {
      expect(isSignedBy(content, wrong, ['secret'])).toBe(false);
    }
  });
});

describe('waiting', () => {
  it('grows with the number of failures, to an hour at most', () => {
    expect([1, 2, 3, 20].map(backoffMs)).toEqual([5_000, 10_000, 20_000, 3_600_000]);
  });

  it('looks a payment up more and more seldom, and stops after a week', () => {
    expect(nextLookupMs(0)).toBe(60_000);
    expect(nextLookupMs(3_600_000)).toBe(900_000);
    expect(nextLookupMs(24 * 3_600_000)).toBe(3_600_000);
    expect(nextLookupMs(8 * 24 * 3_600_000)).toBeUndefined();
  });
});
