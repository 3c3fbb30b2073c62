import type { MovableClock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import type { Database } from '../platform/db.js';
import type { Log } from '../platform/log.js';
import type { RedisStore } from '../platform/redis.js';

/** What all parts stand on. */
export type Ground = {
  config: Config;
  log: Log;
  db: Database;
  redis: RedisStore;
  clock: MovableClock;
};
