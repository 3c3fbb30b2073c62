import type { Holds, MoneyState, OrderStatus, PaymentStatus } from './orders.rules.js';

/** Who moved an order. */
export type Actor = { kind: 'customer' | 'admin' | 'system' | 'gateway'; id: string | null };

/** A row of an order's timeline, as stored: what happened, why, and who did it. */
export type TimelineEntry = {
  at: Date;
  from: OrderStatus | null;
  to: OrderStatus;
  actor: Actor;
  reason: string;
};

export type OrderLine = {
  productId: string;
  sku: string;
  name: string;
  unitPrice: number;
  quantity: number;
  lineTotal: number;
  /** Units that have been sent, counted over all shipments; never more than `quantity`. */
  shipped: number;
};

export type Address = {
  name: string;
  line1: string;
  line2: string | null;
  city: string;
  state: string | null;
  postalCode: string;
  country: string;
  phone: string | null;
};

/**
 * An order with everything that the stock protocol needs. Prices and lines are frozen. `version` grows with every write,
 * and every write is a compare-and-set on it.
 */
export type Order = {
  id: string;
  number: string;
  customer: { userId: string; name: string; email: string };
  /** The cart whose holds are the order's: `hold:<productId>:<cartId>`. */
  cartId: string;
  idempotencyKey: string;
  fingerprint: string;
  status: OrderStatus;
  holds: Holds;
  /** The generation that the order's holds have, and those of earlier attempts, which may have left something. */
  gen: string;
  pastGens: string[];
  /** The generations of the cart's holds, one for each line: those very holds the order claims, and no others. */
  claims: string[];
  /** Whether Redis has been brought in line with `holds`. */
  settled: boolean;
  attempt: { id: string; until: Date } | null;
  decision: 'refund' | null;
  lines: OrderLine[];
  total: number;
  currency: string;
  money: MoneyState;
  paymentStatus: PaymentStatus;
  /** When the first of its money was counted; later money does not change it. */
  moneySince: Date | null;
  shippingAddress: Address | null;
  /** It has a shipment, so that it cannot be cancelled any more. */
  shipping: boolean;
  createdAt: Date;
  placedAt: Date | null;
  /** Something may be left to do: a sweep looks at it. */
  attention: boolean;
  version: number;
};

export type NewOrder = Pick<
  Order,
  | 'id'
  | 'number'
  | 'customer'
  | 'cartId'
  | 'idempotencyKey'
  | 'fingerprint'
  | 'gen'
  | 'claims'
  | 'lines'
  | 'total'
  | 'currency'
> & { shippingAddress: Address | null };

export type Change = Partial<
  Pick<
    Order,
    | 'status'
    | 'holds'
    | 'gen'
    | 'pastGens'
    | 'settled'
    | 'attempt'
    | 'decision'
    | 'placedAt'
    | 'attention'
    | 'shipping'
    | 'lines'
  >
>;

export type Note = { actor: Actor; reason: string };
