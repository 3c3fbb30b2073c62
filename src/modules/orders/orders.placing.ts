import type { Clock } from '../../platform/clock.js';
import { duplicateKey, type Database, type Session } from '../../platform/db.js';
import { AppError } from '../../platform/errors.js';
import { refuseOtherRequest } from '../../platform/idempotency.js';
import { newId, randomText } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { sum } from '../../platform/money.js';
import type { Stock, TakeOutcome } from '../stock/stock.service.js';
import { isPlaced, type PlacedOrder } from './orders.service.js';
import type { OrderStore } from './orders.store.js';
import type { NewOrder, Order, OrderLine } from './orders.types.js';
import { createBaskets, type Basket, type OrderedCarts } from './placing.basket.js';
import { createClaiming } from './placing.claim.js';
import { createBasketHolds } from './placing.holds.js';
import { fingerprintOf, type PlaceRequest } from './placing.request.js';
import {
  cartIsEmpty,
  freezeLines,
  refuseOtherTotal,
  tooManyUnpaid,
  totalChanged,
  type OrderProduct,
} from './placing.rules.js';

type PlacingDeps = {
  orders: OrderStore;
  stock: Pick<Stock, 'take' | 'claim' | 'release'>;
  carts: OrderedCarts;
  products: (ids: readonly string[], session?: Session) => Promise<Map<string, OrderProduct>>;
  customer: (userId: string) => Promise<{ userId: string; name: string; email: string }>;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
  currency: string;
  /** How many orders of one account may wait for their money at the same time. */
  mostUnpaid: number;
  log: Log;
};

/**
 * Placing an order, step by step as the stock protocol says. Each step can be repeated after a crash: there is no order
 * and no lost hold, or one order with its holds. The same key always answers with the same order.
 */
export type Placing = ReturnType<typeof createPlacing>;

export function createPlacing(deps: PlacingDeps) {
  const { orders } = deps;
  const baskets = createBaskets(deps);
  const holds = createBasketHolds(deps);
  const claiming = createClaiming(deps);

  /** Lines at the prices of this moment. Where they cannot be ordered, or have another total than was seen, the cart thaws. */
  const price = async (request: PlaceRequest, basket: Basket): Promise<OrderLine[]> => {
    try {
      const lines = freezeLines(basket.lines, await deps.products(productIds(basket)));
      refuseOtherTotal(lines, deps.currency, request.expectedTotal);
      return lines;
    } catch (error) {
      await holds.undo(basket, []);
      throw error;
    }
  };

  /** The row is in no list yet. Prices and archive state are checked again in its own transaction. */
  const insert = async (
    request: PlaceRequest,
    basket: Basket,
    lines: OrderLine[],
    taken: readonly TakeOutcome[],
  ): Promise<Order> => {
    const customer = await deps.customer(request.userId);
    const order: NewOrder = {
      id: newId(),
      number: `HF-${randomText(8)}`,
      customer,
      cartId: basket.cartId,
      idempotencyKey: request.idempotencyKey,
      fingerprint: fingerprintOf(request),
      gen: newId(),
      claims: taken.map((outcome) => (outcome.kind === 'held' ? outcome.gen : '')),
      lines,
      total: sum(lines.map((line) => line.lineTotal)),
      currency: deps.currency,
      shippingAddress: request.shippingAddress ?? null,
    };
    await orders.openAccount(customer.userId);
    return deps.db.transaction(async (session) => {
      const now = freezeLines(basket.lines, await deps.products(productIds(basket), session));
      if (now.some((line, i) => line.lineTotal !== lines[i]?.lineTotal))
        throw totalChanged(now, deps.currency);
      if ((await orders.countUnpaid(customer.userId, deps.mostUnpaid, session)) >= deps.mostUnpaid)
        throw tooManyUnpaid(deps.mostUnpaid);
      return orders.insert(order, session);
    });
  };

  /** The cart has a row already. One that is being placed under another key keeps it until it comes through or dies. */
  const refuseOccupied = async (basket: Basket): Promise<void> => {
    const other = await orders.findByCart(basket.cartId);
    if (other?.status !== 'placing' || other.idempotencyKey === basket.key) return;
    await holds.undo(basket, []);
    throw new AppError(
      'order_in_progress',
      'Another order is being placed from this cart. Try again in a minute.',
    );
  };

  /** Freeze, hold, insert, claim: from the claim on there is an order, and the customer's next cart is a fresh one. */
  const start = async (request: PlaceRequest): Promise<PlacedOrder> => {
    const basket = await baskets.open(request);
    const lines = await price(request, basket);
    const taken = await holds.take(basket);
    const inserted = await insert(request, basket, lines, taken).catch(async (error: unknown) => {
      // Anything but a refusal leaves open whether there is an order now (an equal request may have been quicker).
      if (error instanceof AppError) await holds.undo(basket, taken);
      if (duplicateKey(error) !== undefined) await refuseOccupied(basket);
      throw error;
    });
    const order = await claiming.claim(inserted);
    if (!basket.isPrivate) await baskets.retire(basket.cartId, request.userId);
    return order;
  };

  const resume = async (order: Order, request: PlaceRequest): Promise<PlacedOrder> => {
    refuseOtherRequest(order.fingerprint, fingerprintOf(request), 'order');
    const placed = isPlaced(order) ? order : await claiming.claim(order);
    if (request.items === undefined) await baskets.retire(order.cartId, request.userId);
    return placed;
  };

  return {
    /**
     * Places the order, or answers with the one that this key has placed before. Throws insufficient_stock,
     * total_changed, product_unavailable, cart_empty, cart_busy, order_in_progress, too_many_unpaid_orders (409),
     * idempotency_key_reused (422), validation_failed (400) where a product is listed twice.
     */
    async place(request: PlaceRequest): Promise<PlacedOrder> {
      const known = await orders.findByKey(request.userId, request.idempotencyKey);
      if (known !== undefined) return resume(known, request);
      try {
        return await start(request);
      } catch (error) {
        // Whatever stopped this one (its cart is ordered, its key is taken): if the key has an order now, that is it.
        const quicker = await orders.findByKey(request.userId, request.idempotencyKey);
        if (quicker !== undefined) return resume(quicker, request);
        if (duplicateKey(error) !== undefined) throw cartIsEmpty();
        throw error;
      }
    },

    /** Gives up a placement that died, unless it goes on meanwhile. */
    abort: (order: Order): Promise<boolean> => claiming.abort(order, 'placing was interrupted'),
  };
}

function productIds(basket: Basket): string[] {
  return basket.lines.map((line) => line.productId);
}
