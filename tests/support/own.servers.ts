import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMongo, startRedis, type SandboxMongo, type SandboxRedis } from '../../src/sandbox/databases.js';
import { startTestApp, type TestApp } from './app.js';

/** A server that a test may break in the ways in which servers break. */
export type BreakableServer = {
  /** Ends it in good order. What it keeps on disk stays. */
  stop(): Promise<void>;
  /** Starts it again at the same address; without what it kept, where `empty`. */
  start(options?: { empty?: boolean }): Promise<void>;
  /** It goes on accepting connections and answers nothing: the worst that a server can do. */
  hang(): void;
  /** Takes the hang back. */
  goOn(): void;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
};

export type BrokenWorld = {
  app: TestApp;
  mongo: BreakableServer;
  redis: BreakableServer;
  stop(): Promise<void>;
};

/** A Holdfast on a MongoDB and a Redis of its own. */
export async function startBreakable(): Promise<BrokenWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-faults-'));
  const common = { toolsDir: resolve('.sandbox'), log: (): void => undefined };
  const [mongo, redis] = await Promise.all([
    breakable(join(dataDir, 'mongo'), (dir, port) => startMongo({ ...common, dataDir: dir, port })),
    breakable(join(dataDir, 'redis'), (dir, port) =>
      startRedis({ ...common, dataDir: dir, port, appendOnly: true }),
    ),
  ]);
  const app = await startTestApp({
    databaseUrl: mongo.first.url.replace('/?', '/faults?'),
    redis: { host: '127.0.0.1', port: redis.first.port, db: 0 },
  });
  // The test's own connection loses its server too, and has nothing to say about it.
  app.redis.on('error', () => undefined);
  return {
    app,
    mongo: mongo.server,
    redis: redis.server,
    async stop() {
      await app.stop();
      await Promise.all([mongo.server.stop(), redis.server.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function breakable<Server extends SandboxMongo | SandboxRedis>(
  dir: string,
  start: (dataDir: string, port: number | undefined) => Promise<Server>,
): Promise<{ first: Server; server: BreakableServer }> {
  const first = await start(dir, undefined);
  let current = first;
  const signal = (name: NodeJS.Signals): boolean => process.kill(current.pid, name);
  return {
    first,
    server: {
      stop: () => current.stop(),
      async start({ empty = false } = {}) {
        if (empty) await rm(dir, { recursive: true, force: true });
        current = await start(dir, first.port);
      },
      hang: () => void signal('SIGSTOP'),
      goOn: () => void signal('SIGCONT'),
      async kill() {
        signal('SIGKILL');
        await current.stop();
      },
    },
  };
}

/** Asks again and again until the answer is as wished; throws with the last one when it takes longer than `withinMs`. */
export async function until<T>(
  ask: () => Promise<T>,
  isWished: (answer: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWished(answer)) return answer;
    if (performance.now() > giveUpAt) throw new Error(`still not: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
