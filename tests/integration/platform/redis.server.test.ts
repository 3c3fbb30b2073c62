import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createLog } from '../../../src/platform/log.js';
import { plainRedis } from '../../../src/platform/redis.address.js';
import { connectRedis, type RedisStore } from '../../../src/platform/redis.js';
import { startOddRedis, startOddRedisAt, type OddServer } from '../../support/odd.servers.js';
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
  store = await connectTo(server.port, given);
  return store;
}

function connectTo(port: number, given: { password?: string; db?: number }): Promise<RedisStore> {
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  };
  return connectRedis({
    ...plainRedis({ host: '127.0.0.1', port, db: given.db ?? 0 }),
    password: given.password,
    clock: { aheadMs: () => 0 },
    epochOf: () => Promise.resolve(1),
    log: createLog({ level: 'warn', destination }),
  });
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
    await redis.client.ping();
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
    await redis.client.ping();
  });
});

describe('X3: a Redis without an append-only file', () => {
  it('is warned of, with what is lost and what comes back', async () => {
    await connect([['appendonly', 'no']]);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [40, expect.stringMatching(/keeps no append-only file.*may lose carts.*come back from MongoDB/)],
    ]);
  });

  it('is warned of once for a run of the server, however often the connection is cut, and again of the next one', async () => {
    const redis = await connect([['appendonly', 'no']]);
    const port = server?.port ?? 0;
    const warnings = () => lines.filter(({ msg }) => msg.includes('append-only')).length;
    const operator = new Redis({ host: '127.0.0.1', port });
    /** How often the server was looked at: each time it is tried whether it takes writes. */
    const looks = async () =>
      Number(/cmdstat_eval:calls=(\d+)/.exec(await operator.info('commandstats'))?.[1]);
    for (let cuts = 1; cuts <= 3; cuts += 1) {
      await operator.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await until(looks, (count) => count === cuts + 1);
    }
    operator.disconnect();
    // Its answer comes after those of the last look.
    await redis.client.ping();
    expect(warnings()).toBe(1);

    await server?.stop();
    server = await startOddRedisAt(port, [['appendonly', 'no']]);
    await until(
      () => Promise.resolve(warnings()),
      (count) => count === 2,
    );
    await redis.client.ping();
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

  it('something that is no Redis, such as a port for TLS', async () => {
    const other = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    try {
      await expect(connectTo(port, {})).rejects.toThrow(/is it one, and one that is spoken to without TLS\?/);
    } finally {
      other.close();
    }
  });

  it('and with the right ones it serves', async () => {
    const redis = await connect([['requirepass', PASSWORD], ['databases', '4'], DURABLE], {
      password: PASSWORD,
      db: 3,
    });
    await redis.client.ping();
    expect(lines).toEqual([]);
  });
});
