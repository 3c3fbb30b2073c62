import type { QueryFilter } from 'mongoose';
import { countRows, type Database } from '../../platform/db.js';
import type { PageWindow } from '../../platform/page.js';
import { prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import { mailSchema, type MailRow, type MailState } from './notifications.store.js';

/** A mail as admins see it. `data` is what its template is given. */
export type Mail = Pick<
  MailRow,
  'kind' | 'to' | 'data' | 'state' | 'attempts' | 'nextAttemptAt' | 'lastError' | 'createdAt' | 'sentAt'
> & { id: string };

export type MailQuery = {
  /** Words, each the beginning of a word of the recipient's address. */
  text?: string | undefined;
  state?: MailState | undefined;
  /** Only what waits for a further attempt after one that failed. */
  retrying?: boolean | undefined;
  kind?: string | undefined;
  /** From this moment on, and before that one. */
  from?: Date | undefined;
  to?: Date | undefined;
  sort: 'newest' | 'oldest';
};

const SHOWN = {
  kind: 1,
  to: 1,
  data: 1,
  state: 1,
  attempts: 1,
  nextAttemptAt: 1,
  lastError: 1,
  createdAt: 1,
  sentAt: 1,
} as const;

/** The outbox as admins look at it. */
export type MailDesk = ReturnType<typeof createMailDesk>;

export function createMailDesk(db: Database) {
  const Mails = db.connection.model('Mail', mailSchema);
  const totals = createTotals();

  return {
    async list(
      query: MailQuery,
      { skip, limit }: Pick<PageWindow, 'skip' | 'limit'>,
    ): Promise<{ rows: Mail[]; total: number }> {
      const filter = filterOf(query);
      const down = query.sort === 'newest' ? -1 : 1;
      const { rows, total } = await totals.page({
        filter,
        window: { skip, limit },
        rows: () =>
          Mails.find(filter, SHOWN).sort({ createdAt: down, _id: down }).skip(skip).limit(limit).lean(),
        count: (atMost) => countRows(Mails, filter, atMost),
      });
      return { rows: rows.map(toMail), total };
    },

    async find(id: string): Promise<Mail | undefined> {
      const row = await Mails.findById(id, SHOWN).lean();
      return row === null ? undefined : toMail(row);
    },

    /**
     * Makes the mail due now, with all its attempts before it. Undefined where it is not any more as it was seen: somebody
     * was quicker.
     */
    async requeue(seen: Pick<Mail, 'id' | 'state' | 'attempts'>, at: Date): Promise<Mail | undefined> {
      const row = await Mails.findOneAndUpdate(
        { _id: seen.id, state: seen.state, attempts: seen.attempts, lastError: { $ne: null } },
        { $set: { state: 'queued', nextAttemptAt: at, spent: seen.attempts, lastError: null } },
        { returnDocument: 'after', projection: SHOWN },
      ).lean();
      return row === null ? undefined : toMail(row);
    },

    /** Since when the mail that is most overdue has been due; undefined where none is due. */
    async dueSince(now: Date): Promise<Date | undefined> {
      const row = await Mails.findOne(
        { state: { $in: ['queued', 'sending'] }, nextAttemptAt: { $lte: now } },
        { nextAttemptAt: 1 },
      )
        .sort({ nextAttemptAt: 1 })
        .lean();
      return row?.nextAttemptAt;
    },
    deadCount: () => Mails.countDocuments({ state: 'dead' }),
  };
}

const RETRYING: QueryFilter<MailRow>[] = [{ state: 'queued' }, { lastError: { $ne: null } }];

function filterOf({ text, state, retrying, kind, from, to }: MailQuery): QueryFilter<MailRow> {
  const search = text === undefined ? undefined : prefixFilter(text);
  const words = search !== undefined && '$and' in search ? search.$and : [];
  return {
    ...(state !== undefined && { state }),
    ...(kind !== undefined && { kind }),
    ...((from ?? to) !== undefined && {
      createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) },
    }),
    ...search,
    // Beside a state and words that are asked for, not in their place.
    ...(retrying === true && { $and: [...RETRYING, ...words] }),
  };
}

function toMail(row: Omit<Mail, 'id'> & { _id: string }): Mail {
  const { _id: id, kind, to, data, state, attempts, nextAttemptAt, lastError, createdAt, sentAt } = row;
  return { id, kind, to, data, state, attempts, nextAttemptAt, lastError, createdAt, sentAt };
}
