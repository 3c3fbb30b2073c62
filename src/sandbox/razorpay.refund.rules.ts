import type { Fields } from './fields.js';
import type { Notes, Payment, Refund } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import { readNotes, type Change } from './razorpay.rules.js';

/** What becomes of a new refund: done at once, left pending until it is settled, or failed after it was accepted. */
export type RefundOutcome = 'processed' | 'pending' | 'failed';

export const REFUND_OUTCOMES: readonly RefundOutcome[] = ['processed', 'pending', 'failed'];

export interface RefundRequest {
  /** All that is left when absent. */
  amount: number | undefined;
  speed: 'normal' | 'optimum';
  notes: Notes;
  receipt: string | null;
}

export function readRefundRequest(body: Fields): RefundRequest {
  return {
    amount: body.optionalInteger('amount'),
    speed: body.optionalChoice('speed', ['normal', 'optimum']) ?? 'normal',
    notes: readNotes(body),
    receipt: body.optionalText('receipt') ?? null,
  };
}

/** A refund of a captured payment, in whole or in part, accepted: it holds back its amount from later refunds. */
export function refundAccepted(payment: Payment, request: RefundRequest, id: string, now: number): Change {
  if (!payment.captured) throw new Refusal('The payment status should be captured for action to be taken');
  return accepted(payment, request, id, now);
}

/** Razorpay gives back by itself what was authorised and never captured; `captured` stays false. */
export function returnedUncaptured(payment: Payment, id: string, now: number): Change {
  if (payment.status !== 'authorized') throw new Refusal('Only an authorised payment is returned like this.');
  return accepted(payment, { amount: undefined, speed: 'normal', notes: [], receipt: null }, id, now);
}

function accepted(payment: Payment, request: RefundRequest, id: string, now: number): Change {
  const left = payment.amount - payment.amount_refunded;
  if (left === 0) throw new Refusal('The payment has been fully refunded already');
  const amount = request.amount ?? left;
  if (amount < 100) throw new Refusal('The amount must be atleast INR 1.00', { field: 'amount' });
  if (amount > left) {
    throw new Refusal('The total refund amount is greater than the refund payment amount', {
      field: 'amount',
    });
  }
  const refund: Refund = {
    ...{ id, entity: 'refund', amount, currency: payment.currency, payment_id: payment.id },
    ...{ notes: request.notes, receipt: request.receipt, acquirer_data: { arn: null }, created_at: now },
    ...{ batch_id: null, status: 'pending', speed_processed: 'normal', speed_requested: request.speed },
  };
  const after = withRefunded(payment, payment.amount_refunded + amount);
  return { payment: after, refund, happenings: [{ event: 'refund.created', refund, payment: after }] };
}

/** A pending refund is processed, or fails and frees its amount again. */
export function refundSettled(payment: Payment, refund: Refund, outcome: 'processed' | 'failed'): Change {
  if (refund.status !== 'pending') throw new Refusal(`The refund is ${refund.status} already.`);
  if (outcome === 'failed') {
    const after = withRefunded(payment, payment.amount_refunded - refund.amount);
    const lost: Refund = { ...refund, status: 'failed' };
    return {
      payment: after,
      refund: lost,
      happenings: [{ event: 'refund.failed', refund: lost, payment: after }],
    };
  }
  const arn = refund.id.replace('rfnd_', '');
  const done: Refund = { ...refund, status: 'processed', acquirer_data: { arn } };
  return { payment, refund: done, happenings: [{ event: 'refund.processed', refund: done, payment }] };
}

function withRefunded(payment: Payment, refunded: number): Payment {
  const full = refunded === payment.amount;
  const open = payment.captured ? 'captured' : 'authorized';
  return {
    ...payment,
    amount_refunded: refunded,
    refund_status: full ? 'full' : refunded > 0 ? 'partial' : null,
    status: full ? 'refunded' : open,
  };
}
