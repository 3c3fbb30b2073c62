import type { QueryFilter } from 'mongoose';
import { after, type Clock } from '../../platform/clock.js';
import { countRows, type Database, type Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import { keptOfFailure } from '../../platform/text.js';
import { createTotals } from '../../platform/totals.js';
import type { Asked } from '../../platform/idempotency.js';
import { LEAST_PAYMENT, REFUND_LOOKUP_MS, STUCK_ATTEMPTS, type RefundState } from './payments.rules.js';
import type { AtGateway } from './payments.schema.js';
import { refundSchema, toRefund, type Refund, type RefundRow, type TryOutcome } from './refunds.schema.js';

/** A refund that is to be made. */
export type RefundDecision = Pick<
  Refund,
  'orderId' | 'paymentId' | 'gatewayPaymentId' | 'amount' | 'currency' | 'reason' | 'isGranted'
>;

export type RefundQuery = { orderId?: string; state?: RefundState; skip: number; limit: number };

const UNTRIED = {
  reference: null,
  attempts: 0,
  dueAt: null,
  toldAt: null,
  lastOutcome: null,
  lastError: null,
  settledAt: null,
  withdrawnAt: null,
  isFreed: false,
  doubleOf: null,
} as const satisfies Partial<RefundRow>;

/** Refunds in MongoDB. */
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
          ...UNTRIED,
          dueAt: byGateway ? now : null,
          createdAt: now,
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
    /** The one that Razorpay knows by its id, or else the one that it was asked for with this receipt. */
    async find(
      by: { gatewayRefundId: string; receipt: string | null },
      session?: Session,
    ): Promise<Refund | undefined> {
      const one = (filter: QueryFilter<RefundRow>) =>
        Refunds.findOne(filter)
          .session(session ?? null)
          .lean();
      const known = await one({ gatewayRefundId: by.gatewayRefundId });
      const row = known ?? (by.receipt === null ? null : await one({ _id: by.receipt }));
      return row === null ? undefined : toRefund(row);
    },

    /** Takes in a refund that was made at Razorpay without us. Throws a duplicate key error where it is known. */
    async adopt(
      made: RefundDecision & Pick<Refund, 'gatewayRefundId' | 'state' | 'isFreed' | 'doubleOf'>,
      session: Session,
    ): Promise<void> {
      const now = clock.now();
      const next =
        made.state === 'pending'
          ? { dueAt: after(now, REFUND_LOOKUP_MS), settledAt: null }
          : { dueAt: null, settledAt: now };
      await Refunds.insertMany([{ ...UNTRIED, ...made, ...next, _id: newId(), createdAt: now }], { session });
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

    /** The orders of at most so many refunds that somebody has to see to, the newest first: to be paid out, or stuck. */
    async waiting(limit: number): Promise<string[]> {
      const rows = await Refunds.find(
        {
          $or: [
            { state: { $in: ['to_be_paid_out', 'failed'] satisfies RefundState[] } },
            { state: 'requested', attempts: { $gte: STUCK_ATTEMPTS } },
          ],
        },
        { orderId: 1 },
      )
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return [...new Set(rows.map(({ orderId }) => orderId))];
    },

    /** The next refund that is due; it is another worker's until `until`. The attempt counts from here. */
    async claimDue(until: Date): Promise<AtGateway<Refund> | undefined> {
      const row = await Refunds.findOneAndUpdate(
        { dueAt: { $lte: clock.now() } },
        { $set: { dueAt: until, lastOutcome: null }, $inc: { attempts: 1 } },
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
     * Says when a refund is due again, and what the try ended with (null: it was made, and is looked up). Changes nothing
     * where something was heard of it since it was claimed: an event can be quicker than the answer that carries the
     * same news.
     */
    async putOff(
      claimed: Refund,
      next: { dueAt: Date; lastOutcome: TryOutcome | null; lastError: string | null },
    ): Promise<void> {
      await Refunds.updateOne(
        { _id: claimed.id, state: claimed.state, attempts: claimed.attempts },
        { $set: { ...next, lastError: next.lastError === null ? null : keptOfFailure(next.lastError) } },
      );
    },
    /**
     * Stops the way of a refund through Razorpay, if it was not tried again since it was read: then no worker will claim it
     * any more. Answers whether it did.
     */
    async withdraw(seen: Refund, to: 'withdrawn' | 'to_be_paid_out', session: Session): Promise<boolean> {
      const now = clock.now();
      const { matchedCount } = await Refunds.updateOne(
        {
          _id: seen.id,
          state: seen.state,
          attempts: seen.attempts,
          lastOutcome: 'refused',
          gatewayRefundId: null,
        },
        {
          $set: {
            state: to,
            dueAt: null,
            lastError: null,
            withdrawnAt: now,
            isFreed: to === 'withdrawn',
            settledAt: to === 'withdrawn' ? now : null,
          },
        },
        { session },
      );
      return matchedCount === 1;
    },
  };
}
