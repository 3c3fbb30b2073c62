import type { OrderBooks } from '../modules/orders/orders.books.js';
import { createAdjustmentStore } from '../modules/stock/adjustments.store.js';
import { createAdjustments } from '../modules/stock/stock.adjustments.js';
import { createHolders } from '../modules/stock/stock.holders.js';
import { createHeldLoads } from '../modules/stock/stock.loads.js';
import { createStockLedger } from '../modules/stock/stock.ledger.js';
import { createRebuild, type Books } from '../modules/stock/stock.rebuild.js';
import { createStock } from '../modules/stock/stock.service.js';
import { createStockStore } from '../modules/stock/stock.store.js';
import { createStockSweep, type JudgeOwner } from '../modules/stock/stock.sweep.js';
import type { Ground } from './ground.js';

export type StockParts = ReturnType<typeof composeStock>;

/**
 * Stock asks orders whose a hold is; orders ask stock to hold. So `orderBooks` is called at run time only, when both are
 * there.
 */
export function composeStock({ config, log, db, redis, clock }: Ground, orderBooks: () => OrderBooks) {
  const ledger = createStockLedger({ db, clock });
  const rows = createAdjustmentStore(db);
  const store = createStockStore(redis);
  const books: Books = {
    async endUnfinished(productId) {
      await orderBooks().endUnfinished(productId);
      await rows.releaseOpen(productId);
    },
    snapshot: (productId) =>
      db.snapshot(async (session) => {
        const { onHand, seq, rev } = await ledger.read(productId, session);
        return { onHand, seq, rev, wanted: await orderBooks().wantedHolds(productId, session) };
      }),
  };
  const stock = createStock({
    store,
    ledger,
    rebuild: createRebuild({ store, books, ledger }),
    clock,
    cartHoldMs: config.cart.holdMs,
  });
  const adjustments = createAdjustments({ rows, ledger, stock, db, clock, log });
  const judge: JudgeOwner = (owner, gen) =>
    owner.startsWith('order:') ? orderBooks().judge(owner, gen) : adjustments.judge(owner, gen);

  return {
    ledger,
    store,
    stock,
    adjustments,
    judge,
    holders: createHolders({
      stock,
      orders: (...asked) => orderBooks().holding(...asked),
      adjustments: rows.findAll,
    }),
    loadHeld: createHeldLoads({ store, stock }),
    sweep: createStockSweep({ store, stock, judge, adjustments }),
  };
}
