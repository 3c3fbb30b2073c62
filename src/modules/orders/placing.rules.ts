import { AppError, invalid } from '../../platform/errors.js';
import { sum, times, type Money } from '../../platform/money.js';
import type { OrderLine } from './orders.types.js';

/** A product as an order freezes it. */
export type OrderProduct = { id: string; sku: string; name: string; price: Money; archived: boolean };

/** Units of a product that a customer wants. */
export type WantedLine = { productId: string; units: number };

/** The contract lists each product once: a hold says how many units of a product are held, not how many lines. */
export function eachOnce(items: readonly WantedLine[]): readonly WantedLine[] {
  const seen = new Set<string>();
  const errors = items.flatMap(({ productId }, i) => {
    if (!seen.has(productId)) {
      seen.add(productId);
      return [];
    }
    return [{ path: `/body/items/${i}/productId`, code: 'uniqueItems', message: 'is listed more than once' }];
  });
  if (errors.length > 0) throw invalid(errors);
  return items;
}

/** Lines with the prices of this moment; throws product_unavailable where one cannot be ordered. */
export function freezeLines(wanted: readonly WantedLine[], products: Map<string, OrderProduct>): OrderLine[] {
  const gone = wanted.filter(({ productId }) => products.get(productId)?.archived !== false);
  if (gone.length > 0) {
    throw new AppError('product_unavailable', 'Something in this order is no longer sold.', {
      details: {
        lines: gone.map((line) => ({ productId: line.productId, requested: line.units, available: 0 })),
      },
    });
  }
  return wanted.flatMap(({ productId, units }) => {
    const product = products.get(productId);
    if (product === undefined) return [];
    const { sku, name, price } = product;
    const lineTotal = times(price.amount, units);
    return [{ productId, sku, name, unitPrice: price.amount, quantity: units, lineTotal, shipped: 0 }];
  });
}

/** The customer saw another total than what would be charged. */
export function totalChanged(lines: readonly OrderLine[], currency: string): AppError {
  const total = { amount: sum(lines.map((line) => line.lineTotal)), currency };
  return new AppError('total_changed', 'The total is not the one that was shown. Please look at it again.', {
    details: { total },
  });
}

/** Throws total_changed where the customer saw (`seen`) another total than what would be charged. */
export function refuseOtherTotal(
  lines: readonly OrderLine[],
  currency: string,
  seen: Money | undefined,
): void {
  if (seen === undefined) return;
  const total = sum(lines.map((line) => line.lineTotal));
  if (seen.amount !== total || seen.currency !== currency) throw totalChanged(lines, currency);
}

/** There is nothing to order. */
export function cartIsEmpty(): AppError {
  return new AppError('cart_empty', 'The cart is empty.');
}

/** Whoever pays for none of their orders keeps units from everybody else: so many may wait, and no more. */
export function tooManyUnpaid(most: number): AppError {
  const what = most === 1 ? 'An order of yours waits' : `${most} orders of yours wait`;
  return new AppError(
    'too_many_unpaid_orders',
    `${what} to be paid. Pay or cancel one before you place another.`,
  );
}

/** Nothing was placed and nothing is lost; the same request may be sent again. */
export function interrupted(): AppError {
  return new AppError('order_in_progress', 'Placing the order was interrupted. Send the same request again.');
}
