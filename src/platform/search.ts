/** Words of a text as they are indexed: lower-cased, without accents, each once, at most 50 of at most 40 characters. */
export function indexWords(...texts: string[]): string[] {
  return [...new Set(texts.flatMap(words))].slice(0, 50);
}

/** At most this many words of a query are looked at; more do not narrow a search that people make. */
const QUERY_WORDS = 6;

/**
 * A filter under which every word of the query is a prefix of some indexed word. Only anchored prefixes of escaped
 * text: an index serves it, and no user-made expression reaches the database. Undefined where the query has no word.
 */
export function prefixFilter(query: string): { $and: { words: RegExp }[] } | undefined {
  const wanted = words(query).slice(0, QUERY_WORDS);
  return wanted.length === 0
    ? undefined
    : { $and: wanted.map((word) => ({ words: new RegExp(`^${word}`) })) };
}

function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, 40));
}
