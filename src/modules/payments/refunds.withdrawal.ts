import type { Database } from '../../platform/db.js';
import { AppError, notFound, unavailable } from '../../platform/errors.js';
import { formatMoney } from '../../platform/money.js';
import type { Learned, MoneyBook } from './payments.money.js';
import { leftToReturnOf } from './payments.rules.js';
import type { PaymentStore } from './payments.store.js';
import { GatewayError } from './razorpay.errors.js';
import type { Gateway } from './razorpay.js';
import { refusePayout, refuseWithdrawal } from './refunds.rules.js';
import type { Refund } from './refunds.schema.js';

/** What is to become of a refund that Razorpay does not make: its amount is free again, or an admin pays it out. */
export type Withdrawal = { adminId: string; reason: string; next: 'withdrawn' | 'to_be_paid_out' };

/** Takes refunds that Razorpay goes on refusing off its way. */
export type RefundWithdrawals = ReturnType<typeof createRefundWithdrawals>;

export function createRefundWithdrawals(deps: {
  store: Pick<PaymentStore, 'payments' | 'refunds'>;
  gateway: Pick<Gateway, 'payment' | 'refundsOf'>;
  money: Pick<MoneyBook, 'learnPayment' | 'learnRefund' | 'recount'>;
  /** Finishes what the change has begun, or leaves it to the rollback job. */
  settle: (orderId: string) => Promise<unknown>;
  wake: () => void;
  db: Pick<Database, 'transaction'>;
}) {
  const { payments, refunds } = deps.store;

  const read = async (refundId: string): Promise<Refund> => {
    const refund = await refunds.byId(refundId);
    if (refund === undefined) throw notFound('The refund');
    return refund;
  };

  const ask = async (gatewayPaymentId: string) => ({
    payment: await deps.gateway.payment(gatewayPaymentId),
    made: await deps.gateway.refundsOf(gatewayPaymentId),
  });

  /** All that Razorpay knows of the payment's refunds is taken in, whoever made them. */
  const askRazorpay = async (gatewayPaymentId: string): Promise<void> => {
    const answer = await ask(gatewayPaymentId).catch(nothingIfUnknown);
    if (answer === undefined) return;
    const learned: Learned[] = [await deps.money.learnPayment(answer.payment)];
    for (const made of answer.made) learned.push(await deps.money.learnRefund(made));
    for (const news of learned) if (news.kind === 'recorded') await deps.settle(news.orderId);
  };

  /** One transaction: the refund, if nobody tried it since it was read, and the order's sums. */
  const stop = async (seen: Refund, { adminId, reason, next }: Withdrawal): Promise<boolean> =>
    deps.db.transaction(async (session) => {
      if (!(await refunds.withdraw(seen, next, session))) return false;
      // What Razorpay has just told may be that the money went back in another way.
      const payment = await payments.find(seen.paymentId, session);
      const left = payment && leftToReturnOf(payment, await refunds.ofOrder(seen.orderId, session));
      const excess = next === 'withdrawn' || left === undefined ? undefined : refusePayout(seen, left);
      if (excess !== undefined) throw notWithdrawable(`${excess} It can be withdrawn for good.`);
      const note = {
        actor: { kind: 'admin', id: adminId },
        reason: `refund of ${formatMoney(seen)} ${WORDS[next]}: ${reason}`,
      } as const;
      await deps.money.recount({ id: seen.orderId, currency: seen.currency }, note, session);
      return true;
    });

  return {
    /**
     * Withdraws a refund that Razorpay has refused, after asking it whether it was made. The same again changes nothing.
     * Throws not_found, refund_not_withdrawable, service_unavailable (Razorpay cannot be asked).
     */
    async withdraw(refundId: string, withdrawal: Withdrawal): Promise<Refund> {
      const before = await read(refundId);
      const isDone = (refund: Refund): boolean =>
        refund.withdrawnAt !== null && refund.state === withdrawal.next;
      if (isDone(before)) return before;
      refuse(before);
      if (before.gatewayPaymentId !== null) await askRazorpay(before.gatewayPaymentId);
      const asked = await read(refundId);
      // Somebody who wanted the same was quicker.
      if (isDone(asked)) return asked;
      refuse(asked);
      if (await stop(asked, withdrawal)) {
        deps.wake();
        await deps.settle(asked.orderId);
        return read(refundId);
      }
      const after = await read(refundId);
      if (isDone(after)) return after;
      refuse(after);
      throw notWithdrawable('It was tried again at this very moment.');
    },
  };
}

const WORDS: Readonly<Record<Withdrawal['next'], string>> = {
  withdrawn: 'withdrawn',
  to_be_paid_out: 'is paid out by hand',
};

/** Of a payment that it does not know Razorpay has made nothing. All else that is no answer leaves open what it has made. */
function nothingIfUnknown(error: unknown): undefined {
  if (!(error instanceof GatewayError)) throw error;
  if (error.isMissing) return undefined;
  if (error.outcome === 'refused')
    throw notWithdrawable(`Razorpay does not say whether it has made this refund: ${error.message}`, error);
  throw unavailable('Razorpay', { cause: error });
}

function refuse(refund: Refund): void {
  const why = refuseWithdrawal(refund);
  if (why !== undefined) throw notWithdrawable(why);
}

function notWithdrawable(why: string, cause?: unknown): AppError {
  return new AppError('refund_not_withdrawable', why, { cause });
}
