import { Schema } from 'mongoose';
import { after, type Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import {
  REFUND_LOOKUP_MS,
  type PaymentFacts,
  type PaymentState,
  type RefundState,
} from './payments.rules.js';

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

/** What is known of one payment at Razorpay. */
export type Payment = PaymentFacts & {
  id: string;
  orderId: string;
  intentId: string;
  gatewayPaymentId: string;
  createdAt: Date;
};

/** A refund that was decided. Its id is also its idempotency key and its receipt at Razorpay. */
export type Refund = {
  id: string;
  orderId: string;
  paymentId: string;
  gatewayPaymentId: string;
  amount: number;
  currency: string;
  reason: string;
  state: RefundState;
  gatewayRefundId: string | null;
  attempts: number;
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

type PaymentRow = Omit<Payment, 'id'> & { _id: string; updatedAt: Date };

const paymentSchema = new Schema<PaymentRow>(
  {
    _id: text,
    orderId: text,
    intentId: text,
    gatewayPaymentId: text,
    amount: count,
    currency: text,
    status: text,
    method: { type: String, default: null },
    amountRefunded: count,
    errorDescription: { type: String, default: null },
    createdAt: date,
    updatedAt: date,
  },
  { strict: 'throw', versionKey: false, collection: 'payments' },
);
paymentSchema.index({ gatewayPaymentId: 1 }, { unique: true });
paymentSchema.index({ orderId: 1, createdAt: 1 });
paymentSchema.index({ status: 1, updatedAt: 1 });

type RefundRow = Omit<Refund, 'id'> & { _id: string; dueAt: Date | null; lastError: string | null };

const refundSchema = new Schema<RefundRow>(
  {
    _id: text,
    orderId: text,
    paymentId: text,
    gatewayPaymentId: text,
    amount: count,
    currency: text,
    reason: text,
    state: text,
    gatewayRefundId: { type: String, default: null },
    attempts: count,
    dueAt: { type: Date, default: null },
    lastError: { type: String, default: null },
    createdAt: date,
  },
  { strict: 'throw', versionKey: false, collection: 'refunds' },
);
refundSchema.index({ orderId: 1 });
refundSchema.index({ dueAt: 1 });
refundSchema.index(
  { gatewayRefundId: 1 },
  { unique: true, partialFilterExpression: { gatewayRefundId: { $type: 'string' } } },
);

/** Payment intents, payments and refunds in MongoDB. */
export type PaymentStore = ReturnType<typeof createPaymentStore>;

export function createPaymentStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Intents = deps.db.connection.model('PaymentIntent', intentSchema);
  const Payments = deps.db.connection.model('Payment', paymentSchema);
  const Refunds = deps.db.connection.model('Refund', refundSchema);

  const intents = {
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
    async created(id: string, gatewayOrderId: string, lookupAt: Date): Promise<void> {
      await Intents.updateOne({ _id: id }, { $set: { gatewayOrderId, lookupAt, creatingUntil: null } });
    },
    /** Its payment has come: a further payment of the same amount is a new intent. */
    async close(id: string, session: Session): Promise<void> {
      await Intents.updateOne({ _id: id, open: true }, { $unset: { open: 1 } }, { session });
    },
    /** Intents whose payments are to be looked up now; each is put off first, so that two workers do not both ask. */
    async claimLookups(limit: number, putOff: (createdAt: Date) => Date | null): Promise<Intent[]> {
      const due = await Intents.find({ lookupAt: { $lte: clock.now() } })
        .sort({ lookupAt: 1 })
        .limit(limit)
        .lean();
      const claimed: Intent[] = [];
      for (const row of due) {
        const next = putOff(row.createdAt);
        const result = await Intents.updateOne(
          { _id: row._id, lookupAt: row.lookupAt },
          { $set: { lookupAt: next } },
        );
        if (result.modifiedCount === 1) claimed.push(toIntent(row));
      }
      return claimed;
    },
  };

  const payments = {
    async byGatewayId(gatewayPaymentId: string, session?: Session): Promise<Payment | undefined> {
      const row = await Payments.findOne({ gatewayPaymentId })
        .session(session ?? null)
        .lean();
      return row === null ? undefined : toPayment(row);
    },
    async ofOrder(orderId: string, session?: Session): Promise<Payment[]> {
      const rows = await Payments.find({ orderId })
        .sort({ createdAt: 1 })
        .session(session ?? null)
        .lean();
      return rows.map(toPayment);
    },
    /** One row per payment at Razorpay, whoever writes it. */
    async save(
      gatewayPaymentId: string,
      intent: Pick<Intent, 'id' | 'orderId'>,
      facts: PaymentFacts,
      session: Session,
    ): Promise<void> {
      const now = clock.now();
      await Payments.updateOne(
        { gatewayPaymentId },
        {
          $set: { ...facts, updatedAt: now },
          $setOnInsert: { _id: newId(), orderId: intent.orderId, intentId: intent.id, createdAt: now },
        },
        { session, upsert: true },
      );
    },
    async inStateSince(status: PaymentState, before: Date, limit: number): Promise<Payment[]> {
      const rows = await Payments.find({ status, updatedAt: { $lt: before } })
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean();
      return rows.map(toPayment);
    },
  };

  const refunds = {
    async ofOrder(orderId: string, session?: Session): Promise<Refund[]> {
      const rows = await Refunds.find({ orderId })
        .session(session ?? null)
        .lean();
      return rows.map(toRefund);
    },
    async insert(
      refund: Pick<Refund, 'orderId' | 'paymentId' | 'gatewayPaymentId' | 'amount' | 'currency' | 'reason'>,
      session: Session,
    ): Promise<void> {
      const now = clock.now();
      const row: RefundRow = {
        ...refund,
        _id: newId(),
        state: 'requested',
        gatewayRefundId: null,
        attempts: 0,
        dueAt: now,
        lastError: null,
        createdAt: now,
      };
      await Refunds.insertMany([row], { session });
    },
    async find(by: { gatewayRefundId: string; receipt: string | null }): Promise<Refund | undefined> {
      const receipt = by.receipt === null ? [] : [{ _id: by.receipt }];
      const row = await Refunds.findOne({
        $or: [{ gatewayRefundId: by.gatewayRefundId }, ...receipt],
      }).lean();
      return row === null ? undefined : toRefund(row);
    },
    /** The next refund that is due; it is another worker's until `until`. The attempt counts from here. */
    async claimDue(until: Date): Promise<Refund | undefined> {
      const row = await Refunds.findOneAndUpdate(
        { dueAt: { $lte: clock.now() } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toRefund(row);
    },
    /**
     * What Razorpay says of a refund. One that it has accepted is looked up until it is processed; one that is processed
     * or failed is over.
     */
    async record(
      id: string,
      news: { state: RefundState; gatewayRefundId: string; lastError: string | null },
      session: Session,
    ): Promise<void> {
      const dueAt = news.state === 'pending' ? after(clock.now(), REFUND_LOOKUP_MS) : null;
      await Refunds.updateOne({ _id: id }, { $set: { ...news, dueAt } }, { session });
    },
    /**
     * Says when a refund is due again (`null`: given up as failed). Changes nothing where something was heard of it since
     * it was claimed: an event can be quicker than the answer that carries the same news.
     */
    async putOff(claimed: Refund, next: { dueAt: Date | null; lastError: string | null }): Promise<void> {
      await Refunds.updateOne(
        { _id: claimed.id, state: claimed.state, attempts: claimed.attempts },
        { $set: { ...next, ...(next.dueAt === null && { state: 'failed' }) } },
      );
    },
  };

  return { intents, payments, refunds };
}

function toIntent(row: Omit<IntentRow, 'open'>): Intent {
  const { _id, orderId, userId, amount, currency, gatewayOrderId, createdAt } = row;
  return { id: _id, orderId, userId, amount, currency, gatewayOrderId, createdAt };
}

function toIntentOrNone(row: IntentRow | null): Intent | undefined {
  return row === null ? undefined : toIntent(row);
}

function toPayment(row: PaymentRow): Payment {
  const { _id, ...rest } = row;
  return { ...rest, id: _id };
}

function toRefund(row: RefundRow): Refund {
  const { _id, ...rest } = row;
  return { ...rest, id: _id };
}
