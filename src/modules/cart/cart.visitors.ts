import { AppError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { refusalHeaders, type Standing } from '../../platform/standing.js';
import type { CartMerge } from './cart.merge.js';
import type { CartStore } from './cart.store.js';

/** Who asks: a signed-in user, or a guest by the id in the cookie; `address` bounds how many carts one can open. */
export type Visitor = { userId: string | undefined; cookieCartId: string | undefined; address: string };

/** What the cart's cookie should be from now on: a guest's new cart sets it, a user's cart clears it. */
export type CartCookie = { set: string } | 'clear' | undefined;

/** A visitor's cart. `clear`: the guest's cart in the cookie is theirs now, or is no more. */
export type Found = { cartId: string | undefined; clear: boolean };

/** Which cart is whose: a user has one of their own, a guest the one in the cookie. */
export function createVisitorCarts(deps: {
  carts: CartStore;
  merge: CartMerge;
  newPerAddressHourly: number;
}) {
  const { carts, merge } = deps;

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

  /**
   * The visitor's cart; an `opened` one where there is none, which is counted for the address. Of several requests of one
   * user at once, one opens it and counts.
   */
  const open = async (
    visitor: Visitor,
  ): Promise<{ cartId: string; cookie: CartCookie; opened?: Standing }> => {
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
    if (cartId === fresh) return { cartId, cookie: cookieOf(found), opened: standing };
    await carts.uncountNew(visitor.address);
    return { cartId, cookie: cookieOf(found) };
  };

  return { find, open };
}

export function cookieOf({ clear }: Found): CartCookie {
  return clear ? 'clear' : undefined;
}
