import { Schema } from 'mongoose';
import type { PaymentFacts } from './payments.rules.js';
import type { Asked } from '../../platform/idempotency.js';

/** What is known of one payment: at Razorpay, or recorded by an admin. */
export type Payment = PaymentFacts & {
  id: string;
  orderId: string;
  orderNumber: string;
  userId: string;
  /** Both null for a payment from outside. */
  intentId: string | null;
  gatewayPaymentId: string | null;
  /** What a payment from outside can be found by, and what its admin noted. */
  reference: string | null;
  note: string | null;
  createdAt: Date;
  /** When the money came; null while it has not. */
  capturedAt: Date | null;
};

/** What Razorpay knows too. */
export type AtGateway<T> = T & { gatewayPaymentId: string };

/** The order that a payment is for, as far as payments are listed by it. */
export type PaidOrder = { id: string; number: string; customer: { userId: string; email: string } };

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

/** A payment as it is stored. */
export type PaymentRow = Omit<Payment, 'id'> & {
  _id: string;
  updatedAt: Date;
  words: string[];
  /** Who recorded it, with which key; only of payments from outside. */
  asked?: Asked;
};

export const paymentSchema = new Schema<PaymentRow>(
  {
    _id: text,
    orderId: text,
    orderNumber: text,
    userId: text,
    intentId: { type: String, default: null },
    gatewayPaymentId: { type: String, default: null },
    reference: { type: String, default: null },
    note: { type: String, default: null },
    amount: count,
    currency: text,
    status: text,
    method: { type: String, default: null },
    amountRefunded: count,
    errorDescription: { type: String, default: null },
    createdAt: date,
    capturedAt: { type: Date, default: null },
    updatedAt: date,
    words: { type: [String], required: true },
    asked: { type: new Schema<Asked>({ by: text, key: text, fingerprint: text }, { _id: false }) },
  },
  { strict: 'throw', versionKey: false, collection: 'payments' },
);
// "Every text" as a range: an index that is limited by `$type` does not serve a search for one text.
paymentSchema.index(
  { gatewayPaymentId: 1 },
  { unique: true, partialFilterExpression: { gatewayPaymentId: { $gt: '' } } },
);
paymentSchema.index(
  { 'asked.by': 1, 'asked.key': 1 },
  { unique: true, partialFilterExpression: { 'asked.key': { $gt: '' } } },
);
paymentSchema.index({ orderId: 1, createdAt: 1 });
paymentSchema.index({ userId: 1, createdAt: -1, _id: -1 });
paymentSchema.index({ words: 1, createdAt: -1 });
paymentSchema.index({ status: 1, createdAt: -1, _id: -1 });
paymentSchema.index({ status: 1, updatedAt: 1 });
paymentSchema.index({ method: 1, createdAt: -1, _id: -1 });
paymentSchema.index({ createdAt: -1, _id: -1 });
paymentSchema.index({ amount: 1, _id: 1 });

export function isAtGateway<T extends { gatewayPaymentId: string | null }>(row: T): row is AtGateway<T> {
  return row.gatewayPaymentId !== null;
}

/** What the other parts see of a row. */
export function toPayment(row: Omit<PaymentRow, 'words' | 'asked' | 'updatedAt'>): Payment {
  const { _id: id, orderId, orderNumber, userId, intentId, gatewayPaymentId, reference, note } = row;
  const { amount, currency, status, method, amountRefunded, errorDescription, createdAt, capturedAt } = row;
  const facts: PaymentFacts = { amount, currency, status, method, amountRefunded, errorDescription };
  const about = { id, orderId, orderNumber, userId, intentId, gatewayPaymentId, reference, note };
  return { ...facts, ...about, createdAt, capturedAt };
}
