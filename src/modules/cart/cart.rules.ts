import { AppError } from '../../platform/errors.js';
import { sum, times, type Money } from '../../platform/money.js';
import type { CartLine, StoredCart } from './cart.store.js';

/** A product as the cart needs it; undefined stands for one that is gone. */
export type CartProduct = { id: string; sku: string; name: string; price: Money; archived: boolean };

/** What is held of a line; `lapsesAt` in Redis's time, ms. */
export type LineHold = { units: number; lapsesAt: number } | undefined;

export type CartProblem = 'short' | 'not_held' | 'price_changed' | 'archived';

export type PricedLine = {
  productId: string;
  sku: string;
  name: string;
  units: number;
  unitPrice: Money;
  lineTotal: Money;
  held: number;
  lapsesAt: number | undefined;
  problems: CartProblem[];
};

/** A line with today's price, what is held of it, and everything that a customer should know before ordering. */
export function priceLine(
  line: CartLine,
  product: CartProduct | undefined,
  hold: LineHold,
  available: number,
  currency: string,
): PricedLine {
  const price = product?.price ?? { amount: line.priceSeen, currency };
  const held = hold?.units ?? 0;
  const problems: CartProblem[] = [];
  if (product === undefined || product.archived) problems.push('archived');
  if (held < line.units) problems.push('not_held');
  if (held + available < line.units) problems.push('short');
  if (price.amount !== line.priceSeen) problems.push('price_changed');
  return {
    productId: line.productId,
    sku: product?.sku ?? '',
    name: product?.name ?? '',
    units: line.units,
    unitPrice: price,
    lineTotal: { amount: times(price.amount, line.units), currency: price.currency },
    held,
    lapsesAt: hold?.lapsesAt,
    problems,
  };
}

/** The sum of what can be ordered: lines whose product is archived do not count. */
export function cartTotal(lines: readonly PricedLine[], currency: string): Money {
  const orderable = lines.filter((line) => !line.problems.includes('archived'));
  return { amount: sum(orderable.map((line) => line.lineTotal.amount)), currency };
}

/** Units of the cart's line of a product; 0 where there is none. */
export function unitsOf(cart: StoredCart | undefined, productId: string): number {
  return cart?.lines.find((line) => line.productId === productId)?.units ?? 0;
}

/** Whether the cart says anything of the product: in a line, or among what was left out. */
export function mentions(cart: StoredCart, productId: string): boolean {
  return [...cart.lines, ...cart.leftOut].some((line) => line.productId === productId);
}

/** Throws cart_full where the product would be one more than the lines that a cart may have. */
export function refuseFurtherLine(cart: StoredCart | undefined, productId: string, maxLines: number): void {
  if (cart === undefined || unitsOf(cart, productId) > 0 || cart.lines.length < maxLines) return;
  throw linesFull(maxLines);
}

export function linesFull(maxLines: number): AppError {
  return new AppError('cart_full', `A cart holds at most ${maxLines} different products.`);
}
