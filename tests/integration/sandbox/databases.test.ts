import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';

import { startMongo, startRedis } from '../../../src/sandbox/databases.js';
import { isAlive } from '../../../src/sandbox/lock.js';

// The first run on a machine may have to install the servers.
const INSTALL_MS = 300_000;

let dir: string;
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'databases-'));
  lines.length = 0;
});

afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

const mongoDir = (): string => join(dir, 'mongo');
const redisDir = (): string => join(dir, 'redis');

async function withMongo<T>(url: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(url);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

async function withRedis<T>(port: number, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ host: '127.0.0.1', port });
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

async function untilDead(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await delay(20);
}

it(
  'MongoDB takes transactions, and its data are there after a stop and a start on another port',
  async () => {
    const first = await startMongo({ dataDir: mongoDir(), log });
    await withMongo(first.url, async (client) => {
      const docs = client.db('shop').collection('docs');
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await docs.insertOne({ name: 'one' }, { session });
          await docs.insertOne({ name: 'two' }, { session });
        }),
      );
    });
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await startMongo({ dataDir: mongoDir(), log });
    const count = await withMongo(second.url, (client) =>
      client.db('shop').collection('docs').countDocuments(),
    );
    await second.stop();
    expect(count).toBe(2);
    expect(second.kind).toBe(first.kind);
    expect(lines.filter((line) => line.includes('ended by itself'))).toEqual([]);
  },
  INSTALL_MS,
);

it(
  'Redis keeps its data across a restart with appendOnly, and starts empty without',
  async () => {
    const restarted = async (appendOnly: boolean): Promise<string | null> => {
      const dataDir = join(redisDir(), String(appendOnly));
      const first = await startRedis({ dataDir, appendOnly, log });
      await withRedis(first.port, (redis) => redis.set('key', 'value'));
      await first.stop();
      const second = await startRedis({ dataDir, appendOnly, log });
      const value = await withRedis(second.port, (redis) => redis.get('key'));
      await second.stop();
      return value;
    };
    expect(await restarted(true)).toBe('value');
    expect(await restarted(false)).toBeNull();
  },
  INSTALL_MS,
);

it(
  'when the parent is killed with -9 no server is left, and the next start finds what was written',
  async () => {
    const parent = startParent();
    const [line] = (await once(createInterface({ input: parent.stdout ?? process.stdin }), 'line')) as [
      string,
    ];
    const servers = JSON.parse(line) as {
      mongo: { url: string; pid: number };
      redis: { port: number; pid: number };
    };
    const pids = [servers.mongo.pid, servers.redis.pid];
    await withMongo(servers.mongo.url, (client) =>
      client.db('shop').collection('docs').insertOne({ name: 'one' }),
    );
    await withRedis(servers.redis.port, (redis) => redis.set('key', 'value'));
    expect(pids.map(isAlive)).toEqual([true, true]);

    parent.kill('SIGKILL');
    // At once, while the old servers are still on their way down.
    const [mongo, redis] = await Promise.all([
      startMongo({ dataDir: mongoDir(), log }),
      startRedis({ dataDir: redisDir(), appendOnly: true, log }),
    ]);
    await untilDead(pids);
    const count = await withMongo(mongo.url, (client) =>
      client.db('shop').collection('docs').countDocuments(),
    );
    const value = await withRedis(redis.port, (client) => client.get('key'));
    await Promise.all([mongo.stop(), redis.stop()]);
    expect([count, value]).toEqual([1, 'value']);
  },
  INSTALL_MS,
);

function startParent(): ChildProcess {
  const module = JSON.stringify(resolve('src/sandbox/databases.ts'));
  const script = `
    import { startMongo, startRedis } from ${module};
    const log = () => undefined;
    const [mongo, redis] = await Promise.all([
      startMongo({ dataDir: ${JSON.stringify(mongoDir())}, log }),
      startRedis({ dataDir: ${JSON.stringify(redisDir())}, appendOnly: true, log }),
    ]);
    console.log(JSON.stringify({ mongo, redis }));
    setInterval(() => undefined, 1000);
  `;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

it(
  'a data folder is used by one server at a time',
  async () => {
    const first = await startRedis({ dataDir: redisDir(), appendOnly: true, log });
    const second = startRedis({ dataDir: redisDir(), appendOnly: true, log });
    await expect(second).rejects.toThrow(`is in use by process ${process.pid}`);
    await first.stop();
    const third = await startRedis({ dataDir: redisDir(), appendOnly: true, log });
    await third.stop();
  },
  INSTALL_MS,
);

it(
  'a start on a port that is taken fails with the last words of the server, and leaves nothing behind',
  async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const start = startRedis({ dataDir: redisDir(), appendOnly: false, port, log });
    await expect(start).rejects.toThrow(/did not start[\s\S]*in use/i);
    other.close();
    const again = await startRedis({ dataDir: redisDir(), appendOnly: false, port, log });
    expect(again.port).toBe(port);
    await again.stop();
  },
  INSTALL_MS,
);

it(
  'a server that dies is told of',
  async () => {
    const redis = await startRedis({ dataDir: redisDir(), appendOnly: false, log });
    process.kill(redis.pid, 'SIGKILL');
    await untilDead([redis.pid]);
    while (lines.length === 0) await delay(5);
    expect(lines[0]).toMatch(/Redis .* ended by itself/);
    await redis.stop();
  },
  INSTALL_MS,
);
