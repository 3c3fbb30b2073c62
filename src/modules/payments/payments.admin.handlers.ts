import { z } from 'zod';
import type { HandlersFor } from '../../platform/http/operation.js';
import { instantOf } from '../../platform/instant.js';
import { pageWindow, pagination } from '../../platform/page.js';
import type { OutsidePayments } from './outside.service.js';
import type { WebhookInbox } from './payments.inbox.js';
import type { PaymentReads } from './payments.reads.js';
import { toEventBody, toPaymentBody, toRefundBody } from './payments.view.js';
import type { RefundService } from './refunds.service.js';
import type { RefundWithdrawals } from './refunds.withdrawal.js';

export type PaymentAdminDeps = {
  reads: PaymentReads;
  outside: OutsidePayments;
  refunds: RefundService;
  withdrawals: RefundWithdrawals;
  inbox: Pick<WebhookInbox, 'list' | 'get' | 'replay'>;
  /** Works off what waits in the inbox, after the answer. */
  wake: () => void;
};

type AdminOperation =
  | 'listAllPayments'
  | 'recordOutsidePayment'
  | 'refundOrder'
  | 'listRefunds'
  | 'confirmRefundPayout'
  | 'withdrawRefund'
  | 'listWebhookEvents'
  | 'getWebhookEvent'
  | 'replayWebhookEvent';

const ADMIN = { role: 'admin' } as const;

/** What admins do with payments, refunds and Razorpay's events. */
export const paymentAdminHandlers = ({
  reads,
  outside,
  refunds,
  withdrawals,
  inbox,
  wake,
}: PaymentAdminDeps): Pick<HandlersFor<'payments'>, AdminOperation> => ({
  async listAllPayments({ query }) {
    const { q, orderId, status, method, sort } = query;
    const window = pageWindow(query);
    const { rows, total } = await reads.list({
      ...given({ orderId, status, method, text: q, ...period(query) }),
      sort,
      ...window,
    });
    const data = rows.map((payment) => toPaymentBody(payment, ADMIN));
    return { status: 200, body: { data, pagination: pagination(window, total) } };
  },

  async recordOutsidePayment({ path, headers, body, principal }) {
    const payment = await outside.record({
      orderId: path.orderId,
      adminId: principal.userId,
      key: headers['Idempotency-Key'],
      method: body.method,
      amount: body.amount,
      reference: body.reference,
      receivedAt: instantOf(body.receivedAt, '/body/receivedAt'),
      note: body.note,
    });
    return {
      status: 201,
      headers: { Location: `/v1/payments/${payment.id}` },
      body: toPaymentBody(await reads.get(payment.id, principal), ADMIN),
    };
  },

  async refundOrder({ path, headers, body, principal }) {
    const decided = await refunds.refund({
      orderId: path.orderId,
      adminId: principal.userId,
      key: headers['Idempotency-Key'],
      amount: body.amount,
      reason: body.reason,
      paymentId: body.paymentId,
    });
    return { status: 201, body: { data: decided.map(toRefundBody) } };
  },

  async listRefunds({ query }) {
    const window = pageWindow(query);
    const { orderId, state } = query;
    const { rows, total } = await refunds.list({ ...given({ orderId, state }), ...window });
    return { status: 200, body: { data: rows.map(toRefundBody), pagination: pagination(window, total) } };
  },

  async confirmRefundPayout({ path, body, principal }) {
    const payout = { adminId: principal.userId, reference: body.reference };
    return { status: 200, body: toRefundBody(await refunds.confirmPayout(path.refundId, payout)) };
  },

  async withdrawRefund({ path, body, principal }) {
    const withdrawal = { adminId: principal.userId, ...body };
    return { status: 200, body: toRefundBody(await withdrawals.withdraw(path.refundId, withdrawal)) };
  },

  async listWebhookEvents({ query }) {
    const { q, state, event, orderId } = query;
    const window = pageWindow(query);
    const wanted = { ...given({ state, event, orderId, text: q, ...period(query) }), ...window };
    const { rows, total } = await inbox.list(wanted);
    return { status: 200, body: { data: rows.map(toEventBody), pagination: pagination(window, total) } };
  },

  async getWebhookEvent({ path }) {
    const event = await inbox.get(path.eventId);
    return { status: 200, body: { ...toEventBody(event), body: objectIn(event.body) } };
  },

  async replayWebhookEvent({ path }) {
    const event = await inbox.replay(path.eventId);
    wake();
    return { status: 202, body: toEventBody(event) };
  },
});

const period = ({ from, to }: { from?: string; to?: string }) => ({
  from: instantOf(from, '/query/from'),
  to: instantOf(to, '/query/to'),
});

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what was asked for. */
function given<T extends object>(fields: T): Given<T> {
  const present: Given<T> = {};
  for (const name in fields) {
    const value = fields[name];
    if (isGiven(value)) present[name] = value;
  }
  return present;
}

function isGiven<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}

const object = z.record(z.string(), z.unknown());

/** The contract lets only objects in as events. */
function objectIn(body: string): Record<string, unknown> {
  return object.parse(JSON.parse(body));
}
