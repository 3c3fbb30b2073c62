import { Schema } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { AppError, notFound } from '../../platform/errors.js';
import { createMovementStore, type Movement, type MovementActor } from './movements.store.js';

/** The stock of a product in MongoDB. `seq`: how many increases there were; `rev`: orders the sold-out hints. */
export type OnHand = { onHand: number; seq: number; stockVersion: number; soldOut: boolean; rev: number };

export type ReceiptInput = {
  productId: string;
  units: number;
  kind: 'receipt' | 'return' | 'adjustment';
  /** What caused it (for a return, its order; an admin's request): one movement per kind, cause and product. */
  ref: string;
  reason: string;
  reference?: string | null;
  /** Default: the system. */
  actor?: MovementActor;
};

/** Units that leave; their hold guarantees that they are there. */
type Departure = Pick<Movement, 'productId' | 'ref' | 'reason' | 'actor'> & {
  units: number;
  kind: 'adjustment' | 'sale';
};

const SYSTEM: MovementActor = { kind: 'system', id: null };

/**
 * The counter fields of a product. They are this module's alone; the catalogue declares them and reads two of them in
 * its filters, and never writes them after the insert.
 */
const counterSchema = new Schema(
  {
    _id: { type: String, required: true },
    stock: { type: Number, required: true, min: 0 },
    stockVersion: { type: Number, required: true },
    increaseSeq: { type: Number, required: true },
    soldOut: { type: Boolean, required: true },
    soldOutRev: { type: Number, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'products', autoCreate: false, autoIndex: false },
);

/**
 * Stock on hand: the counter of a product, changed only together with a row in the append-only movements, in the
 * caller's transaction. The counter can be counted again from the rows.
 */
export type StockLedger = ReturnType<typeof createStockLedger>;

export function createStockLedger(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const Counter = deps.db.connection.model('StockCounter', counterSchema);
  const movements = createMovementStore(deps.db);

  /** Their holds guarantee that the units are there; were they not, nothing is changed. */
  const depart = async ({ productId, units, ...cause }: Departure, session: Session): Promise<void> => {
    const row = await Counter.findOneAndUpdate(
      { _id: productId, stock: { $gte: units } },
      { $inc: { stock: -units, stockVersion: 1 } },
      { session, returnDocument: 'after' },
    ).lean();
    if (row === null) {
      throw new AppError('internal_error', 'The stock could not be settled.', {
        cause: new Error(
          `product ${productId} has fewer than ${units} units on hand for ${cause.kind} ${cause.ref}`,
        ),
      });
    }
    const { stock: onHand, stockVersion: no } = row;
    const movement = { productId, units: -units, onHand, no, reference: null, at: deps.clock.now() };
    await movements.add({ ...movement, ...cause }, session);
  };

  return {
    /** Throws not_found for a product that does not exist. */
    async read(productId: string, session?: Session): Promise<OnHand> {
      const row = await Counter.findById(productId, {
        stock: 1,
        increaseSeq: 1,
        stockVersion: 1,
        soldOut: 1,
        soldOutRev: 1,
      })
        .session(session ?? null)
        .lean();
      if (row === null) throw notFound('The product');
      return {
        onHand: row.stock,
        seq: row.increaseSeq,
        stockVersion: row.stockVersion,
        soldOut: row.soldOut,
        rev: row.soldOutRev,
      };
    },

    /** Adds units to on hand; available follows when the increase is applied in Redis. Answers its number. */
    async receive(input: ReceiptInput, session: Session): Promise<number> {
      const row = await Counter.findOneAndUpdate(
        { _id: input.productId },
        { $inc: { stock: input.units, increaseSeq: 1, stockVersion: 1 } },
        { session, returnDocument: 'after' },
      ).lean();
      if (row === null) throw notFound('The product');
      const { reference = null, actor = SYSTEM, ...cause } = input;
      const { stock: onHand, stockVersion: no, increaseSeq: seq } = row;
      await movements.add({ ...cause, reference, actor, onHand, no, seq, at: deps.clock.now() }, session);
      return seq;
    },

    /** Takes sold units off on hand. */
    async sell(
      lines: readonly { productId: string; units: number }[],
      orderId: string,
      session: Session,
    ): Promise<void> {
      const cause = { kind: 'sale', ref: orderId, reason: 'order paid', actor: SYSTEM } as const;
      for (const { productId, units } of lines) await depart({ productId, units, ...cause }, session);
    },

    /** Takes units off on hand that an admin's decrease holds. */
    writeOff: (input: Omit<Departure, 'kind'>, session: Session): Promise<void> =>
      depart({ ...input, kind: 'adjustment' }, session),

    /** The movement of that kind and cause. */
    movement: movements.find,
    movements: movements.list,
    increasesAfter: movements.increasesAfter,
    sums: movements.sums,
    sales: movements.sales,

    /** Writes the hint that lists filter by, unless a later step of the product has written it already. */
    async hintSoldOut(productId: string, soldOut: boolean, rev: number): Promise<void> {
      await Counter.updateOne(
        { _id: productId, soldOutRev: { $lt: rev } },
        { $set: { soldOut, soldOutRev: rev } },
      );
    },

    /** The counters of products after `afterId`, by id, for walks in pages. */
    async page(
      afterId: string,
      limit: number,
    ): Promise<{ productId: string; onHand: number; seq: number }[]> {
      const rows = await Counter.find({ _id: { $gt: afterId } }, { _id: 1, stock: 1, increaseSeq: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return rows.map(({ _id, stock, increaseSeq }) => ({ productId: _id, onHand: stock, seq: increaseSeq }));
    },

    /** Sets on hand to what its movements add up to, if it still has the version seen; false where it has not. */
    async rewrite(
      productId: string,
      seen: { stockVersion: number; sum: number },
      session: Session,
    ): Promise<boolean> {
      const result = await Counter.updateOne(
        { _id: productId, stockVersion: seen.stockVersion },
        { $set: { stock: seen.sum }, $inc: { stockVersion: 1 } },
        { session },
      );
      return result.modifiedCount === 1;
    },
  };
}
