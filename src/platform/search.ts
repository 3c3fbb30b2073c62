/** Words of a text as they are indexed: lower-cased, without accents, each once, at most 50 of at most 40 characters. */
export function indexWords(...texts: string[]): string[] {
  return indexWordsUpTo(50, ...texts);
}

/** The same, for texts of which more words are to be found. */
export function indexWordsUpTo(most: number, ...texts: string[]): string[] {
  return [...new Set(texts.flatMap(words))].slice(0, most);
}

/**
 * What a phone number is found by: its digits from the beginning of any group, so that `+91 98450 12345` is found by
 * `98450`, by `9845012345` and by `919845`.
 */
export function phoneWords(phone: string | null): string {
  const groups = phone?.match(/[0-9]+/g) ?? [];
  return [...groups, ...groups.map((_, index) => groups.slice(index).join(''))].join(' ');
}

/** A text as lists are sorted by it: without capitals and accents. */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** At most this many words of a query are looked at; more do not narrow a search that people make. */
const QUERY_WORDS = 6;

/** What rows are asked for; `NOTHING` is served by an index without a look at a row. */
export type WordFilter = { $and: { words: RegExp }[] } | typeof NOTHING;
const NOTHING: { words: { $in: string[] } } = { words: { $in: [] } };

/**
 * A filter under which every word of the query is a prefix of some indexed word. Only anchored prefixes of escaped
 * text: an index serves it, and no user-made expression reaches the database. Undefined where the query is blank; a query of
 * other signs alone, which no row can have, finds nothing.
 */
export function prefixFilter(query: string): WordFilter | undefined {
  if (query.trim() === '') return undefined;
  const wanted = words(query).slice(0, QUERY_WORDS);
  return wanted.length === 0 ? NOTHING : { $and: wanted.map((word) => ({ words: new RegExp(`^${word}`) })) };
}

/** Whether a filter asks for words, as `prefixFilter` makes it. */
export function asksForWords(filter: { $and?: readonly object[] }): boolean {
  return filter.$and?.some((condition) => 'words' in condition) ?? false;
}

function words(text: string): string[] {
  return (sortKey(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, 40));
}
