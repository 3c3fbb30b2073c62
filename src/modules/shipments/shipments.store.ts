import { Schema, type QueryFilter } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import { countRows, type Database, type Session } from '../../platform/db.js';
import { indexWords, prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import type { Asked } from '../../platform/idempotency.js';
import { normalizedTracking, verdictOf, type Checkpoint, type ShipmentStatus } from './shipments.rules.js';

export type ShipmentLine = { productId: string; sku: string; name: string; quantity: number };

/** What was sent of an order in one parcel, and where that was. `version` grows with every write. */
export type Shipment = {
  id: string;
  orderId: string;
  orderNumber: string;
  /** Whose order it is. */
  userId: string;
  carrier: string;
  /** In capitals. */
  trackingNumber: string;
  lines: ShipmentLine[];
  note: string | null;
  status: ShipmentStatus;
  deliveredAt: Date | null;
  /** In the order in which they came. */
  checkpoints: Checkpoint[];
  createdAt: Date;
  updatedAt: Date;
  version: number;
};

export type NewShipment = Omit<
  Shipment,
  'status' | 'deliveredAt' | 'checkpoints' | 'createdAt' | 'updatedAt' | 'version'
>;

export type ShipmentSort = 'newest' | 'oldest';

export type ShipmentQuery = {
  userId?: string;
  orderId?: string;
  trackingNumber?: string;
  status?: ShipmentStatus;
  carrier?: string;
  /** Words, each the beginning of a word of the tracking number or the order's number. */
  text?: string;
  sort: ShipmentSort;
  skip: number;
  limit: number;
};

type ShipmentRow = Omit<Shipment, 'id'> & { _id: string; asked: Asked; words: string[] };

const text = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;

const shipmentSchema = new Schema<ShipmentRow>(
  {
    _id: text,
    orderId: text,
    orderNumber: text,
    userId: text,
    carrier: text,
    trackingNumber: text,
    lines: [
      { _id: false, productId: text, sku: text, name: text, quantity: { type: Number, required: true } },
    ],
    note: { type: String, default: null },
    status: text,
    deliveredAt: { type: Date, default: null },
    checkpoints: [
      {
        _id: false,
        id: text,
        status: text,
        at: date,
        place: { type: String, default: null },
        note: { type: String, default: null },
        recordedAt: date,
      },
    ],
    createdAt: date,
    updatedAt: date,
    version: { type: Number, required: true },
    asked: { by: text, key: text, fingerprint: text },
    words: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'shipments' },
);
shipmentSchema.index({ trackingNumber: 1 }, { unique: true });
shipmentSchema.index({ 'asked.by': 1, 'asked.key': 1 }, { unique: true });
shipmentSchema.index({ orderId: 1, createdAt: -1, _id: -1 });
shipmentSchema.index({ userId: 1, createdAt: -1, _id: -1 });
shipmentSchema.index({ status: 1, createdAt: -1, _id: -1 });
shipmentSchema.index({ carrier: 1, createdAt: -1, _id: -1 });
shipmentSchema.index({ words: 1, createdAt: -1 });
shipmentSchema.index({ createdAt: -1, _id: -1 });

const SORTS: Readonly<Record<ShipmentSort, Record<string, 1 | -1>>> = {
  newest: { createdAt: -1, _id: -1 },
  oldest: { createdAt: 1, _id: 1 },
};

/** Shipments in MongoDB. */
export type ShipmentStore = ReturnType<typeof createShipmentStore>;

export function createShipmentStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const Row = deps.db.connection.model('Shipment', shipmentSchema);
  const totals = createTotals();
  const shown = { asked: 0, words: 0 } as const;

  const one = async (filter: QueryFilter<ShipmentRow>, session?: Session): Promise<Shipment | undefined> => {
    const row = await Row.findOne(filter, shown)
      .session(session ?? null)
      .lean();
    return row === null ? undefined : toShipment(row);
  };

  return {
    /** Throws a duplicate key error where the tracking number, or the asker's key, has a shipment already. */
    async insert(shipment: NewShipment, asked: Asked, session: Session): Promise<Shipment> {
      const { id, ...fields } = shipment;
      const now = deps.clock.now();
      const row: ShipmentRow = {
        ...fields,
        _id: id,
        ...verdictOf([]),
        checkpoints: [],
        createdAt: now,
        updatedAt: now,
        version: 1,
        asked,
        words: indexWords(shipment.trackingNumber, shipment.orderNumber),
      };
      // One by one: a bulk write would not say which index it violates.
      await Row.create([row], { session });
      return toShipment(row);
    },

    find: (id: string, session?: Session) => one({ _id: id }, session),
    findByTracking: (trackingNumber: string) => one({ trackingNumber: normalizedTracking(trackingNumber) }),

    /** What that key of that asker has made, and what exactly was asked for. */
    async findByKey(
      by: string,
      key: string,
    ): Promise<{ shipment: Shipment; fingerprint: string } | undefined> {
      const row = await Row.findOne({ 'asked.by': by, 'asked.key': key }, { words: 0 }).lean();
      return row === null ? undefined : { shipment: toShipment(row), fingerprint: row.asked.fingerprint };
    },

    async ofOrder(orderId: string, session: Session): Promise<Shipment[]> {
      return (await Row.find({ orderId }, shown).session(session).lean()).map(toShipment);
    },

    /**
     * Adds a checkpoint, and writes what they all say now, if nobody has changed the shipment since it was read. Checkpoints
     * are only ever added. Undefined where somebody was quicker.
     */
    async append(
      shipment: Shipment,
      checkpoint: Checkpoint,
      session: Session,
    ): Promise<Shipment | undefined> {
      const verdict = verdictOf([...shipment.checkpoints, checkpoint]);
      const row = await Row.findOneAndUpdate(
        { _id: shipment.id, version: shipment.version },
        {
          $push: { checkpoints: checkpoint },
          $set: { ...verdict, updatedAt: checkpoint.recordedAt },
          $inc: { version: 1 },
        },
        { returnDocument: 'after', projection: shown, session },
      ).lean();
      return row === null ? undefined : toShipment(row);
    },

    async list(query: ShipmentQuery): Promise<{ rows: Shipment[]; total: number }> {
      const filter = filterOf(query);
      const { rows, total } = await totals.page({
        filter,
        window: query,
        rows: () =>
          Row.find(filter, shown).sort(SORTS[query.sort]).skip(query.skip).limit(query.limit).lean(),
        count: (atMost) => countRows(Row, filter, atMost),
      });
      return { rows: rows.map(toShipment), total };
    },
  };
}

function filterOf(query: ShipmentQuery): QueryFilter<ShipmentRow> {
  const { userId, orderId, trackingNumber, status, carrier } = query;
  const filter: QueryFilter<ShipmentRow> = {
    ...(userId !== undefined && { userId }),
    ...(orderId !== undefined && { orderId }),
    ...(trackingNumber !== undefined && { trackingNumber: normalizedTracking(trackingNumber) }),
    ...(status !== undefined && { status }),
    ...(carrier !== undefined && { carrier }),
  };
  const search = query.text === undefined ? undefined : prefixFilter(query.text);
  return search === undefined ? filter : { ...filter, ...search };
}

function toShipment(row: Omit<ShipmentRow, 'asked' | 'words'>): Shipment {
  return {
    id: row._id,
    orderId: row.orderId,
    orderNumber: row.orderNumber,
    userId: row.userId,
    carrier: row.carrier,
    trackingNumber: row.trackingNumber,
    lines: row.lines,
    note: row.note,
    status: row.status,
    deliveredAt: row.deliveredAt,
    checkpoints: row.checkpoints,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
  };
}
