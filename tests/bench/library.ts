import { MongoClient, type Db } from 'mongodb';
import { keysOf } from '../../src/modules/catalog/catalog.rules.js';
import { newId, randomText } from '../../src/platform/ids.js';
import { indexWords } from '../../src/platform/search.js';

/** Customers have ordered five times each. */
const ORDERS_EACH = 5;
const BATCH = 2_000;
const MINUTE = 60_000;

const MATERIALS = ['brass', 'oak', 'linen', 'copper', 'glass', 'wool', 'steel', 'cotton', 'marble', 'bamboo'];
const STYLES = [
  'round',
  'tall',
  'folding',
  'heavy',
  'plain',
  'carved',
  'painted',
  'woven',
  'small',
  'antique',
];
const THINGS: readonly (readonly [string, string])[] = [
  ['lamp', 'lighting'],
  ['lantern', 'lighting'],
  ['bowl', 'kitchen'],
  ['kettle', 'kitchen'],
  ['notebook', 'stationery'],
  ['desk', 'furniture'],
  ['chair', 'furniture'],
  ['blanket', 'bedding'],
  ['cushion', 'bedding'],
  ['vase', 'decor'],
];
const GIVEN = ['asha', 'ravi', 'meera', 'arjun', 'priya', 'kabir', 'nila', 'dev', 'tara', 'om'];
const FAMILY = ['rao', 'sharma', 'iyer', 'khan', 'das', 'nair', 'gupta', 'bose', 'mehta', 'joshi'];
const STATUSES = [
  'delivered',
  'delivered',
  'delivered',
  'shipped',
  'paid',
  'pending_stock_rolledback',
] as const;

/** How many customers so many orders are of. */
export const customersOf = (orders: number): number => Math.ceil(orders / ORDERS_EACH);

/** One of `values`, the same for the same number. */
const pick = <T>(values: readonly T[], index: number): T => {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
};

/** An address as customers have them: a tenth of them share each name, and nobody the number. */
export function emailOf(customer: number): string {
  return `${pick(GIVEN, customer)}.${pick(FAMILY, Math.floor(customer / 10))}.${customer}@example.com`;
}

/**
 * Writes `count` products and as many orders as the stores write them, without the way through the API: the indexes are
 * there, so that each row is indexed as always. Each word of a product's name stands in a tenth of all products.
 */
export async function fillLibrary(databaseUrl: string, count: number): Promise<void> {
  const client = await MongoClient.connect(databaseUrl);
  try {
    await insert(client.db(), 'products', count, productRow);
    await insert(client.db(), 'orders', count, (index) => orderRow(index, customersOf(count)));
  } finally {
    await client.close();
  }
}

async function insert(
  db: Db,
  name: string,
  count: number,
  rowOf: (index: number) => { _id: string },
): Promise<void> {
  const rows = db.collection<{ _id: string }>(name);
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => rowOf(from + i));
    await rows.insertMany(batch, { ordered: false });
  }
}

const START = Date.UTC(2025, 0, 1);

function productRow(index: number) {
  const [thing, category] = pick(THINGS, index);
  const name = `${pick(STYLES, Math.floor(index / 100))} ${pick(MATERIALS, Math.floor(index / 10))} ${thing} ${index}`;
  const text = { sku: `LIB-${index}`, name, description: 'Made by hand, and made to last.', category };
  const at = new Date(START + index * MINUTE);
  return {
    _id: newId(),
    ...text,
    ...keysOf(text),
    price: { amount: 10_000 + ((index * 7_919) % 500_000), currency: 'INR' },
    archived: index % 50 === 49,
    version: 1,
    stock: 0,
    stockVersion: 0,
    increaseSeq: 0,
    soldOut: false,
    soldOutRev: 0,
    createdAt: at,
    updatedAt: at,
  };
}

function orderRow(index: number, customers: number) {
  const customer = (index * 7) % customers;
  const email = emailOf(customer);
  const status = pick(STATUSES, index);
  const isPaid = status !== 'pending_stock_rolledback';
  const total = 10_000 + ((index * 7_919) % 500_000);
  const number = `HF-${randomText(8)}`;
  const placedAt = new Date(START + index * MINUTE);
  const productId = newId();
  return {
    _id: newId(),
    number,
    customer: { userId: `library-${customer}`, name: 'Asha Rao', email },
    cartId: newId(),
    idempotencyKey: newId(),
    fingerprint: newId(),
    status,
    holds: isPaid ? 'consumed' : 'released',
    gen: newId(),
    pastGens: [],
    claims: [newId()],
    settled: true,
    attempt: null,
    decision: null,
    lines: [
      { productId, sku: `LIB-${index}`, name: 'A thing', unitPrice: total, quantity: 1, lineTotal: total },
    ],
    total,
    currency: 'INR',
    money: { captured: isPaid ? total : 0, refundCommitted: 0, refunded: 0, granted: 0 },
    paymentStatus: isPaid ? 'completed' : 'pending',
    shippingAddress: null,
    shipping: false,
    createdAt: placedAt,
    placedAt,
    attention: false,
    version: 2,
    live: true,
    words: indexWords(number, email),
    timeline: [
      {
        at: placedAt,
        from: null,
        to: 'pending',
        actor: { kind: 'customer', id: `library-${customer}` },
        reason: 'placed',
      },
    ],
  };
}
