import { z } from 'zod';
import { after, type Clock } from '../../platform/clock.js';
import { AppError, messageOf, notFound } from '../../platform/errors.js';
import { sha256 } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import { emptyReport } from '../../platform/reports.js';
import { createSeries } from '../../platform/series.js';
import type { Settlement } from '../orders/orders.settlement.js';
import type { EventQuery, EventStore, StoredEvent } from './events.store.js';
import type { Learned, MoneyBook } from './payments.money.js';
import { backoffMs } from './payments.rules.js';
import { isSignedBy } from './payments.signatures.js';
import { parsePayment, parseRefund, type GatewayPayment, type GatewayRefund } from './razorpay.answers.js';

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
/** Events that one process works off at the same time. More would mostly wait for each other's transactions. */
const AT_ONCE = 4;
const LONGEST_TYPE = 64;
/** What an id must be to stand in an address. */
const ADDRESSABLE = /^[A-Za-z0-9_-]{1,64}$/;

export type WebhookDelivery = { rawBody: Buffer; signature: string | undefined; eventId: string | undefined };

/**
 * Razorpay's events. They are stored once, answered at once, and worked off after the answer; what a crash leaves is
 * worked off by the sweep. There is no time in the signature, so the stored id is what keeps an old event from acting
 * twice: rows are kept.
 */
export type WebhookInbox = ReturnType<typeof createWebhookInbox>;

export function createWebhookInbox(deps: {
  events: EventStore;
  clock: Pick<Clock, 'now'>;
  money: Pick<MoneyBook, 'learnPayment' | 'learnRefund'>;
  settlement: Pick<Settlement, 'settle'>;
  /** The current secret and, for a day after a change, the previous one. */
  secrets: readonly string[];
}) {
  const { events, clock, money } = deps;

  // What arrives of one order at the same time would only make each other's transactions begin anew.
  const oneByOne = createSeries();

  const act = ({ id, body }: StoredEvent): Promise<{ verdict: string; orderId: string | null }> => {
    const news = newsIn(body);
    const subject = news.payment?.gatewayOrderId ?? news.refund?.gatewayPaymentId ?? id;
    return oneByOne(subject, () => apply(news));
  };

  const apply = async ({
    payment,
    refund,
  }: Omit<News, 'event'>): Promise<{ verdict: string; orderId: string | null }> => {
    const learned: Learned[] = [];
    // The payment first: what is refunded in Razorpay's dashboard is taken in as a refund of a payment that is known.
    if (payment !== undefined) learned.push(await money.learnPayment(payment));
    if (refund !== undefined) learned.push(await money.learnRefund(refund));
    if (learned.length === 0) return { verdict: 'nothing for us', orderId: null };
    const orderIds = learned.flatMap((news) => (news.kind === 'unknown' ? [] : [news.orderId]));
    for (const orderId of orderIds) await deps.settlement.settle(orderId);
    const words = learned.map((news) => (news.kind === 'unknown' ? 'no order of ours' : news.kind));
    return { verdict: words.join(', '), orderId: orderIds[0] ?? null };
  };

  const workOff = async (event: StoredEvent, report: JobReport): Promise<void> => {
    report.examined += 1;
    try {
      await events.done(event, await act(event));
      report.changed += 1;
    } catch (error) {
      const message = messageOf(error);
      report.failures.push({ subject: `event ${event.id}`, message });
      const dueAt = after(clock.now(), backoffMs(event.attempts));
      await events.failed(event, { error: message, dueAt });
    }
  };

  return {
    /** Stores the event, once. Throws signature_invalid, and stores nothing, where it is not Razorpay's. */
    async receive({ rawBody, signature, eventId }: WebhookDelivery): Promise<void> {
      if (!isSignedBy(rawBody, signature ?? '', deps.secrets)) {
        throw new AppError('signature_invalid', 'The signature does not fit what was sent.');
      }
      const body = rawBody.toString('utf8');
      const { event, payment, refund } = newsIn(body);
      const about = [payment?.id, payment?.gatewayOrderId, refund?.id, refund?.gatewayPaymentId];
      await events.insert(
        { id: idOf(eventId, rawBody), event: event.slice(0, LONGEST_TYPE), body },
        about.filter((id) => typeof id === 'string'),
      );
    },

    /** Works off what is due, some events at a time; one that fails is tried again later. */
    async run(): Promise<JobReport> {
      const report = emptyReport();
      const worker = async (): Promise<void> => {
        for (;;) {
          const event = await events.claimDue(LEASE_MS);
          if (event === undefined) return;
          await workOff(event, report);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return report;
    },

    list: (query: EventQuery) => events.list(query),

    /** Throws not_found. */
    async get(eventId: string): Promise<StoredEvent> {
      const event = await events.find(eventId);
      if (event === undefined) throw notFound('The event');
      return event;
    },

    /** Has an event worked off again. What it says is counted once all the same. Throws not_found. */
    async replay(eventId: string): Promise<StoredEvent> {
      const event = await events.again(eventId);
      if (event === undefined) throw notFound('The event');
      return event;
    },
  };
}

/** Razorpay's own id, or what stands for it where it cannot stand in an address or there is none. */
function idOf(eventId: string | undefined, rawBody: Buffer): string {
  if (eventId === undefined || eventId === '') return sha256(rawBody);
  return ADDRESSABLE.test(eventId) ? eventId : sha256(eventId);
}

type News = { event: string; payment: GatewayPayment | undefined; refund: GatewayRefund | undefined };

function newsIn(body: string): News {
  const parsed = envelope.safeParse(JSON.parse(body)).data;
  return {
    event: parsed?.event ?? 'unknown',
    payment: parsePayment(parsed?.payload?.payment?.entity),
    refund: parseRefund(parsed?.payload?.refund?.entity),
  };
}
