import type { Database, Session } from '../../platform/db.js';
import { AppError, notFound, unavailable } from '../../platform/errors.js';
import { answerOnce, refuseOtherRequest, type Asked } from '../../platform/idempotency.js';
import { sha256 } from '../../platform/ids.js';
import { formatMoney, sum } from '../../platform/money.js';
import { inRounds } from '../../platform/rounds.js';
import type { OrderReads } from '../orders/orders.service.js';
import type { OrderMails } from '../orders/orders.settlement.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { MoneyBook, MoneyMails } from './payments.money.js';
import { leftToReturnOf, refundableOf } from './payments.rules.js';
import type { PaymentStore } from './payments.store.js';
import { refuseExcess, refusePayout, waitsForPayout } from './refunds.rules.js';
import type { Refund } from './refunds.schema.js';
import type { RefundQuery } from './refunds.store.js';

/** A refund that an admin wants. `amount` in minor units; undefined is all that can be refunded. */
export type WantedRefund = {
  orderId: string;
  adminId: string;
  key: string;
  amount: number | undefined;
  reason: string;
  paymentId: string | undefined;
};

/** Refunds that admins decide, and those that they pay out themselves. */
export type RefundService = ReturnType<typeof createRefundService>;

export function createRefundService(deps: {
  store: Pick<PaymentStore, 'payments' | 'refunds'>;
  orders: Pick<OrderStore, 'find' | 'change'> & Pick<OrderReads, 'get' | 'isSold' | 'isUnsettled'>;
  money: Pick<MoneyBook, 'requests' | 'recount'>;
  mails: Pick<OrderMails, 'refunded'> & Pick<MoneyMails, 'refundDone'>;
  /** Finishes what the refund has changed, or leaves it to the rollback job. */
  settle: (orderId: string) => Promise<unknown>;
  wake: () => void;
  db: Pick<Database, 'transaction'>;
}) {
  const { payments, refunds } = deps.store;

  const known = async (asked: Asked, session?: Session): Promise<Refund[] | undefined> => {
    const earlier = await refunds.requested(asked.by, asked.key, session);
    if (earlier !== undefined) refuseOtherRequest(earlier.fingerprint, asked.fingerprint, 'request');
    return earlier?.refunds;
  };

  const refundable = async (
    { orderId, paymentId }: WantedRefund,
    currency: string,
    session: Session,
  ): Promise<number> => {
    const all = await payments.ofOrder(orderId, session);
    const chosen = paymentId === undefined ? all : all.filter(({ id }) => id === paymentId);
    if (paymentId !== undefined && chosen.length === 0) throw notFound('The payment');
    const decided = await refunds.ofOrder(orderId, session);
    return sum(chosen.map((payment) => refundableOf(payment, decided, currency)));
  };

  /**
   * One transaction: the refunds, the order's sums, the mail. Every transaction that decides a refund writes the order, so
   * that two at once collide and the later one counts what the earlier one has left. Undefined, and nothing is changed, while
   * the order is just being paid, or something is too much and goes back by itself: that comes first, so that it never depends
   * on a moment what this one is of, and a customer who has paid all is not asked for a part again.
   */
  const decideOnce = async (wanted: WantedRefund, asked: Asked): Promise<Refund[] | undefined> =>
    deps.db.transaction(async (session) => {
      const earlier = await known(asked, session);
      if (earlier !== undefined) return earlier;
      const { orderId, reason } = wanted;
      const order = await deps.orders.find(orderId, session);
      if (order === undefined) throw notFound('The order');
      if (deps.orders.isUnsettled(order)) return undefined;
      const { currency } = order;
      const most = await refundable(wanted, currency, session);
      const amount = wanted.amount ?? most;
      refuseExcess(amount, most, currency);
      const note = {
        actor: { kind: 'admin', id: asked.by },
        reason: `refund of ${formatMoney({ amount, currency })}: ${reason}`,
      } as const;
      const changed = await deps.orders.change(order, { attention: true }, note, session);
      if (changed === undefined) return undefined;
      const isGranted = deps.orders.isSold(order);
      const request = { orderId, amount, reason, fromPayment: wanted.paymentId, asked, isGranted };
      const decided = await deps.money.requests.request(request, session);
      await deps.mails.refunded(changed, { amount, reason, refunds: decided }, session);
      return decided;
    });

  /** Money that has come is settled first: only then it is known of what the refund is. */
  const decide = (wanted: WantedRefund, asked: Asked): Promise<Refund[]> => {
    const round = async (count: number): Promise<Refund[] | undefined> => {
      if (count > 1) await deps.settle(wanted.orderId);
      return decideOnce(wanted, asked);
    };
    // Once: where Redis is away, to settle takes as long as it may take to answer.
    return inRounds(round, { refusal: () => unavailable('The order'), most: 2 });
  };

  /** One transaction; answers the refund as it is then, or undefined where it waits for no payout. */
  const payOut = async (
    refundId: string,
    { adminId, reference }: { adminId: string; reference: string },
  ): Promise<Refund | undefined> =>
    deps.db.transaction(async (session) => {
      const refund = await refunds.byId(refundId, session);
      if (refund === undefined || !waitsForPayout(refund.state)) return undefined;
      const { orderId, paymentId, currency } = refund;
      const payment = await payments.find(paymentId, session);
      const left = payment && leftToReturnOf(payment, await refunds.ofOrder(orderId, session));
      const excess = left === undefined ? undefined : refusePayout(refund, left);
      if (excess !== undefined) throw new AppError('refund_not_open', excess);
      await refunds.paidOut(refundId, reference, session);
      if (payment?.gatewayPaymentId === null && left === refund.amount)
        await payments.markRefunded(paymentId, session);
      const note = {
        actor: { kind: 'admin', id: adminId },
        reason: `refund of ${formatMoney(refund)} paid out`,
      } as const;
      const order = await deps.money.recount({ id: orderId, currency }, note, session);
      await deps.mails.refundDone(order, { ...refund, reference }, session);
      return refunds.byId(refundId, session);
    });

  return {
    /**
     * Decides refunds over what was paid and is not refunded, the newest payment first; the same key answers with the same
     * ones. Of a sold order they are granted. Throws not_found, refund_exceeds_paid, idempotency_key_reused,
     * service_unavailable.
     */
    async refund(wanted: WantedRefund): Promise<Refund[]> {
      const { orderId, adminId } = wanted;
      await deps.orders.get(orderId, { userId: adminId, role: 'admin' });
      const asked = { by: adminId, key: wanted.key, fingerprint: fingerprintOf(wanted) };
      const decided = await answerOnce(
        () => known(asked),
        () => decide(wanted, asked),
      );
      deps.wake();
      await deps.settle(orderId);
      return decided;
    },

    /** An admin has paid the refund out. The same confirmation again changes nothing. Throws not_found, refund_not_open. */
    async confirmPayout(refundId: string, payout: { adminId: string; reference: string }): Promise<Refund> {
      const done = await payOut(refundId, payout);
      if (done !== undefined) {
        deps.wake();
        await deps.settle(done.orderId);
        return done;
      }
      const refund = await refunds.byId(refundId);
      if (refund === undefined) throw notFound('The refund');
      if (refund.state === 'processed' && refund.reference === payout.reference) return refund;
      throw new AppError(
        'refund_not_open',
        refund.reference === null
          ? `This refund is ${refund.state} and is not to be paid out by hand.`
          : 'This refund was paid out already, with another reference.',
      );
    },

    list: (query: RefundQuery) => refunds.list(query),
  };
}

function fingerprintOf({ orderId, amount, reason, paymentId }: WantedRefund): string {
  return sha256(JSON.stringify([orderId, amount ?? 'all', reason, paymentId ?? 'any']));
}
