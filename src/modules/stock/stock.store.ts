import type { RedisStore } from '../../platform/redis.js';
import { createHoldSteps } from './holds.store.js';
import { createProductSteps } from './product.store.js';
import { createVisits } from './visits.store.js';

/** The scripts of the stock protocol with types. Each call is one step: it happened whole, or not at all. */
export type StockStore = ReturnType<typeof createStockStore>;

export function createStockStore(redis: RedisStore) {
  return { ...createHoldSteps(redis), ...createProductSteps(redis), ...createVisits(redis) };
}
