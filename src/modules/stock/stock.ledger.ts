import { Schema } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { AppError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';

/** Why on hand changed. Receipts and returns add, sales take away, an adjustment does either. */
export type MovementKind = 'receipt' | 'return' | 'adjustment' | 'sale';

/** The stock of a product in MongoDB. `seq`: how many increases there were; `rev`: orders the sold-out hints. */
export type OnHand = { onHand: number; seq: number; stockVersion: number; soldOut: boolean; rev: number };

export type Increase = { seq: number; units: number };

export type ReceiptInput = {
  productId: string;
  units: number;
  kind: 'receipt' | 'return';
  /** What caused it (an order, an admin's request): one movement per cause and product. */
  ref: string;
  reason: string;
};

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

const movementSchema = new Schema(
  {
    _id: { type: String, required: true },
    productId: { type: String, required: true },
    kind: { type: String, required: true, enum: ['receipt', 'return', 'adjustment', 'sale'] },
    /** Signed: what on hand changed by. */
    units: { type: Number, required: true },
    /** On hand after it. */
    onHand: { type: Number, required: true },
    /** The number of an increase among the product's increases; absent for decreases. */
    seq: { type: Number },
    ref: { type: String, required: true },
    reason: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'stockmovements' },
);
movementSchema.index({ productId: 1, kind: 1, ref: 1 }, { unique: true });
movementSchema.index(
  { productId: 1, seq: 1 },
  { unique: true, partialFilterExpression: { seq: { $type: 'number' } } },
);
movementSchema.index({ productId: 1, at: -1 });

/**
 * Stock on hand: the counter of a product, changed only together with a row in the append-only movements, in the
 * caller's transaction. The counter can be counted again from the rows.
 */
export type StockLedger = ReturnType<typeof createStockLedger>;

export function createStockLedger(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const Counter = deps.db.connection.model('StockCounter', counterSchema);
  const Movement = deps.db.connection.model('StockMovement', movementSchema);

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
      await Movement.insertMany(
        [{ _id: newId(), ...input, onHand: row.stock, seq: row.increaseSeq, at: deps.clock.now() }],
        { session },
      );
      return row.increaseSeq;
    },

    /** Takes sold units off on hand. Their holds guarantee that they are there; were they not, nothing is changed. */
    async sell(
      lines: readonly { productId: string; units: number }[],
      orderId: string,
      session: Session,
    ): Promise<void> {
      for (const { productId, units } of lines) {
        const row = await Counter.findOneAndUpdate(
          { _id: productId, stock: { $gte: units } },
          { $inc: { stock: -units, stockVersion: 1 } },
          { session, returnDocument: 'after' },
        ).lean();
        if (row === null) {
          throw new AppError('internal_error', 'The order could not be settled.', {
            cause: new Error(
              `product ${productId} has fewer than ${units} units on hand for order ${orderId}`,
            ),
          });
        }
        const movement = {
          _id: newId(),
          productId,
          kind: 'sale',
          units: -units,
          onHand: row.stock,
          ref: orderId,
        };
        await Movement.insertMany([{ ...movement, reason: 'order paid', at: deps.clock.now() }], { session });
      }
    },

    /** Increases after `seq`, in order. */
    async increasesAfter(productId: string, seq: number): Promise<Increase[]> {
      const rows = await Movement.find({ productId, seq: { $gt: seq } }, { seq: 1, units: 1 })
        .sort({ seq: 1 })
        .lean();
      return rows.map((row) => ({ seq: row.seq ?? 0, units: row.units }));
    },

    /** Writes the hint that lists filter by, unless a later step of the product has written it already. */
    async hintSoldOut(productId: string, soldOut: boolean, rev: number): Promise<void> {
      await Counter.updateOne(
        { _id: productId, soldOutRev: { $lt: rev } },
        { $set: { soldOut, soldOutRev: rev } },
      );
    },

    /** Ids of products after `afterId`, in order, for walks in pages. */
    async productIds(afterId: string, limit: number): Promise<string[]> {
      const rows = await Counter.find({ _id: { $gt: afterId } }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => row._id);
    },
  };
}
