/** Runs work of the same subject one after the other, in the order in which it was asked for; other subjects at once. */
export type Series = <T>(subject: string, work: () => Promise<T>) => Promise<T>;

/** In this process alone: what must hold among several belongs into the database. A failure does not stop what follows. */
export function createSeries(): Series {
  const last = new Map<string, Promise<unknown>>();
  return async (subject, work) => {
    const before = last.get(subject) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(subject, mine);
    try {
      return await mine;
    } finally {
      if (last.get(subject) === mine) last.delete(subject);
    }
  };
}
