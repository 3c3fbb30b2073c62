import { messageOf } from '../../platform/errors.js';
import type { JobReport } from '../../platform/jobs.js';
import { emptyReport, tryOne } from '../../platform/reports.js';
import { checkAfterMs, MARK_VALID_MS } from './stock.rules.js';
import type { Stock } from './stock.service.js';
import type { StockStore } from './stock.store.js';
import type { Hold, Owner } from './stock.types.js';

/**
 * What the row of a hold's owner says of that generation: `open` keeps it, `consumed` deletes it, `released` gives it
 * back (also where there is no row, or the row has another generation).
 */
export type OwnerVerdict = 'open' | 'released' | 'consumed';
export type JudgeOwner = (owner: Exclude<Owner, 'cart'>, gen: string) => Promise<OwnerVerdict>;

/** Ten times as long as any `take` with an older mark could still write a hold. */
const LEAVE_AFTER_MS = 10 * MARK_VALID_MS;
const PRODUCTS_A_PAGE = 200;
const HOLDS_A_ROUND = 100;

/**
 * Releases what is due, product by product. The owner's row is read after the hold was seen: read before, it could say
 * `released` of a generation that a later attempt has taken anew.
 */
export function createStockSweep(deps: {
  store: StockStore;
  stock: Pick<Stock, 'release' | 'consume' | 'apply'>;
  judge: JudgeOwner;
  /** Decreases that died go first, so that their holds are nobody's any more. */
  adjustments: { endOverdue(report: JobReport): Promise<void> };
}): () => Promise<JobReport> {
  const { store, stock, judge, adjustments } = deps;

  const settle = async (productId: string, hold: Hold): Promise<boolean> => {
    const ref = { productId, cartId: hold.cartId, gen: hold.gen };
    if (hold.owner === 'cart') {
      return (await stock.release(ref, { onlyDue: true, onlyOwner: 'cart' })).kind === 'done';
    }
    const verdict = await judge(hold.owner, hold.gen);
    if (verdict === 'open') {
      await store.postpone(ref, checkAfterMs(hold.owner));
      return false;
    }
    const given = verdict === 'consumed' ? await stock.consume(ref) : await stock.release(ref);
    return given.kind === 'done';
  };

  const visit = async (productId: string, markedAt: number, report: JobReport): Promise<void> => {
    await stock.apply(productId);
    for (let full = true; full;) {
      const due = await store.due(productId, HOLDS_A_ROUND);
      // A product that is not loaded is loaded when it is touched; until then nothing of it can be released.
      if (due.kind === 'notloaded') return;
      if (due.entries === 0) await store.unmark(productId, markedAt, LEAVE_AFTER_MS);
      const failuresBefore = report.failures.length;
      for (const hold of due.holds) {
        await tryOne(report, `hold of ${productId} for ${hold.cartId}`, () => settle(productId, hold));
      }
      // What failed is still due: the next run tries it again, this one does not turn in a circle.
      full = due.holds.length === HOLDS_A_ROUND && report.failures.length === failuresBefore;
    }
  };

  return async () => {
    const report = emptyReport();
    await adjustments.endOverdue(report);
    for (let offset = 0; ; offset += PRODUCTS_A_PAGE) {
      const products = await store.marked(offset, PRODUCTS_A_PAGE);
      for (const { productId, markedAt } of products) {
        try {
          await visit(productId, markedAt, report);
        } catch (error) {
          report.failures.push({ subject: `product ${productId}`, message: messageOf(error) });
        }
      }
      if (products.length < PRODUCTS_A_PAGE) return report;
    }
  };
}
