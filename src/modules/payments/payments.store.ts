import type { QueryFilter } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import { countRows, type Database, type Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import { indexWords, prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import type { Asked } from '../../platform/idempotency.js';
import { createIntentStore } from './intents.store.js';
import type { PaymentFacts, PaymentState } from './payments.rules.js';
import {
  isAtGateway,
  paymentSchema,
  toPayment,
  type AtGateway,
  type PaidOrder,
  type Payment,
  type PaymentRow,
} from './payments.schema.js';
import { createRefundStore } from './refunds.store.js';

export type PaymentSort = 'newest' | 'oldest' | 'amount' | '-amount';

export type PaymentQuery = {
  userId?: string;
  orderId?: string;
  status?: PaymentState;
  method?: string;
  /** From this moment on, and before that one. */
  from?: Date;
  to?: Date;
  /** Words, each the beginning of one of the order's number, the customer's e-mail, Razorpay's id or the reference. */
  text?: string;
  sort: PaymentSort;
  skip: number;
  limit: number;
};

const SORTS: Readonly<Record<PaymentSort, Record<string, 1 | -1>>> = {
  newest: { createdAt: -1, _id: -1 },
  oldest: { createdAt: 1, _id: 1 },
  amount: { amount: 1, _id: 1 },
  '-amount': { amount: -1, _id: -1 },
};

/** Payment intents, payments and refunds in MongoDB. */
export type PaymentStore = ReturnType<typeof createPaymentStore>;

export function createPaymentStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  return {
    intents: createIntentStore(deps),
    payments: createPaymentRows(deps),
    refunds: createRefundStore(deps),
  };
}

function createPaymentRows(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Payments = deps.db.connection.model('Payment', paymentSchema);
  const totals = createTotals();
  const shown = { words: 0, asked: 0, updatedAt: 0 } as const;

  const one = async (filter: QueryFilter<PaymentRow>, session?: Session): Promise<Payment | undefined> => {
    const row = await Payments.findOne(filter, shown)
      .session(session ?? null)
      .lean();
    return row === null ? undefined : toPayment(row);
  };

  return {
    find: (id: string, session?: Session) => one({ _id: id }, session),
    byGatewayId: (gatewayPaymentId: string, session?: Session) => one({ gatewayPaymentId }, session),

    /** The oldest first. */
    async ofOrder(orderId: string, session?: Session): Promise<Payment[]> {
      const rows = await Payments.find({ orderId }, shown)
        .sort({ createdAt: 1 })
        .session(session ?? null)
        .lean();
      return rows.map(toPayment);
    },

    async ofOrders(orderIds: readonly string[], session?: Session): Promise<Payment[]> {
      const rows = await Payments.find({ orderId: { $in: [...orderIds] } }, shown)
        .session(session ?? null)
        .lean();
      return rows.map(toPayment);
    },

    /** One row per payment at Razorpay, whoever writes it. */
    async save(
      payment: {
        gatewayPaymentId: string;
        intentId: string;
        order: PaidOrder;
        facts: PaymentFacts;
        capturedAt: Date | null;
      },
      session: Session,
    ): Promise<void> {
      const { gatewayPaymentId, intentId, order, facts, capturedAt } = payment;
      const now = clock.now();
      await Payments.updateOne(
        { gatewayPaymentId },
        {
          $set: { ...facts, capturedAt, updatedAt: now },
          $setOnInsert: {
            _id: newId(),
            ...belongingTo(order, gatewayPaymentId),
            intentId,
            reference: null,
            note: null,
            createdAt: now,
          },
        },
        { session, upsert: true },
      );
    },

    /** Throws a duplicate key error where this key has recorded one already. */
    async insertOutside(
      payment: Pick<Payment, 'amount' | 'currency' | 'method' | 'reference' | 'note' | 'capturedAt'>,
      order: PaidOrder,
      asked: Asked,
      session: Session,
    ): Promise<Payment> {
      const now = clock.now();
      const row: PaymentRow = {
        _id: newId(),
        ...belongingTo(order, payment.reference ?? ''),
        ...payment,
        intentId: null,
        gatewayPaymentId: null,
        status: 'captured',
        amountRefunded: 0,
        errorDescription: null,
        createdAt: now,
        updatedAt: now,
        asked,
      };
      await Payments.insertMany([row], { session });
      return toPayment(row);
    },

    /** What this admin has recorded with this key, and how it was asked for. */
    async recorded(
      by: string,
      key: string,
      session?: Session,
    ): Promise<{ payment: Payment; fingerprint: string } | undefined> {
      const row = await Payments.findOne({ 'asked.by': by, 'asked.key': key })
        .session(session ?? null)
        .lean();
      return row?.asked && { payment: toPayment(row), fingerprint: row.asked.fingerprint };
    },

    /** All of it has gone back. */
    async markRefunded(id: string, session: Session): Promise<void> {
      await Payments.updateOne(
        { _id: id },
        { $set: { status: 'refunded', updatedAt: clock.now() } },
        { session },
      );
    },

    async list(query: PaymentQuery): Promise<{ rows: Payment[]; total: number }> {
      const filter = filterOf(query);
      const { rows, total } = await totals.page({
        filter,
        window: query,
        rows: () =>
          Payments.find(filter, shown).sort(SORTS[query.sort]).skip(query.skip).limit(query.limit).lean(),
        count: (atMost) => countRows(Payments, filter, atMost),
      });
      return { rows: rows.map(toPayment), total };
    },

    /** Puts it behind the others that are in its state. */
    async lookedAt(id: string): Promise<void> {
      await Payments.updateOne({ _id: id }, { $set: { updatedAt: clock.now() } });
    },

    /** Payments at Razorpay that are in this state for so long. */
    async inStateSince(status: PaymentState, before: Date, limit: number): Promise<AtGateway<Payment>[]> {
      const rows = await Payments.find({ status, updatedAt: { $lt: before } }, shown)
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean();
      return rows.map(toPayment).filter(isAtGateway);
    },
  };
}

function belongingTo(order: PaidOrder, foundBy: string) {
  return {
    orderId: order.id,
    orderNumber: order.number,
    userId: order.customer.userId,
    words: indexWords(order.number, order.customer.email, foundBy),
  };
}

function filterOf(query: PaymentQuery): QueryFilter<PaymentRow> {
  const { userId, orderId, status, method, from, to } = query;
  const filter: QueryFilter<PaymentRow> = {
    ...(userId !== undefined && { userId }),
    ...(orderId !== undefined && { orderId }),
    ...(status !== undefined && { status }),
    ...(method !== undefined && { method }),
    ...((from ?? to) !== undefined && { createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
  const search = query.text === undefined ? undefined : prefixFilter(query.text);
  return search === undefined ? filter : { ...filter, ...search };
}
