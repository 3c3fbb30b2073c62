import { messageOf } from '../../platform/errors.js';
import type { JobReport } from '../../platform/jobs.js';
import type { Log } from '../../platform/log.js';
import type { StockLedger } from './stock.ledger.js';
import { explain, type Verdict } from './stock.rules.js';
import type { Stock } from './stock.service.js';
import type { StockStore } from './stock.store.js';
import type { JudgeOwner } from './stock.sweep.js';

export type Reconciliation =
  { kind: 'notloaded' | 'moving' } | ({ kind: 'judged'; repaired: boolean } & Verdict);

const PRODUCTS_A_PAGE = 200;
const ROUNDS = 3;

/**
 * Compares a product's numbers and repairs what nothing explains. The picture of Redis is taken first and the version
 * of on hand is read again at the end: a product that moved meanwhile is looked at again, never judged by two moments.
 */
export function createReconciler(deps: {
  store: StockStore;
  ledger: StockLedger;
  stock: Pick<Stock, 'apply'>;
  judge: JudgeOwner;
  log: Log;
}) {
  const { store, ledger, stock, judge, log } = deps;

  const reconcileOnce = async (productId: string): Promise<Reconciliation> => {
    const picture = await store.look(productId);
    if (picture.kind === 'notloaded') return { kind: 'notloaded' };
    const before = await ledger.read(productId);
    const notApplied = await ledger.increasesAfter(productId, picture.seq);
    const consumed = new Set<string>();
    for (const { owner, gen } of picture.holds) {
      if (owner !== 'cart' && (await judge(owner, gen)) === 'consumed') consumed.add(gen);
    }
    const after = await ledger.read(productId);
    if (after.stockVersion !== before.stockVersion) return { kind: 'moving' };
    const verdict = explain(picture, {
      onHand: before.onHand,
      notApplied,
      isConsumed: (hold) => consumed.has(hold.gen),
    });
    if (verdict.drift === 0) return { kind: 'judged', repaired: false, ...verdict };
    const outcome = await store.repair(productId, picture.rev, verdict.expected);
    if (outcome === 'changed' || outcome === 'notloaded') return { kind: 'moving' };
    log.error({ productId, ...verdict }, 'stock drift repaired');
    await ledger.hintSoldOut(productId, outcome.after <= 0, outcome.rev);
    return { kind: 'judged', repaired: true, ...verdict };
  };

  /** Applies what is received, then judges; a product that keeps moving is left for the next run. */
  const reconcile = async (productId: string): Promise<Reconciliation> => {
    await stock.apply(productId);
    for (let round = 1; ; round += 1) {
      const outcome = await reconcileOnce(productId);
      if (outcome.kind !== 'moving' || round === ROUNDS) return outcome;
    }
  };

  return {
    reconcile,
    /** Walks through all products in pages; one that fails never stops the run. */
    async run(): Promise<JobReport> {
      const report: JobReport = { examined: 0, changed: 0, failures: [] };
      for (let last = ''; ;) {
        const ids = await ledger.productIds(last, PRODUCTS_A_PAGE);
        for (const productId of ids) {
          report.examined += 1;
          try {
            const outcome = await reconcile(productId);
            if (outcome.kind === 'judged' && outcome.repaired) report.changed += 1;
          } catch (error) {
            report.failures.push({ subject: `product ${productId}`, message: messageOf(error) });
          }
        }
        const next = ids.at(-1);
        if (next === undefined || ids.length < PRODUCTS_A_PAGE) return report;
        last = next;
      }
    },
  };
}
