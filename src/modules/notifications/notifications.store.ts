import { Schema } from 'mongoose';
import { after } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import type { MailContent } from './notifications.content.js';

export type MailState = 'queued' | 'sending' | 'sent' | 'dead';

/** A mail to be written into the outbox. `dedupeKey` names its cause: one cause, one mail. */
export type NewMail = MailContent & { to: string; dedupeKey: string };

/** A row that one worker holds until its lease is over. `attempts` counts this one, so it names the claim. */
export type ClaimedMail = { id: string; to: string; kind: string; data: unknown; attempts: number };

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
  /** Forgets a mail that there is no more reason to send. */
  drop(claim: Claim): Promise<void>;
};

const ERROR_LENGTH = 500;

type MailRow = {
  _id: string;
  kind: string;
  to: string;
  data: unknown;
  dedupeKey: string;
  state: MailState;
  attempts: number;
  /** When the mail is due; while it is being sent, when its claim is over and it is due again. */
  nextAttemptAt: Date;
  claimedUntil: Date | null;
  messageId: string | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

const mailSchema = new Schema<MailRow>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    to: { type: String, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    dedupeKey: { type: String, required: true },
    state: { type: String, enum: ['queued', 'sending', 'sent', 'dead'] as const, required: true },
    attempts: { type: Number, default: 0 },
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

export function createMailStore(db: Database): MailStore {
  const Mails = db.connection.model('Mail', mailSchema);
  const settle = async ({ id, attempts }: Claim, fields: Partial<MailRow>): Promise<void> => {
    await Mails.updateOne(
      { _id: id, state: 'sending', attempts },
      { $set: { ...fields, claimedUntil: null } },
    );
  };

  return {
    async add({ id, kind, data, to, dedupeKey, at }, session) {
      const row = {
        _id: id,
        kind,
        data,
        to,
        state: 'queued',
        attempts: 0,
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
      return { id: row._id, to: row.to, kind: row.kind, data: row.data, attempts: row.attempts };
    },

    markSent: (claim, { messageId, at }) =>
      settle(claim, { state: 'sent', messageId, sentAt: at, lastError: null }),

    putBack: (claim, { error, nextAttemptAt }) =>
      settle(claim, { state: 'queued', nextAttemptAt, lastError: error.slice(0, ERROR_LENGTH) }),

    async drop({ id, attempts }) {
      await Mails.deleteOne({ _id: id, state: 'sending', attempts });
    },

    markDead: (claim, { error }) => settle(claim, { state: 'dead', lastError: error.slice(0, ERROR_LENGTH) }),
  };
}
