import { Schema } from 'mongoose';
import { after } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { indexWords } from '../../platform/search.js';
import { keptOfFailure } from '../../platform/text.js';
import type { MailContent } from './notifications.content.js';

export type MailState = 'queued' | 'sending' | 'sent' | 'dead';

/** A mail to be written into the outbox. `dedupeKey` names its cause: one cause, one mail. */
export type NewMail = MailContent & { to: string; dedupeKey: string };

/**
 * A row that one worker holds until its lease is over. `attempts` counts this one, so it names the claim; `spent` of them
 * were made before an admin had the mail tried again.
 */
export type ClaimedMail = {
  id: string;
  to: string;
  kind: string;
  data: unknown;
  attempts: number;
  spent: number;
};

export type Claim = Pick<ClaimedMail, 'id' | 'attempts'>;

export type MailStore = {
  /** Writes a mail, due at once. Changes nothing where its cause has one already. */
  add(mail: NewMail & { id: string; at: Date }, session: Session): Promise<void>;
  /** Takes the mail that has been due for longest, for `leaseMs`; undefined where none is due. */
  claimDue(at: Date, leaseMs: number): Promise<ClaimedMail | undefined>;
  /** These four change nothing where the claim is over and another worker has taken the mail. */
  markSent(claim: Claim, sent: { messageId: string; at: Date }): Promise<void>;
  putBack(claim: Claim, failed: { error: string; nextAttemptAt: Date }): Promise<void>;
  markDead(claim: Claim, failed: { error: string }): Promise<void>;
  /** Forgets a mail that there is no reason to send (any more). One that an admin had tried again stays, as dead. */
  drop(claim: Claim & Pick<ClaimedMail, 'spent'>): Promise<void>;
};

/** A mail as it is stored. */
export type MailRow = {
  _id: string;
  kind: string;
  to: string;
  data: unknown;
  dedupeKey: string;
  state: MailState;
  attempts: number;
  /** How many of them were made before an admin had it tried again. */
  spent: number;
  /** What a search finds it by. */
  words: string[];
  /** When the mail is due; while it is being sent, when its claim is over and it is due again. */
  nextAttemptAt: Date;
  claimedUntil: Date | null;
  messageId: string | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

/** The one schema of mails: what sends them and what shows them share it. */
export const mailSchema = new Schema<MailRow>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    to: { type: String, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    dedupeKey: { type: String, required: true },
    state: { type: String, enum: ['queued', 'sending', 'sent', 'dead'] as const, required: true },
    attempts: { type: Number, default: 0 },
    spent: { type: Number, default: 0 },
    words: { type: [String], default: [] },
    nextAttemptAt: { type: Date, required: true },
    claimedUntil: { type: Date, default: null },
    messageId: { type: String, default: null },
    lastError: { type: String, default: null },
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'mails' },
);
mailSchema.index({ dedupeKey: 1 }, { unique: true });
mailSchema.index({ state: 1, nextAttemptAt: 1 });
mailSchema.index({ createdAt: -1, _id: -1 });
mailSchema.index({ state: 1, createdAt: -1, _id: -1 });
mailSchema.index({ kind: 1, createdAt: -1, _id: -1 });
mailSchema.index({ words: 1, createdAt: -1 });

/** A mail that is given up. */
export type DeadMail = { id: string; kind: string; to: string; error: string };

/** `onDead` hears of a mail that is given up, in the same transaction. */
export function createMailStore(
  db: Database,
  onDead: (mail: DeadMail, session: Session) => Promise<void> = () => Promise.resolve(),
): MailStore {
  const Mails = db.connection.model('Mail', mailSchema);
  const settle = async (
    { id, attempts }: Claim,
    fields: Partial<MailRow>,
    session?: Session,
  ): Promise<MailRow | null> =>
    Mails.findOneAndUpdate(
      { _id: id, state: 'sending', attempts },
      { $set: { ...fields, claimedUntil: null } },
      { session: session ?? null, returnDocument: 'after' },
    ).lean();

  return {
    async add({ id, kind, data, to, dedupeKey, at }, session) {
      const row = {
        _id: id,
        kind,
        data,
        to,
        state: 'queued',
        attempts: 0,
        spent: 0,
        words: indexWords(to),
        nextAttemptAt: at,
        createdAt: at,
      } as const;
      await Mails.updateOne({ dedupeKey }, { $setOnInsert: row }, { upsert: true, session });
    },

    async claimDue(at, leaseMs) {
      const until = after(at, leaseMs);
      const row = await Mails.findOneAndUpdate(
        { state: { $in: ['queued', 'sending'] }, nextAttemptAt: { $lte: at } },
        { $set: { state: 'sending', claimedUntil: until, nextAttemptAt: until }, $inc: { attempts: 1 } },
        { sort: { nextAttemptAt: 1 }, returnDocument: 'after' },
      ).lean();
      if (row === null) return undefined;
      const { _id: id, to, kind, data, attempts, spent } = row;
      return { id, to, kind, data, attempts, spent };
    },

    async markSent(claim, { messageId, at }) {
      await settle(claim, { state: 'sent', messageId, sentAt: at, lastError: null });
    },

    async putBack(claim, { error, nextAttemptAt }) {
      await settle(claim, { state: 'queued', nextAttemptAt, lastError: keptOfFailure(error) });
    },

    async markDead(claim, failed) {
      const error = keptOfFailure(failed.error);
      await db.transaction(async (session) => {
        const row = await settle(claim, { state: 'dead', lastError: error }, session);
        if (row !== null) await onDead({ id: row._id, kind: row.kind, to: row.to, error }, session);
      });
    },

    async drop({ spent, ...claim }) {
      const { id, attempts } = claim;
      if (spent > 0) await settle(claim, { state: 'dead', lastError: 'Its link opens nothing any more.' });
      else await Mails.deleteOne({ _id: id, state: 'sending', attempts });
    },
  };
}
