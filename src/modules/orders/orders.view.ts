import type {
  Address as AddressBody,
  Order as OrderBody,
  OrderItem,
  TimelineEntry as TimelineEntryBody,
} from '../../../generated/openapi.js';
import { isPublic, net, waitsUntil, type Patience } from './orders.rules.js';
import type { PlacedOrder } from './orders.service.js';
import { fulfilmentOf } from './shipping.rules.js';
import type { Address, OrderLine, TimelineEntry } from './orders.types.js';

/** An order as its customer and admins see it. */
export function toOrderBody(order: PlacedOrder, patience: Patience): OrderBody {
  const money = (amount: number) => ({ amount, currency: order.currency });
  const placedAt = order.placedAt ?? order.createdAt;
  const payBefore = waitsUntil({ ...order, placedAt }, patience);
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    paymentStatus: order.paymentStatus,
    fulfilment: fulfilmentOf(order.lines),
    customer: { userId: order.customer.userId, name: order.customer.name, email: order.customer.email },
    items: order.lines.map((line) => toOrderItem(line, order.currency)),
    total: money(order.total),
    amountPaid: money(order.money.captured),
    amountRefunded: money(order.money.refunded),
    amountRefunding: money(order.money.refundCommitted - order.money.refunded),
    amountDue: money(order.status === 'pending' ? Math.max(0, order.total - net(order.money)) : 0),
    shippingAddress: order.shippingAddress === null ? null : toAddressBody(order.shippingAddress),
    placedAt: placedAt.toISOString(),
    payBefore: payBefore === null ? null : new Date(payBefore).toISOString(),
  };
}

function toOrderItem(line: OrderLine, currency: string): OrderItem {
  return {
    productId: line.productId,
    sku: line.sku,
    name: line.name,
    unitPrice: { amount: line.unitPrice, currency },
    quantity: line.quantity,
    lineTotal: { amount: line.lineTotal, currency },
    shipped: line.shipped,
  };
}

function toAddressBody(address: Address): AddressBody {
  return {
    name: address.name,
    line1: address.line1,
    ...(address.line2 !== null && { line2: address.line2 }),
    city: address.city,
    ...(address.state !== null && { state: address.state }),
    postalCode: address.postalCode,
    country: address.country,
    ...(address.phone !== null && { phone: address.phone }),
  };
}

/** Rows that an order has from before it was one are not shown. */
export function toTimelineBody(entries: readonly TimelineEntry[]): TimelineEntryBody[] {
  return entries.flatMap(({ at, from, to, actor, reason }) => {
    if (!isPublic(to)) return [];
    const before = from !== null && isPublic(from) ? from : null;
    return [{ at: at.toISOString(), from: before, to, actor: { kind: actor.kind, id: actor.id }, reason }];
  });
}
