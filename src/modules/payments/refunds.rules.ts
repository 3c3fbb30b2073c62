import { AppError } from '../../platform/errors.js';
import { formatMoney } from '../../platform/money.js';
import type { RefundState } from './payments.rules.js';
import type { Refund } from './refunds.schema.js';

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

/** Why a refund cannot be taken off its way through Razorpay as it stands; undefined where that may be looked into. */
export function refuseWithdrawal(
  refund: Pick<Refund, 'state' | 'gatewayRefundId' | 'attempts' | 'lastOutcome' | 'withdrawnAt'>,
): string | undefined {
  if (refund.gatewayRefundId !== null) return `Razorpay has this refund: it is ${refund.state}.`;
  // Its way through Razorpay has ended already; the payout by hand can still be thought better of.
  if (refund.state === 'to_be_paid_out' && refund.withdrawnAt !== null) return undefined;
  if (refund.state !== 'requested')
    return `This refund is ${refund.state} and is not on its way to Razorpay.`;
  if (refund.lastOutcome === 'refused') return undefined;
  if (refund.attempts === 0) return 'Razorpay has not been asked for this refund yet. It is tried at once.';
  return (
    'It is not known what became of the last try, or one is under way: Razorpay may make this refund yet. ' +
    'It is tried again by itself; wait until Razorpay has refused it.'
  );
}

/** Why so much cannot be paid out by hand; undefined where it can. `left`: what of the payment has not gone back yet. */
export function refusePayout(
  { amount, currency }: Pick<Refund, 'amount' | 'currency'>,
  left: number,
): string | undefined {
  if (amount <= left) return undefined;
  const rest =
    left > 0 ? `only ${formatMoney({ amount: left, currency })} of it is left` : 'nothing of it is left';
  return `The money of this payment has gone back in another way, and ${rest}: a payout of ${formatMoney({ amount, currency })} would be too much.`;
}

/** Whether somebody has to pay a refund out by hand: its money came from outside, or Razorpay could not do it. */
export function waitsForPayout(state: RefundState): boolean {
  return state === 'to_be_paid_out' || state === 'failed';
}
