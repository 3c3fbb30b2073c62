import type { Clock } from '../../platform/clock.js';
import type { StockStore } from './stock.store.js';

/** A mark is shown for so long: well before a `take` that shows it would be refused as `stale`. */
const MARK_REUSED_MS = 30_000;
const MARKS_KEPT = 10_000;

/** When the product was last marked for visiting, in Redis's time; asks again after some seconds, or when told to. */
export function createMarks(
  store: Pick<StockStore, 'mark'>,
  clock: Pick<Clock, 'aheadMs'>,
  elapsedMs: () => number,
) {
  const marks = new Map<string, { redisMs: number; takenAt: number }>();
  return async (productId: string, renew: boolean): Promise<number> => {
    const known = marks.get(productId);
    const local = elapsedMs() + clock.aheadMs();
    if (known !== undefined && !renew && local - known.takenAt < MARK_REUSED_MS) return known.redisMs;
    const redisMs = await store.mark(productId);
    if (marks.size >= MARKS_KEPT) marks.clear();
    marks.set(productId, { redisMs, takenAt: local });
    return redisMs;
  };
}
