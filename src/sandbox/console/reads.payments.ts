import { formatMoney } from '../../platform/money.js';
import type { WebhookEvent } from '../razorpay.webhooks.js';
import type { EventsState, PaymentLine } from './console.types.js';
import type { Parts } from './parts.js';
import { noteOf } from './reads.orders.js';
import { eventReasons, heldReason } from './reasons.rules.js';

const MOST = 20;
/** One event is stored once, so as many of ours are about the newest of Razorpay's. */
const MOST_OF_OURS = 60;

type Needs = Pick<Parts, 'holdfast' | 'sandbox'>;

/** The newest payments: what Razorpay knows of each, and what Holdfast has recorded. */
export async function readPayments({ holdfast, sandbox }: Needs): Promise<PaymentLine[]> {
  const page = { sort: 'newest', skip: 0, limit: MOST_OF_OURS } as const;
  const { rows } = await holdfast.services.paymentReads.list(page);
  const recorded = new Map(rows.map((row) => [row.gatewayPaymentId ?? row.id, row]));
  const known = (await sandbox.running.razorpay?.control.payments()) ?? [];
  const atRazorpay = known.slice(-MOST).reverse();
  const seen = new Set(atRazorpay.map(({ id }) => id));
  const others = rows
    .filter((row) => !seen.has(row.gatewayPaymentId ?? row.id))
    .slice(0, MOST - atRazorpay.length);
  return [
    ...atRazorpay.map((payment) => {
      const ours = recorded.get(payment.id);
      const { id, amount, currency, method, status } = payment;
      const returned = payment.amount_refunded;
      return {
        id,
        order: ours?.orderNumber ?? noteOf(payment.notes, 'order_number'),
        amount: formatMoney({ amount, currency }),
        method,
        atRazorpay: status,
        recorded: ours?.status ?? null,
        returned: returned > 0 ? formatMoney({ amount: returned, currency }) : null,
      };
    }),
    ...others.map(({ id, gatewayPaymentId, orderNumber, amount, currency, method, status, returned }) => ({
      id: gatewayPaymentId ?? id,
      order: orderNumber,
      amount: formatMoney({ amount, currency }),
      method: method ?? 'outside',
      atRazorpay: null,
      recorded: status,
      returned: returned > 0 ? formatMoney({ amount: returned, currency }) : null,
    })),
  ];
}

/** The newest events at Razorpay, how each was delivered, and what the inbox made of it. */
export async function readEvents({ holdfast, sandbox }: Needs): Promise<EventsState> {
  const all = (await sandbox.running.razorpay?.control.events()) ?? [];
  const { rows } = await holdfast.services.inbox.list({ skip: 0, limit: MOST_OF_OURS });
  const verdicts = new Map(rows.map((row) => [row.id, row]));
  const lines = all
    .slice(-MOST)
    .reverse()
    .map((event) => {
      const stored = verdicts.get(event.id);
      const { id, status } = event;
      return {
        ...{ id, event: event.event, order: orderOf(event), status },
        deliveries: event.deliveries.map((delivery) =>
          String(delivery.status ?? delivery.error ?? 'no answer'),
        ),
        verdict: stored === undefined ? null : (stored.verdict ?? stored.lastError ?? stored.state),
        cannot: eventReasons(status),
      };
    });
  const held = all.filter(({ status }) => status === 'held').length;
  return { lines, held, cannotDeliverHeld: heldReason(held) };
}

type Entity = { entity?: { notes?: Record<string, string> | [] } };

/** The number of the order that an event is about, as Holdfast noted it at Razorpay. */
function orderOf({ body }: WebhookEvent): string {
  // Our own sandbox wrote it.
  const { payload } = JSON.parse(body) as { payload: Record<string, Entity> };
  const notes = (payload['payment'] ?? payload['order'])?.entity?.notes;
  return noteOf(notes ?? [], 'order_number');
}
