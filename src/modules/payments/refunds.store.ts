import { Schema, type QueryFilter } from 'mongoose';
import { after, type Clock } from '../../platform/clock.js';
import { countRows, type Database, type Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import { createTotals } from '../../platform/totals.js';
import type { Asked } from '../../platform/idempotency.js';
import { LEAST_PAYMENT, REFUND_LOOKUP_MS, type RefundState } from './payments.rules.js';
import type { AtGateway } from './payments.schema.js';

/** A refund that was decided. Its id is also its idempotency key and its receipt at Razorpay. */
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
  lastError: string | null;
  createdAt: Date;
  /** When it was processed, or failed. */
  settledAt: Date | null;
};

export type RefundDecision = Pick<
  Refund,
  'orderId' | 'paymentId' | 'gatewayPaymentId' | 'amount' | 'currency' | 'reason'
>;

export type RefundQuery = { orderId?: string; state?: RefundState; skip: number; limit: number };

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

type RefundRow = Omit<Refund, 'id'> & {
  _id: string;
  /** When Razorpay is asked next; null where nothing is to be asked. */
  dueAt: Date | null;
  /** When it was told that it is refused again and again. */
  toldAt: Date | null;
  /** Which admin asked for it, with which key; `part` tells the refunds of one request apart. */
  asked?: Asked & { part: number };
};

const refundSchema = new Schema<RefundRow>(
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
    lastError: { type: String, default: null },
    createdAt: date,
    settledAt: { type: Date, default: null },
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

const LONGEST_ERROR = 500;

/** Refunds in MongoDB. */
export type RefundStore = ReturnType<typeof createRefundStore>;

export function createRefundStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Refunds = deps.db.connection.model('Refund', refundSchema);
  const totals = createTotals();

  return {
    async ofOrder(orderId: string, session?: Session): Promise<Refund[]> {
      const rows = await Refunds.find({ orderId })
        .session(session ?? null)
        .lean();
      return rows.map(toRefund);
    },
    async ofOrders(orderIds: readonly string[], session?: Session): Promise<Refund[]> {
      const rows = await Refunds.find({ orderId: { $in: [...orderIds] } })
        .session(session ?? null)
        .lean();
      return rows.map(toRefund);
    },
    async ofPayments(paymentIds: readonly string[]): Promise<Refund[]> {
      return (await Refunds.find({ paymentId: { $in: paymentIds } }).lean()).map(toRefund);
    },

    /** Writes refunds that were decided together, in this order. */
    async insert(
      decisions: readonly RefundDecision[],
      asked: Asked | undefined,
      session: Session,
    ): Promise<Refund[]> {
      const now = clock.now();
      const rows = decisions.map((decision, part): RefundRow => {
        const byGateway = decision.gatewayPaymentId !== null && decision.amount >= LEAST_PAYMENT;
        return {
          ...decision,
          _id: newId(),
          state: byGateway ? 'requested' : 'to_be_paid_out',
          gatewayRefundId: null,
          reference: null,
          attempts: 0,
          dueAt: byGateway ? now : null,
          toldAt: null,
          lastError: null,
          createdAt: now,
          settledAt: null,
          ...(asked && { asked: { ...asked, part } }),
        };
      });
      await Refunds.insertMany(rows, { session });
      return rows.map(toRefund);
    },

    /** What this admin has asked for with this key, and how. */
    async requested(
      by: string,
      key: string,
      session?: Session,
    ): Promise<{ refunds: Refund[]; fingerprint: string } | undefined> {
      const rows = await Refunds.find({ 'asked.by': by, 'asked.key': key })
        .sort({ 'asked.part': 1 })
        .session(session ?? null)
        .lean();
      const asked = rows[0]?.asked;
      return asked && { refunds: rows.map(toRefund), fingerprint: asked.fingerprint };
    },

    async byId(id: string, session?: Session): Promise<Refund | undefined> {
      const row = await Refunds.findById(id)
        .session(session ?? null)
        .lean();
      return row === null ? undefined : toRefund(row);
    },
    async find(
      by: { gatewayRefundId: string; receipt: string | null },
      session?: Session,
    ): Promise<Refund | undefined> {
      const receipt = by.receipt === null ? [] : [{ _id: by.receipt }];
      const row = await Refunds.findOne({ $or: [{ gatewayRefundId: by.gatewayRefundId }, ...receipt] })
        .session(session ?? null)
        .lean();
      return row === null ? undefined : toRefund(row);
    },

    /** The newest first. */
    async list({ orderId, state, skip, limit }: RefundQuery): Promise<{ rows: Refund[]; total: number }> {
      const filter: QueryFilter<RefundRow> = {
        ...(orderId !== undefined && { orderId }),
        ...(state !== undefined && { state }),
      };
      const { rows, total } = await totals.page({
        filter,
        window: { skip, limit },
        rows: () => Refunds.find(filter).sort({ createdAt: -1, _id: -1 }).skip(skip).limit(limit).lean(),
        count: (atMost) => countRows(Refunds, filter, atMost),
      });
      return { rows: rows.map(toRefund), total };
    },

    /** The next refund that is due; it is another worker's until `until`. The attempt counts from here. */
    async claimDue(until: Date): Promise<AtGateway<Refund> | undefined> {
      const row = await Refunds.findOneAndUpdate(
        { dueAt: { $lte: clock.now() } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      ).lean();
      if (row === null) return undefined;
      const { gatewayPaymentId, ...refund } = toRefund(row);
      if (gatewayPaymentId === null) throw new Error(`refund ${refund.id} is due at nobody`);
      return { ...refund, gatewayPaymentId };
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
      const now = clock.now();
      const next =
        news.state === 'pending'
          ? { dueAt: after(now, REFUND_LOOKUP_MS), settledAt: null }
          : { dueAt: null, settledAt: now };
      await Refunds.updateOne({ _id: id }, { $set: { ...news, ...next } }, { session });
    },
    /** Whether this is the first time that somebody is told of it. */
    async markTold(id: string, session: Session): Promise<boolean> {
      const told = await Refunds.updateOne(
        { _id: id, toldAt: null },
        { $set: { toldAt: clock.now() } },
        { session },
      );
      return told.modifiedCount === 1;
    },
    /** An admin has paid it out. */
    async paidOut(id: string, reference: string, session: Session): Promise<void> {
      await Refunds.updateOne(
        { _id: id },
        { $set: { state: 'processed', reference, lastError: null, dueAt: null, settledAt: clock.now() } },
        { session },
      );
    },
    /**
     * Says when a refund is due again. Changes nothing where something was heard of it since
     * it was claimed: an event can be quicker than the answer that carries the same news.
     */
    async putOff(claimed: Refund, next: { dueAt: Date; lastError: string | null }): Promise<void> {
      await Refunds.updateOne(
        { _id: claimed.id, state: claimed.state, attempts: claimed.attempts },
        { $set: { ...next, lastError: next.lastError?.slice(0, LONGEST_ERROR) ?? null } },
      );
    },
  };
}

function toRefund(row: RefundRow): Refund {
  const { _id: id, orderId, paymentId, gatewayPaymentId, amount, currency, reason, state } = row;
  const { gatewayRefundId, reference, attempts, lastError, createdAt, settledAt } = row;
  const what = { id, orderId, paymentId, gatewayPaymentId, amount, currency, reason, state };
  return { ...what, gatewayRefundId, reference, attempts, lastError, createdAt, settledAt };
}
