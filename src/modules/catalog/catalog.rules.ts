import { invalid } from '../../platform/errors.js';
import type { Money } from '../../platform/money.js';
import { indexWords } from '../../platform/search.js';
import { withoutOuterSpaces } from '../../platform/text.js';

/** What a product says about itself, as an admin writes it. */
export type ProductText = { sku: string; name: string; description: string; category: string };

/** What is derived from the text of a product, so that indexes can search and sort it. */
export type ProductKeys = { words: string[]; nameKey: string };

/** Blank ends do not count: neither in what is shown nor in what is filtered by. */
export function trimmed(text: ProductText): ProductText {
  const { sku, name, description, category } = text;
  return {
    sku,
    name: withoutOuterSpaces(name),
    description: description.trim(),
    category: withoutOuterSpaces(category),
  };
}

/** The search words of a product, the most telling first, and its name without capitals and accents for sorting. */
export function keysOf({ name, sku, category, description }: ProductText): ProductKeys {
  return {
    words: indexWords(name, sku, category, description),
    nameKey: sortKey(name),
  };
}

/** A name without capitals and accents, for sorting. */
function sortKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** A category, and how many products of it are for sale. */
export type Category = { name: string; products: number };

/** So many categories are listed at most. */
export const MOST_CATEGORIES = 200;

/** By name as products are sorted by name; of names that only capitals or accents tell apart, the order is always the same. */
export function byName(categories: readonly Category[]): Category[] {
  const keyed = categories.map((category) => ({ category, key: sortKey(category.name) }));
  const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return keyed
    .sort((a, b) => order(a.key, b.key) || order(a.category.name, b.category.name))
    .map(({ category }) => category);
}

/** So many images a product has at most. */
export const MOST_IMAGES = 8;

/** The images in the order of these ids; undefined unless the ids are those of the images, each once. */
export function inOrder<Image extends { id: string }>(
  images: readonly Image[],
  ids: readonly string[],
): Image[] | undefined {
  const ordered = ids.flatMap((id) => images.filter((image) => image.id === id));
  const isSame = ordered.length === images.length && new Set(ids).size === images.length;
  return isSame && ids.length === images.length ? ordered : undefined;
}

/** A shop has one currency; throws validation_failed for a price in another. */
export function refuseForeignCurrency(price: Money, currency: string): void {
  if (price.currency === currency) return;
  const message = `Prices are in ${currency}.`;
  throw invalid([{ path: '/body/price/currency', code: 'currency', message }], message);
}
