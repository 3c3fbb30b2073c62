import { AppError } from '../../platform/errors.js';
import { formatMoney } from '../../platform/money.js';
import type { RefundState } from './payments.rules.js';

/** Throws refund_exceeds_paid unless so much, and more than nothing, is left to be refunded. */
export function refuseExcess(amount: number, refundable: number, currency: string): void {
  if (amount > 0 && amount <= refundable) return;
  const message =
    refundable > 0
      ? `Only ${formatMoney({ amount: refundable, currency })} can still be refunded.`
      : 'Nothing is left to be refunded.';
  throw new AppError('refund_exceeds_paid', message, {
    details: { refundable: { amount: refundable, currency } },
  });
}

/** Whether somebody has to pay a refund out by hand: its money came from outside, or Razorpay could not do it. */
export function waitsForPayout(state: RefundState): boolean {
  return state === 'to_be_paid_out' || state === 'failed';
}
