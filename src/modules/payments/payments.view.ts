import type {
  Payment as PaymentBody,
  PaymentIntent,
  Refund as RefundBody,
  WebhookEvent as WebhookEventBody,
} from '../../../generated/openapi.js';
import type { StoredEvent } from './events.store.js';
import type { ShownPayment } from './payments.reads.js';
import type { StartedPayment } from './payments.service.js';
import type { Refund } from './refunds.schema.js';

/** A payment that waits for Razorpay's checkout. `keyId`: the shop's public key at Razorpay. */
export function toIntentBody(payment: StartedPayment, keyId: string): PaymentIntent {
  return {
    id: payment.id,
    orderId: payment.orderId,
    gateway: 'razorpay',
    keyId,
    razorpayOrderId: payment.gatewayOrderId,
    amount: { amount: payment.amount, currency: payment.currency },
    createdAt: payment.createdAt.toISOString(),
  };
}

/** A payment as its customer sees it; admins see besides what was noted of it. */
export function toPaymentBody(payment: ShownPayment, reader: { role: 'user' | 'admin' }): PaymentBody {
  const money = (amount: number) => ({ amount, currency: payment.currency });
  return {
    id: payment.id,
    orderId: payment.orderId,
    orderNumber: payment.orderNumber,
    gateway: payment.gatewayPaymentId === null ? 'outside' : 'razorpay',
    method: payment.method,
    status: payment.status,
    amount: money(payment.amount),
    amountRefunded: money(payment.returned),
    razorpayPaymentId: payment.gatewayPaymentId,
    reference: payment.reference,
    note: reader.role === 'admin' ? payment.note : null,
    createdAt: payment.createdAt.toISOString(),
    capturedAt: payment.capturedAt?.toISOString() ?? null,
  };
}

/** A refund as admins see it. */
export function toRefundBody(refund: Refund): RefundBody {
  return {
    id: refund.id,
    orderId: refund.orderId,
    paymentId: refund.paymentId,
    gateway: refund.gatewayPaymentId === null ? 'outside' : 'razorpay',
    state: refund.state,
    amount: { amount: refund.amount, currency: refund.currency },
    reason: refund.reason,
    razorpayRefundId: refund.gatewayRefundId,
    reference: refund.reference,
    lastError: refund.lastError,
    createdAt: refund.createdAt.toISOString(),
    settledAt: refund.settledAt?.toISOString() ?? null,
  };
}

/** An event of Razorpay's as admins see it in lists. */
export function toEventBody(event: Omit<StoredEvent, 'body'>): WebhookEventBody {
  return {
    id: event.id,
    event: event.event,
    state: event.state,
    verdict: event.verdict,
    attempts: event.attempts,
    lastError: event.lastError,
    orderId: event.orderId,
    receivedAt: event.receivedAt.toISOString(),
    nextAttemptAt: event.dueAt?.toISOString() ?? null,
  };
}
