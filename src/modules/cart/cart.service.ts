import type { Clock } from '../../platform/clock.js';
import { AppError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Money } from '../../platform/money.js';
import { refusalHeaders, type Standing } from '../../platform/standing.js';
import type { Stock } from '../stock/stock.service.js';
import { cartTotal, priceLine, type CartProduct, type PricedLine } from './cart.rules.js';
import { createFreezes, type PlacementState } from './cart.freezes.js';
import { createCartMerge } from './cart.merge.js';
import type { CartLine, CartStore, Frozen, LeftOut, StoredCart } from './cart.store.js';

/** Who asks: a signed-in user, or a guest by the id in the cookie; `address` bounds how many carts one can open. */
export type Visitor = { userId: string | undefined; cookieCartId: string | undefined; address: string };

/** `leftOut`: what of a guest's cart did not fit, with the product's name where there still is one. */
export type Cart = {
  id: string | null;
  lines: PricedLine[];
  leftOut: (LeftOut & { name: string })[];
  total: Money;
  serverTime: Date;
};

/**
 * The cart, and what its cookie should be from now on: a guest's new cart sets it, a user's cart clears it. `opened`: where
 * the address stands with its new carts, where this was one.
 */
export type CartAnswer = {
  cart: Cart;
  cookie: { set: string } | 'clear' | undefined;
  opened?: Standing;
};

export type CartService = ReturnType<typeof createCartService>;

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

  /** Brings the lines of a guest's cart into the user's; `clear`: the guest's cart is over, so its cookie may go. */
  const takeOver = async (userId: string, guestId: string): Promise<Found> => {
    const clear = (await merge(userId, guestId)) === 'merged';
    return { cartId: await carts.cartOf(userId), clear };
  };

  /** The visitor's cart, if there is one. A guest's cart becomes the user's at sign-in, or a part of the one they have. */
  const find = async (visitor: Visitor): Promise<Found> => {
    const { userId, cookieCartId } = visitor;
    if (userId === undefined) {
      const cart = cookieCartId === undefined ? undefined : await carts.read(cookieCartId);
      // A cart that belongs to a user is not shown to somebody who merely knows its id.
      return { cartId: cart?.userId === undefined ? cart?.id : undefined, clear: false };
    }
    const own = await carts.cartOf(userId);
    if (cookieCartId === undefined) return { cartId: own, clear: false };
    if (own !== undefined) {
      return own === cookieCartId ? { cartId: own, clear: true } : takeOver(userId, cookieCartId);
    }
    switch (await carts.adopt(cookieCartId, userId)) {
      case 'none':
        return { cartId: undefined, clear: true };
      case 'foreign':
        return { cartId: undefined, clear: false };
      case 'merging':
        return takeOver(userId, cookieCartId);
      case 'adopted': {
        const cartId = await carts.point(userId, cookieCartId);
        return cartId === cookieCartId ? { cartId, clear: true } : takeOver(userId, cookieCartId);
      }
    }
  };

  /** The visitor's cart; an `opened` one where there is none, which is counted for the address. */
  const open = async (visitor: Visitor): Promise<{ cartId: string } & Omit<CartAnswer, 'cart'>> => {
    const found = await find(visitor);
    if (found.cartId !== undefined) return { cartId: found.cartId, cookie: cookieOf(found) };
    const { isAllowed, standing } = await carts.countNew(visitor.address, deps.newPerAddressHourly);
    if (!isAllowed) {
      const message = 'Too many new carts were opened from this address. Please try again later.';
      throw new AppError('rate_limited', message, { headers: refusalHeaders(standing) });
    }
    const fresh = newId() + newId();
    if (visitor.userId === undefined) return { cartId: fresh, cookie: { set: fresh }, opened: standing };
    const cartId = await carts.point(visitor.userId, fresh);
    await carts.claimFor(cartId, visitor.userId);
    return { cartId, cookie: cookieOf(found), opened: standing };
  };

  const settleFreeze = async (cartId: string, userId: string | undefined, freeze: Frozen | undefined) => {
    const settled = await freezes.settle(cartId, userId, freeze);
    if (settled !== 'busy') return settled;
    throw new AppError('cart_busy', 'An order is being placed from this cart. Please try again in a moment.');
  };

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

  /**
   * Holds the units and writes the line, unless it has not `ifUnits` any more. The hold comes first: a line without a hold is
   * shown as such, never sold.
   */
  const hold = async (
    cart: { id: string; userId: string | undefined },
    product: CartProduct,
    units: number,
    ifUnits: number | undefined,
  ): Promise<'written' | 'owned' | 'changed' | 'moved' | Frozen> => {
    const cartId = cart.id;
    const taken = await stock.take({ productId: product.id, cartId, units, owner: 'cart', gen: newId() });
    if (taken.kind === 'short') {
      const line = { productId: product.id, requested: units, available: taken.available + taken.held };
      throw new AppError('insufficient_stock', `Of this product you can have ${line.available}.`, {
        details: { lines: [line] },
      });
    }
    if (taken.kind === 'owned') return 'owned';
    const line: CartLine = { productId: product.id, units, priceSeen: product.price.amount };
    const limits = { maxLines: deps.maxLines, ...(ifUnits !== undefined && { ifUnits }) };
    const written = await carts.writeLine(cart, line, limits);
    switch (written.kind) {
      case 'full':
        await stock.release({ productId: product.id, cartId, gen: taken.gen }, { onlyOwner: 'cart' });
        throw new AppError('cart_full', `A cart holds at most ${deps.maxLines} different products.`);
      case 'ok':
        return 'written';
      case 'changed':
      case 'moved':
        return written.kind;
      case 'frozen':
        return written;
    }
  };

  const put = async (
    visitor: Visitor,
    productId: string,
    wanted: { plus: number } | { exactly: number },
  ): Promise<CartAnswer> => {
    const product = (await deps.products([productId])).get(productId);
    if (product === undefined) throw notFound('The product');
    if (product.archived) throw new AppError('product_unavailable', 'This product is no longer sold.');
    for (let round = 1; ; round += 1) {
      const { cartId, ...opening } = await open(visitor);
      const stored = await carts.read(cartId);
      const before = unitsOf(stored, productId);
      const units = 'plus' in wanted ? before + wanted.plus : wanted.exactly;
      if (units > MOST_UNITS)
        throw new AppError('cart_full', `A cart holds at most ${MOST_UNITS} units of a product.`);
      refuseFurtherLine(stored, productId, deps.maxLines);
      const cart = { id: cartId, userId: visitor.userId };
      // What is added counts from the line as it was read: another addition meanwhile must not be lost.
      const written = await hold(cart, product, units, 'plus' in wanted ? before : undefined).catch(
        async (error: unknown) => {
          if (opening.opened !== undefined) await carts.uncountNew(visitor.address);
          throw error;
        },
      );
      if (written === 'written') return { cart: await show(cartId), ...opening };
      if (written === 'moved') {
        if (visitor.userId !== undefined) await carts.unpoint(visitor.userId, cartId);
      } else if (written !== 'changed') {
        await settleFreeze(cartId, visitor.userId, written === 'owned' ? undefined : written);
      }
      if (round === ROUNDS) throw new AppError('cart_busy', 'This cart is being changed. Please try again.');
    }
  };

  const releaseLine = async (cartId: string, productId: string): Promise<void> => {
    const { hold: held } = await stock.holdOf(productId, cartId);
    if (held !== undefined) await stock.release({ productId, cartId, gen: held.gen }, { onlyOwner: 'cart' });
  };

  const drop = async (
    cartId: string,
    userId: string | undefined,
    productIds: readonly string[],
  ): Promise<void> => {
    const cart = { id: cartId, userId };
    const limits = { maxLines: deps.maxLines };
    for (const productId of productIds) {
      const written = await carts.writeLine(cart, { productId, units: 0, priceSeen: 0 }, limits);
      if (written.kind === 'frozen') {
        if ((await settleFreeze(cartId, userId, written)) === 'retired') return;
        await carts.writeLine(cart, { productId, units: 0, priceSeen: 0 }, limits);
      }
      await releaseLine(cartId, productId);
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
      if (cart !== undefined && mentions(cart, productId)) await drop(cart.id, visitor.userId, [productId]);
      return { cart: await show(found.cartId), cookie: cookieOf(found) };
    },

    /** Removes every line and gives all units back. Repeatable. */
    async empty(visitor: Visitor): Promise<CartAnswer> {
      const found = await find(visitor);
      const cart = found.cartId === undefined ? undefined : await carts.read(found.cartId);
      if (cart !== undefined) {
        const all = [...cart.lines, ...cart.leftOut].map(({ productId }) => productId);
        await drop(cart.id, visitor.userId, [...new Set(all)]);
      }
      return { cart: await show(found.cartId), cookie: cookieOf(found) };
    },

    /** What becomes of a guest's cart when its customer signs in: it is theirs from now on, whole or merged into their own. */
    async signIn(visitor: Visitor): Promise<CartAnswer['cookie']> {
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
        for (const productId of productIds) await releaseLine(cart.id, productId);
        return;
      }
      await drop(cart.id, userId, productIds);
      await carts.retire(cart.id, userId);
    },

    /** The id of the cart that a signed-in visitor orders from; undefined where there is none. */
    async cartToOrder(visitor: Visitor): Promise<string | undefined> {
      return (await find(visitor)).cartId;
    },
  };
}

/** A visitor's cart. `clear`: the guest's cart in the cookie is theirs now, or is no more. */
type Found = { cartId: string | undefined; clear: boolean };

function cookieOf({ clear }: Found): CartAnswer['cookie'] {
  return clear ? 'clear' : undefined;
}

function unitsOf(cart: StoredCart | undefined, productId: string): number {
  return cart?.lines.find((line) => line.productId === productId)?.units ?? 0;
}

function mentions(cart: StoredCart, productId: string): boolean {
  return [...cart.lines, ...cart.leftOut].some((line) => line.productId === productId);
}

function refuseFurtherLine(cart: StoredCart | undefined, productId: string, maxLines: number): void {
  if (cart === undefined || unitsOf(cart, productId) > 0 || cart.lines.length < maxLines) return;
  throw new AppError('cart_full', `A cart holds at most ${maxLines} different products.`);
}
