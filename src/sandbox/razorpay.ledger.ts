import type { Order, Payment, Refund } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import type { Change } from './razorpay.rules.js';
import type { Tables } from './tables.js';

/** All orders, payments and refunds. Lists are oldest first; an unknown id is refused as Razorpay refuses it. */
export interface Ledger {
  order(id: string): Order;
  payment(id: string): Payment;
  refund(id: string): Refund;
  orders(): Order[];
  payments(orderId?: string): Payment[];
  refunds(paymentId?: string): Refund[];
  commit(change: Omit<Change, 'happenings'>): void;
}

export function makeLedger(tables: Tables): Ledger {
  const orders = tables.table<Order>('orders');
  const payments = tables.table<Payment>('payments');
  const refunds = tables.table<Refund>('refunds');
  return {
    order: (id) => known(orders.get(id)),
    payment: (id) => known(payments.get(id)),
    refund: (id) => known(refunds.get(id)),
    orders: () => orders.values(),
    payments: (orderId) =>
      payments.values().filter((payment) => (orderId ?? payment.order_id) === payment.order_id),
    refunds: (paymentId) =>
      refunds.values().filter((refund) => (paymentId ?? refund.payment_id) === refund.payment_id),
    commit: ({ order, payment, refund }) => {
      if (order !== undefined) orders.set(order.id, order);
      if (payment !== undefined) payments.set(payment.id, payment);
      if (refund !== undefined) refunds.set(refund.id, refund);
    },
  };
}

function known<T>(entity: T | undefined): T {
  if (entity === undefined) throw new Refusal('The id provided does not exist');
  return entity;
}
