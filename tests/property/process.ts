import { createCartService } from '../../src/modules/cart/cart.service.js';
import { createCartStore } from '../../src/modules/cart/cart.store.js';
import { createOrderBooks } from '../../src/modules/orders/orders.books.js';
import { createCancelling } from '../../src/modules/orders/orders.cancel.js';
import { createPlacing } from '../../src/modules/orders/orders.placing.js';
import { createOrderReads, isPlaced } from '../../src/modules/orders/orders.service.js';
import { createSettlement } from '../../src/modules/orders/orders.settlement.js';
import type { OrderStore, PageAfter } from '../../src/modules/orders/orders.store.js';
import type { Order } from '../../src/modules/orders/orders.types.js';
import { createRollbackJob } from '../../src/modules/orders/orders.sweep.js';
import { createMoneyBook } from '../../src/modules/payments/payments.money.js';
import { createAdjustments } from '../../src/modules/stock/stock.adjustments.js';
import { createRefundService } from '../../src/modules/payments/refunds.service.js';
import { createRebuild } from '../../src/modules/stock/stock.rebuild.js';
import { createStockAccounts } from '../../src/modules/stock/stock.accounts.js';
import { createReconciler } from '../../src/modules/stock/stock.reconcile.js';
import { createStock } from '../../src/modules/stock/stock.service.js';
import { createStockStore, type StockStore } from '../../src/modules/stock/stock.store.js';
import { createStockSweep, type JudgeOwner } from '../../src/modules/stock/stock.sweep.js';
import type { Database } from '../../src/platform/db.js';
import type { RedisStore } from '../../src/platform/redis.js';
import type { Gate } from './scheduler.js';
import { CURRENCY, type World } from './world.js';

const CART_HOLD_MS = 30 * 60_000;
/** How long an order waits for its money in these worlds. */
const PATIENCE = { pendingMs: 15 * 60_000, partPaidMs: 24 * 3_600_000 };

/** The services of one process over the world's servers, wired as `compose.ts` does; each call out is a step. */
export type Process = ReturnType<typeof startProcess>;

export function startProcess(world: World, gate: Gate) {
  const { clock, log } = world;
  const db: Pick<Database, 'transaction' | 'snapshot'> = {
    transaction: (work) => gate('transaction', () => world.db.transaction(work)),
    snapshot: (read) => gate('snapshot', () => world.db.snapshot(read)),
  };
  const redis = gatedRedis(world.redis, gate);
  const ledger = gated('ledger', world.stores.ledger, gate);
  const productStore = gated('products', world.stores.products, gate);
  const orders = watchedOrders(world, gated('orders', world.stores.orders, gate));
  const paymentStore = {
    intents: gated('intents', world.stores.payments.intents, gate),
    payments: gated('payments', world.stores.payments.payments, gate),
    refunds: gated('refunds', world.stores.payments.refunds, gate),
  };
  const adjustmentStore = gated('adjustments', world.stores.adjustments, gate);
  const carts = createCartStore(redis);
  const stockStore = watchedStock(world, createStockStore(redis));

  const stock = createStock({
    store: stockStore,
    ledger,
    rebuild: createRebuild({
      store: stockStore,
      ledger,
      books: {
        async endUnfinished(productId) {
          await orderBooks.endUnfinished(productId);
          await adjustmentStore.releaseOpen(productId);
        },
        snapshot: (productId) =>
          db.snapshot(async (session) => {
            const { onHand, seq, rev } = await ledger.read(productId, session);
            return { onHand, seq, rev, wanted: await orderBooks.wantedHolds(productId, session) };
          }),
      },
    }),
    clock,
    cartHoldMs: CART_HOLD_MS,
  });

  const snapshotOf: Parameters<typeof createPlacing>[0]['products'] = async (ids, session) =>
    new Map((await productStore.snapshots(ids, session)).map((product) => [product.id, product]));

  const told = (): Promise<void> => Promise.resolve();
  const mails = {
    confirmed: told,
    refunded: told,
    received: told,
    refundDone: told,
    refundTroubled: told,
    cancelled: told,
  };
  const money = createMoneyBook({ store: paymentStore, orders, mails, db, clock });
  const settlement = createSettlement({
    orders,
    stock,
    refunds: money.requests,
    mails,
    wake: () => undefined,
    db,
    clock,
  });
  const reads = createOrderReads(orders);
  const cancelling = createCancelling({
    orders,
    reads,
    stock,
    refunds: money.requests,
    mails,
    settle: settlement.settle,
    wake: () => undefined,
    db,
  });
  const refunds = createRefundService({
    store: paymentStore,
    orders: { ...reads, find: orders.find, change: orders.change },
    money,
    mails,
    settle: settlement.settle,
    wake: () => undefined,
    db,
  });
  const placing = createPlacing({
    orders,
    stock,
    carts: {
      async freeze(cartId, key) {
        const frozen = await carts.freeze(cartId, key);
        return frozen.kind === 'frozen' ? frozen : { kind: 'ok', lines: frozen.cart.lines };
      },
      thaw: carts.thaw,
      retire: carts.retire,
    },
    products: snapshotOf,
    customer: (userId) => Promise.resolve({ userId, name: userId, email: `${userId}@example.com` }),
    db,
    clock,
    currency: CURRENCY,
    mostUnpaid: 1_000,
    log,
  });
  const orderBooks = createOrderBooks({ orders, placing, settlement, patience: PATIENCE });
  const adjustments = createAdjustments({ rows: adjustmentStore, ledger, stock, db, clock, log });
  const judge: JudgeOwner = (owner, gen) =>
    owner.startsWith('order:') ? orderBooks.judge(owner, gen) : adjustments.judge(owner, gen);

  const cart = createCartService({
    carts,
    stock,
    products: snapshotOf,
    async placementOf(cartId) {
      const order = await orders.findByCart(cartId);
      if (order === undefined) return 'none';
      return isPlaced(order) ? 'ordered' : 'busy';
    },
    clock,
    currency: CURRENCY,
    maxLines: 50,
    newPerAddressHourly: 10_000,
  });
  const openUnits = orders.openUnits;
  const accounts = createStockAccounts({ store: stockStore, ledger, judge, openUnits, db });
  // Traces change nothing.
  const repairs = { insert: () => Promise.resolve(), remove: () => Promise.resolve() };
  const reconciler = createReconciler({
    accounts,
    store: stockStore,
    ledger,
    repairs,
    stock,
    db,
    clock,
    log,
  });

  return {
    gate,
    db,
    stock,
    carts,
    adjustments,
    cart,
    placing,
    settlement,
    cancelling,
    refunds,
    money,
    orders,
    paymentStore,
    jobs: {
      rollback: createRollbackJob({
        orders,
        placing,
        settlement,
        cancelling,
        clock,
        patience: PATIENCE,
      }),
      sweep: createStockSweep({ store: stockStore, stock, judge, adjustments }),
      // Every product, as an admin can ask for it: the walk of the job passes by what adds up at a glance.
      reconcile: async () => {
        for (const id of world.products()) {
          await reconciler.reconcile(id, { actor: { kind: 'system', id: null }, rebuildOnHand: false });
        }
        return { examined: world.products().length, changed: 0, failures: [] };
      },
    },
  };
}

/** Every function of a store becomes one step. */
function gated<T extends object>(name: string, store: T, gate: Gate): T {
  const steps = Object.entries(store).map(([key, call]: [string, unknown]) => {
    if (typeof call !== 'function') return [key, call];
    return [
      key,
      (...args: unknown[]) => gate(`${name}.${key}`, () => call.apply(store, args) as Promise<unknown>),
    ];
  });
  return Object.fromEntries(steps) as T;
}

function gatedRedis(redis: RedisStore, gate: Gate): RedisStore {
  const client = new Proxy(redis.client, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        gate(`redis ${String(key)}`, () => Promise.resolve(member.apply(target, args) as unknown));
    },
  });
  return {
    ...redis,
    client,
    run: (script, keys, args) =>
      gate(`${script.name}(${keys.join(' ')})`, () => redis.run(script, keys, args)),
  };
}

/** Ids are random, so pages are put into the order of insertion: the same schedule then does the same again. */
function watchedOrders(world: World, orders: OrderStore): OrderStore {
  const { journal, clock } = world;
  const place = ({ id }: Order): number => journal.orders.indexOf(id);
  const inOrder = (rows: Order[]): Order[] => rows.toSorted((a, b) => place(a) - place(b));
  return {
    ...orders,
    async insert(order, session) {
      const inserted = await orders.insert(order, session);
      journal.inserted(order.id);
      return inserted;
    },
    async change(order, change, note, session) {
      const changed = await orders.change(order, change, note, session);
      if (changed !== undefined) journal.changed(order, change, clock.now());
      return changed;
    },
    partPaidSince: async (before: Date, page: PageAfter) => inOrder(await orders.partPaidSince(before, page)),
    overdue: async (before: Date, page: PageAfter) => inOrder(await orders.overdue(before, page)),
    stalePlacements: async (before: Date, page: PageAfter) =>
      inOrder(await orders.stalePlacements(before, page)),
    needingAttention: async (page: PageAfter) => inOrder(await orders.needingAttention(page)),
    withOpenHolds: async (productId, session) => inOrder(await orders.withOpenHolds(productId, session)),
  };
}

function watchedStock(world: World, store: StockStore): StockStore {
  return {
    ...store,
    async repair(productId, rev, available) {
      const outcome = await store.repair(productId, rev, available);
      if (typeof outcome !== 'string') world.journal.repaired(productId, available);
      return outcome;
    },
  };
}
