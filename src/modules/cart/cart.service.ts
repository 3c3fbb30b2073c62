import type { Clock } from '../../platform/clock.js';
import { AppError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Money } from '../../platform/money.js';
import type { Stock } from '../stock/stock.service.js';
import { cartTotal, priceLine, type CartProduct, type PricedLine } from './cart.rules.js';
import { FREEZE_MS, type CartLine, type CartStore, type Frozen, type StoredCart } from './cart.store.js';

/** Who asks: a signed-in user, or a guest by the id in the cookie; `address` bounds how many carts one can open. */
export type Visitor = { userId: string | undefined; cookieCartId: string | undefined; address: string };

export type Cart = { id: string | null; lines: PricedLine[]; total: Money; serverTime: Date };

/** The cart, and what its cookie should be from now on: a guest's new cart sets it, a user's cart clears it. */
export type CartAnswer = { cart: Cart; cookie: { set: string } | 'clear' | undefined };

/** What became of an order placed from a cart: none, one under way, or one that took the cart's lines with it. */
export type PlacementState = 'none' | 'busy' | 'ordered';

export type CartService = ReturnType<typeof createCartService>;

const MOST_UNITS = 99;
/** So many calls may change a line between two looks at it; each round one of them gets through. */
const MOST_ROUNDS = 50;

export function createCartService(deps: {
  carts: CartStore;
  stock: Pick<Stock, 'take' | 'release' | 'holdOf'>;
  products: (ids: readonly string[]) => Promise<Map<string, CartProduct>>;
  placementOf: (cartId: string) => Promise<PlacementState>;
  clock: Pick<Clock, 'now'>;
  currency: string;
  maxLines: number;
  newPerAddressHourly: number;
}) {
  const { carts, stock } = deps;

  /** The visitor's cart, if there is one. A guest's cart becomes the user's when they are signed in and have none. */
  const find = async (visitor: Visitor): Promise<{ cartId: string | undefined; adopted: boolean }> => {
    const { userId, cookieCartId } = visitor;
    if (userId === undefined) {
      const cart = cookieCartId === undefined ? undefined : await carts.read(cookieCartId);
      // A cart that belongs to a user is not shown to somebody who merely knows its id.
      return {
        cartId: cart !== undefined && cart.userId === undefined ? cart.id : undefined,
        adopted: false,
      };
    }
    const own = await carts.cartOf(userId);
    if (own !== undefined || cookieCartId === undefined) return { cartId: own, adopted: false };
    if (!(await carts.adopt(cookieCartId, userId))) return { cartId: undefined, adopted: false };
    const cartId = await carts.point(userId, cookieCartId);
    return { cartId, adopted: cartId === cookieCartId };
  };

  const open = async (visitor: Visitor): Promise<{ cartId: string; cookie: CartAnswer['cookie'] }> => {
    const found = await find(visitor);
    if (found.cartId !== undefined) {
      return { cartId: found.cartId, cookie: found.adopted ? 'clear' : undefined };
    }
    if (!(await carts.countNew(visitor.address, deps.newPerAddressHourly))) {
      throw new AppError(
        'rate_limited',
        'Too many new carts were opened from this address. Please try again later.',
        {
          headers: { 'Retry-After': '600' },
        },
      );
    }
    const fresh = newId() + newId();
    if (visitor.userId === undefined) return { cartId: fresh, cookie: { set: fresh } };
    const cartId = await carts.point(visitor.userId, fresh);
    await carts.claimFor(cartId, visitor.userId);
    return { cartId, cookie: undefined };
  };

  /** A cart that is still frozen long after: its placement died, or went through and left the cart behind. */
  const settleFreeze = async (cartId: string, userId: string | undefined, freeze: Frozen | undefined) => {
    const placement = await deps.placementOf(cartId);
    if (placement === 'ordered') {
      await carts.retire(cartId, userId);
      return 'retired';
    }
    if (placement === 'none' && freeze !== undefined && freeze.ageMs >= FREEZE_MS) {
      await carts.thaw(cartId, freeze.key);
      return 'thawed';
    }
    throw new AppError('cart_busy', 'An order is being placed from this cart. Please try again in a moment.');
  };

  const show = async (cartId: string | undefined): Promise<Cart> => {
    const stored = cartId === undefined ? undefined : await carts.read(cartId);
    const lines = stored?.lines ?? [];
    const products = await deps.products(lines.map((line) => line.productId));
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
    return { id: cartId ?? null, lines: priced, total: cartTotal(priced, deps.currency), serverTime };
  };

  /** Holds the units and writes the line. The hold comes first: a line without a hold is shown as such, never sold. */
  const hold = async (
    cartId: string,
    product: CartProduct,
    { units, unitsBefore }: { units: number; unitsBefore: number },
  ): Promise<'written' | 'changed' | 'owned' | Frozen> => {
    const taken = await stock.take({ productId: product.id, cartId, units, owner: 'cart', gen: newId() });
    if (taken.kind === 'short') {
      const line = { productId: product.id, requested: units, available: taken.available + taken.held };
      throw new AppError(
        'insufficient_stock',
        `Only ${line.available} of this product are available to you.`,
        {
          details: { lines: [line] },
        },
      );
    }
    if (taken.kind === 'owned') return 'owned';
    const line: CartLine = { productId: product.id, units, priceSeen: product.price.amount };
    const written = await carts.writeLine(cartId, line, { maxLines: deps.maxLines, unitsBefore });
    if (written.kind === 'full') {
      await stock.release({ productId: product.id, cartId, gen: taken.gen }, { onlyOwner: 'cart' });
      throw new AppError('cart_full', `A cart holds at most ${deps.maxLines} different products.`);
    }
    if (written.kind === 'frozen') return written;
    return written.kind === 'changed' ? 'changed' : 'written';
  };

  const put = async (
    visitor: Visitor,
    productId: string,
    unitsAfter: (before: number) => number,
  ): Promise<CartAnswer> => {
    const product = (await deps.products([productId])).get(productId);
    if (product === undefined) throw notFound('The product');
    if (product.archived) throw new AppError('product_unavailable', 'This product is no longer sold.');
    let settled = false;
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const { cartId, cookie } = await open(visitor);
      const before = await carts.read(cartId);
      const unitsBefore = unitsOf(before, productId);
      const units = unitsAfter(unitsBefore);
      if (units > MOST_UNITS)
        throw new AppError('cart_full', `A cart holds at most ${MOST_UNITS} units of a product.`);
      refuseFurtherLine(before, productId, deps.maxLines);
      const written = await hold(cartId, product, { units, unitsBefore });
      if (written === 'written') return { cart: await show(cartId), cookie };
      // Another call has changed the line: it is counted from what that one left.
      if (written === 'changed') continue;
      if (settled) break;
      await settleFreeze(cartId, visitor.userId, written === 'owned' ? undefined : written);
      settled = true;
    }
    throw new AppError('cart_busy', 'This cart is being changed or ordered. Please try again in a moment.');
  };

  const drop = async (
    cartId: string,
    userId: string | undefined,
    productIds: readonly string[],
  ): Promise<void> => {
    for (const productId of productIds) {
      const written = await carts.writeLine(cartId, { productId, units: 0, priceSeen: 0 }, deps);
      if (written.kind === 'frozen') {
        if ((await settleFreeze(cartId, userId, written)) === 'retired') return;
        await carts.writeLine(cartId, { productId, units: 0, priceSeen: 0 }, deps);
      }
      const { hold: held } = await stock.holdOf(productId, cartId);
      if (held !== undefined)
        await stock.release({ productId, cartId, gen: held.gen }, { onlyOwner: 'cart' });
    }
  };

  return {
    /** The visitor's cart as it stands now; an empty one where there is none. */
    async get(visitor: Visitor): Promise<CartAnswer> {
      const { cartId, adopted } = await find(visitor);
      return { cart: await show(cartId), cookie: adopted ? 'clear' : undefined };
    },

    /** Adds units to the line, holding them at once. Not repeatable: two calls add twice. */
    add: (visitor: Visitor, productId: string, units: number) =>
      put(visitor, productId, (before) => before + units),

    /** Sets the line to exactly `units`, holding or giving back the difference. Repeatable. */
    set: (visitor: Visitor, productId: string, units: number) => put(visitor, productId, () => units),

    /** Removes the line and gives its units back. Repeatable. */
    async remove(visitor: Visitor, productId: string): Promise<CartAnswer> {
      const { cartId, adopted } = await find(visitor);
      const cart = cartId === undefined ? undefined : await carts.read(cartId);
      if (cart !== undefined && unitsOf(cart, productId) > 0)
        await drop(cart.id, visitor.userId, [productId]);
      return { cart: await show(cartId), cookie: adopted ? 'clear' : undefined };
    },

    /** Removes every line and gives all units back. Repeatable. */
    async empty(visitor: Visitor): Promise<CartAnswer> {
      const { cartId, adopted } = await find(visitor);
      const cart = cartId === undefined ? undefined : await carts.read(cartId);
      if (cart !== undefined) {
        await drop(
          cart.id,
          visitor.userId,
          cart.lines.map((line) => line.productId),
        );
      }
      return { cart: await show(cartId), cookie: adopted ? 'clear' : undefined };
    },

    /** The id of the cart that a signed-in visitor orders from; undefined where there is none. */
    async cartToOrder(visitor: Visitor): Promise<string | undefined> {
      return (await find(visitor)).cartId;
    },
  };
}

function unitsOf(cart: StoredCart | undefined, productId: string): number {
  return cart?.lines.find((line) => line.productId === productId)?.units ?? 0;
}

function refuseFurtherLine(cart: StoredCart | undefined, productId: string, maxLines: number): void {
  if (cart === undefined || unitsOf(cart, productId) > 0 || cart.lines.length < maxLines) return;
  throw new AppError('cart_full', `A cart holds at most ${maxLines} different products.`);
}
