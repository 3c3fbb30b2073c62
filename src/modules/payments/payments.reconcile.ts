import { after, type Clock } from '../../platform/clock.js';
import { messageOf } from '../../platform/errors.js';
import type { JobReport } from '../../platform/jobs.js';
import { emptyReport, tryOne } from '../../platform/reports.js';
import type { OrderReads } from '../orders/orders.service.js';
import type { Settlement } from '../orders/orders.settlement.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { Learned, MoneyBook } from './payments.money.js';
import {
  acceptedOf,
  backoffMs,
  isTaken,
  nextLookupMs,
  REFUND_LOOKUP_MS,
  STUCK_ATTEMPTS,
} from './payments.rules.js';
import type { AtGateway, Payment } from './payments.schema.js';
import type { Intent } from './intents.store.js';
import type { PaymentStore } from './payments.store.js';
import type { Refund } from './refunds.schema.js';
import type { GatewayPayment, GatewayRefund } from './razorpay.answers.js';
import { GatewayError } from './razorpay.errors.js';
import type { Gateway } from './razorpay.js';

const LOOKUPS_AT_ONCE = 5;
/** A run begins no further lookup after this time: the next one goes on. */
const LOOKUP_RUN_MS = 40_000;
/** What is paid can only be refunded in the dashboard, or paid once more: it is looked up daily. */
const PAID_LOOKUP_MS = 24 * 3_600_000;
const CAPTURES_A_RUN = 100;
/** Razorpay captures by itself within this time; what is still authorized afterwards waits for us. */
const LEFT_AUTHORIZED_MS = 2 * 60_000;
const REFUND_LEASE_MS = 30_000;
/** After so much of its lease a worker begins no sending any more: its answer might come when the lease is over. */
const SEND_WITHIN_MS = 20_000;

/**
 * Asks Razorpay what a lost webhook would have told, captures what was authorized late, and sends refunds that were
 * decided. Two workers share the work: each row is claimed first.
 */
export function createPaymentReconciler(deps: {
  store: PaymentStore;
  gateway: Gateway;
  money: MoneyBook;
  orders: Pick<OrderStore, 'find'> & Pick<OrderReads, 'due'>;
  settlement: Pick<Settlement, 'settle'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { store, gateway, money, clock } = deps;

  const settle = async (learned: Learned): Promise<boolean> => {
    if (learned.kind !== 'unknown') await deps.settlement.settle(learned.orderId);
    return learned.kind === 'recorded';
  };

  /** The refunds of a payment, where its own figure says that there are others than those that we have heard of. */
  const unheard = async (payment: GatewayPayment): Promise<GatewayRefund[]> => {
    if (payment.amountRefunded === 0 || !isTaken(payment)) return [];
    const known = await store.payments.byGatewayId(payment.id);
    if (known === undefined) return [];
    const heard = acceptedOf(known, await store.refunds.ofPayments([known.id]));
    return heard === payment.amountRefunded ? [] : gateway.refundsOf(payment.id);
  };

  const lookUpPayments = async (report: JobReport): Promise<void> => {
    const next = (intent: { createdAt: Date; isPaid: boolean }): Date | null => {
      const wait = nextLookupMs(clock.now().getTime() - intent.createdAt.getTime());
      if (wait === undefined) return null;
      return after(clock.now(), intent.isPaid ? PAID_LOOKUP_MS : wait);
    };
    const lookUp = async (intent: Intent): Promise<boolean> => {
      let changed = false;
      for (const payment of await gateway.paymentsOfOrder(intent.gatewayOrderId ?? '')) {
        if (await settle(await money.learnPayment(payment))) changed = true;
        for (const refund of await unheard(payment)) {
          if (await settle(await money.learnRefund(refund))) changed = true;
        }
      }
      return changed;
    };
    const until = performance.now() + LOOKUP_RUN_MS;
    for (;;) {
      const claimed = await store.intents.claimLookups(LOOKUPS_AT_ONCE, next);
      await Promise.all(
        claimed.map((intent) => tryOne(report, `payment intent ${intent.id}`, () => lookUp(intent))),
      );
      if (claimed.length === 0 || performance.now() > until) return;
    }
  };

  /** Captures only what the order still wants; the rest Razorpay gives back by itself. */
  const captureLate = async (payment: AtGateway<Payment>): Promise<boolean> => {
    const now = await gateway.payment(payment.gatewayPaymentId);
    if (now.status !== 'authorized') return settle(await money.learnPayment(now));
    const order = await deps.orders.find(payment.orderId);
    const wanted = order?.status === 'pending' && payment.amount <= deps.orders.due(order);
    if (!wanted) {
      await store.payments.lookedAt(payment.id);
      return false;
    }
    const captured = await gateway.capture(payment.gatewayPaymentId, payment.amount, payment.currency);
    return settle(await money.learnPayment(captured));
  };

  /**
   * A first try is sent; after one whose outcome is unknown, Razorpay is asked before anything is sent again. A worker that
   * was asleep sends nothing: the refund may be another worker's by now, or withdrawn. Rejects with `refused` only where
   * Razorpay has refused the refund itself, as it does where it does not know the payment: it has made none of that one.
   */
  const sendRefund = async (refund: AtGateway<Refund>, claimedAt: number): Promise<GatewayRefund> => {
    const asked = <T>(lookup: Promise<T>): Promise<T> =>
      lookup.catch((error: unknown) =>
        Promise.reject(new GatewayError('unknown', messageOf(error), { cause: error })),
      );
    if (refund.gatewayRefundId !== null) return asked(gateway.refundById(refund.gatewayRefundId));
    const made = refund.attempts > 1 ? await asked(madeOf(refund.gatewayPaymentId)) : [];
    const known = made.find(({ receipt }) => receipt === refund.id);
    if (known !== undefined) return known;
    if (performance.now() - claimedAt > SEND_WITHIN_MS) throw new Error('the try began too long ago');
    return gateway.refund({ ...refund, key: refund.id });
  };

  const madeOf = (gatewayPaymentId: string): Promise<GatewayRefund[]> =>
    gateway.refundsOf(gatewayPaymentId).catch((error: unknown) => {
      if (error instanceof GatewayError && error.isMissing) return [];
      throw error;
    });

  const workOffRefund = async (refund: AtGateway<Refund>, claimedAt: number): Promise<boolean> => {
    try {
      const made = await sendRefund(refund, claimedAt);
      const learned = await money.learnRefund(made);
      if (learned.kind === 'unchanged' && made.status === 'pending') {
        const dueAt = after(clock.now(), REFUND_LOOKUP_MS);
        await store.refunds.putOff(refund, { dueAt, lastOutcome: null, lastError: null });
      }
      return await settle(learned);
    } catch (error) {
      const dueAt = after(clock.now(), backoffMs(refund.attempts));
      const lastOutcome = error instanceof GatewayError ? error.outcome : 'unknown';
      await store.refunds.putOff(refund, { dueAt, lastOutcome, lastError: messageOf(error) });
      if (lastOutcome === 'refused' && refund.attempts >= STUCK_ATTEMPTS)
        await money.noteStuck(refund, messageOf(error));
      throw error;
    }
  };

  const refundAll = async (report: JobReport): Promise<void> => {
    for (;;) {
      const claimedAt = performance.now();
      const refund = await store.refunds.claimDue(after(clock.now(), REFUND_LEASE_MS));
      if (refund === undefined) return;
      await tryOne(report, `refund ${refund.id}`, () => workOffRefund(refund, claimedAt));
    }
  };

  return {
    /** Sends the refunds that are due. */
    async refund(): Promise<JobReport> {
      const report = emptyReport();
      await refundAll(report);
      return report;
    },

    async run(): Promise<JobReport> {
      const report = emptyReport();
      await lookUpPayments(report);
      const before = after(clock.now(), -LEFT_AUTHORIZED_MS);
      for (const payment of await store.payments.inStateSince('authorized', before, CAPTURES_A_RUN)) {
        await tryOne(report, `payment ${payment.gatewayPaymentId}`, () =>
          captureLate(payment).catch(async (error: unknown) => {
            // Those behind it are looked at first the next time.
            await store.payments.lookedAt(payment.id);
            throw error;
          }),
        );
      }
      await refundAll(report);
      return report;
    },
  };
}
