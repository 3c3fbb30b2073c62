/** A change made by another process shows at the latest after this. */
const KEPT_MS = 1_000;
/** Of all pages that are kept, so that it is known how much memory they take. */
const ROWS_KEPT = 2_000;

/**
 * What the database said about public pages within the last second, so that many who look at the same page at the same
 * time ask it once. Only for what a product says about itself: never for units, nor for what is chosen by units.
 */
export type RecentPages<Page> = {
  /** The page of this query, read at most a second ago; requests at the same time share one reading. */
  read(query: object, read: () => Promise<Page>): Promise<Page>;
  /** Forgets everything: whoever asks from now on sees what is stored now. To be called after every change. */
  drop(): void;
};

/** `elapsedMs`: milliseconds of a clock that never jumps. */
export function createRecentPages<Page extends { rows: readonly unknown[] }>({
  elapsedMs = () => performance.now(),
} = {}): RecentPages<Page> {
  type Entry = { readAt: number; rows: number; page: Promise<Page> };
  // In the order in which their reading began, so that the first ones are the oldest.
  const entries = new Map<string, Entry>();
  let rowsKept = 0;

  const remove = (key: string, entry: Entry): void => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    rowsKept -= entry.rows;
  };

  const isOld = (entry: Entry): boolean => elapsedMs() - entry.readAt >= KEPT_MS;

  const trim = (): void => {
    for (const [key, entry] of entries) {
      if (!isOld(entry) && rowsKept <= ROWS_KEPT) return;
      remove(key, entry);
    }
  };

  /** Its size is known only when it is there; until then it counts as one row. */
  const keep = (key: string, page: Promise<Page>): void => {
    const entry: Entry = { readAt: elapsedMs(), rows: 1, page };
    entries.set(key, entry);
    rowsKept += 1;
    trim();
    page.then(
      ({ rows }) => {
        if (entries.get(key) !== entry) return;
        rowsKept += rows.length;
        entry.rows += rows.length;
        trim();
      },
      () => remove(key, entry),
    );
  };

  return {
    read(query, read) {
      const key = JSON.stringify(query, Object.keys(query).sort());
      const known = entries.get(key);
      if (known !== undefined && !isOld(known)) return known.page;
      if (known !== undefined) remove(key, known);
      const page = read();
      keep(key, page);
      return page;
    },
    drop() {
      entries.clear();
      rowsKept = 0;
    },
  };
}
