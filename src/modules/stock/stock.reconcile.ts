import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { messageOf } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import type { Log } from '../../platform/log.js';
import type { RepairActor, RepairStore, StockRepair } from './repairs.store.js';
import type { StockAccount, StockAccounts } from './stock.accounts.js';
import type { StockLedger } from './stock.ledger.js';
import type { Stock } from './stock.service.js';
import type { StockStore } from './stock.store.js';

/** A product as it is now, and what was repaired to make it so. */
export type Reconciliation = { account: StockAccount; repairs: StockRepair[] };

/** What a walk over all products went by, beside the products in which something is to be explained. */
export type WalkReport = JobReport & {
  heldByCarts: number;
  heldByOrders: number;
  /** Whether it came to its end. */
  isComplete: boolean;
};

export type WalkOptions = {
  /** Who repairs what nothing explains; undefined: the walk only looks. */
  repairAs: RepairActor | undefined;
  /** Hears of every product that does not add up at a glance. */
  onProduct: (outcome: Reconciliation) => Promise<void>;
};

const PRODUCTS_A_PAGE = 200;
const ROUNDS = 3;
/** After so many products that cannot be looked at, something larger is away: the next walk tries again. */
const MOST_FAILURES = 100;

/**
 * Compares the numbers of products and repairs what nothing explains. Only a picture that is still the present one is
 * repaired, and each repair leaves a trace. Available follows from the database, so it is set; on hand is the record
 * itself, so it is counted again from its movements only where that is asked for.
 */
export type Reconciler = ReturnType<typeof createReconciler>;

export function createReconciler(deps: {
  accounts: StockAccounts;
  store: StockStore;
  ledger: StockLedger;
  repairs: Pick<RepairStore, 'insert' | 'remove'>;
  stock: Pick<Stock, 'apply'>;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}) {
  const { accounts, store, ledger, repairs, stock, log } = deps;

  const traceOf = (repair: Omit<StockRepair, 'id' | 'at'>): StockRepair => ({
    ...repair,
    id: newId(),
    at: deps.clock.now(),
  });

  const rebuildOnHand = async (
    { productId, onHand, ledger: sum, stockVersion }: StockAccount,
    actor: RepairActor,
  ): Promise<StockRepair | undefined> => {
    const trace = traceOf({ productId, number: 'on_hand', before: onHand, after: sum, actor });
    return deps.db.transaction(async (session) => {
      if (!(await ledger.rewrite(productId, { stockVersion, sum }, session))) return undefined;
      await repairs.insert(trace, session);
      return trace;
    });
  };

  /** The trace stands before the repair does: a crash leaves one too many rather than one too few. */
  const setAvailable = async (
    { productId, available, expected, rev }: StockAccount,
    actor: RepairActor,
  ): Promise<StockRepair | undefined> => {
    const trace = traceOf({ productId, number: 'available', before: available, after: expected, actor });
    await repairs.insert(trace);
    const outcome = await store.repair(productId, rev, expected);
    if (outcome === 'changed' || outcome === 'notloaded') {
      await repairs.remove(trace.id);
      return undefined;
    }
    await ledger.hintSoldOut(productId, outcome.after <= 0, outcome.rev);
    return trace;
  };

  const mend = (
    account: StockAccount,
    options: { actor: RepairActor; rebuildOnHand: boolean },
  ): Promise<StockRepair | undefined> | undefined => {
    if (account.isMoving) return undefined;
    if (options.rebuildOnHand && account.ledger !== account.onHand && account.ledger >= 0)
      return rebuildOnHand(account, options.actor);
    return account.drift === 0 ? undefined : setAvailable(account, options.actor);
  };

  /** Applies what is received, then repairs until nothing unexplained is left; what keeps moving is left for later. */
  const reconcile = async (
    productId: string,
    options: { actor: RepairActor; rebuildOnHand: boolean },
  ): Promise<Reconciliation> => {
    const made: StockRepair[] = [];
    await stock.apply(productId);
    for (let round = 1; ; round += 1) {
      const account = await accounts.account(productId);
      const mending = round > ROUNDS ? undefined : mend(account, options);
      if (mending === undefined) return { account, repairs: made };
      const repair = await mending;
      if (repair === undefined) continue;
      made.push(repair);
      log.error({ ...repair, expected: account.expected, onHand: account.onHand }, 'stock repaired');
    }
  };

  return {
    reconcile,

    /** Passes all products in pages; one that fails never stops the walk. */
    async walk({ repairAs, onProduct }: WalkOptions): Promise<WalkReport> {
      const report: WalkReport = {
        examined: 0,
        changed: 0,
        failures: [],
        heldByCarts: 0,
        heldByOrders: 0,
        isComplete: false,
      };
      const visit = async (productId: string): Promise<void> => {
        const outcome =
          repairAs === undefined
            ? { account: await accounts.account(productId), repairs: [] }
            : await reconcile(productId, { actor: repairAs, rebuildOnHand: false });
        if (outcome.repairs.length > 0) report.changed += 1;
        await onProduct(outcome);
      };
      for (let last = ''; ;) {
        const page = await ledger.page(last, PRODUCTS_A_PAGE);
        const ids = await accounts.suspects(page).then(
          (glance) => {
            report.heldByCarts += glance.heldByCarts;
            report.heldByOrders += glance.heldByOrders;
            return glance.suspects;
          },
          // One product that cannot be looked at spoils the glance: each is looked at by itself.
          () => page.map(({ productId }) => productId),
        );
        report.examined += page.length;
        for (const productId of ids) {
          await visit(productId).catch((error: unknown) => {
            report.failures.push({ subject: `product ${productId}`, message: messageOf(error) });
          });
          if (report.failures.length >= MOST_FAILURES) return report;
        }
        const next = page.at(-1)?.productId;
        if (next === undefined || page.length < PRODUCTS_A_PAGE) return { ...report, isComplete: true };
        last = next;
      }
    },
  };
}
