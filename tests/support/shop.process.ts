import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { newId } from '../../src/platform/ids.js';
import { ready, startChild, type Child } from './child.js';
import { mongoUrl, redisAddress, redisDb } from './servers.js';

/** A built Holdfast in a process of its own, as `npm start` runs it, with its own Razorpay and SES and an empty shop. */
export type ShopProcess = {
  child: Child;
  /** Where the API listens. */
  url: string;
  razorpayUrl: string;
  sesUrl: string;
  /** Where its clock is moved and its jobs are run. */
  timeMachineUrl: string;
  /** Kills it and removes what it kept. */
  stop(): Promise<void>;
};

export async function startShopProcess(env: Record<string, string> = {}): Promise<ShopProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-shop-'));
  const { host, port } = redisAddress();
  const db = redisDb();
  const redis = new Redis({ host, port, db });
  await redis.flushdb();
  redis.disconnect();
  const child = await startChild({
    env: {
      NODE_ENV: 'development',
      DATABASE_URL: mongoUrl(`shop${newId()}`),
      HOST_IP: host,
      REDIS_PORT: String(port),
      REDIS_DB: String(db),
      PASSWORD_COST: '4',
      ...env,
    },
    cwd: folder,
  });
  await ready(child);
  const addresses = JSON.parse(readFileSync(join(folder, '.sandbox/addresses.json'), 'utf8')) as {
    razorpayUrl: string;
    sesUrl: string;
    timeMachineUrl: string;
  };
  return {
    child,
    url: child.url,
    ...addresses,
    async stop() {
      if (child.isRunning()) await child.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
