import type { Cart as CartBody, CartItem } from '../../../generated/openapi.js';
import type { SetCookie } from '../../platform/http/operation.js';
import { derivedId } from '../../platform/ids.js';
import type { PricedLine } from './cart.rules.js';
import type { Cart } from './cart.service.js';
import type { CartCookie } from './cart.visitors.js';

/** How long a browser keeps a guest's cart, ms. */
const CART_COOKIE_MS = 30 * 24 * 3600_000;

/** What a cart is called in answers. Its own id opens it for a guest, so that is told to nobody but the browser, in its cookie. */
export function shownCartId(cartId: string): string {
  return derivedId('cart', cartId).slice(0, 20);
}

export function toCartBody(cart: Cart): CartBody {
  return {
    id: cart.id === null ? null : shownCartId(cart.id),
    items: cart.lines.map(toCartItem),
    leftOut: cart.leftOut.map(({ productId, name, units, reason }) => ({
      productId,
      name,
      quantity: units,
      reason,
    })),
    total: cart.total,
    serverTime: cart.serverTime.toISOString(),
  };
}

function toCartItem(line: PricedLine): CartItem {
  return {
    productId: line.productId,
    sku: line.sku,
    name: line.name,
    quantity: line.units,
    unitPrice: line.unitPrice,
    lineTotal: line.lineTotal,
    held: line.held,
    holdLapsesAt: line.lapsesAt === undefined ? null : new Date(line.lapsesAt).toISOString(),
    problems: line.problems,
  };
}

export function toCartCookies(cookie: CartCookie): SetCookie[] {
  if (cookie === undefined) return [];
  if (cookie === 'clear') return [{ name: 'holdfast_cart', clear: true }];
  return [{ name: 'holdfast_cart', value: cookie.set, maxAgeMs: CART_COOKIE_MS }];
}
