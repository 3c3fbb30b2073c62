import type { Clock } from '../../platform/clock.js';
import { duplicateKey, type Database, type Session } from '../../platform/db.js';
import { AppError, messageOf } from '../../platform/errors.js';
import { refuseOtherRequest } from '../../platform/idempotency.js';
import { derivedId, newId, randomText, sha256 } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { sum, type Money } from '../../platform/money.js';
import type { Stock, TakeOutcome } from '../stock/stock.service.js';
import { isPlaced, type PlacedOrder } from './orders.service.js';
import type { OrderStore } from './orders.store.js';
import type { Address, NewOrder, Order, OrderLine } from './orders.types.js';
import {
  cartIsEmpty,
  eachOnce,
  freezeLines,
  interrupted,
  tooManyUnpaid,
  totalChanged,
  type OrderProduct,
  type WantedLine,
} from './placing.rules.js';

export type PlaceRequest = {
  userId: string;
  idempotencyKey: string;
  /** Where given, the order is placed straight from these items and the cart is left alone. */
  items: readonly WantedLine[] | undefined;
  /** The total that the customer saw; where it differs from what would be charged, nothing is placed. */
  expectedTotal: Money | undefined;
  shippingAddress: Address | undefined;
  /** The cart to order from where no items are given. */
  cartId: () => Promise<string | undefined>;
};

/** What placing needs of carts: a cart is frozen for one key while it is being ordered, and retired afterwards. */
export type OrderedCarts = {
  freeze(
    cartId: string,
    key: string,
  ): Promise<{ kind: 'frozen' } | { kind: 'ok'; lines: readonly WantedLine[] }>;
  thaw(cartId: string, key: string): Promise<void>;
  retire(cartId: string, userId: string): Promise<void>;
};

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

/** What is being ordered: from which cart, and whether that is a cart of the customer's or one made for this order. */
type Basket = { cartId: string; isPrivate: boolean; lines: readonly WantedLine[] };

/**
 * Placing an order, step by step as the stock protocol says. Each step can be repeated after a crash: there is no order
 * and no lost hold, or one order with its holds. The same key always answers with the same order.
 */
export function createPlacing(deps: PlacingDeps) {
  const { orders, stock, carts, log } = deps;

  /** The customer's next cart is a fresh one. A cart that stays behind is found to be ordered when it is touched. */
  const retire = async (cartId: string, userId: string): Promise<void> => {
    await carts.retire(cartId, userId).catch((error: unknown) => {
      log.warn({ cartId, error: messageOf(error) }, 'an ordered cart stays until it is touched');
    });
  };

  /** A cart whose lines have become another order, and that a crash left behind, is nothing to order from. */
  const refuseOrdered = async (cartId: string, request: PlaceRequest): Promise<void> => {
    const order = await orders.findByCart(cartId);
    if (order === undefined || order.status === 'placing') return;
    if (order.idempotencyKey === request.idempotencyKey) return;
    await retire(cartId, request.userId);
    throw cartIsEmpty();
  };

  /** Step 1. From here on other changes of the cart wait, until it is thawed, retired, or the freeze is old. */
  const basketOf = async (request: PlaceRequest): Promise<Basket> => {
    if (request.items !== undefined) {
      // The same request has the same private cart, so that a repeat finds its own holds.
      const cartId = derivedId('private-cart', request.userId, request.idempotencyKey);
      return { cartId, isPrivate: true, lines: eachOnce(request.items) };
    }
    const cartId = await request.cartId();
    if (cartId === undefined) throw cartIsEmpty();
    const frozen = await carts.freeze(cartId, request.idempotencyKey);
    await refuseOrdered(cartId, request);
    if (frozen.kind === 'frozen') {
      throw new AppError(
        'cart_busy',
        'Another order is being placed from this cart. Please try again in a moment.',
      );
    }
    if (frozen.lines.length === 0) {
      await carts.thaw(cartId, request.idempotencyKey);
      throw cartIsEmpty();
    }
    return { cartId, isPrivate: false, lines: frozen.lines };
  };

  /** Takes back what was begun. Whatever cannot be taken back now lapses by itself: freeze, holds and row have an age. */
  const undo = async (
    request: PlaceRequest,
    basket: Basket,
    taken: readonly (TakeOutcome | undefined)[],
  ): Promise<void> => {
    const steps = basket.isPrivate
      ? basket.lines.map((line, i) => {
          const outcome = taken[i];
          if (outcome?.kind !== 'held') return Promise.resolve();
          const hold = { productId: line.productId, cartId: basket.cartId, gen: outcome.gen };
          return stock.release(hold, { onlyOwner: 'cart' });
        })
      : [carts.thaw(basket.cartId, request.idempotencyKey)];
    for (const step of await Promise.allSettled(steps)) {
      if (step.status === 'rejected')
        log.warn({ error: messageOf(step.reason) }, 'a placement lapses by itself');
    }
  };

  /** Step 2. All lines to their quantity, or none. Answers what was taken, so that it can be undone. */
  const holdAll = async (request: PlaceRequest, basket: Basket): Promise<readonly TakeOutcome[]> => {
    const settled = await Promise.allSettled(
      basket.lines.map(({ productId, units }) =>
        stock.take({ productId, cartId: basket.cartId, units, owner: 'cart', gen: newId() }),
      ),
    );
    const outcomes = settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      await undo(request, basket, outcomes);
      throw failed.reason;
    }
    const taken = outcomes.filter((outcome) => outcome !== undefined);
    const short = basket.lines.flatMap(({ productId, units }, i) => {
      const outcome = taken[i];
      return outcome?.kind === 'short'
        ? [{ productId, requested: units, available: outcome.available + outcome.held }]
        : [];
    });
    if (short.length > 0) {
      await undo(request, basket, taken);
      throw new AppError('insufficient_stock', 'Not everything is available in the quantity that you want.', {
        details: { lines: short },
      });
    }
    if (taken.some((outcome) => outcome.kind === 'owned')) {
      throw new AppError('order_in_progress', 'An order with these items is being placed already.');
    }
    return taken;
  };

  /** Step 3. The row is in no list yet. Prices and archive state are checked again in its own transaction. */
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

  /** Steps 4 and 5: the order claims its holds, and only then is it an order. Safe to run again, by anybody. */
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
      { status: 'pending', placedAt: deps.clock.now() },
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
    const aborted = await orders.change(
      order,
      { status: 'aborted', holds: 'released', settled: false, attention: true },
      { actor: { kind: 'system', id: null }, reason: 'placing failed' },
    );
    if (aborted === undefined) return settledElsewhere(order);
    await giveBack(order);
    if (reason instanceof Error) throw reason;
    throw interrupted();
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

  /** The cart has a row already. One that is being placed under another key keeps it until it comes through or dies. */
  const refuseOccupied = async (request: PlaceRequest, basket: Basket): Promise<void> => {
    const other = await orders.findByCart(basket.cartId);
    if (other?.status !== 'placing' || other.idempotencyKey === request.idempotencyKey) return;
    await undo(request, basket, []);
    throw new AppError(
      'order_in_progress',
      'Another order is being placed from this cart. Try again in a minute.',
    );
  };

  const start = async (request: PlaceRequest): Promise<PlacedOrder> => {
    const basket = await basketOf(request);
    const lines = await priceOrThaw(request, basket);
    const taken = await holdAll(request, basket);
    const inserted = await insert(request, basket, lines, taken).catch(async (error: unknown) => {
      // Anything but a refusal leaves open whether there is an order now (an equal request may have been quicker).
      if (error instanceof AppError) await undo(request, basket, taken);
      if (duplicateKey(error) !== undefined) await refuseOccupied(request, basket);
      throw error;
    });
    const order = await claim(inserted);
    if (!basket.isPrivate) await retire(basket.cartId, request.userId);
    return order;
  };

  const priceOrThaw = async (request: PlaceRequest, basket: Basket): Promise<OrderLine[]> => {
    try {
      const lines = freezeLines(basket.lines, await deps.products(productIds(basket)));
      const total = sum(lines.map((line) => line.lineTotal));
      const seen = request.expectedTotal;
      if (seen !== undefined && (seen.amount !== total || seen.currency !== deps.currency)) {
        throw totalChanged(lines, deps.currency);
      }
      return lines;
    } catch (error) {
      await undo(request, basket, []);
      throw error;
    }
  };

  const resume = async (order: Order, request: PlaceRequest): Promise<PlacedOrder> => {
    refuseOtherRequest(order.fingerprint, fingerprintOf(request), 'order');
    const placed = isPlaced(order) ? order : await claim(order);
    if (request.items === undefined) await retire(order.cartId, request.userId);
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
    async abort(order: Order): Promise<boolean> {
      const change = { status: 'aborted', holds: 'released', settled: false, attention: true } as const;
      const reason = 'placing was interrupted';
      return (
        (await orders.change(order, change, { actor: { kind: 'system', id: null }, reason })) !== undefined
      );
    },
  };
}

/** Two requests are the same if they want the same things, whatever the order of their fields. */
function fingerprintOf(request: PlaceRequest): string {
  const { items, expectedTotal, shippingAddress: to } = request;
  return sha256(
    JSON.stringify([
      items?.map((line) => [line.productId, line.units]) ?? 'cart',
      expectedTotal && [expectedTotal.amount, expectedTotal.currency],
      to && [to.name, to.line1, to.line2, to.city, to.state, to.postalCode, to.country, to.phone],
    ]),
  );
}

function productIds(basket: Basket): string[] {
  return basket.lines.map((line) => line.productId);
}
