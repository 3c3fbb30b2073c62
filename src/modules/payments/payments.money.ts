import type { Database, Session } from '../../platform/db.js';
import { formatMoney } from '../../platform/money.js';
import type { RefundRequests } from '../orders/orders.settlement.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { Note } from '../orders/orders.types.js';
import {
  countMoney,
  furtherRefund,
  learn,
  sameFacts,
  spreadRefund,
  type PaymentFacts,
} from './payments.rules.js';
import type { Intent } from './intents.store.js';
import type { Refund } from './refunds.store.js';
import type { PaymentStore } from './payments.store.js';
import type { GatewayPayment, GatewayRefund } from './razorpay.js';

/** What became of news about money: nothing new, or the order's sums were counted anew. */
export type Learned = { kind: 'unknown' } | { kind: 'unchanged' | 'recorded'; orderId: string };

/**
 * The one place where money is recorded. News may come from anywhere (webhook, checkout, lookup), in any order, any
 * number of times: rows only go forward, and an order's sums are counted from the rows in the same transaction.
 */
export type MoneyBook = ReturnType<typeof createMoneyBook>;

export function createMoneyBook(deps: {
  store: PaymentStore;
  orders: Pick<OrderStore, 'recordMoney' | 'find'>;
  db: Pick<Database, 'transaction'>;
}) {
  const { intents, payments, refunds } = deps.store;

  const recount = async (orderId: string, currency: string, note: Note | undefined, session: Session) => {
    const [paid, returned] = [
      await payments.ofOrder(orderId, session),
      await refunds.ofOrder(orderId, session),
    ];
    await deps.orders.recordMoney(orderId, countMoney(paid, returned, currency), note, session);
  };

  /** Answers whether something was new. */
  const record = async (intent: Intent, news: GatewayPayment): Promise<boolean> => {
    const known = await payments.byGatewayId(news.id);
    if (known !== undefined && sameFacts(known, learn(known, factsOf(news)))) return false;
    return deps.db.transaction(async (session) => {
      const before = await payments.byGatewayId(news.id, session);
      const facts = learn(before, factsOf(news));
      if (before !== undefined && sameFacts(before, facts)) return false;
      await payments.save(news.id, intent, facts, session);
      if (facts.status === 'captured' || facts.status === 'refunded') await intents.close(intent.id, session);
      const note = before?.status === facts.status ? undefined : noteOf(news.id, facts);
      await recount(intent.orderId, intent.currency, note, session);
      return true;
    });
  };

  const requests: RefundRequests = {
    async request({ orderId, amount, reason }, session) {
      const order = await deps.orders.find(orderId, session);
      if (order === undefined) throw new Error(`a refund for the order ${orderId}, which does not exist`);
      const [paid, returned] = [
        await payments.ofOrder(orderId, session),
        await refunds.ofOrder(orderId, session),
      ];
      for (const part of spreadRefund(amount, paid, returned, order.currency)) {
        const payment = paid.find(({ id }) => id === part.paymentId);
        if (payment === undefined) continue;
        const { gatewayPaymentId, currency } = payment;
        await refunds.insert({ ...part, orderId, gatewayPaymentId, currency, reason }, session);
      }
      await recount(orderId, order.currency, undefined, session);
    },
  };

  return {
    requests,

    /** Tells in the order's timeline that a decided refund is refused again and again, and why. */
    async noteStuck(refund: Refund, why: string): Promise<void> {
      const what = formatMoney({ amount: refund.amount, currency: refund.currency });
      const reason = `refund of ${what} is refused and tried again: ${why}`.slice(0, LONGEST_REASON);
      await deps.db.transaction((session) =>
        recount(
          refund.orderId,
          refund.currency,
          { actor: gatewayActor(refund.gatewayPaymentId), reason },
          session,
        ),
      );
    },

    /** `unknown`: the payment belongs to no order of ours. */
    async learnPayment(news: GatewayPayment): Promise<Learned> {
      const intent =
        news.gatewayOrderId === null ? undefined : await intents.byGatewayOrder(news.gatewayOrderId);
      if (intent === undefined) return { kind: 'unknown' };
      return { kind: (await record(intent, news)) ? 'recorded' : 'unchanged', orderId: intent.orderId };
    },

    /** `unknown`: not a refund of ours (Razorpay's own are seen in the payment's figures). */
    async learnRefund(news: GatewayRefund): Promise<Learned> {
      const known = await refunds.find({ gatewayRefundId: news.id, receipt: news.receipt });
      if (known === undefined || known.gatewayPaymentId !== news.gatewayPaymentId) return { kind: 'unknown' };
      const state = furtherRefund(known.state, news.status);
      if (state === known.state && known.gatewayRefundId === news.id) {
        return { kind: 'unchanged', orderId: known.orderId };
      }
      await deps.db.transaction(async (session) => {
        const lastError = state === 'failed' ? 'Razorpay could not refund' : null;
        await refunds.record(known.id, { state, gatewayRefundId: news.id, lastError }, session);
        const what = formatMoney({ amount: known.amount, currency: known.currency });
        const note: Note = { actor: gatewayActor(news.id), reason: `refund of ${what} ${WORDS[state]}` };
        await recount(known.orderId, known.currency, note, session);
      });
      return { kind: 'recorded', orderId: known.orderId };
    },
  };
}

/** A gateway's words are not ours to bound otherwise. */
const LONGEST_REASON = 200;

const WORDS = {
  requested: 'requested',
  pending: 'accepted',
  processed: 'processed',
  failed: 'failed',
} as const;

function gatewayActor(id: string) {
  return { kind: 'gateway', id } as const;
}

function factsOf(payment: GatewayPayment): PaymentFacts {
  const { amount, currency, status, method, amountRefunded, errorDescription } = payment;
  return { amount, currency, status, method, amountRefunded, errorDescription };
}

function noteOf(gatewayPaymentId: string, facts: PaymentFacts): Note {
  const by = facts.method === null ? '' : ` by ${facts.method}`;
  const why =
    facts.status === 'failed' && facts.errorDescription !== null ? `: ${facts.errorDescription}` : '';
  return {
    actor: gatewayActor(gatewayPaymentId),
    reason: `payment of ${formatMoney(facts)}${by} ${facts.status}${why}`,
  };
}
