import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { formatMoney } from '../../platform/money.js';
import type { Asked } from '../../platform/idempotency.js';
import type { RefundRequests } from '../orders/orders.settlement.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { Note, Order } from '../orders/orders.types.js';
import { countMoney, isTaken, learn, sameFacts, spreadRefund, type PaymentFacts } from './payments.rules.js';
import type { Intent } from './intents.store.js';
import { createRefundNews, gatewayActor } from './refunds.news.js';
import type { Refund } from './refunds.schema.js';
import type { PaymentStore } from './payments.store.js';
import type { GatewayPayment } from './razorpay.answers.js';

/** What became of news about money: nothing new, or the order's sums were counted anew. */
export type Learned = { kind: 'unknown' } | { kind: 'unchanged' | 'recorded'; orderId: string };

/** The mails that money causes, written with what causes them. `order` is as it is with the money counted. */
export type MoneyMails = {
  received(order: Order, payment: { id: string; amount: number }, session: Session): Promise<void>;
  refundDone(
    order: Order,
    refund: Pick<Refund, 'id' | 'amount' | 'reference'>,
    session: Session,
  ): Promise<void>;
  /** To the shop: `refused` again and again, or `failed` for good. */
  refundTroubled(
    order: Order,
    refund: Pick<Refund, 'id' | 'amount'> & { state: 'refused' | 'failed'; why: string },
    session: Session,
  ): Promise<void>;
};

/**
 * A refund that is decided: of what, and, where an admin asked for it, from which payment, with which key, and whether it was
 * granted of a sold order.
 */
export type RefundOrder = {
  orderId: string;
  amount: number;
  reason: string;
  fromPayment?: string | undefined;
  asked?: Asked | undefined;
  isGranted?: boolean;
};

/**
 * The one place where money is recorded. News may come from anywhere (webhook, checkout, lookup), in any order, any
 * number of times: rows only go forward, and an order's sums are counted from the rows in the same transaction.
 */
export type MoneyBook = ReturnType<typeof createMoneyBook>;

export function createMoneyBook(deps: {
  store: PaymentStore;
  orders: Pick<OrderStore, 'recordMoney' | 'find'>;
  mails: MoneyMails;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { intents, payments, refunds } = deps.store;

  const recount = async (
    { id, currency }: Pick<Order, 'id' | 'currency'>,
    note: Note | undefined,
    session: Session,
  ): Promise<Order> => {
    const [paid, returned] = [await payments.ofOrder(id, session), await refunds.ofOrder(id, session)];
    return deps.orders.recordMoney(id, countMoney(paid, returned, currency), note, session);
  };

  const orderOf = async (orderId: string, session?: Session): Promise<Order> => {
    const order = await deps.orders.find(orderId, session);
    if (order === undefined) throw new Error(`money for the order ${orderId}, which does not exist`);
    return order;
  };

  /** Answers whether something was new. */
  const record = async (intent: Intent, news: GatewayPayment): Promise<boolean> => {
    const known = await payments.byGatewayId(news.id);
    if (known !== undefined && sameFacts(known, learn(known, factsOf(news)))) return false;
    // Only what never changes is used of it, so it need not be read in the transaction, which is to be short.
    const order = await orderOf(intent.orderId);
    return deps.db.transaction(async (session) => {
      const before = await payments.byGatewayId(news.id, session);
      const facts = learn(before, factsOf(news));
      if (before !== undefined && sameFacts(before, facts)) return false;
      const came = isTaken(facts) && (before === undefined || !isTaken(before));
      const capturedAt = came ? deps.clock.now() : (before?.capturedAt ?? null);
      const row = { gatewayPaymentId: news.id, intentId: intent.id, order, facts, capturedAt };
      await payments.save(row, session);
      if (isTaken(facts)) await intents.close(intent.id, session);
      const note = before?.status === facts.status ? undefined : noteOf(news.id, facts);
      const counted = await recount(order, note, session);
      if (came && facts.currency === order.currency)
        await deps.mails.received(counted, { id: news.id, amount: facts.amount }, session);
      return true;
    });
  };

  const requests = {
    async request(wanted: RefundOrder, session: Session): Promise<Refund[]> {
      const { orderId, amount, reason, fromPayment, asked, isGranted = false } = wanted;
      const order = await orderOf(orderId, session);
      const all = await payments.ofOrder(orderId, session);
      const paid = fromPayment === undefined ? all : all.filter(({ id }) => id === fromPayment);
      const decisions = spreadRefund(
        amount,
        paid,
        await refunds.ofOrder(orderId, session),
        order.currency,
      ).flatMap((part) =>
        paid
          .filter(({ id }) => id === part.paymentId)
          .map(({ gatewayPaymentId, currency }) => ({
            ...part,
            orderId,
            gatewayPaymentId,
            currency,
            reason,
            isGranted,
          })),
      );
      const decided = await refunds.insert(decisions, asked, session);
      await recount(order, undefined, session);
      return decided;
    },
  } satisfies RefundRequests;

  return {
    requests,

    /** Counts an order's money again after its rows were changed in the same transaction. */
    recount,

    /**
     * Tells once, in the order's timeline and to the shop, that a decided refund is refused again and again. Why is told to the
     * shop alone: the gateway speaks of the shop's account there, and customers read the timeline.
     */
    async noteStuck(refund: Refund, why: string): Promise<void> {
      const reason = `refund of ${formatMoney(refund)} is refused and tried again`;
      const note: Note = { actor: gatewayActor(refund.gatewayPaymentId), reason };
      await deps.db.transaction(async (session) => {
        if (!(await refunds.markTold(refund.id, session))) return;
        const order = await recount({ id: refund.orderId, currency: refund.currency }, note, session);
        const { id, amount } = refund;
        await deps.mails.refundTroubled(order, { id, amount, state: 'refused', why }, session);
      });
    },

    /** `unknown`: the payment belongs to no order of ours. */
    async learnPayment(news: GatewayPayment): Promise<Learned> {
      const intent =
        news.gatewayOrderId === null ? undefined : await intents.byGatewayOrder(news.gatewayOrderId);
      if (intent === undefined) return { kind: 'unknown' };
      return { kind: (await record(intent, news)) ? 'recorded' : 'unchanged', orderId: intent.orderId };
    },

    learnRefund: createRefundNews({ ...deps, recount }),
  };
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
