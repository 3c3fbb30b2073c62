import { Schema } from 'mongoose';
import { after, type Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import { REFUND_LOOKUP_MS, type RefundState } from './payments.rules.js';

/** A refund that was decided. Its id is also its idempotency key and its receipt at Razorpay. */
export type Refund = {
  id: string;
  orderId: string;
  paymentId: string;
  gatewayPaymentId: string;
  amount: number;
  currency: string;
  reason: string;
  state: RefundState;
  gatewayRefundId: string | null;
  attempts: number;
  createdAt: Date;
};

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

type RefundRow = Omit<Refund, 'id'> & { _id: string; dueAt: Date | null; lastError: string | null };

const refundSchema = new Schema<RefundRow>(
  {
    _id: text,
    orderId: text,
    paymentId: text,
    gatewayPaymentId: text,
    amount: count,
    currency: text,
    reason: text,
    state: text,
    gatewayRefundId: { type: String, default: null },
    attempts: count,
    dueAt: { type: Date, default: null },
    lastError: { type: String, default: null },
    createdAt: date,
  },
  { strict: 'throw', versionKey: false, collection: 'refunds' },
);
refundSchema.index({ orderId: 1 });
refundSchema.index({ dueAt: 1 });
refundSchema.index(
  { gatewayRefundId: 1 },
  { unique: true, partialFilterExpression: { gatewayRefundId: { $type: 'string' } } },
);

/** Refunds in MongoDB. */
export type RefundStore = ReturnType<typeof createRefundStore>;

export function createRefundStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Refunds = deps.db.connection.model('Refund', refundSchema);

  return {
    async ofOrder(orderId: string, session?: Session): Promise<Refund[]> {
      const rows = await Refunds.find({ orderId })
        .session(session ?? null)
        .lean();
      return rows.map(toRefund);
    },
    async insert(
      refund: Pick<Refund, 'orderId' | 'paymentId' | 'gatewayPaymentId' | 'amount' | 'currency' | 'reason'>,
      session: Session,
    ): Promise<void> {
      const now = clock.now();
      const row: RefundRow = {
        ...refund,
        _id: newId(),
        state: 'requested',
        gatewayRefundId: null,
        attempts: 0,
        dueAt: now,
        lastError: null,
        createdAt: now,
      };
      await Refunds.insertMany([row], { session });
    },
    async find(by: { gatewayRefundId: string; receipt: string | null }): Promise<Refund | undefined> {
      const receipt = by.receipt === null ? [] : [{ _id: by.receipt }];
      const row = await Refunds.findOne({
        $or: [{ gatewayRefundId: by.gatewayRefundId }, ...receipt],
      }).lean();
      return row === null ? undefined : toRefund(row);
    },
    /** The next refund that is due; it is another worker's until `until`. The attempt counts from here. */
    async claimDue(until: Date): Promise<Refund | undefined> {
      const row = await Refunds.findOneAndUpdate(
        { dueAt: { $lte: clock.now() } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toRefund(row);
    },
    /**
     * What Razorpay says of a refund. One that it has accepted is looked up until it is processed; one that is processed
     * or failed is over.
     */
    async record(
      id: string,
      news: { state: RefundState; gatewayRefundId: string; lastError: string | null },
      session: Session,
    ): Promise<void> {
      const dueAt = news.state === 'pending' ? after(clock.now(), REFUND_LOOKUP_MS) : null;
      await Refunds.updateOne({ _id: id }, { $set: { ...news, dueAt } }, { session });
    },
    /**
     * Says when a refund is due again. Changes nothing where something was heard of it since
     * it was claimed: an event can be quicker than the answer that carries the same news.
     */
    async putOff(claimed: Refund, next: { dueAt: Date; lastError: string | null }): Promise<void> {
      await Refunds.updateOne(
        { _id: claimed.id, state: claimed.state, attempts: claimed.attempts },
        { $set: next },
      );
    },
  };
}

function toRefund(row: RefundRow): Refund {
  const { _id, ...rest } = row;
  return { ...rest, id: _id };
}
