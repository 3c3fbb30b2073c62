import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createLog } from '../../../src/platform/log.js';
import { connectRedis, type RedisStore } from '../../../src/platform/redis.js';
import { startOddRedis, type OddServer } from '../../support/odd.servers.js';
import { until } from '../../support/own.servers.js';

/* Servers as operators set them up: which of them the shop stands on, and what it says of the others. */

let server: OddServer | undefined;
let store: RedisStore | undefined;
let lines: { level: number; msg: string; error?: string }[] = [];
afterEach(async () => {
  await store?.close();
  await server?.stop();
  [server, store, lines] = [undefined, undefined, []];
});

const PASSWORD = 'the-password-of-redis';

async function connect(
  settings: [string, string][],
  given: { password?: string; db?: number } = {},
): Promise<RedisStore> {
  server = await startOddRedis(...settings);
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  };
  store = await connectRedis({
    host: '127.0.0.1',
    port: server.port,
    password: given.password,
    db: given.db ?? 0,
    clock: { aheadMs: () => 0 },
    epochOf: () => Promise.resolve(1),
    log: createLog({ level: 'warn', destination }),
  });
  return store;
}

const BOUNDED: [string, string] = ['maxmemory', '100mb'];
const DURABLE: [string, string] = ['appendonly', 'yes'];

describe('X3: a Redis that deletes keys when it is full', () => {
  it.each(['allkeys-lru', 'allkeys-random', 'volatile-lru', 'volatile-ttl'])(
    'is refused with %s, with what mends it',
    async (policy) => {
      const refused = connect([BOUNDED, ['maxmemory-policy', policy]]);
      await expect(refused).rejects.toThrow(
        new RegExp(`maxmemory-policy ${policy}\\).*Set maxmemory-policy to noeviction`),
      );
    },
  );

  it.each([
    ['with noeviction', [BOUNDED, ['maxmemory-policy', 'noeviction']]],
    ['without a bound', [['maxmemory-policy', 'allkeys-lru']]],
  ] as [string, [string, string][]][])('is none %s', async (_, settings) => {
    const redis = await connect([...settings, DURABLE]);
    await redis.ping();
    expect(lines).toEqual([]);
  });

  it('is told of where it comes later, as after a failover, and the shop goes on', async () => {
    const redis = await connect([DURABLE]);
    const operator = new Redis({ host: '127.0.0.1', port: server?.port ?? 0 });
    await operator.config('SET', 'maxmemory', '100mb');
    await operator.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await operator.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    operator.disconnect();
    const told = await until(
      () => Promise.resolve(lines.find(({ level }) => level === 50)),
      (line) => line !== undefined,
    );
    expect(told?.error).toContain('Set maxmemory-policy to noeviction');
    await redis.ping();
  });
});

describe('X3: a Redis without an append-only file', () => {
  it('is warned of, with what is lost and what comes back', async () => {
    await connect([['appendonly', 'no']]);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [40, expect.stringMatching(/keeps no append-only file.*may lose carts.*come back from MongoDB/)],
    ]);
  });
});

describe('X3: what Redis refuses names the setting, and tells no password', () => {
  it.each([
    ['a wrong password', { password: 'not-the-password' }, 'REDIS_PASSWORD'],
    ['no password', {}, 'set REDIS_PASSWORD'],
    ['no password, and a database', { db: 3 }, 'set REDIS_PASSWORD'],
    ['a database that there is not', { password: PASSWORD, db: 9 }, 'REDIS_DB'],
  ] as const)('%s', async (_, given, named) => {
    const error = await connect([['requirepass', PASSWORD], ['databases', '4'], DURABLE], given).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).toContain(named);
    expect(message).not.toContain('cannot be reached');
    expect(message).not.toContain('the-password');
  });

  it('and with the right ones it serves', async () => {
    const redis = await connect([['requirepass', PASSWORD], ['databases', '4'], DURABLE], {
      password: PASSWORD,
      db: 3,
    });
    await redis.ping();
    expect(lines).toEqual([]);
  });
});
