import { notFound } from '../../platform/errors.js';
import { isPublic, isSold, isUnsettled, net, type PublicStatus } from './orders.rules.js';
import type { OrderQuery, OrderStore } from './orders.store.js';
import type { Order, TimelineEntry } from './orders.types.js';

/** Who reads: a customer sees their own orders only, an admin all. */
export type Reader = { userId: string; role: 'user' | 'admin' };

/** An order that has been placed. */
export type PlacedOrder = Order & { status: PublicStatus };

/** Reading orders. A stranger's order and one that does not exist are answered alike. */
export type OrderReads = ReturnType<typeof createOrderReads>;

export function createOrderReads(orders: OrderStore) {
  /** Throws not_found for what is not the reader's, or is not an order (yet). */
  const get = async (orderId: string, reader: Reader): Promise<PlacedOrder> => {
    const order = await orders.find(orderId);
    const mayRead =
      order !== undefined && (reader.role === 'admin' || order.customer.userId === reader.userId);
    if (!mayRead || !isPlaced(order)) throw notFound('The order');
    return order;
  };

  return {
    get,

    /** What happened to the order, the oldest first. */
    async timeline(orderId: string, reader: Reader): Promise<TimelineEntry[]> {
      await get(orderId, reader);
      return orders.timeline(orderId);
    },

    /** What is still to be paid, minor units; not above zero once it is paid. */
    due: (order: Order): number => order.total - net(order.money),
    isSold: (order: Order): boolean => isSold(order.status),
    /** Whether its money has to be settled first: it is just being paid, or something is too much. */
    isUnsettled: (order: Order): boolean => isUnsettled(order),

    async list(query: OrderQuery): Promise<{ rows: PlacedOrder[]; total: number }> {
      const { rows, total } = await orders.list(query);
      return { rows: rows.filter(isPlaced), total };
    },
  };
}

/** Throws not_found for a row that is no order (yet), or is not there. */
export function placedOrder(order: Order | undefined): PlacedOrder {
  if (order === undefined || !isPlaced(order)) throw notFound('The order');
  return order;
}

export function isPlaced(order: Order): order is PlacedOrder {
  return isPublic(order.status);
}
