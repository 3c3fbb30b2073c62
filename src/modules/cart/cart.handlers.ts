import type { HandlersFor, Principal, SetCookie } from '../../platform/http/operation.js';
import { isId } from '../../platform/ids.js';
import { limitHeaders } from '../../platform/standing.js';
import type { CartAnswer, CartService } from './cart.service.js';
import { toCartBody, toCartCookies } from './cart.view.js';
import type { Visitor } from './cart.visitors.js';

export const cartHandlers = (carts: CartService): HandlersFor<'cart'> => ({
  async getCart(call) {
    return answer(await carts.get(visitorOf(call)));
  },
  async addCartItem(call) {
    return answer(await carts.add(visitorOf(call), call.body.productId, call.body.quantity));
  },
  async setCartItem(call) {
    return answer(await carts.set(visitorOf(call), call.path.productId, call.body.quantity));
  },
  async removeCartItem(call) {
    return answer(await carts.remove(visitorOf(call), call.path.productId));
  },
  async emptyCart(call) {
    return answer(await carts.empty(visitorOf(call)));
  },
});

/** Brings the cart of a guest along who signs in; answers what becomes of its cookie. */
export async function bringCart(
  carts: Pick<CartService, 'signIn'>,
  arrival: { userId: string; cookies: { holdfast_cart?: string }; context: { address: string } },
): Promise<SetCookie[]> {
  const { userId, cookies, context } = arrival;
  const visitor = { userId, cookieCartId: cookies.holdfast_cart, address: context.address };
  return toCartCookies(await carts.signIn(visitor));
}

/** Who the caller is to the cart. */
export function visitorOf(call: {
  principal: Principal | undefined;
  cookies: { holdfast_cart?: string };
  context: { address: string };
}): Visitor {
  const cookie = call.cookies.holdfast_cart;
  return {
    userId: call.principal?.userId,
    cookieCartId: cookie !== undefined && isId(cookie) ? cookie : undefined,
    address: call.context.address,
  };
}

function answer({ cart, cookie, opened }: CartAnswer) {
  const headers = opened === undefined ? {} : limitHeaders(opened);
  return { status: 200 as const, headers, cookies: toCartCookies(cookie), body: toCartBody(cart) };
}
