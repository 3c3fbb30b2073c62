import { AppError } from '../../platform/errors.js';
import type { HandlersFor } from '../../platform/http/operation.js';
import { pageWindow, pagination } from '../../platform/page.js';
import { paymentAdminHandlers, type PaymentAdminDeps } from './payments.admin.handlers.js';
import type { WebhookDelivery } from './payments.inbox.js';
import type { PaymentService } from './payments.service.js';
import { toIntentBody, toPaymentBody } from './payments.view.js';

type Deps = PaymentAdminDeps & {
  payments: PaymentService;
  receive: (delivery: WebhookDelivery) => Promise<void>;
  /** The shop's public key at Razorpay. */
  keyId: string;
};

export const paymentHandlers = (deps: Deps): HandlersFor<'payments'> => ({
  ...paymentAdminHandlers(deps),

  async startPayment({ path, body, principal }) {
    const { orderId } = path;
    const wanted = { orderId, userId: principal.userId, amount: body.amount };
    const { payment, created } = await deps.payments.start(wanted);
    return { status: created ? 201 : 200, body: toIntentBody(payment, deps.keyId) };
  },

  async verifyPayment({ body, principal }) {
    const { orderId, paymentId, order } = await deps.payments.verify(principal.userId, {
      gatewayOrderId: body.razorpayOrderId,
      gatewayPaymentId: body.razorpayPaymentId,
      signature: body.razorpaySignature,
    });
    return {
      status: 200,
      body: { orderId, paymentId, orderStatus: order.status, paymentStatus: order.paymentStatus },
    };
  },

  async listOwnPayments({ query, principal }) {
    const window = pageWindow(query);
    const orderId = query.orderId === undefined ? {} : { orderId: query.orderId };
    const wanted = { ...orderId, userId: principal.userId, sort: 'newest', ...window } as const;
    const { rows, total } = await deps.reads.list(wanted);
    const data = rows.map((payment) => toPaymentBody(payment, { role: 'user' }));
    return { status: 200, body: { data, pagination: pagination(window, total) } };
  },

  async getPayment({ path, principal }) {
    const payment = await deps.reads.get(path.paymentId, principal);
    return { status: 200, body: toPaymentBody(payment, principal) };
  },

  async receiveRazorpayWebhook({ headers, context }) {
    if (context.rawBody === undefined) throw new AppError('malformed_request', 'The event has no body.');
    await deps.receive({
      rawBody: context.rawBody,
      signature: headers['X-Razorpay-Signature'],
      eventId: headers['X-Razorpay-Event-Id'],
    });
    deps.wake();
    return { status: 200, body: { received: true } };
  },
});
