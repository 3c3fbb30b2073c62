import { after, type Clock } from '../../platform/clock.js';
import type { JobReport } from '../../platform/jobs.js';
import { emptyReport, tryOne } from '../../platform/reports.js';
import type { Cancelling } from './orders.cancel.js';
import type { Placing } from './orders.placing.js';
import type { Patience } from './orders.rules.js';
import type { Settlement } from './orders.settlement.js';
import type { OrderStore, PageAfter } from './orders.store.js';
import type { Order } from './orders.types.js';

/** A placement that has not come through after this time is given up. */
const PLACING_MS = 60_000;
const ROWS_A_PAGE = 100;

/**
 * The automatic stock rollback: gives up placements that died, gives back the stock of orders that nobody paid in time,
 * ends those whose rest was not paid in time, and finishes whatever a crash left half done. One order's error is reported
 * and never stops the run.
 */
export function createRollbackJob(deps: {
  orders: OrderStore;
  placing: Pick<Placing, 'abort'>;
  settlement: Pick<Settlement, 'settle' | 'rollBack'>;
  cancelling: Pick<Cancelling, 'endPartPaid'>;
  clock: Pick<Clock, 'now'>;
  patience: Patience;
}): () => Promise<JobReport> {
  const { orders, placing, settlement, clock, patience } = deps;

  return async () => {
    const report = emptyReport();

    const each = async (
      rows: (page: PageAfter) => Promise<Order[]>,
      work: (order: Order) => Promise<boolean>,
    ) => {
      for (let afterId = ''; ;) {
        const page = await rows({ afterId, limit: ROWS_A_PAGE });
        for (const order of page) await tryOne(report, `order ${order.number}`, () => work(order));
        const last = page.at(-1);
        if (last === undefined || page.length < ROWS_A_PAGE) return;
        afterId = last.id;
      }
    };

    const now = clock.now();
    await each((page) => orders.stalePlacements(after(now, -PLACING_MS), page), placing.abort);
    await each(
      (page) => orders.overdue(after(now, -patience.pendingMs), page),
      (order) => settlement.rollBack(order),
    );
    await each(
      (page) => orders.partPaidSince(after(now, -patience.partPaidMs), page),
      (order) => deps.cancelling.endPartPaid(order),
    );
    await each(
      (page) => orders.needingAttention(page),
      async (order) => (await settlement.settle(order.id))?.version !== order.version,
    );
    return report;
  };
}
