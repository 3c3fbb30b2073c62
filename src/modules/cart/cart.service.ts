import type { Clock } from '../../platform/clock.js';
import { AppError, notFound } from '../../platform/errors.js';
import type { Money } from '../../platform/money.js';
import type { Standing } from '../../platform/standing.js';
import type { Stock } from '../stock/stock.service.js';
import { createFreezes, type PlacementState } from './cart.freezes.js';
import { createCartLines } from './cart.lines.js';
import { createCartMerge } from './cart.merge.js';
import {
  cartTotal,
  mentions,
  priceLine,
  refuseFurtherLine,
  unitsOf,
  type CartProduct,
  type PricedLine,
} from './cart.rules.js';
import type { CartStore, LeftOut } from './cart.store.js';
import { cookieOf, createVisitorCarts, type CartCookie, type Visitor } from './cart.visitors.js';

/** `leftOut`: what of a guest's cart did not fit, with the product's name where there still is one. */
export type Cart = {
  id: string | null;
  lines: PricedLine[];
  leftOut: (LeftOut & { name: string })[];
  total: Money;
  serverTime: Date;
};

/** `opened`: where the address stands with its new carts, where the cart is one. */
export type CartAnswer = { cart: Cart; cookie: CartCookie; opened?: Standing };

export type CartService = ReturnType<typeof createCartService>;

/** Of one product. */
const MOST_UNITS = 99;
/** How often a change of a line begins anew, because the cart has changed under it; each round somebody gets through. */
const ROUNDS = 50;

export function createCartService(deps: {
  carts: CartStore;
  stock: Pick<Stock, 'take' | 'release' | 'holdOf' | 'merge'>;
  products: (ids: readonly string[]) => Promise<Map<string, CartProduct>>;
  placementOf: (cartId: string) => Promise<PlacementState>;
  clock: Pick<Clock, 'now'>;
  currency: string;
  maxLines: number;
  newPerAddressHourly: number;
}) {
  const { carts, stock } = deps;
  const freezes = createFreezes({ carts, placementOf: deps.placementOf });
  const most = { units: MOST_UNITS, lines: deps.maxLines };
  const merge = createCartMerge({ carts, stock, freezes, most });
  const { find, open } = createVisitorCarts({ carts, merge, newPerAddressHourly: deps.newPerAddressHourly });
  const cartLines = createCartLines({ carts, stock, freezes, maxLines: deps.maxLines });

  const show = async (cartId: string | undefined): Promise<Cart> => {
    const stored = cartId === undefined ? undefined : await carts.read(cartId);
    const { lines, leftOut } = stored ?? { lines: [], leftOut: [] };
    const products = await deps.products([...lines, ...leftOut].map(({ productId }) => productId));
    let serverTime = deps.clock.now();
    const priced = await Promise.all(
      lines.map(async (line) => {
        const product = products.get(line.productId);
        if (product === undefined) return priceLine(line, undefined, undefined, 0, deps.currency);
        const { at, available, hold } = await stock.holdOf(line.productId, cartId ?? '');
        serverTime = new Date(at);
        const held = hold?.owner === 'cart' ? { units: hold.units, lapsesAt: hold.lapsesAt } : undefined;
        return priceLine(line, product, held, available, deps.currency);
      }),
    );
    return {
      id: cartId ?? null,
      lines: priced,
      leftOut: leftOut.map((left) => ({ ...left, name: products.get(left.productId)?.name ?? '' })),
      total: cartTotal(priced, deps.currency),
      serverTime,
    };
  };

  const put = async (
    visitor: Visitor,
    productId: string,
    wanted: { plus: number } | { exactly: number },
  ): Promise<CartAnswer> => {
    const product = (await deps.products([productId])).get(productId);
    if (product === undefined) throw notFound('The product');
    if (product.archived) throw new AppError('product_unavailable', 'This product is no longer sold.');
    let opened: Standing | undefined;
    for (let round = 1; ; round += 1) {
      const { cartId, ...opening } = await open(visitor);
      opened ??= opening.opened;
      const stored = await carts.read(cartId);
      const before = unitsOf(stored, productId);
      const units = 'plus' in wanted ? before + wanted.plus : wanted.exactly;
      if (units > MOST_UNITS)
        throw new AppError('cart_full', `A cart holds at most ${MOST_UNITS} units of a product.`);
      refuseFurtherLine(stored, productId, deps.maxLines);
      const cart = { id: cartId, userId: visitor.userId };
      // What is added counts from the line as it was read: another addition meanwhile must not be lost.
      const written = await cartLines
        .hold(cart, product, units, 'plus' in wanted ? before : undefined)
        .catch(async (error: unknown) => {
          if (opening.opened !== undefined) await carts.uncountNew(visitor.address);
          throw error;
        });
      if (written === 'written') {
        return { cart: await show(cartId), cookie: opening.cookie, ...(opened !== undefined && { opened }) };
      }
      if (written === 'moved') {
        if (visitor.userId !== undefined) await carts.unpoint(visitor.userId, cartId);
      } else if (written !== 'changed') {
        await cartLines.settleFreeze(cartId, visitor.userId, written === 'owned' ? undefined : written);
      }
      if (round === ROUNDS) throw new AppError('cart_busy', 'This cart is being changed. Please try again.');
    }
  };

  return {
    /** The visitor's cart as it stands now; an empty one where there is none. */
    async get(visitor: Visitor): Promise<CartAnswer> {
      const found = await find(visitor);
      return { cart: await show(found.cartId), cookie: cookieOf(found) };
    },

    /** Adds units to the line, holding them at once. Not repeatable: two calls add twice. */
    add: (visitor: Visitor, productId: string, units: number) => put(visitor, productId, { plus: units }),

    /** Sets the line to exactly `units`, holding or giving back the difference. Repeatable. */
    set: (visitor: Visitor, productId: string, units: number) => put(visitor, productId, { exactly: units }),

    /** Removes the line, and what was left out of it, and gives its units back. Repeatable. */
    async remove(visitor: Visitor, productId: string): Promise<CartAnswer> {
      const found = await find(visitor);
      const cart = found.cartId === undefined ? undefined : await carts.read(found.cartId);
      if (cart !== undefined && mentions(cart, productId))
        await cartLines.drop(cart.id, visitor.userId, [productId]);
      return { cart: await show(found.cartId), cookie: cookieOf(found) };
    },

    /** Removes every line and gives all units back. Repeatable. */
    async empty(visitor: Visitor): Promise<CartAnswer> {
      const found = await find(visitor);
      const cart = found.cartId === undefined ? undefined : await carts.read(found.cartId);
      if (cart !== undefined) {
        const all = [...cart.lines, ...cart.leftOut].map(({ productId }) => productId);
        await cartLines.drop(cart.id, visitor.userId, [...new Set(all)]);
      }
      return { cart: await show(found.cartId), cookie: cookieOf(found) };
    },

    /** What becomes of a guest's cart when its customer signs in: it is theirs from now on, whole or merged into their own. */
    async signIn(visitor: Visitor): Promise<CartCookie> {
      return visitor.cookieCartId === undefined ? undefined : cookieOf(await find(visitor));
    },

    /**
     * Gives back what a user's cart holds whose account cannot order any more. Its lines go too where the account is over
     * (`cart`); otherwise they stay, as lines whose hold has lapsed. Throws cart_busy where an order is being placed from it.
     */
    async letGo(userId: string, what: 'cart' | 'holds'): Promise<void> {
      const cartId = await carts.cartOf(userId);
      const cart = cartId === undefined ? undefined : await carts.read(cartId);
      if (cart === undefined) return;
      const productIds = cart.lines.map(({ productId }) => productId);
      if (what === 'holds') {
        for (const productId of productIds) await cartLines.release(cart.id, productId);
        return;
      }
      await cartLines.drop(cart.id, userId, productIds);
      await carts.retire(cart.id, userId);
    },

    /** The id of the cart that a signed-in visitor orders from; undefined where there is none. */
    async cartToOrder(visitor: Visitor): Promise<string | undefined> {
      return (await find(visitor)).cartId;
    },
  };
}
