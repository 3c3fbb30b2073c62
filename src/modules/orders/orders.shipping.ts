import type { Session } from '../../platform/db.js';
import { AppError, unavailable } from '../../platform/errors.js';
import { isAllReturned, isLegalMove, type OrderStatus } from './orders.rules.js';
import { placedOrder, type PlacedOrder } from './orders.service.js';
import type { OrderStore } from './orders.store.js';
import type { Change, Note, Order, OrderLine } from './orders.types.js';
import { eachOnce } from './placing.rules.js';
import { fulfilmentOf, leftOf, send, type Parcel } from './shipping.rules.js';

const SHIPPABLE: readonly OrderStatus[] = ['paid', 'processing', 'shipped'];

/** What leaves with a shipment: the order as it is then, and the lines with the units that are in the parcel. */
export type Sent = { order: Order; lines: Pick<OrderLine, 'productId' | 'sku' | 'name' | 'quantity'>[] };

/** How an order follows its shipments. Each step is a part of the transaction that changes the shipment. */
export type OrderShipping = ReturnType<typeof createOrderShipping>;

export function createOrderShipping(deps: { orders: Pick<OrderStore, 'find' | 'change'> }) {
  const read = async (orderId: string, session: Session): Promise<PlacedOrder> =>
    placedOrder(await deps.orders.find(orderId, session));

  /** Two who change one order at once collide in the database, and one of them reads it again. */
  const write = async (order: Order, change: Change, note: Note, session: Session): Promise<Order> => {
    const changed = await deps.orders.change(order, { ...change, shipping: true }, note, session);
    if (changed === undefined) throw unavailable('The order');
    return changed;
  };

  const refuse = (order: PlacedOrder): void => {
    const { status } = order;
    const legal = `Only an order that is ${SHIPPABLE.slice(0, -1).join(', ')} or shipped can be shipped.`;
    const say = (message: string) => new AppError('order_not_shippable', message, { details: { status } });
    if (!SHIPPABLE.includes(status)) throw say(`This order is ${status}. ${legal}`);
    if (isAllReturned(order)) throw say('The money for this order has gone back.');
    if (fulfilmentOf(order.lines) === 'full') throw say('All of this order has been shipped.');
  };

  return {
    /**
     * Sends `items`, or all that is left. Never more of a line than was ordered; from then on the order cannot be cancelled.
     * Throws not_found, validation_failed (a product twice), order_not_shippable, lines_not_shippable.
     */
    async ship(
      what: {
        orderId: string;
        items: readonly Parcel[] | undefined;
        adminId: string;
        trackingNumber: string;
      },
      session: Session,
    ): Promise<Sent> {
      const order = await read(what.orderId, session);
      refuse(order);
      eachOnce((what.items ?? []).map(({ productId, quantity }) => ({ productId, units: quantity })));
      const parcel = what.items ?? leftOf(order.lines);
      const sent = send(order.lines, parcel);
      if (sent.kind === 'short') {
        const [first] = sent.short;
        const message = `Fewer units of this order are left to ship than you list: ${first?.available ?? 0} instead of ${first?.requested ?? 0} of ${first?.productId ?? ''}.`;
        throw new AppError('lines_not_shippable', message, { details: { lines: sent.short } });
      }
      const isWhole = fulfilmentOf(sent.lines) === 'full';
      const wanted = isWhole ? 'shipped' : 'processing';
      const status = isLegalMove(order.status, wanted) ? wanted : order.status;
      const reason = `${isWhole ? 'all' : 'a part'} of it shipped as ${what.trackingNumber}`;
      const note = { actor: { kind: 'admin', id: what.adminId }, reason } as const;
      const changed = await write(order, { status, lines: sent.lines }, note, session);
      const lines = order.lines.flatMap(({ productId, sku, name }) => {
        const quantity = parcel.find((item) => item.productId === productId)?.quantity;
        return quantity === undefined ? [] : [{ productId, sku, name, quantity }];
      });
      return { order: changed, lines };
    },

    /** When the order was placed: nothing of it was on its way before. Throws not_found. */
    async placedAt(orderId: string, session: Session): Promise<Date> {
      const order = await read(orderId, session);
      return order.placedAt ?? order.createdAt;
    },

    /**
     * A shipment was delivered. Where it was the last of an order that was sent whole (`isLast`), the order is delivered. It is
     * written in any case, so that of two last ones at the same moment one sees the other.
     */
    async delivered(
      what: { orderId: string; isLast: boolean; trackingNumber: string },
      session: Session,
    ): Promise<Order> {
      const order = await read(what.orderId, session);
      const isOver = what.isLast && fulfilmentOf(order.lines) === 'full';
      const status = isOver && isLegalMove(order.status, 'delivered') ? 'delivered' : order.status;
      const note = {
        actor: { kind: 'system', id: null },
        reason: `${what.trackingNumber} delivered`,
      } as const;
      return write(order, { status }, note, session);
    },
  };
}
