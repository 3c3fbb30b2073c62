import { nextStep, paymentStatusOf } from '../modules/orders/orders.rules.js';
import { countMoney, foreignMoney, isStuck, overReturnedOf } from '../modules/payments/payments.rules.js';
import { createOrderAudit } from '../modules/reconciliation/reconciliation.orders.js';
import { createReconciliations } from '../modules/reconciliation/reconciliation.service.js';
import { createFindingStore } from '../modules/reconciliation/reconciliation.store.js';
import { createRepairStore } from '../modules/stock/repairs.store.js';
import { createStockAccounts } from '../modules/stock/stock.accounts.js';
import { createReconciler } from '../modules/stock/stock.reconcile.js';
import { newId } from '../platform/ids.js';
import { sum } from '../platform/money.js';
import type { Ground } from './ground.js';
import type { MailParts } from './mails.js';
import type { OrderParts } from './orders.js';
import type { StockParts } from './stock.js';

export function composeReconciliation(
  { log, db, clock }: Ground,
  parts: {
    stock: StockParts;
    orders: Pick<OrderParts, 'orders' | 'paymentStore'>;
    mails: Pick<MailParts, 'outbox' | 'notices'>;
  },
) {
  const { stock, ledger, store, judge } = parts.stock;
  const { orders, paymentStore } = parts.orders;
  const { outbox, notices } = parts.mails;
  const accounts = createStockAccounts({ store, ledger, judge, openUnits: orders.openUnits, db });
  const repairs = createRepairStore(db);
  const findings = createFindingStore(db);
  const reconciliations = createReconciliations({
    reconciler: createReconciler({ accounts, store, ledger, repairs, stock, db, clock, log }),
    accounts,
    ledger,
    audit: createOrderAudit({
      orders,
      payments: paymentStore.payments,
      refunds: paymentStore.refunds,
      ledger,
      rules: {
        count: countMoney,
        overRefunded: (payments, refunds) => sum(payments.map((payment) => overReturnedOf(payment, refunds))),
        isStuck,
        foreignMoney,
        paymentStatusOf,
        nextStep: (order, now) => nextStep(order, now).kind,
      },
      db,
      clock,
    }),
    waitingOrders: paymentStore.refunds.waiting,
    loadHeld: parts.stock.loadHeld,
    findings,
    repairs,
    tell: ({ repairs: made, unexplained }, session) =>
      notices.drift(
        newId(),
        {
          repaired: made.map((one) => `${one.number} of ${one.productId}: ${one.before} -> ${one.after}`),
          unexplained: unexplained.map(({ subject, message }) => `${subject}: ${message}`),
        },
        session,
      ),
    wake: outbox.wake,
    db,
    clock,
  });
  return { reconciliations, findings, accounts };
}
