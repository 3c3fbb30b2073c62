import { Schema } from 'mongoose';
import { countRows, type Database, type Session } from '../../platform/db.js';
import type { PageWindow } from '../../platform/page.js';
import { createTotals } from '../../platform/totals.js';

/** Which number was repaired: what is available in Redis, or on hand in MongoDB. */
export type RepairedNumber = 'available' | 'on_hand';

/** Who repaired: the job, or an admin. */
export type RepairActor = { kind: 'system' | 'admin'; id: string | null };

/** The trace of a repair. */
export type StockRepair = {
  id: string;
  productId: string;
  number: RepairedNumber;
  before: number;
  after: number;
  actor: RepairActor;
  at: Date;
};

type RepairRow = Omit<StockRepair, 'id'> & {
  _id: string;
  /** When the shop was told; absent until then. */
  toldAt?: Date;
};

const repairSchema = new Schema<RepairRow>(
  {
    _id: { type: String, required: true },
    productId: { type: String, required: true },
    number: { type: String, required: true, enum: ['available', 'on_hand'] },
    before: { type: Number, required: true },
    after: { type: Number, required: true },
    actor: { kind: { type: String, required: true }, id: { type: String, default: null } },
    at: { type: Date, required: true },
    toldAt: { type: Date },
  },
  { strict: 'throw', versionKey: false, collection: 'stockrepairs' },
);
repairSchema.index({ at: -1, _id: -1 });
repairSchema.index({ productId: 1, at: -1, _id: -1 });
repairSchema.index({ toldAt: 1 });

const MOST_TOLD = 1_000;

/** The traces of repairs. They are never changed, but for the note that the shop was told. */
export type RepairStore = ReturnType<typeof createRepairStore>;

export function createRepairStore(db: Database) {
  const Row = db.connection.model('StockRepair', repairSchema);
  const totals = createTotals();

  return {
    async insert({ id, ...repair }: StockRepair, session?: Session): Promise<void> {
      // An admin who repairs knows of it.
      const toldAt = repair.actor.kind === 'admin' ? { toldAt: repair.at } : {};
      await Row.insertMany([{ ...repair, ...toldAt, _id: id }], { session: session ?? null });
    },
    /** Of a repair that was not made after all. */
    async remove(id: string): Promise<void> {
      await Row.deleteOne({ _id: id });
    },

    /** The newest first. */
    async list(
      { productId }: { productId?: string | undefined },
      { skip, limit }: Pick<PageWindow, 'skip' | 'limit'>,
    ): Promise<{ rows: StockRepair[]; total: number }> {
      const filter = productId === undefined ? {} : { productId };
      const { rows, total } = await totals.page({
        filter,
        window: { skip, limit },
        rows: () => Row.find(filter).sort({ at: -1, _id: -1 }).skip(skip).limit(limit).lean(),
        count: (atMost) => countRows(Row, filter, atMost),
      });
      return { rows: rows.map(toRepair), total };
    },

    /** Repairs that the shop has not been told of. */
    async untold(): Promise<StockRepair[]> {
      return (await Row.find({ toldAt: null }).limit(MOST_TOLD).lean()).map(toRepair);
    },
    /** Answers how many of them nobody had told of before. */
    async tell(ids: readonly string[], at: Date, session: Session): Promise<number> {
      const result = await Row.updateMany(
        { _id: { $in: [...ids] }, toldAt: null },
        { $set: { toldAt: at } },
        { session },
      );
      return result.modifiedCount;
    },
  };
}

function toRepair({ _id, productId, number, before, after, actor, at }: RepairRow): StockRepair {
  return { id: _id, productId, number, before, after, actor: { kind: actor.kind, id: actor.id }, at };
}
