import type { AdminNotices } from '../notifications/admin.notices.js';
import type { Outbox } from '../notifications/notifications.service.js';
import type { MoneyMails } from '../payments/payments.money.js';
import type { CancellationMails } from './orders.cancel.js';
import { awaitsMoney, net } from './orders.rules.js';
import type { DecidedRefund, OrderMails } from './orders.settlement.js';
import type { Order } from './orders.types.js';

/** The mails of an order, each once for its cause, and the notices of it to the shop. */
export function createOrderMails(
  outbox: Pick<Outbox, 'add'>,
  notices: Pick<AdminNotices, 'orderPaid' | 'refundTroubled'>,
): OrderMails & MoneyMails & CancellationMails {
  const money = (order: Order, amount: number) => ({ amount, currency: order.currency });
  const aboutOrder = ({ customer, number }: Order) => ({ customerName: customer.name, orderNumber: number });
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
        ...aboutOrder(order),
        placedAt: order.placedAt ?? order.createdAt,
        lines,
        total: money(order, order.total),
        shippingAddress: order.shippingAddress,
      };
      const dedupeKey = `order_confirmation:${order.id}`;
      await outbox.add({ kind: 'order_confirmation', to: order.customer.email, data, dedupeKey }, session);
      const { id, number, customer } = order;
      const notice = {
        id,
        number,
        customer: `${customer.name} <${customer.email}>`,
        lines: order.lines.map(({ name, sku, quantity }) => `${quantity} x ${name} (${sku})`),
        total: data.total,
      };
      await notices.orderPaid(notice, session);
    },

    async refunded(order, { amount, reason, refunds }, session) {
      const data = { ...aboutOrder(order), amount: money(order, amount), reason, way: wayOf(refunds) };
      // Refunds that are decided together are told together.
      const dedupeKey = `refund:${refunds[0]?.id ?? order.id}`;
      await outbox.add({ kind: 'refund', to: order.customer.email, data, dedupeKey }, session);
    },

    /** Only of a payment that leaves something to pay: the last one is told by the confirmation. */
    async received(order, { id, amount }, session) {
      if (!awaitsMoney(order)) return;
      const due = money(order, order.total - net(order.money));
      const data = { ...aboutOrder(order), amount: money(order, amount), due };
      const dedupeKey = `payment_received:${id}`;
      await outbox.add({ kind: 'payment_received', to: order.customer.email, data, dedupeKey }, session);
    },

    async refundDone(order, { id, amount, reference }, session) {
      const data = { ...aboutOrder(order), amount: money(order, amount), reference };
      const dedupeKey = `refund_done:${id}`;
      await outbox.add({ kind: 'refund_done', to: order.customer.email, data, dedupeKey }, session);
    },

    async refundTroubled(order, refund, session) {
      const { id, amount, state, why } = refund;
      const notice = { id, orderNumber: order.number, amount: money(order, amount), state, why };
      await notices.refundTroubled(notice, session);
    },

    /** Tells of the refund too. */
    async cancelled(order, { reason, refund, refunds }, session) {
      const back = refund > 0 ? money(order, refund) : null;
      const data = { ...aboutOrder(order), reason, refund: back, way: wayOf(refunds) };
      const dedupeKey = `order_cancelled:${order.id}`;
      await outbox.add({ kind: 'order_cancelled', to: order.customer.email, data, dedupeKey }, session);
    },
  };
}

/** How the money goes back: the way it came, by the shop's own hand, or some of it so and some otherwise. */
function wayOf(refunds: readonly DecidedRefund[]): 'gateway' | 'hand' | 'both' {
  const byHand = refunds.filter(({ state }) => state === 'to_be_paid_out').length;
  if (byHand === 0) return 'gateway';
  return byHand === refunds.length ? 'hand' : 'both';
}
