import { DEEPEST_ROW, type PageWindow } from './page.js';
import { asksForWords } from './search.js';

/** Counts from here on are remembered for a moment; smaller ones are cheap, and right at every request. */
const REMEMBERED_FROM = 1_000;
const REMEMBERED_MS = 5_000;
const REMEMBERED_COUNTS = 500;

/** A search is counted in steps of so many rows. */
const SEARCH_STEP = 100;

/** What a list asks for. `filter` tells one count from another; `count` stops at `atMost`. */
export type CountedList<Row> = {
  filter: object;
  window: Pick<PageWindow, 'skip' | 'limit'>;
  rows: () => PromiseLike<Row[]>;
  count: (atMost: number) => PromiseLike<number>;
};

/** Reads pages of one collection's lists, each with how many rows there are in all. One for each store. */
export type Totals = {
  /**
   * The rows and their total. It is counted up to the 10,000 rows that can be paged to: 10,000 means so many or more. A
   * search by words is counted up to the first full hundred behind the page, and each full hundred means so many or more:
   * it is always more than what the page ends with, unless the page is the last.
   * Below 1,000 it is right at this moment; from there on it may be 5 seconds old, and requests at the same time share
   * one count. A page that ends the list says the total by itself, and nothing is counted.
   */
  page<Row>(list: CountedList<Row>): Promise<{ rows: Row[]; total: number }>;
};

/** `elapsedMs`: milliseconds of a clock that never jumps. */
export function createTotals({ elapsedMs = () => performance.now() } = {}): Totals {
  // In the order in which they were counted, so that the first ones are the oldest.
  const remembered = new Map<string, { countedAt: number; total: Promise<number> }>();

  const totalOf = async ({ filter, window, count }: Omit<CountedList<unknown>, 'rows'>) => {
    const atMost = countedUpTo(filter, window);
    const key = `${atMost} ${textOf(filter)}`;
    const known = remembered.get(key);
    if (known !== undefined && elapsedMs() - known.countedAt < REMEMBERED_MS) return known.total;
    // A query of the database is run by each `then`, and only once: it is waited for here, and the result is shared.
    const total = (async () => count(atMost))();
    // Only a count that was large before is shared while it runs: whoever has just written sees it in a small one.
    if (known !== undefined) remember(key, total);
    const counted = await total.catch((error: unknown) => {
      forget(key, total);
      throw error;
    });
    if (counted < REMEMBERED_FROM) forget(key, total);
    else if (remembered.get(key)?.total !== total) remember(key, total);
    return counted;
  };

  const remember = (key: string, total: Promise<number>): void => {
    remembered.delete(key);
    remembered.set(key, { countedAt: elapsedMs(), total });
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_COUNTS && oldest !== undefined) remembered.delete(oldest);
  };

  const forget = (key: string, total: Promise<number>): void => {
    if (remembered.get(key)?.total === total) remembered.delete(key);
  };

  return {
    async page({ window, filter, rows, count }) {
      const shown = await rows();
      const endsHere = shown.length < window.limit && (shown.length > 0 || window.skip === 0);
      const seen = window.skip + shown.length;
      if (endsHere) return { rows: shown, total: seen };
      // An old count, or one that is taken a moment later, may not know of rows that are shown.
      const total = await totalOf({ filter, window, count });
      return { rows: shown, total: shown.length > 0 ? Math.max(total, seen) : total };
    },
  };
}

/**
 * Of words an index only tells which rows may match, and each of them is read to be counted; hardly two searches are alike,
 * so that no count is shared.
 */
function countedUpTo(filter: object, { skip, limit }: Pick<PageWindow, 'skip' | 'limit'>): number {
  if (!asksForWords(filter)) return DEEPEST_ROW;
  const firstBehind = (Math.floor((skip + limit) / SEARCH_STEP) + 1) * SEARCH_STEP;
  return Math.min(firstBehind, DEEPEST_ROW);
}

/** A filter as text: expressions too, which JSON leaves out. */
function textOf(filter: object): string {
  return JSON.stringify(filter, (_name, value: unknown) => (value instanceof RegExp ? String(value) : value));
}
