import { Schema, type QueryFilter } from 'mongoose';
import { after, type Clock } from '../../platform/clock.js';
import { countRows, duplicateKey, type Database } from '../../platform/db.js';
import { indexWords, prefixFilter } from '../../platform/search.js';
import { keptOfFailure } from '../../platform/text.js';
import { createTotals } from '../../platform/totals.js';

/** `received`: waits to be worked off; `failing`: could not be, and is tried again; `done`: worked off. */
export type EventState = 'received' | 'failing' | 'done';

/** An event of Razorpay's, as it came, and what became of it. */
export type StoredEvent = {
  id: string;
  event: string;
  /** The body as it came, so that an event can be worked off again. */
  body: string;
  receivedAt: Date;
  state: EventState;
  verdict: string | null;
  /** The order that it turned out to be about. */
  orderId: string | null;
  attempts: number;
  /** When it is worked off next, or when its worker's lease is over; null once it is done. */
  dueAt: Date | null;
  lastError: string | null;
};

export type EventQuery = {
  state?: EventState;
  event?: string;
  orderId?: string;
  /** From this moment on, and before that one. */
  from?: Date;
  to?: Date;
  /** Words, each the beginning of a word of Razorpay's ids of the payment, order or refund. */
  text?: string;
  skip: number;
  limit: number;
};

type EventRow = Omit<StoredEvent, 'id'> & { _id: string; words: string[] };

const eventSchema = new Schema<EventRow>(
  {
    _id: { type: String, required: true },
    event: { type: String, required: true },
    body: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    state: { type: String, required: true },
    verdict: { type: String, default: null },
    orderId: { type: String, default: null },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, default: null },
    lastError: { type: String, default: null },
    words: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'webhookevents' },
);
eventSchema.index({ dueAt: 1 });
eventSchema.index({ receivedAt: -1, _id: -1 });
eventSchema.index({ state: 1, receivedAt: -1, _id: -1 });
eventSchema.index({ event: 1, receivedAt: -1, _id: -1 });
eventSchema.index({ orderId: 1, receivedAt: -1, _id: -1 });
eventSchema.index({ words: 1, receivedAt: -1 });

/** Razorpay's events in MongoDB. */
export type EventStore = ReturnType<typeof createEventStore>;

export function createEventStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Events = deps.db.connection.model('WebhookEvent', eventSchema);
  const totals = createTotals();

  return {
    /** Stores an event, due at once; changes nothing where it is stored. `about`: the ids that it is found by. */
    async insert(event: Pick<StoredEvent, 'id' | 'event' | 'body'>, about: readonly string[]): Promise<void> {
      const now = clock.now();
      const { id, ...rest } = event;
      const row: EventRow = {
        ...rest,
        _id: id,
        receivedAt: now,
        state: 'received',
        verdict: null,
        orderId: null,
        attempts: 0,
        dueAt: now,
        lastError: null,
        words: indexWords(...about),
      };
      try {
        await Events.insertMany([row]);
      } catch (error) {
        // The same event again: it is stored, and that is all that was asked.
        if (duplicateKey(error) === undefined) throw error;
      }
    },

    /** The next event that is due; it is another worker's after `leaseMs`. */
    async claimDue(leaseMs: number): Promise<StoredEvent | undefined> {
      const row = await Events.findOneAndUpdate(
        { dueAt: { $lte: clock.now() } },
        { $set: { dueAt: after(clock.now(), leaseMs) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toEvent(row);
    },

    /** This and the next change nothing where the event was meanwhile told to be worked off again. */
    async done(claimed: StoredEvent, outcome: { verdict: string; orderId: string | null }): Promise<void> {
      await Events.updateOne(
        { _id: claimed.id, dueAt: claimed.dueAt },
        { $set: { ...outcome, state: 'done', dueAt: null, lastError: null } },
      );
    },
    async failed(claimed: StoredEvent, failure: { error: string; dueAt: Date }): Promise<void> {
      const lastError = keptOfFailure(failure.error);
      await Events.updateOne(
        { _id: claimed.id, dueAt: claimed.dueAt },
        { $set: { state: 'failing', dueAt: failure.dueAt, lastError } },
      );
    },

    /** It is due at once, as if it had just come. Undefined where there is none. */
    async again(id: string): Promise<StoredEvent | undefined> {
      const fresh = { state: 'received', verdict: null, attempts: 0, lastError: null } as const;
      const row = await Events.findOneAndUpdate(
        { _id: id },
        { $set: { ...fresh, dueAt: clock.now() } },
        { returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toEvent(row);
    },

    /** Since when the event that is most overdue has been due; undefined where none is. */
    async dueSince(): Promise<Date | undefined> {
      const row = await Events.findOne({ dueAt: { $lte: clock.now() } }, { dueAt: 1 })
        .sort({ dueAt: 1 })
        .lean();
      return row?.dueAt ?? undefined;
    },

    async find(id: string): Promise<StoredEvent | undefined> {
      const row = await Events.findById(id).lean();
      return row === null ? undefined : toEvent(row);
    },

    /** The newest first, without their bodies. */
    async list(query: EventQuery): Promise<{ rows: Omit<StoredEvent, 'body'>[]; total: number }> {
      const filter = filterOf(query);
      const { rows, total } = await totals.page({
        filter,
        window: query,
        rows: () =>
          Events.find(filter, { body: 0, words: 0 })
            .sort({ receivedAt: -1, _id: -1 })
            .skip(query.skip)
            .limit(query.limit)
            .lean(),
        count: (atMost) => countRows(Events, filter, atMost),
      });
      return { rows: rows.map(({ _id, ...row }) => ({ ...row, id: _id })), total };
    },
  };
}

function filterOf({ state, event, orderId, from, to, text }: EventQuery): QueryFilter<EventRow> {
  const filter: QueryFilter<EventRow> = {
    ...(state !== undefined && { state }),
    ...(event !== undefined && { event }),
    ...(orderId !== undefined && { orderId }),
    ...((from ?? to) !== undefined && {
      receivedAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) },
    }),
  };
  const search = text === undefined ? undefined : prefixFilter(text);
  return search === undefined ? filter : { ...filter, ...search };
}

function toEvent(row: EventRow): StoredEvent {
  const { _id: id, event, body, receivedAt, state, verdict, orderId, attempts, dueAt, lastError } = row;
  return { id, event, body, receivedAt, state, verdict, orderId, attempts, dueAt, lastError };
}
