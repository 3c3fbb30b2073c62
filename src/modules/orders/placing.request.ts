import { sha256 } from '../../platform/ids.js';
import type { Money } from '../../platform/money.js';
import type { Address } from './orders.types.js';
import type { WantedLine } from './placing.rules.js';

export type PlaceRequest = {
  userId: string;
  idempotencyKey: string;
  /** Where given, the order is placed straight from these items and the cart is left alone. */
  items: readonly WantedLine[] | undefined;
  /** The total that the customer saw; where it differs from what would be charged, nothing is placed. */
  expectedTotal: Money | undefined;
  shippingAddress: Address | undefined;
  /** The cart to order from where no items are given. */
  cartId: () => Promise<string | undefined>;
};

/** Two requests are the same if they want the same things, whatever the order of their fields. */
export function fingerprintOf(request: PlaceRequest): string {
  const { items, expectedTotal, shippingAddress: to } = request;
  return sha256(
    JSON.stringify([
      items?.map((line) => [line.productId, line.units]) ?? 'cart',
      expectedTotal && [expectedTotal.amount, expectedTotal.currency],
      to && [to.name, to.line1, to.line2, to.city, to.state, to.postalCode, to.country, to.phone],
    ]),
  );
}
