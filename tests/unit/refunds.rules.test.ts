import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/platform/errors.js';
import { refuseOtherRequest } from '../../src/platform/idempotency.js';
import { refuseOutside } from '../../src/modules/payments/outside.rules.js';
import { refuseExcess, waitsForPayout } from '../../src/modules/payments/refunds.rules.js';

function refusal(work: () => void): AppError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('M7: how much can be refunded', () => {
  it.each([
    [1, 100, true],
    [100, 100, true],
    [101, 100, false],
    [0, 0, false],
    [1, 0, false],
  ])('%i of %i left', (amount, left, fits) => {
    const error = refusal(() => refuseExcess(amount, left, 'INR'));
    expect(error === undefined).toBe(fits);
    if (error !== undefined)
      expect([error.code, error.details]).toEqual([
        'refund_exceeds_paid',
        { refundable: { amount: left, currency: 'INR' } },
      ]);
  });

  it('waits for somebody to pay it out where it came from outside, or Razorpay failed', () => {
    const states = ['requested', 'pending', 'processed', 'failed', 'to_be_paid_out', 'withdrawn'] as const;
    expect(states.filter(waitsForPayout)).toEqual(['failed', 'to_be_paid_out']);
  });
});

describe('M6: money from outside', () => {
  it.each([
    ['pending', null, 500, 1000, undefined],
    ['pending', null, 950, 1000, 'amount_not_payable'],
    ['pending', null, 100, 100, undefined],
    ['pending', null, 101, 100, 'amount_not_payable'],
    ['pending', null, 1, 0, 'order_not_payable'],
    ['pending_stock_rolledback', null, 100, 100, undefined],
    ['failed_stock_rolledback', null, 100, 100, undefined],
    ['pending_stock_rolledback', null, 99, 100, 'amount_not_payable'],
    ['pending_stock_rolledback', 'refund', 100, 100, 'order_not_payable'],
    ['paid', null, 1, 100, 'order_not_payable'],
    ['shipped', null, 1, 100, 'order_not_payable'],
    ['cancelled', null, 100, 100, 'order_not_payable'],
    ['failed', null, 100, 100, 'order_not_payable'],
  ] as const)('%s (decision %s): %i of %i due is %s', (status, decision, amount, due, code) => {
    expect(refuseOutside({ status, decision, currency: 'INR' }, amount, due)?.code).toBe(code);
  });
});

it('M6, M7: a key stands for one request', () => {
  expect(refusal(() => refuseOtherRequest('a', 'a', 'request'))).toBeUndefined();
  expect(refusal(() => refuseOtherRequest('a', 'b', 'request'))?.code).toBe('idempotency_key_reused');
});
