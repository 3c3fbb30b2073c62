import type { QueryFilter } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import { countRows, duplicateKey, type Database, type Session } from '../../platform/db.js';
import { indexWords, prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import {
  isLegalMove,
  paymentStatusOf,
  type MoneyState,
  type OrderStatus,
  type PaymentStatus,
} from './orders.rules.js';
import { accountSchema, orderSchema, toOrder, type OrderRow } from './orders.schema.js';
import type { Change, NewOrder, Note, Order, TimelineEntry } from './orders.types.js';

/** A page of rows whose id comes after `afterId`, for walks that pass every row once. */
export type PageAfter = { afterId: string; limit: number };

export type OrderSort = 'newest' | 'oldest' | 'total' | '-total';

export type OrderQuery = {
  userId?: string;
  status?: OrderStatus;
  paymentStatus?: PaymentStatus;
  /** Words, each the beginning of a word of the order's number or the customer's email address. */
  text?: string;
  sort: OrderSort;
  skip: number;
  limit: number;
};

const SORTS: Readonly<Record<OrderSort, Record<string, 1 | -1>>> = {
  newest: { placedAt: -1, _id: -1 },
  oldest: { placedAt: 1, _id: 1 },
  total: { total: 1, _id: 1 },
  '-total': { total: -1, _id: -1 },
};

/** Orders in MongoDB. */
export type OrderStore = ReturnType<typeof createOrderStore>;

export function createOrderStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const Row = deps.db.connection.model('Order', orderSchema);
  const Accounts = deps.db.connection.model('OrderAccount', accountSchema);
  const totals = createTotals();
  const withoutTimeline = { timeline: 0, live: 0, words: 0 } as const;

  const one = async (filter: QueryFilter<OrderRow>, session?: Session): Promise<Order | undefined> => {
    const row = await Row.findOne(filter, withoutTimeline)
      .session(session ?? null)
      .lean();
    return row === null ? undefined : toOrder(row);
  };

  const many = async (filter: QueryFilter<OrderRow>, page: PageAfter): Promise<Order[]> => {
    const rows = await Row.find({ ...filter, _id: { $gt: page.afterId } }, withoutTimeline)
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean();
    return rows.map(toOrder);
  };

  return {
    /**
     * Inserts an order that is being placed, and answers it as it is stored. Throws a duplicate key error where the key or
     * the cart has one already.
     */
    async insert(order: NewOrder, session: Session): Promise<Order> {
      const { id, ...rest } = order;
      const state = {
        ...rest,
        status: 'placing',
        holds: 'open',
        pastGens: [],
        settled: true,
        attempt: null,
        decision: null,
        money: { captured: 0, refundCommitted: 0, refunded: 0, granted: 0 },
        paymentStatus: 'pending',
        moneySince: null,
        shipping: false,
        createdAt: deps.clock.now(),
        placedAt: null,
        attention: false,
        version: 1,
      } satisfies Omit<Order, 'id'>;
      const words = indexWords(order.number, order.customer.email);
      await Row.insertMany([{ ...state, _id: id, live: true, words, timeline: [] }], { session });
      return { ...state, id };
    },

    /** Makes what `countUnpaid` writes; to be called before, and outside of, its transaction. */
    async openAccount(userId: string): Promise<void> {
      await Accounts.updateOne({ _id: userId }, { $setOnInsert: { placements: 0 } }, { upsert: true }).catch(
        (error: unknown) => {
          // Another request of the same account was quicker.
          if (duplicateKey(error) === undefined) throw error;
        },
      );
    },
    /**
     * How many orders of an account wait for money or are being placed, `atMost` so many. It writes the account, so that of
     * two that count at the same time one begins anew and sees the order of the other.
     */
    async countUnpaid(userId: string, atMost: number, session: Session): Promise<number> {
      const { matchedCount } = await Accounts.updateOne(
        { _id: userId },
        { $inc: { placements: 1 } },
        { session },
      );
      if (matchedCount !== 1) throw new Error(`the orders of ${userId} are counted before they may be`);
      const unpaid = { 'customer.userId': userId, status: { $in: ['placing', 'pending'] } } as const;
      return Row.countDocuments(unpaid, { session, limit: atMost });
    },

    /** Any row, orders that are being placed included. */
    find: (id: string, session?: Session) => one({ _id: id }, session),
    /** Those that exist among these, orders that are being placed included. */
    findAll: async (ids: readonly string[]): Promise<Order[]> =>
      (await Row.find({ _id: { $in: [...ids] } }, withoutTimeline).lean()).map(toOrder),
    findByKey: (userId: string, key: string) =>
      one({ 'customer.userId': userId, idempotencyKey: key, live: true }),
    findByCart: (cartId: string) => one({ cartId, live: true }),

    /**
     * The one way to change an order: only if nobody has changed it since it was read. A new status leaves a row in the
     * timeline in the same write. Answers the order as it is now, or undefined where somebody was quicker.
     */
    async change(
      order: Order,
      change: Change,
      note: Note | undefined,
      session?: Session,
    ): Promise<Order | undefined> {
      const to = change.status ?? order.status;
      if (to !== order.status && !isLegalMove(order.status, to)) {
        throw new Error(`order ${order.id} cannot go from ${order.status} to ${to}`);
      }
      const from = order.status === 'placing' ? null : order.status;
      const entry = note && { at: deps.clock.now(), from, to, actor: note.actor, reason: note.reason };
      const row = await Row.findOneAndUpdate(
        { _id: order.id, version: order.version },
        {
          $set: change,
          ...(to === 'aborted' && { $unset: { live: 1 } }),
          $inc: { version: 1 },
          ...(entry && { $push: { timeline: entry } }),
        },
        { returnDocument: 'after', projection: withoutTimeline, session: session ?? null },
      ).lean();
      return row === null ? undefined : toOrder(row);
    },

    /**
     * Writes the sums that were counted from the rows in the same transaction, and marks the order for attention.
     * Writing it always makes two transactions that count at the same time collide, so that none counts half. Answers the
     * order as it is then.
     */
    async recordMoney(
      orderId: string,
      money: MoneyState,
      note: Note | undefined,
      session: Session,
    ): Promise<Order> {
      const row = await Row.findById(orderId, { total: 1, status: 1, moneySince: 1 }).session(session).lean();
      if (row === null) throw new Error(`money for the order ${orderId}, which does not exist`);
      const now = deps.clock.now();
      const entry = note && { at: now, from: row.status, to: row.status, ...note };
      const moneySince = row.moneySince ?? (money.captured > 0 ? now : null);
      const paymentStatus = paymentStatusOf(money, row.total);
      const counted = await Row.findOneAndUpdate(
        { _id: orderId },
        {
          $set: { money, paymentStatus, moneySince, attention: true },
          $inc: { version: 1 },
          ...(entry && { $push: { timeline: entry } }),
        },
        { returnDocument: 'after', projection: withoutTimeline, session },
      ).lean();
      if (counted === null) throw new Error(`the order ${orderId} is gone while its money is counted`);
      return toOrder(counted);
    },

    async timeline(orderId: string): Promise<TimelineEntry[]> {
      const row = await Row.findById(orderId, { timeline: 1 }).lean();
      return row?.timeline ?? [];
    },

    /** A page of rows; `total` as `platform/totals` counts it. */
    async list(query: OrderQuery): Promise<{ rows: Order[]; total: number }> {
      const { sort, skip, limit } = query;
      const filter = filterOf(query);
      const { rows, total } = await totals.page({
        filter,
        window: { skip, limit },
        rows: () => Row.find(filter, withoutTimeline).sort(SORTS[sort]).skip(skip).limit(limit).lean(),
        count: (atMost) => countRows(Row, filter, atMost),
      });
      return { rows: rows.map(toOrder), total };
    },

    /**
     * Pending orders that were placed before `before` and have no money, or none any more. This and the next three: by
     * id, in pages.
     */
    overdue: (before: Date, page: PageAfter) =>
      many(
        { status: 'pending', paymentStatus: { $in: ['pending', 'refunded'] }, placedAt: { $lt: before } },
        page,
      ),
    /** Pending orders whose first money was counted before `before`. */
    partPaidSince: (before: Date, page: PageAfter) =>
      many({ status: 'pending', moneySince: { $lt: before } }, page),
    /** Placements that died. */
    stalePlacements: (before: Date, page: PageAfter) =>
      many({ status: 'placing', createdAt: { $lt: before } }, page),
    /** Orders with something left to do. */
    needingAttention: (page: PageAfter) => many({ attention: true }, page),

    /** When the oldest of (at most 1,000) orders with something left to do was made; undefined where there is none. */
    async unsettledSince(): Promise<Date | undefined> {
      const rows = await Row.find({ attention: true }, { createdAt: 1 }).limit(1_000).lean();
      const times = rows.map(({ createdAt }) => createdAt.getTime());
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },

    /** Placed orders after an id, for walks that pass every one. */
    placed: (page: PageAfter) => many({ status: { $nin: ['placing', 'aborted'] } }, page),

    /** How many units of each product pending orders hold. */
    async openUnits(productIds: readonly string[]): Promise<Map<string, number>> {
      const rows = await Row.find(
        { 'lines.productId': { $in: [...productIds] }, holds: 'open', status: 'pending' },
        { lines: 1 },
      ).lean();
      const units = new Map<string, number>();
      for (const { productId, quantity } of rows.flatMap(({ lines }) => lines)) {
        units.set(productId, (units.get(productId) ?? 0) + quantity);
      }
      return units;
    },

    /** Orders whose holds of a product MongoDB stands for: pending ones, and those that are not yet decided. */
    withOpenHolds: async (productId: string, session?: Session): Promise<Order[]> => {
      const rows = await Row.find({ 'lines.productId': productId, holds: 'open' }, withoutTimeline)
        .session(session ?? null)
        .lean();
      return rows.map(toOrder);
    },
  };
}

function filterOf(query: OrderQuery): QueryFilter<OrderRow> {
  const filter: QueryFilter<OrderRow> = { status: query.status ?? { $nin: ['placing', 'aborted'] } };
  if (query.userId !== undefined) filter['customer.userId'] = query.userId;
  if (query.paymentStatus !== undefined) filter.paymentStatus = query.paymentStatus;
  const search = query.text === undefined ? undefined : prefixFilter(query.text);
  return search === undefined ? filter : { ...filter, ...search };
}
