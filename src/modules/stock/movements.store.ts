import { Schema } from 'mongoose';
import { after } from '../../platform/clock.js';
import { countRows, type Database, type Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import type { PageWindow } from '../../platform/page.js';
import { createTotals } from '../../platform/totals.js';

/** Why on hand changed. Receipts and returns add, sales take away, an adjustment does either. */
export type MovementKind = 'receipt' | 'return' | 'adjustment' | 'sale';

/** Who changed on hand: an admin, or the work of the system (an order that was paid or cancelled). */
export type MovementActor = { kind: 'admin' | 'system'; id: string | null };

/** One change of on hand. Rows are only ever added. */
export type Movement = {
  id: string;
  productId: string;
  kind: MovementKind;
  /** Signed: what on hand changed by. */
  units: number;
  /** On hand after it. */
  onHand: number;
  /** The number of the change among all changes of the product's stock. */
  no: number;
  /** What caused it (an order, an admin's request): one movement per kind, cause and product. */
  ref: string;
  reason: string;
  /** What an admin calls it elsewhere. */
  reference: string | null;
  actor: MovementActor;
  at: Date;
};

export type MovementQuery = {
  productId: string;
  kind?: MovementKind | undefined;
  /** From this moment on, and before that one. */
  from?: Date | undefined;
  to?: Date | undefined;
};

/** Increases are numbered per product, so that Redis can apply them in order, each once. */
export type Increase = { seq: number; units: number };

/** The first rows of a ledger may be from before anybody wrote down who it was. */
type MovementRow = Omit<Movement, 'id' | 'actor' | 'reference'> & {
  _id: string;
  seq?: number;
  actor?: MovementActor;
  reference?: string | null;
};

const movementSchema = new Schema<MovementRow>(
  {
    _id: { type: String, required: true },
    productId: { type: String, required: true },
    kind: { type: String, required: true, enum: ['receipt', 'return', 'adjustment', 'sale'] },
    units: { type: Number, required: true },
    onHand: { type: Number, required: true },
    no: { type: Number, required: true },
    /** The number of an increase among the product's increases; absent for decreases. */
    seq: { type: Number },
    ref: { type: String, required: true },
    reason: { type: String, required: true },
    reference: { type: String, default: null },
    actor: {
      kind: { type: String, required: true, enum: ['admin', 'system'] },
      id: { type: String, default: null },
    },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'stockmovements' },
);
movementSchema.index({ productId: 1, kind: 1, ref: 1 }, { unique: true });
movementSchema.index(
  { productId: 1, seq: 1 },
  { unique: true, partialFilterExpression: { seq: { $type: 'number' } } },
);
movementSchema.index({ ref: 1, kind: 1 });
movementSchema.index({ productId: 1, at: -1, no: -1 });
movementSchema.index({ productId: 1, kind: 1, at: -1, no: -1 });

/** The append-only rows of the ledger. */
export function createMovementStore(db: Database) {
  const Row = db.connection.model('StockMovement', movementSchema);
  const totals = createTotals();

  return {
    /** `seq`: for an increase, its number. Throws a duplicate key error where that cause has its movement already. */
    async add(movement: Omit<Movement, 'id'> & { seq?: number }, session: Session): Promise<void> {
      await Row.insertMany([{ _id: newId(), ...movement }], { session });
    },

    async find(productId: string, kind: MovementKind, ref: string): Promise<Movement | undefined> {
      const row = await Row.findOne({ productId, kind, ref }).lean();
      return row === null ? undefined : toMovement(row);
    },

    /** Increases after `seq`, in order. */
    async increasesAfter(productId: string, seq: number): Promise<Increase[]> {
      const rows = await Row.find({ productId, seq: { $gt: seq } }, { seq: 1, units: 1 })
        .sort({ seq: 1 })
        .lean();
      return rows.map((row) => ({ seq: row.seq ?? 0, units: row.units }));
    },

    /** What the movements of each product add up to; products without any are left out. */
    async sums(productIds: readonly string[], session?: Session): Promise<Map<string, number>> {
      const rows = await Row.aggregate<{ _id: string; units: number }>([
        { $match: { productId: { $in: [...productIds] } } },
        { $group: { _id: '$productId', units: { $sum: '$units' } } },
      ]).session(session ?? null);
      return new Map(rows.map(({ _id, units }) => [_id, units]));
    },

    /** What was sold for each of these orders: signed units, as they stand in the ledger. */
    async sales(
      orderIds: readonly string[],
      session?: Session,
    ): Promise<{ orderId: string; productId: string; units: number }[]> {
      const rows = await Row.find(
        { ref: { $in: [...orderIds] }, kind: 'sale' },
        { ref: 1, productId: 1, units: 1 },
      )
        .session(session ?? null)
        .lean();
      return rows.map(({ ref, productId, units }) => ({ orderId: ref, productId, units }));
    },

    /** The newest first. */
    async list(
      { productId, kind, from, to }: MovementQuery,
      { skip, limit }: PageWindow,
    ): Promise<{ rows: Movement[]; total: number }> {
      const where = {
        productId,
        ...(kind !== undefined && { kind }),
        ...((from !== undefined || to !== undefined) && {
          // Times are whole milliseconds, so this is "at that time or later". Not every server that speaks MongoDB's
          // protocol keeps the end of a closed range when the field stands in the middle of an index.
          at: { ...(from !== undefined && { $gt: after(from, -1) }), ...(to !== undefined && { $lt: to }) },
        }),
      };
      const { rows, total } = await totals.page({
        filter: where,
        window: { skip, limit },
        rows: () => Row.find(where).sort({ at: -1, no: -1 }).skip(skip).limit(limit).lean(),
        count: (atMost) => countRows(Row, where, atMost),
      });
      return { rows: rows.map(toMovement), total };
    },
  };
}

function toMovement(row: MovementRow): Movement {
  const { _id, productId, kind, units, onHand, no, ref, reason, at } = row;
  const { reference = null, actor = { kind: 'system', id: null } } = row;
  return { id: _id, productId, kind, units, onHand, no, ref, reason, reference, actor, at };
}
