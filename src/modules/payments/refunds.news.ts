import { duplicateKey, type Database, type Session } from '../../platform/db.js';
import { formatMoney } from '../../platform/money.js';
import type { Note, Order } from '../orders/orders.types.js';
import type { Learned, MoneyMails } from './payments.money.js';
import { furtherRefund, isTaken } from './payments.rules.js';
import type { PaymentStore } from './payments.store.js';
import type { GatewayRefund } from './razorpay.answers.js';
import type { Refund } from './refunds.schema.js';

type RefundNews = {
  store: Pick<PaymentStore, 'payments' | 'refunds'>;
  mails: Pick<MoneyMails, 'refundDone' | 'refundTroubled'>;
  /** Counts the order's money in the transaction that changes its rows. */
  recount: (
    order: Pick<Order, 'id' | 'currency'>,
    note: Note | undefined,
    session: Session,
  ) => Promise<Order>;
  db: Pick<Database, 'transaction'>;
};

/**
 * Takes in what Razorpay says of a refund, from wherever it is heard. One that was made there without us gets a row of its
 * own, so that each refund is counted once and none is hidden. `unknown`: it gives back a payment that is not ours.
 */
export function createRefundNews({ store, mails, recount, db }: RefundNews) {
  const { payments, refunds } = store;

  const note = (news: GatewayRefund, words: string): Note => ({
    actor: gatewayActor(news.id),
    reason: words,
  });

  /** A refund of ours that is known, further along. */
  const learn = async (seen: Refund, news: GatewayRefund): Promise<Learned> => {
    const { orderId } = seen;
    if (isOldNews(seen, news)) return { kind: 'unchanged', orderId };
    const recorded = await db.transaction(async (session) => {
      const known = await refunds.byId(seen.id, session);
      if (known === undefined || isOldNews(known, news)) return false;
      // Paid out by hand since it was read: what Razorpay has made is another one.
      if (isOther(known)) {
        await adopt(known, known.id, news, session);
        return true;
      }
      const state = furtherRefund(known, news.status);
      const lastError = state === 'failed' ? 'Razorpay could not refund' : null;
      await refunds.record(known.id, { state, gatewayRefundId: news.id, lastError }, session);
      const words = `refund of ${formatMoney(known)} ${WORDS[state]}`;
      const order = await recount({ id: orderId, currency: known.currency }, note(news, words), session);
      if (state === 'processed') await mails.refundDone(order, known, session);
      if (state === 'failed') {
        const { id, amount } = known;
        const trouble = { id, amount, state: 'failed', why: lastError ?? '' } as const;
        await mails.refundTroubled(order, trouble, session);
      }
      return true;
    });
    return { kind: recorded ? 'recorded' : 'unchanged', orderId };
  };

  const adopt = async (
    of: Pick<Refund, 'orderId' | 'paymentId' | 'currency'>,
    doubleOf: string | null,
    news: GatewayRefund,
    session: Session,
  ): Promise<void> => {
    const { orderId, paymentId, currency } = of;
    const { gatewayPaymentId, amount } = news;
    // The second one of what was paid out: where it fails, nobody is owed anything.
    const isFreed = doubleOf !== null;
    const state = furtherRefund({ state: 'requested', isFreed, gatewayRefundId: null }, news.status);
    const reason =
      doubleOf === null ? 'Made at Razorpay' : `Made at Razorpay, though ${doubleOf} was paid out`;
    const made = { orderId, paymentId, gatewayPaymentId, amount, currency, reason, isGranted: false };
    await refunds.adopt({ ...made, state, gatewayRefundId: news.id, isFreed, doubleOf }, session);
    const words = `refund of ${formatMoney({ amount, currency })} made at Razorpay: ${WORDS[state]}`;
    await recount({ id: orderId, currency }, note(news, words), session);
  };

  /** What a refund made in the dashboard gives back; what Razorpay returns uncaptured never was ours. */
  const givenBackBy = async ({ gatewayPaymentId }: GatewayRefund) => {
    const payment = await payments.byGatewayId(gatewayPaymentId);
    if (payment === undefined || !isTaken(payment)) return undefined;
    const { id: paymentId, orderId, currency } = payment;
    return { orderId, paymentId, currency };
  };

  return async function learnRefund(news: GatewayRefund): Promise<Learned> {
    const which = { gatewayRefundId: news.id, receipt: news.receipt };
    for (let round = 1; ; round += 1) {
      const seen = await refunds.find(which);
      const known = seen?.gatewayPaymentId === news.gatewayPaymentId ? seen : undefined;
      if (known !== undefined && !isOther(known)) return learn(known, news);
      const of = known ?? (await givenBackBy(news));
      if (of === undefined) return { kind: 'unknown' };
      try {
        await db.transaction((session) => adopt(of, known?.id ?? null, news, session));
        return { kind: 'recorded', orderId: of.orderId };
      } catch (error) {
        // The same news was quicker on another way; now it is known.
        if (duplicateKey(error) === undefined || round > 1) throw error;
      }
    }
  };
}

export function gatewayActor(id: string | null) {
  return { kind: 'gateway', id } as const;
}

const WORDS = {
  requested: 'requested',
  to_be_paid_out: 'waits to be paid out',
  withdrawn: 'withdrawn',
  pending: 'accepted',
  processed: 'processed',
  failed: 'failed',
} as const;

/** A refund that was paid out by hand is over: what Razorpay makes for it all the same is a second one. */
function isOther(known: Refund): boolean {
  return known.reference !== null && known.gatewayRefundId === null;
}

function isOldNews(known: Refund, news: GatewayRefund): boolean {
  return furtherRefund(known, news.status) === known.state && known.gatewayRefundId === news.id;
}
