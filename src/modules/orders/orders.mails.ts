import type { Outbox } from '../notifications/notifications.service.js';
import type { OrderMails } from './orders.settlement.js';
import type { Order } from './orders.types.js';

/** The mails of an order, each once for its cause. */
export function createOrderMails(outbox: Pick<Outbox, 'add'>): OrderMails {
  const money = (order: Order, amount: number) => ({ amount, currency: order.currency });
  return {
    async confirmed(order, session) {
      const lines = order.lines.map(({ name, sku, quantity, unitPrice, lineTotal }) => ({
        name,
        sku,
        quantity,
        unitPrice: money(order, unitPrice),
        lineTotal: money(order, lineTotal),
      }));
      const data = {
        customerName: order.customer.name,
        orderNumber: order.number,
        placedAt: order.placedAt ?? order.createdAt,
        lines,
        total: money(order, order.total),
        shippingAddress: order.shippingAddress,
      };
      const dedupeKey = `order_confirmation:${order.id}`;
      await outbox.add({ kind: 'order_confirmation', to: order.customer.email, data, dedupeKey }, session);
    },

    async refunded(order, { amount, reason }, session) {
      const data = {
        customerName: order.customer.name,
        orderNumber: order.number,
        amount: money(order, amount),
        reason,
      };
      // One mail for each refund that is decided; what was committed before tells them apart.
      const dedupeKey = `refund:${order.id}:${order.money.refundCommitted}`;
      await outbox.add({ kind: 'refund', to: order.customer.email, data, dedupeKey }, session);
    },
  };
}
