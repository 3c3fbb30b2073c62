import type { PaymentIntent } from '../../../generated/openapi.js';
import { AppError } from '../../platform/errors.js';
import type { HandlersFor } from '../../platform/http/operation.js';
import type { WebhookDelivery } from './payments.inbox.js';
import type { PaymentService, StartedPayment } from './payments.service.js';

type Deps = {
  payments: PaymentService;
  receive: (delivery: WebhookDelivery) => Promise<void>;
  /** Works off what was received, after the answer. */
  wake: () => void;
  /** The shop's public key at Razorpay. */
  keyId: string;
};

export const paymentHandlers = ({ payments, receive, wake, keyId }: Deps): HandlersFor<'payments'> => ({
  async startPayment({ path, body, principal }) {
    const { orderId } = path;
    const { payment, created } = await payments.start({
      orderId,
      userId: principal.userId,
      amount: body.amount,
    });
    return { status: created ? 201 : 200, body: toIntentBody(payment, keyId) };
  },

  async verifyPayment({ body, principal }) {
    const { orderId, paymentId, order } = await payments.verify(principal.userId, {
      gatewayOrderId: body.razorpayOrderId,
      gatewayPaymentId: body.razorpayPaymentId,
      signature: body.razorpaySignature,
    });
    return {
      status: 200,
      body: { orderId, paymentId, orderStatus: order.status, paymentStatus: order.paymentStatus },
    };
  },

  async receiveRazorpayWebhook({ headers, context }) {
    if (context.rawBody === undefined) throw new AppError('malformed_request', 'The event has no body.');
    await receive({
      rawBody: context.rawBody,
      signature: headers['X-Razorpay-Signature'],
      eventId: headers['X-Razorpay-Event-Id'],
    });
    wake();
    return { status: 200, body: { received: true } };
  },
});

function toIntentBody(payment: StartedPayment, keyId: string): PaymentIntent {
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
