import { Schema } from 'mongoose';
import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import { createIntentStore, type Intent } from './intents.store.js';
import type { PaymentFacts, PaymentState } from './payments.rules.js';
import { createRefundStore } from './refunds.store.js';

/** What is known of one payment at Razorpay. */
export type Payment = PaymentFacts & {
  id: string;
  orderId: string;
  intentId: string;
  gatewayPaymentId: string;
  createdAt: Date;
};

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

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

/** Payment intents, payments and refunds in MongoDB. */
export type PaymentStore = ReturnType<typeof createPaymentStore>;

export function createPaymentStore(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  return {
    intents: createIntentStore(deps),
    payments: createPaymentRows(deps),
    refunds: createRefundStore(deps),
  };
}

function createPaymentRows(deps: { db: Database; clock: Pick<Clock, 'now'> }) {
  const { clock } = deps;
  const Payments = deps.db.connection.model('Payment', paymentSchema);

  return {
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
    /** Puts it behind the others that are in its state. */
    async lookedAt(id: string): Promise<void> {
      await Payments.updateOne({ _id: id }, { $set: { updatedAt: clock.now() } });
    },

    async inStateSince(status: PaymentState, before: Date, limit: number): Promise<Payment[]> {
      const rows = await Payments.find({ status, updatedAt: { $lt: before } })
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean();
      return rows.map(toPayment);
    },
  };
}

function toPayment(row: PaymentRow): Payment {
  const { _id, ...rest } = row;
  return { ...rest, id: _id };
}
