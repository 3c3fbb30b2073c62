import { join } from 'node:path';

import { consoleUrlOf } from './about.js';
import { startMongo, startRedis } from './databases.js';
import type { KeptServer } from './keeper.js';
import { acquireLock } from './lock.js';
import { makeBreakable, type BreakableServer } from './outages.js';
import { startRazorpaySandbox, type RazorpaySandbox } from './razorpay.js';
import { startSesSandbox, type SesSandbox } from './ses.js';

const RAZORPAY_PORT = 4010;
const SES_PORT = 4020;
const DATABASE = 'holdfast';

/** A process that is being restarted may still be stopping when the next one starts. */
const HANDOVER_MS = 2_000;

/** Where the stand-ins that were asked for listen; the others are absent. */
export interface Sandbox {
  databaseUrl?: string;
  redis?: { host: string; port: number };
  razorpayUrl?: string;
  sesUrl?: string;
  /** The running stand-ins themselves, with their controls. */
  running: { mongo?: BreakableServer; redis?: BreakableServer; razorpay?: RazorpaySandbox; ses?: SesSandbox };
  /** Stops them all; data stay in `dir`. */
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** An absolute path. Everything is kept in it, so that the next start goes on where this one ended. */
  dir: string;
  needs: { mongo: boolean; redis: boolean; razorpay: boolean; ses: boolean };
  razorpay: { keyId: string; keySecret: string; webhookSecret: string; webhookUrl: string };
  /** The port of the API, where the console is. */
  port?: number | undefined;
  /** Where programs are installed when the machine has none. Default: `dir`. */
  toolsDir?: string | undefined;
  log: (line: string) => void;
}

/**
 * Starts what is needed, side by side. When one does not start, the others are stopped and its error is thrown; so is
 * one when another process uses `dir`.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dir, needs, toolsDir = dir, port: apiPort, log } = options;
  const consoleUrl = apiPort === undefined ? undefined : consoleUrlOf({ port: apiPort });
  const release = await acquireLock({
    path: join(dir, 'sandbox.lock'),
    what: `The sandbox ${dir}`,
    waitMs: HANDOVER_MS,
  });
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    try {
      await Promise.all(started.map((one) => one.stop()));
    } finally {
      release();
    }
  };
  const when = async <T extends { stop(): Promise<void> }>(needed: boolean, start: () => Promise<T>) => {
    if (!needed) return undefined;
    const one = await start();
    started.push(one);
    return one;
  };
  const starting = [
    when(needs.mongo, () =>
      breakable('MongoDB', log, (port) => startMongo({ dataDir: join(dir, 'mongo'), toolsDir, port, log })),
    ),
    when(needs.redis, () =>
      breakable('Redis', log, (port) =>
        startRedis({ dataDir: join(dir, 'redis'), toolsDir, appendOnly: true, port, log }),
      ),
    ),
    when(needs.razorpay, () =>
      startRazorpaySandbox({
        ...options.razorpay,
        port: RAZORPAY_PORT,
        stateFile: join(dir, 'razorpay.jsonl'),
        ...{ consoleUrl, log },
      }),
    ),
    when(needs.ses, () =>
      startSesSandbox({ port: SES_PORT, storeFile: join(dir, 'mails.jsonl'), consoleUrl, log }),
    ),
  ] as const;
  try {
    const [mongo, redis, razorpay, ses] = await Promise.all(starting);
    return {
      ...(mongo && { databaseUrl: mongo.first.url.replace('/?', `/${DATABASE}?`) }),
      ...(redis && { redis: { host: redis.first.host, port: redis.first.port } }),
      ...(razorpay && { razorpayUrl: razorpay.url }),
      ...(ses && { sesUrl: ses.url }),
      running: {
        ...(mongo && { mongo }),
        ...(redis && { redis }),
        ...(razorpay && { razorpay }),
        ...(ses && { ses }),
      },
      stop,
    };
  } catch (error) {
    await Promise.allSettled(starting);
    await stop();
    throw error;
  }
}

/** A database that can be taken away for a while, with what its first start told of it. */
async function breakable<Server extends KeptServer & { port: number }>(
  name: string,
  log: (line: string) => void,
  start: (port: number | undefined) => Promise<Server>,
): Promise<BreakableServer & { first: Server }> {
  const first = await start(undefined);
  const server = makeBreakable({ name, first, restart: () => start(first.port), log });
  return Object.assign(server, { first });
}
