import { Schema } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';

/** A payment that a customer has started: an order of ours at Razorpay for a part or all of what is due. */
export type Intent = {
  id: string;
  orderId: string;
  userId: string;
  amount: number;
  currency: string;
  /** Absent until Razorpay has answered. */
  gatewayOrderId: string | null;
  createdAt: Date;
};

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

type IntentRow = Omit<Intent, 'id'> & {
  _id: string;
  /** One open intent per order and amount: a second click answers with the first one's. */
  open?: boolean;
  /** Who is asking Razorpay for it, until then. */
  creatingUntil: Date | null;
  /** When Razorpay is asked for its payments next, in case a webhook was lost. */
  lookupAt: Date | null;
};

const intentSchema = new Schema<IntentRow>(
  {
    _id: text,
    orderId: text,
    userId: text,
    amount: count,
    currency: text,
    gatewayOrderId: { type: String, default: null },
    open: { type: Boolean },
    creatingUntil: { type: Date, default: null },
    lookupAt: { type: Date, default: null },
    createdAt: date,
  },
  { strict: 'throw', versionKey: false, collection: 'paymentintents' },
);
intentSchema.index({ orderId: 1, amount: 1 }, { unique: true, partialFilterExpression: { open: true } });
// "Every text" as a range: an index that is limited by `$type` does not serve a search for one text.
intentSchema.index(
  { gatewayOrderId: 1 },
  { unique: true, partialFilterExpression: { gatewayOrderId: { $gt: '' } } },
);
intentSchema.index({ lookupAt: 1 });

/** Payment intents in MongoDB. */
export function createIntentStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Intents = deps.db.connection.model('PaymentIntent', intentSchema);

  return {
    /** Throws a duplicate key error where the order has an open one of that amount. */
    async insert(intent: Pick<Intent, 'orderId' | 'userId' | 'amount' | 'currency'>): Promise<Intent> {
      const row: IntentRow = {
        ...intent,
        _id: newId(),
        gatewayOrderId: null,
        open: true,
        creatingUntil: null,
        lookupAt: null,
        createdAt: clock.now(),
      };
      await Intents.insertMany([row]);
      return toIntent(row);
    },
    /** Forgets an intent for which nobody has asked Razorpay; false where somebody has. */
    async takeBack(id: string): Promise<boolean> {
      const unasked = { _id: id, gatewayOrderId: null, creatingUntil: null };
      return (await Intents.deleteOne(unasked)).deletedCount > 0;
    },
    async findOpen(orderId: string, amount: number): Promise<Intent | undefined> {
      return toIntentOrNone(await Intents.findOne({ orderId, amount, open: true }).lean());
    },
    async byGatewayOrder(gatewayOrderId: string): Promise<Intent | undefined> {
      return toIntentOrNone(await Intents.findOne({ gatewayOrderId }).lean());
    },
    /** One caller at a time asks Razorpay for an intent's order. False where another one is at it. */
    async claimCreation(id: string, until: Date): Promise<boolean> {
      const now = clock.now();
      const free = { $or: [{ creatingUntil: null }, { creatingUntil: { $lt: now } }] };
      const result = await Intents.updateOne(
        { _id: id, gatewayOrderId: null, ...free },
        { $set: { creatingUntil: until } },
      );
      return result.modifiedCount === 1;
    },
    /** Whoever asks next may try at once. */
    async leaveCreation(id: string): Promise<void> {
      await Intents.updateOne({ _id: id, gatewayOrderId: null }, { $set: { creatingUntil: null } });
    },
    /** The first order at Razorpay counts: answers its id, whoever asked for it. */
    async created(id: string, gatewayOrderId: string, lookupAt: Date): Promise<string> {
      await Intents.updateOne(
        { _id: id, gatewayOrderId: null },
        { $set: { gatewayOrderId, lookupAt, creatingUntil: null } },
      );
      return (await Intents.findById(id, { gatewayOrderId: 1 }).lean())?.gatewayOrderId ?? gatewayOrderId;
    },
    /** How many payments of an order are started and not paid. */
    countOpen: (orderId: string): Promise<number> => Intents.countDocuments({ orderId, open: true }).exec(),
    /** Its payment has come: a further payment of the same amount is a new intent. */
    async close(id: string, session: Session): Promise<void> {
      await Intents.updateOne({ _id: id, open: true }, { $unset: { open: 1 } }, { session });
    },
    /** Intents whose payments are to be looked up now; each is put off first, so that two workers do not both ask. */
    async claimLookups(
      limit: number,
      putOff: (intent: { createdAt: Date; isPaid: boolean }) => Date | null,
    ): Promise<Intent[]> {
      const due = await Intents.find({ lookupAt: { $lte: clock.now() } })
        .sort({ lookupAt: 1 })
        .limit(limit)
        .lean();
      const claimed: Intent[] = [];
      for (const row of due) {
        const next = putOff({ createdAt: row.createdAt, isPaid: row.open !== true });
        const result = await Intents.updateOne(
          { _id: row._id, lookupAt: row.lookupAt },
          { $set: { lookupAt: next } },
        );
        if (result.modifiedCount === 1) claimed.push(toIntent(row));
      }
      return claimed;
    },
  };
}

function toIntent(row: Omit<IntentRow, 'open'>): Intent {
  const { _id, orderId, userId, amount, currency, gatewayOrderId, createdAt } = row;
  return { id: _id, orderId, userId, amount, currency, gatewayOrderId, createdAt };
}

function toIntentOrNone(row: IntentRow | null): Intent | undefined {
  return row === null ? undefined : toIntent(row);
}
