import { createEventStore } from '../modules/payments/events.store.js';
import { createOutsidePayments } from '../modules/payments/outside.service.js';
import { createWebhookInbox } from '../modules/payments/payments.inbox.js';
import { createPaymentReads } from '../modules/payments/payments.reads.js';
import { createPaymentReconciler } from '../modules/payments/payments.reconcile.js';
import { createPaymentService } from '../modules/payments/payments.service.js';
import { createPaymentKeys } from '../modules/payments/razorpay.keys.js';
import { createGateway } from '../modules/payments/razorpay.js';
import { createRefundService } from '../modules/payments/refunds.service.js';
import { createRefundWithdrawals } from '../modules/payments/refunds.withdrawal.js';
import type { Ground } from './ground.js';
import type { OrderParts } from './orders.js';

export function composePayments({ config, log, db, clock }: Ground, parts: OrderParts) {
  const { orders, reads, paymentStore: store, money, mails, settlement, settle, wake } = parts;
  const { webhookSecret, previousWebhookSecret, keySecret } = config.razorpay;
  const keys = createPaymentKeys({ log });
  const apiUrl = config.connections.razorpayUrl;
  const gateway = createGateway({ ...config.razorpay, apiUrl, onKeys: keys.note });
  const events = createEventStore({ db, clock });
  return {
    events,
    keys: { areRefused: keys.areRefused, check: () => keys.check(gateway), stop: keys.stop },
    payments: createPaymentService({ store, gateway, orders: reads, money, settlement, clock, keySecret }),
    reads: createPaymentReads(store),
    inbox: createWebhookInbox({
      events,
      clock,
      money,
      settlement,
      secrets: [webhookSecret, ...(previousWebhookSecret === undefined ? [] : [previousWebhookSecret])],
    }),
    reconciler: createPaymentReconciler({
      store,
      gateway,
      money,
      orders: { find: orders.find, due: reads.due },
      settlement,
      clock,
    }),
    outside: createOutsidePayments({
      store,
      orders: { find: orders.find, get: reads.get, due: reads.due },
      money,
      mails,
      settle,
      wake,
      db,
      clock,
    }),
    withdrawals: createRefundWithdrawals({ store, gateway, money, settle, wake, db }),
    refunds: createRefundService({
      store,
      orders: { ...reads, find: orders.find, change: orders.change },
      money,
      mails,
      settle,
      wake,
      db,
    }),
  };
}
