/** The four keys of a product, in one slot, and the prefix of its holds. Nothing else makes a key name. */
export type StockKeys = { stock: string; due: string; meta: string; holds: string };

/** The sorted set of products whose due index may have entries, by the time at which it was last marked. */
export const VISIT_KEY = 'due-products';

export function stockKeys(id: string): StockKeys {
  return { stock: `stock:${id}`, due: `due:${id}`, meta: `meta:${id}`, holds: `hold:${id}:` };
}
