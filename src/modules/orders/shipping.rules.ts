import type { OrderLine } from './orders.types.js';

/** How much of an order has been sent. */
export type Fulfilment = 'none' | 'partial' | 'full';

/** Units of a line that are to be sent. */
export type Parcel = { productId: string; quantity: number };

/** A line of which more was asked for than is left to send; `available` is what is left, by the name that the contract has for it. */
export type Shortfall = { productId: string; requested: number; available: number };

export function fulfilmentOf(lines: readonly Pick<OrderLine, 'quantity' | 'shipped'>[]): Fulfilment {
  if (lines.every((line) => line.shipped >= line.quantity)) return 'full';
  return lines.some((line) => line.shipped > 0) ? 'partial' : 'none';
}

/** Everything of an order that has not been sent yet. */
export function leftOf(lines: readonly OrderLine[]): Parcel[] {
  return lines
    .map(({ productId, quantity, shipped }) => ({ productId, quantity: quantity - shipped }))
    .filter(({ quantity }) => quantity > 0);
}

/** The lines after the parcel has left, or what it wants too much. A product is listed once in it. */
export function send(
  lines: readonly OrderLine[],
  parcel: readonly Parcel[],
): { kind: 'sent'; lines: OrderLine[] } | { kind: 'short'; short: Shortfall[] } {
  const left = new Map(leftOf(lines).map(({ productId, quantity }) => [productId, quantity]));
  const short = parcel.flatMap(({ productId, quantity: requested }) => {
    const available = left.get(productId) ?? 0;
    return requested > available ? [{ productId, requested, available }] : [];
  });
  if (short.length > 0) return { kind: 'short', short };
  const going = new Map(parcel.map(({ productId, quantity }) => [productId, quantity]));
  const after = lines.map((line) => ({ ...line, shipped: line.shipped + (going.get(line.productId) ?? 0) }));
  return { kind: 'sent', lines: after };
}
