import { Schema } from 'mongoose';
import type { Database, Session } from '../../platform/db.js';
import type { BalanceState } from './reconciliation.rules.js';

/** What a finding is about. */
export type About = 'product' | 'order';

/** A product or an order in which something is to be explained, as it was when it was last looked at. */
export type FindingRow = {
  about: About;
  subjectId: string;
  /** What people call it: the id of the product, the number of the order. */
  subject: string;
  state: Exclude<BalanceState, 'balanced'>;
  message: string;
};

/** A walk over everything, and what it found. `units` are those that the walk went by in holds. */
export type Check = {
  startedAt: Date;
  examined: number;
  inFlight: number;
  needsAction: number;
  unexplained: number;
  heldByCarts: number;
  heldByOrders: number;
};

type StoredFinding = FindingRow & {
  _id: string;
  /** The worst first: 3 for what is unexplained, 1 for what is on its way. */
  rank: number;
  seenAt: Date;
  /** When the shop was told of it; null until then. */
  toldAt: Date | null;
};

const findingSchema = new Schema<StoredFinding>(
  {
    _id: { type: String, required: true },
    about: { type: String, required: true },
    subjectId: { type: String, required: true },
    subject: { type: String, required: true },
    state: { type: String, required: true },
    message: { type: String, required: true },
    rank: { type: Number, required: true },
    seenAt: { type: Date, required: true },
    toldAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'findings' },
);
findingSchema.index({ about: 1, rank: -1, seenAt: 1 });
findingSchema.index({ rank: 1, toldAt: 1 });

const checkSchema = new Schema<Check & { _id: string }>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    examined: { type: Number, required: true },
    inFlight: { type: Number, required: true },
    needsAction: { type: Number, required: true },
    unexplained: { type: Number, required: true },
    heldByCarts: { type: Number, required: true },
    heldByOrders: { type: Number, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'checks' },
);

const RANKS: Readonly<Record<FindingRow['state'], number>> = {
  in_flight: 1,
  needs_action: 2,
  unexplained: 3,
};
const MOST_TOLD = 1_000;
const MOST_LISTED = 10_000;

/** What the last walks found. The rows are a memory of theirs: the truth is looked at anew whenever it is shown. */
export type FindingStore = ReturnType<typeof createFindingStore>;

export function createFindingStore(db: Database) {
  const Finding = db.connection.model('Finding', findingSchema);
  const Checks = db.connection.model('Check', checkSchema);
  const idOf = ({ about, subjectId }: Pick<FindingRow, 'about' | 'subjectId'>): string =>
    `${about}:${subjectId}`;

  return {
    async save(finding: FindingRow, at: Date): Promise<void> {
      await Finding.updateOne(
        { _id: idOf(finding) },
        { $set: { ...finding, rank: RANKS[finding.state], seenAt: at } },
        { upsert: true },
      );
    },
    async remove(about: About, subjectId: string): Promise<void> {
      await Finding.deleteOne({ _id: idOf({ about, subjectId }) });
    },
    /** Forgets what was last seen before a walk that has seen everything. */
    async forgetBefore(about: About, at: Date): Promise<void> {
      await Finding.deleteMany({ about, seenAt: { $lt: at } });
    },

    /** The ids of what is worst, or of what is in that state; those looked at longest ago first. */
    async worst(about: About, limit: number, state?: FindingRow['state']): Promise<string[]> {
      const rank = state === undefined ? {} : { rank: RANKS[state] };
      const rows = await Finding.find({ about, ...rank }, { subjectId: 1 })
        .sort({ rank: -1, seenAt: 1 })
        .limit(limit)
        .lean();
      return rows.map(({ subjectId }) => subjectId);
    },

    /** All that is in that state, those looked at longest ago first. */
    async inState(about: About, state: FindingRow['state']): Promise<FindingRow[]> {
      return Finding.find({ about, rank: RANKS[state] }).sort({ seenAt: 1 }).limit(MOST_LISTED).lean();
    },

    async count(about: About, state: FindingRow['state']): Promise<number> {
      return Finding.countDocuments({ about, rank: RANKS[state] });
    },

    /** What is unexplained and the shop has not been told of. */
    async untold(): Promise<FindingRow[]> {
      return Finding.find({ rank: RANKS.unexplained, toldAt: null }).limit(MOST_TOLD).lean();
    },
    /** Answers how many of them nobody had told of before. */
    async tell(findings: readonly FindingRow[], at: Date, session: Session): Promise<number> {
      const result = await Finding.updateMany(
        { _id: { $in: findings.map(idOf) }, toldAt: null },
        { $set: { toldAt: at } },
        { session },
      );
      return result.modifiedCount;
    },

    async saveCheck(about: About, check: Check): Promise<void> {
      await Checks.updateOne({ _id: about }, { $set: check }, { upsert: true });
    },
    /** The last walk; undefined before the first one. */
    async check(about: About): Promise<Check | undefined> {
      const row = await Checks.findById(about).lean();
      if (row === null) return undefined;
      const { startedAt, examined, inFlight, needsAction, unexplained, heldByCarts, heldByOrders } = row;
      return { startedAt, examined, inFlight, needsAction, unexplained, heldByCarts, heldByOrders };
    },
  };
}
