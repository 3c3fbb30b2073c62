import { createHmac, randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import type { EventName, Payment } from '../../src/sandbox/razorpay.entities.js';
import type { WebhookEvent } from '../../src/sandbox/razorpay.webhooks.js';
import type { TestApp } from './app.js';

export type Sending = {
  /** What signs the body. Default: the current webhook secret. */
  secret?: string;
  /** Instead of a signature made with the secret; `null` sends none. */
  signature?: string | null;
  /** Default: a new one; `null` sends none. */
  eventId?: string | null;
};

/** Hex HMAC-SHA256, as Razorpay signs. */
export function sign(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('hex');
}

/** Posts a body to the webhook as Razorpay would, or as somebody who pretends to be Razorpay. */
export async function sendEvent(
  app: TestApp,
  body: object | string,
  sending: Sending = {},
): Promise<Response> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = sending.signature ?? sign(raw, sending.secret ?? app.config.razorpay.webhookSecret);
  const eventId = sending.eventId === undefined ? randomUUID() : sending.eventId;
  const call = request(app.url).post('/v1/webhooks/razorpay').set('Content-Type', 'application/json');
  if (sending.signature !== null) void call.set('X-Razorpay-Signature', signature);
  if (eventId !== null) void call.set('X-Razorpay-Event-Id', eventId);
  return call.send(raw);
}

/** An event about one payment, as Razorpay words it. */
export function paymentEvent(event: EventName, payment: Partial<Payment>): object {
  return {
    entity: 'event',
    account_id: 'acc_tests',
    event,
    contains: ['payment'],
    payload: { payment: { entity: { entity: 'payment', method: 'upi', amount_refunded: 0, ...payment } } },
    created_at: 1_773_480_845,
  };
}

/** The stand-in's events about a Razorpay order, the oldest first. */
export async function eventsOf(app: TestApp, razorpayOrderId: string): Promise<WebhookEvent[]> {
  return (await app.razorpay.control.events()).filter(({ body }) => body.includes(razorpayOrderId));
}

/** The one event of that name about a Razorpay order; throws where there is none. */
export async function eventOf(app: TestApp, razorpayOrderId: string, name: EventName): Promise<WebhookEvent> {
  const found = (await eventsOf(app, razorpayOrderId)).find(({ event }) => event === name);
  if (found === undefined) throw new Error(`Razorpay has no ${name} of ${razorpayOrderId}`);
  return found;
}
