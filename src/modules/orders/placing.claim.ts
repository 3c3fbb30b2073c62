import type { Clock } from '../../platform/clock.js';
import type { Stock } from '../stock/stock.service.js';
import { isPlaced, type PlacedOrder } from './orders.service.js';
import type { OrderStore } from './orders.store.js';
import type { Actor, Order } from './orders.types.js';
import type { OrderedCarts } from './placing.basket.js';
import { interrupted } from './placing.rules.js';

const SYSTEM: Actor = { kind: 'system', id: null };

/** The end of placing: an order claims the holds of its cart, and only then is it an order. */
export function createClaiming(deps: {
  orders: Pick<OrderStore, 'find' | 'change'>;
  stock: Pick<Stock, 'claim' | 'release'>;
  carts: Pick<OrderedCarts, 'thaw'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { orders, stock, carts, clock } = deps;

  const claim = async (order: Order): Promise<PlacedOrder> => {
    if (order.status !== 'placing') return settledElsewhere(order);
    const { cartId, gen } = order;
    const owner = `order:${order.id}` as const;
    // Nothing is taken here: a claim that slept until the order was paid would take units that nobody gives back.
    const claimed = await Promise.allSettled(
      order.lines.map(({ productId, quantity }, i) =>
        stock.claim({ productId, cartId, units: quantity, cartGen: order.claims[i] ?? '', owner, gen }),
      ),
    );
    const failed = claimed.find((result) => result.status === 'rejected' || !result.value);
    if (failed !== undefined) return abandon(order, failed.status === 'rejected' ? failed.reason : undefined);
    const placed = await orders.change(
      order,
      { status: 'pending', placedAt: clock.now() },
      { actor: { kind: 'customer', id: order.customer.userId }, reason: 'placed' },
    );
    return placed !== undefined && isPlaced(placed) ? placed : settledElsewhere(order);
  };

  /** Another request with the same key, or a sweep, was quicker. What this one claimed for an aborted row goes back. */
  const settledElsewhere = async (order: Order): Promise<PlacedOrder> => {
    const now = await orders.find(order.id);
    if (now !== undefined && isPlaced(now)) return now;
    if (now?.status === 'placing') return claim(now);
    await giveBack(order);
    throw interrupted();
  };

  const abandon = async (order: Order, reason: unknown): Promise<PlacedOrder> => {
    if (!(await abort(order, 'placing failed'))) return settledElsewhere(order);
    await giveBack(order);
    if (reason instanceof Error) throw reason;
    throw interrupted();
  };

  const abort = async (order: Order, reason: string): Promise<boolean> => {
    const change = { status: 'aborted', holds: 'released', settled: false, attention: true } as const;
    return (await orders.change(order, change, { actor: SYSTEM, reason })) !== undefined;
  };

  /** The units go back now rather than when the sweep comes by; it repeats what fails here. */
  const giveBack = async (order: Order): Promise<void> => {
    await Promise.allSettled([
      carts.thaw(order.cartId, order.idempotencyKey),
      ...order.lines.map(({ productId }) =>
        stock.release({ productId, cartId: order.cartId, gen: order.gen }),
      ),
    ]);
  };

  return {
    /**
     * Claims every hold and places the order; anybody may run it again. Where that fails the order is aborted and what it
     * holds goes back; throws why then, or order_in_progress.
     */
    claim,

    /** Gives up a placement, unless it went on since it was read. */
    abort,
  };
}
