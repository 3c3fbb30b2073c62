import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { AppError, invalid } from '../../platform/errors.js';
import { answerOnce, refuseOtherRequest, type Asked } from '../../platform/idempotency.js';
import { sha256 } from '../../platform/ids.js';
import { formatMoney } from '../../platform/money.js';
import type { OrderReads } from '../orders/orders.service.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { Order } from '../orders/orders.types.js';
import { refuseOutside } from './outside.rules.js';
import type { MoneyBook, MoneyMails } from './payments.money.js';
import type { Payment } from './payments.schema.js';
import type { PaymentStore } from './payments.store.js';

/** Money that came without Razorpay, as an admin records it. Amount in minor units of the order's currency. */
export type OutsidePayment = {
  orderId: string;
  adminId: string;
  key: string;
  method: string;
  amount: number;
  reference: string;
  receivedAt: Date | undefined;
  note: string | undefined;
};

/** Payments made outside. */
export type OutsidePayments = ReturnType<typeof createOutsidePayments>;

export function createOutsidePayments(deps: {
  store: Pick<PaymentStore, 'payments'>;
  orders: Pick<OrderStore, 'find'> & Pick<OrderReads, 'get' | 'due'>;
  money: Pick<MoneyBook, 'recount'>;
  mails: Pick<MoneyMails, 'received'>;
  /** Finishes what the payment has made possible, or leaves it to the rollback job. */
  settle: (orderId: string) => Promise<unknown>;
  wake: () => void;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { payments } = deps.store;

  const known = async (asked: Asked, session?: Session): Promise<Payment | undefined> => {
    const earlier = await payments.recorded(asked.by, asked.key, session);
    if (earlier !== undefined) refuseOtherRequest(earlier.fingerprint, asked.fingerprint, 'request');
    return earlier?.payment;
  };

  const refuse = (order: Order, amount: number): void => {
    const due = deps.orders.due(order);
    const refusal = refuseOutside(order, amount, due);
    if (refusal === undefined) return;
    const details = refusal.code === 'amount_not_payable' && {
      due: { amount: due, currency: order.currency },
    };
    throw new AppError(refusal.code, refusal.message, details === false ? {} : { details });
  };

  /** One transaction: the payment, the order's sums, the mail. Nobody can pay the same rest meanwhile. */
  const write = async (wanted: OutsidePayment, asked: Asked): Promise<Payment> =>
    deps.db.transaction(async (session) => {
      const earlier = await known(asked, session);
      if (earlier !== undefined) return earlier;
      const order = await deps.orders.find(wanted.orderId, session);
      if (order === undefined) throw new Error(`the order ${wanted.orderId} is gone`);
      const { amount, method, reference } = wanted;
      refuse(order, amount);
      const { currency } = order;
      const capturedAt = wanted.receivedAt ?? deps.clock.now();
      const facts = { amount, currency, method, reference, note: wanted.note ?? null, capturedAt };
      const payment = await payments.insertOutside(facts, order, asked, session);
      const reason = `payment of ${formatMoney({ amount, currency })} by ${method.replace('_', ' ')} recorded`;
      const counted = await deps.money.recount(
        order,
        { actor: { kind: 'admin', id: asked.by }, reason },
        session,
      );
      await deps.mails.received(counted, payment, session);
      return payment;
    });

  return {
    /**
     * Counts the payment and settles the order; the same key answers with the same payment. Throws not_found,
     * order_not_payable, amount_not_payable, idempotency_key_reused, validation_failed (received in the future).
     */
    async record(wanted: OutsidePayment): Promise<Payment> {
      const { orderId, adminId, receivedAt } = wanted;
      await deps.orders.get(orderId, { userId: adminId, role: 'admin' });
      if (receivedAt !== undefined && receivedAt > deps.clock.now()) {
        throw invalid([{ path: '/body/receivedAt', code: 'future', message: 'must not lie in the future' }]);
      }
      const asked = { by: adminId, key: wanted.key, fingerprint: fingerprintOf(wanted) };
      const payment = await answerOnce(
        () => known(asked),
        () => write(wanted, asked),
      );
      deps.wake();
      await deps.settle(orderId);
      return payment;
    },
  };
}

function fingerprintOf({ orderId, method, amount, reference, receivedAt, note }: OutsidePayment): string {
  return sha256(JSON.stringify([orderId, method, amount, reference, receivedAt?.toISOString(), note]));
}
