import { AppError, messageOf } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { OrderStore } from './orders.store.js';
import type { PlaceRequest } from './placing.request.js';
import { cartIsEmpty, eachOnce, type WantedLine } from './placing.rules.js';

/**
 * What is being ordered, and from which cart: one of the customer's, frozen under `key`, or a private one that was made for
 * this order alone.
 */
export type Basket = { cartId: string; key: string; isPrivate: boolean; lines: readonly WantedLine[] };

/** What placing needs of carts: a cart is frozen for one key while it is being ordered, and retired afterwards. */
export type OrderedCarts = {
  freeze(
    cartId: string,
    key: string,
  ): Promise<{ kind: 'frozen' } | { kind: 'ok'; lines: readonly WantedLine[] }>;
  thaw(cartId: string, key: string): Promise<void>;
  retire(cartId: string, userId: string): Promise<void>;
};

/** Where the lines of an order come from, and what becomes of the cart that they were in. */
export function createBaskets(deps: {
  orders: Pick<OrderStore, 'findByCart'>;
  carts: Pick<OrderedCarts, 'freeze' | 'thaw' | 'retire'>;
  log: Log;
}) {
  const { orders, carts, log } = deps;

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

  return {
    /** The customer's next cart is a fresh one. A cart that stays behind is found to be ordered when it is touched. */
    retire,

    /**
     * Freezes the cart: from here on other changes of it wait, until it is thawed, retired, or the freeze is old. Throws
     * cart_empty, cart_busy, or validation_failed where a product is listed twice.
     */
    async open(request: PlaceRequest): Promise<Basket> {
      const { idempotencyKey: key } = request;
      if (request.items !== undefined) {
        // The same request has the same private cart, so that a repeat finds its own holds.
        const cartId = derivedId('private-cart', request.userId, key);
        return { cartId, key, isPrivate: true, lines: eachOnce(request.items) };
      }
      const cartId = await request.cartId();
      if (cartId === undefined) throw cartIsEmpty();
      const frozen = await carts.freeze(cartId, key);
      await refuseOrdered(cartId, request);
      if (frozen.kind === 'frozen') {
        throw new AppError(
          'cart_busy',
          'Another order is being placed from this cart. Please try again in a moment.',
        );
      }
      if (frozen.lines.length === 0) {
        await carts.thaw(cartId, key);
        throw cartIsEmpty();
      }
      return { cartId, key, isPrivate: false, lines: frozen.lines };
    },
  };
}
