import { Schema } from 'mongoose';
import type { Database, Session } from '../../platform/db.js';
import type { PageWindow } from '../../platform/page.js';
import type { OwnerVerdict } from './stock.sweep.js';

/**
 * An admin's request to change on hand. A decrease is a row before it is a hold: `open` while its units are being taken,
 * `consumed` once they have left, `released` when it was given up. An increase is `consumed` from the first.
 */
export type Adjustment = {
  id: string;
  productId: string;
  kind: 'receipt' | 'adjustment';
  /** Signed: what on hand changes by. */
  units: number;
  reason: string;
  reference: string | null;
  adminId: string;
  idempotencyKey: string;
  /** Equal for equal requests. */
  fingerprint: string;
  holds: OwnerVerdict;
  /** The generation of its hold. */
  gen: string;
  /** Until then nobody else ends it. */
  until: Date;
  createdAt: Date;
};

type AdjustmentRow = Omit<Adjustment, 'id'> & { _id: string; live?: boolean };

const text = { type: String, required: true } as const;

const adjustmentSchema = new Schema<AdjustmentRow>(
  {
    _id: text,
    productId: text,
    kind: text,
    units: { type: Number, required: true },
    reason: text,
    reference: { type: String, default: null },
    adminId: text,
    idempotencyKey: text,
    fingerprint: text,
    holds: text,
    gen: text,
    until: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    /** Absent on what was given up, so that the key can be used again. */
    live: { type: Boolean },
  },
  { strict: 'throw', versionKey: false, collection: 'adjustments' },
);
const onlyOpen = { partialFilterExpression: { holds: 'open' } };
adjustmentSchema.index(
  { adminId: 1, idempotencyKey: 1 },
  { unique: true, partialFilterExpression: { live: true } },
);
adjustmentSchema.index({ holds: 1, productId: 1 }, onlyOpen);
adjustmentSchema.index({ holds: 1, until: 1 }, onlyOpen);

const RELEASED = { $set: { holds: 'released' }, $unset: { live: 1 } } as const;
const CONSUMED = { $set: { holds: 'consumed' } } as const;

/** What admins asked to be changed of on hand. A row is only ever changed by a compare-and-set on `open`. */
export type AdjustmentStore = ReturnType<typeof createAdjustmentStore>;

export function createAdjustmentStore(db: Database) {
  const Row = db.connection.model('Adjustment', adjustmentSchema);

  return {
    /** Throws a duplicate key error where that admin's key has a row that counts. */
    async insert({ id, ...row }: Adjustment, session?: Session): Promise<void> {
      await Row.insertMany([{ _id: id, ...row, live: true }], session === undefined ? {} : { session });
    },

    async find(id: string): Promise<Adjustment | undefined> {
      const row = await Row.findById(id).lean();
      return row === null ? undefined : toAdjustment(row);
    },

    /** Those that exist among these. */
    async findAll(ids: readonly string[]): Promise<Adjustment[]> {
      const rows = await Row.find({ _id: { $in: [...ids] } }).lean();
      return rows.map(toAdjustment);
    },

    async findByKey(adminId: string, idempotencyKey: string): Promise<Adjustment | undefined> {
      const row = await Row.findOne({ adminId, idempotencyKey, live: true }).lean();
      return row === null ? undefined : toAdjustment(row);
    },

    /** False where the row is not open any more. */
    async close(id: string, holds: 'released' | 'consumed', session?: Session): Promise<boolean> {
      const closed = await Row.updateOne(
        { _id: id, holds: 'open' },
        holds === 'released' ? RELEASED : CONSUMED,
        session === undefined ? {} : { session },
      );
      return closed.matchedCount > 0;
    },

    /** Gives up whatever is open of a product, so that no later step of it counts. */
    async releaseOpen(productId: string): Promise<void> {
      await Row.updateMany({ holds: 'open', productId }, RELEASED);
    },

    /** Open rows whose time was over before `before`. */
    async overdue(before: Date, { skip, limit }: Pick<PageWindow, 'skip' | 'limit'>): Promise<Adjustment[]> {
      const rows = await Row.find({ holds: 'open', until: { $lt: before } })
        .sort({ until: 1 })
        .skip(skip)
        .limit(limit)
        .lean();
      return rows.map(toAdjustment);
    },
  };
}

function toAdjustment(row: AdjustmentRow): Adjustment {
  const { productId, kind, units, reason, reference, adminId, idempotencyKey, fingerprint } = row;
  const request = { productId, kind, units, reason, reference, adminId, idempotencyKey, fingerprint };
  const { _id, holds, gen, until, createdAt } = row;
  return { id: _id, ...request, holds, gen, until, createdAt };
}
