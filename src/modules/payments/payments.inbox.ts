import { Schema } from 'mongoose';
import { z } from 'zod';
import { after, type Clock } from '../../platform/clock.js';
import { duplicateKey, type Database } from '../../platform/db.js';
import { AppError, messageOf } from '../../platform/errors.js';
import { sha256 } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import { createTurns } from '../../platform/turns.js';
import type { Settlement } from '../orders/orders.settlement.js';
import type { Learned, MoneyBook } from './payments.money.js';
import { backoffMs } from './payments.rules.js';
import { isSignedBy } from './payments.signatures.js';
import { parsePayment, parseRefund, type GatewayPayment, type GatewayRefund } from './razorpay.js';

type EventRow = {
  _id: string;
  event: string;
  /** The body as it came, so that an event can be worked off again. */
  body: string;
  receivedAt: Date;
  state: 'received' | 'done';
  verdict: string | null;
  attempts: number;
  /** When it is worked off next; absent once it is done. */
  dueAt: Date | null;
  lastError: string | null;
};

const eventSchema = new Schema<EventRow>(
  {
    _id: { type: String, required: true },
    event: { type: String, required: true },
    body: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    state: { type: String, required: true },
    verdict: { type: String, default: null },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, default: null },
    lastError: { type: String, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'webhookevents' },
);
eventSchema.index({ dueAt: 1 });
eventSchema.index({ receivedAt: -1 });

const envelope = z.object({
  event: z.string(),
  payload: z
    .object({
      payment: z.object({ entity: z.unknown() }).optional(),
      refund: z.object({ entity: z.unknown() }).optional(),
    })
    .optional(),
});

/** Longer than working off one event takes. */
const LEASE_MS = 30_000;
const LONGEST_ID = 200;
/** More would mostly wait for each other's transactions where many buy the same product. */
const AT_ONCE = 4;

export type WebhookDelivery = { rawBody: Buffer; signature: string | undefined; eventId: string | undefined };

/**
 * Razorpay's events. They are stored once, answered at once, and worked off after the answer; what a crash leaves is
 * worked off by the sweep. There is no time in the signature, so the stored id is what keeps an old event from acting
 * twice: rows are kept.
 */
export type WebhookInbox = ReturnType<typeof createWebhookInbox>;

export function createWebhookInbox(deps: {
  db: Database;
  clock: Pick<Clock, 'now'>;
  money: MoneyBook;
  settlement: Pick<Settlement, 'settle'>;
  /** The current secret and, for a day after a change, the previous one. */
  secrets: readonly string[];
}) {
  const { clock, money } = deps;
  // What arrives of one order at the same time would only make each other's transactions begin anew.
  const inTurn = createTurns();
  const Events = deps.db.connection.model('WebhookEvent', eventSchema);

  const claim = async (): Promise<EventRow | null> =>
    Events.findOneAndUpdate(
      { dueAt: { $lte: clock.now() } },
      { $set: { dueAt: after(clock.now(), LEASE_MS) }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    ).lean();

  const act = async (row: EventRow): Promise<string> => {
    const parsed = envelope.safeParse(JSON.parse(row.body)).data;
    const payment = parsePayment(parsed?.payload?.payment?.entity);
    const refund = parseRefund(parsed?.payload?.refund?.entity);
    const subject = payment?.gatewayOrderId ?? refund?.gatewayPaymentId ?? row._id;
    return inTurn(subject, () => apply(payment, refund));
  };

  const apply = async (
    payment: GatewayPayment | undefined,
    refund: GatewayRefund | undefined,
  ): Promise<string> => {
    const learned: Learned[] = [];
    if (refund !== undefined) learned.push(await money.learnRefund(refund));
    if (payment !== undefined) learned.push(await money.learnPayment(payment));
    if (learned.length === 0) return 'nothing for us';
    for (const news of learned) if (news.kind !== 'unknown') await deps.settlement.settle(news.orderId);
    return learned.map((news) => (news.kind === 'unknown' ? 'no order of ours' : news.kind)).join(', ');
  };

  const workOff = async (row: EventRow, report: JobReport): Promise<void> => {
    report.examined += 1;
    try {
      const verdict = await act(row);
      await Events.updateOne(
        { _id: row._id },
        { $set: { state: 'done', verdict, dueAt: null, lastError: null } },
      );
      report.changed += 1;
    } catch (error) {
      const lastError = messageOf(error);
      report.failures.push({ subject: `event ${row._id}`, message: lastError });
      const dueAt = after(clock.now(), backoffMs(row.attempts));
      await Events.updateOne({ _id: row._id }, { $set: { dueAt, lastError } });
    }
  };

  return {
    /** Stores the event, once. Throws signature_invalid, and stores nothing, where it is not Razorpay's. */
    async receive(delivery: WebhookDelivery): Promise<void> {
      const { rawBody, signature } = delivery;
      if (!isSignedBy(rawBody, signature ?? '', deps.secrets)) {
        throw new AppError('signature_invalid', 'The signature does not belong to this body.');
      }
      const body = rawBody.toString('utf8');
      const now = clock.now();
      const row: EventRow = {
        _id: delivery.eventId?.slice(0, LONGEST_ID) ?? sha256(rawBody),
        event: envelope.safeParse(JSON.parse(body)).data?.event.slice(0, LONGEST_ID) ?? 'unknown',
        body,
        receivedAt: now,
        state: 'received',
        verdict: null,
        attempts: 0,
        dueAt: now,
        lastError: null,
      };
      try {
        await Events.insertMany([row]);
      } catch (error) {
        // The same event again: it is stored, and that is all that was asked.
        if (duplicateKey(error) === undefined) throw error;
      }
    },

    /**
     * Works off what is due, several events at once, those of one order of Razorpay's in turn; one that fails is tried
     * again later. Throws where the database is away, after every event that was begun has ended.
     */
    async run(): Promise<JobReport> {
      const report: JobReport = { examined: 0, changed: 0, failures: [] };
      const worker = async (): Promise<void> => {
        for (let row = await claim(); row !== null; row = await claim()) await workOff(row, report);
      };
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return report;
    },
  };
}
