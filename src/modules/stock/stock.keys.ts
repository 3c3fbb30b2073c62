/** The four keys of a product, in one slot, and the prefix of its holds. Nothing else makes a key name. */
export type StockKeys = { stock: string; due: string; meta: string; holds: string };

/** The sorted set of products whose due index may have entries, by the time at which it was last marked. */
export const VISIT_KEY = 'due-products';

/** On a cluster the product id stands in braces, so that all keys of a product fall into one slot. */
export function stockKeys(productId: string, cluster = false): StockKeys {
  const id = cluster ? `{${productId}}` : productId;
  return { stock: `stock:${id}`, due: `due:${id}`, meta: `meta:${id}`, holds: `hold:${id}:` };
}
