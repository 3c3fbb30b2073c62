import { Schema } from 'mongoose';
import type { Asked } from '../../platform/idempotency.js';
import type { RefundState } from './payments.rules.js';

/** A refund that was decided, or made at Razorpay. The id of a decided one is its idempotency key and its receipt there. */
export type Refund = {
  id: string;
  orderId: string;
  paymentId: string;
  /** Null where the payment came from outside: an admin pays the refund out. */
  gatewayPaymentId: string | null;
  amount: number;
  currency: string;
  reason: string;
  state: RefundState;
  gatewayRefundId: string | null;
  /** What the payout can be found by, where an admin has paid it out. */
  reference: string | null;
  attempts: number;
  /**
   * What the last try ended with: Razorpay said no, or its outcome is unknown. Null before the first one, while one is under
   * way, and after one that died.
   */
  lastOutcome: TryOutcome | null;
  lastError: string | null;
  createdAt: Date;
  /** When it was processed, failed or withdrawn. */
  settledAt: Date | null;
  /** When an admin stopped its way through Razorpay; Razorpay may have made it all the same, and then it says so. */
  withdrawnAt: Date | null;
  /** Withdrawn for good: whatever Razorpay says later, its amount is free and nobody has to pay it out. */
  isFreed: boolean;
  /** The refund of ours that was paid out by hand, where Razorpay made it too: this row is that second one. */
  doubleOf: string | null;
  /** An admin gave it back of a sold order, on purpose: the order keeps so much less. */
  isGranted: boolean;
};

/** How a try to have a refund made can end without one. */
export type TryOutcome = 'refused' | 'unknown';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

type Added = 'lastOutcome' | 'withdrawnAt' | 'isFreed' | 'doubleOf' | 'isGranted';

/** A refund as it is stored. */
export type RefundRow = Omit<Refund, 'id' | Added> & {
  _id: string;
  /** Rows of earlier versions have none of these. */
  lastOutcome?: Refund['lastOutcome'];
  withdrawnAt?: Refund['withdrawnAt'];
  isFreed?: boolean;
  doubleOf?: Refund['doubleOf'];
  isGranted?: boolean;
  /** When Razorpay is asked next; null where nothing is to be asked. */
  dueAt: Date | null;
  /** When it was told that it is refused again and again. */
  toldAt: Date | null;
  /** Which admin asked for it, with which key; `part` tells the refunds of one request apart. */
  asked?: Asked & { part: number };
};

export const refundSchema = new Schema<RefundRow>(
  {
    _id: text,
    orderId: text,
    paymentId: text,
    gatewayPaymentId: { type: String, default: null },
    amount: count,
    currency: text,
    reason: text,
    state: text,
    gatewayRefundId: { type: String, default: null },
    reference: { type: String, default: null },
    attempts: count,
    dueAt: { type: Date, default: null },
    toldAt: { type: Date, default: null },
    lastOutcome: { type: String, default: null },
    lastError: { type: String, default: null },
    createdAt: date,
    settledAt: { type: Date, default: null },
    withdrawnAt: { type: Date, default: null },
    isFreed: { type: Boolean, default: false },
    doubleOf: { type: String, default: null },
    isGranted: { type: Boolean, default: false },
    asked: { type: new Schema({ by: text, key: text, fingerprint: text, part: count }, { _id: false }) },
  },
  { strict: 'throw', versionKey: false, collection: 'refunds' },
);
refundSchema.index({ createdAt: -1, _id: -1 });
refundSchema.index({ orderId: 1, createdAt: -1, _id: -1 });
refundSchema.index({ state: 1, createdAt: -1, _id: -1 });
refundSchema.index({ paymentId: 1 });
refundSchema.index({ dueAt: 1 });
refundSchema.index(
  { gatewayRefundId: 1 },
  { unique: true, partialFilterExpression: { gatewayRefundId: { $gt: '' } } },
);
refundSchema.index(
  { 'asked.by': 1, 'asked.key': 1, 'asked.part': 1 },
  { unique: true, partialFilterExpression: { 'asked.key': { $gt: '' } } },
);

/** What the other parts see of a row. */
export function toRefund(row: RefundRow): Refund {
  const { _id: id, orderId, paymentId, gatewayPaymentId, amount, currency, reason, state } = row;
  const { gatewayRefundId, reference, attempts, lastError, createdAt, settledAt } = row;
  const what = { id, orderId, paymentId, gatewayPaymentId, amount, currency, reason, state };
  const { lastOutcome = null, withdrawnAt = null, isFreed = false, doubleOf = null } = row;
  const { isGranted = false } = row;
  const tries = { attempts, lastOutcome, lastError };
  return {
    ...what,
    ...tries,
    gatewayRefundId,
    reference,
    createdAt,
    settledAt,
    withdrawnAt,
    isFreed,
    doubleOf,
    isGranted,
  };
}
