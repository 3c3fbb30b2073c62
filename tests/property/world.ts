import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCatalogStore } from '../../src/modules/catalog/catalog.store.js';
import { createCartStore } from '../../src/modules/cart/cart.store.js';
import { createOrderStore } from '../../src/modules/orders/orders.store.js';
import { createPaymentStore } from '../../src/modules/payments/payments.store.js';
import { createAdjustmentStore } from '../../src/modules/stock/adjustments.store.js';
import { createStockLedger } from '../../src/modules/stock/stock.ledger.js';
import { createClock } from '../../src/platform/clock.js';
import { connectDatabase } from '../../src/platform/db.js';
import { createLog } from '../../src/platform/log.js';
import { plainRedis } from '../../src/platform/redis.address.js';
import { connectRedis } from '../../src/platform/redis.js';
import { startRedis } from '../../src/sandbox/databases.js';
import { mongoUrl } from '../support/servers.js';
import { createJournal } from './journal.js';

export const CURRENCY = 'INR';
export const PRICE = 1_000;

/** Both servers with everything in them, as one run of the model finds and leaves it. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/**
 * Connects to a database of its own, and to a Redis server of its own: one that is flushed, made to forget and told that
 * it is another incarnation.
 */
export async function openWorld() {
  const log = createLog({ level: 'silent' });
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-model-'));
  const server = await startRedis({
    dataDir,
    toolsDir: resolve('.sandbox'),
    appendOnly: false,
    log: () => undefined,
  });
  const db = await connectDatabase({ url: mongoUrl(`model_${process.env['JEST_WORKER_ID'] ?? '1'}`), log });
  const clock = createClock(db.clockOffset);
  let epoch = 1;
  const redis = await connectRedis({
    ...plainRedis(server),
    clock,
    epochOf: () => Promise.resolve(epoch),
    log,
  });

  const stores = {
    products: createCatalogStore(db),
    ledger: createStockLedger({ db, clock }),
    adjustments: createAdjustmentStore(db),
    carts: createCartStore(redis),
    orders: createOrderStore({ db, clock }),
    payments: createPaymentStore({ db, clock }),
  };
  await db.createIndexes();
  const journal = createJournal();
  let dumped: Dump = [];
  let products: string[] = [];
  let run = 0;

  const seed = async (productId: string, units: number): Promise<void> => {
    const now = clock.now();
    const words = { sku: `SKU-${productId}`, name: productId, description: '', category: 'all' };
    const price = { amount: PRICE, currency: CURRENCY };
    const product = {
      id: productId,
      ...words,
      price,
      archived: false,
      images: [],
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await db.transaction(async (session) => {
      await stores.products.insert(product, session);
      if (units === 0) return;
      const receipt = { productId, units, kind: 'receipt', ref: 'opening', reason: 'opening stock' } as const;
      await stores.ledger.receive(receipt, session);
    });
  };

  return {
    db,
    redis,
    clock,
    log,
    stores,
    journal,
    /** The products of this run. */
    products: (): readonly string[] => products,
    /** The number of this run. */
    run: (): number => run,

    /** Empties both databases and puts so many units of each product on hand. */
    async reset(units: readonly number[]): Promise<void> {
      await redis.client.flushall();
      await Promise.all(
        Object.values(db.connection.models).map(({ collection }) => collection.deleteMany({})),
      );
      run += 1;
      journal.clear();
      dumped = [];
      products = units.map((_, i) => `p${i}`);
      for (const [i, productId] of products.entries()) await seed(productId, units[i] ?? 0);
    },

    /** Redis loses everything, in the same incarnation. */
    async flush(): Promise<void> {
      await redis.client.flushall();
    },

    /** Remembers what Redis holds now; `forget` goes back to it. */
    async dump(): Promise<void> {
      dumped = await dumpOf(redis.client);
    },

    /** Redis restarts from an older file: its keys are those of the dump, and it knows no script. */
    async forget(): Promise<void> {
      epoch += 1;
      await redis.client.flushall();
      for (const { key, content } of dumped) await redis.client.restore(key, 0, content);
      await redis.client.script('FLUSH');
    },

    /** The hold of an order is gone, as when Redis evicts it or an operator deletes it. */
    async evict(): Promise<void> {
      for (const key of (await redis.client.keys('hold:*')).sort()) {
        const owner = await redis.client.hget(key, 'owner');
        if (owner?.startsWith('order:') === true) await redis.client.del(key);
      }
    },

    /** Available units of each product, as the raw keys say. */
    async available(): Promise<(number | undefined)[]> {
      const values = await redis.client.mget(...products.map((id) => `stock:${id}`));
      return values.map((value) => (value === null ? undefined : Number(value)));
    },

    async close(): Promise<void> {
      await redis.close();
      await db.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Dump = { key: string; content: Buffer }[];

async function dumpOf(client: Awaited<ReturnType<typeof connectRedis>>['client']): Promise<Dump> {
  const found: Dump = [];
  for (const key of await client.keys('*')) {
    found.push({ key, content: await client.dumpBuffer(key) });
  }
  return found;
}
