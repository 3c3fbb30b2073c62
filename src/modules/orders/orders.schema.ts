import { Schema } from 'mongoose';
import type { MoneyState } from './orders.rules.js';
import type { Address, Order, TimelineEntry } from './orders.types.js';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

const addressSchema = new Schema<Address>(
  {
    name: text,
    line1: text,
    line2: { type: String, default: null },
    city: text,
    state: { type: String, default: null },
    postalCode: text,
    country: text,
    phone: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

/** An order as it is stored. */
export type OrderRow = Omit<Order, 'id' | 'money'> & {
  _id: string;
  /** Rows of earlier versions have nothing granted. */
  money: Omit<MoneyState, 'granted'> & { granted?: number };
  live?: boolean;
  /** What a search finds the order by. */
  words: string[];
  timeline: TimelineEntry[];
};

export const orderSchema = new Schema<OrderRow>(
  {
    _id: text,
    number: text,
    customer: { userId: text, name: text, email: text },
    cartId: text,
    idempotencyKey: text,
    fingerprint: text,
    status: text,
    holds: text,
    gen: text,
    pastGens: { type: [String], required: true },
    claims: { type: [String], required: true },
    settled: { type: Boolean, required: true },
    attempt: {
      type: new Schema({ id: text, until: { type: Date, required: true } }, { _id: false }),
      default: null,
    },
    decision: { type: String, default: null },
    lines: [
      {
        _id: false,
        productId: text,
        sku: text,
        name: text,
        unitPrice: count,
        quantity: count,
        lineTotal: count,
        shipped: count,
      },
    ],
    total: count,
    currency: text,
    money: {
      captured: count,
      refundCommitted: count,
      refunded: count,
      granted: { type: Number, default: 0 },
    },
    paymentStatus: text,
    moneySince: { type: Date, default: null },
    shippingAddress: { type: addressSchema, default: null },
    shipping: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    placedAt: { type: Date, default: null },
    attention: { type: Boolean, required: true },
    version: count,
    /** Absent on aborted rows, so that the key and the cart can be used again. */
    live: { type: Boolean },
    words: { type: [String], required: true },
    timeline: [
      {
        _id: false,
        at: { type: Date, required: true },
        from: { type: String, default: null },
        to: text,
        actor: { kind: text, id: { type: String, default: null } },
        reason: text,
      },
    ],
  },
  { strict: 'throw', versionKey: false, collection: 'orders' },
);

/** One row for each account that has ordered: how often it tried. Its only use is that two placements collide in it. */
export const accountSchema = new Schema<{ _id: string; placements: number }>(
  { _id: text, placements: count },
  { strict: 'throw', versionKey: false, collection: 'orderaccounts' },
);

const onlyLive = { partialFilterExpression: { live: true } };
orderSchema.index({ number: 1 }, { unique: true });
orderSchema.index({ 'customer.userId': 1, idempotencyKey: 1 }, { unique: true, ...onlyLive });
orderSchema.index({ cartId: 1 }, { unique: true, ...onlyLive });
orderSchema.index({ 'customer.userId': 1, placedAt: -1, _id: -1 });
orderSchema.index({ 'customer.userId': 1, total: 1, _id: 1 });
orderSchema.index({ 'customer.userId': 1, status: 1 });
orderSchema.index({ words: 1, placedAt: -1 });
orderSchema.index({ status: 1, placedAt: -1, _id: -1 });
orderSchema.index({ status: 1, total: 1, _id: 1 });
orderSchema.index({ status: 1, _id: 1 });
orderSchema.index({ paymentStatus: 1, placedAt: -1, _id: -1 });
orderSchema.index({ placedAt: -1, _id: -1 });
orderSchema.index({ total: 1, _id: 1 });
orderSchema.index({ 'lines.productId': 1, holds: 1 });
orderSchema.index({ attention: 1, _id: 1 }, { partialFilterExpression: { attention: true } });

/** What the other modules see of a row. */
export function toOrder(row: Omit<OrderRow, 'timeline' | 'live' | 'words'>): Order {
  const { _id, money, ...rest } = row;
  return { ...rest, id: _id, money: { ...money, granted: money.granted ?? 0 } };
}
