import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { Transform } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLog } from '../../../src/platform/log.js';
import { plainRedis } from '../../../src/platform/redis.address.js';
import { connectRedis } from '../../../src/platform/redis.js';
import { redisAddress } from '../../support/servers.js';

/** The real server behind a door that says another version. */
async function pretender(version: string): Promise<Server> {
  const server = createServer((client) => {
    const real = connect(redisAddress());
    const disguise = new Transform({
      transform: (chunk: Buffer, _encoding, done) =>
        done(
          null,
          Buffer.from(
            chunk.toString('latin1').replace(/redis_version:\d/, `redis_version:${version}`),
            'latin1',
          ),
        ),
    });
    client.pipe(real);
    real.pipe(disguise).pipe(client);
    for (const end of [client, real]) end.on('error', () => undefined).on('close', () => real.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** The real server behind a door; those who are inside when it vanishes hear nothing any more, and are not told. */
async function vanishingDoor() {
  const inside = new Set<() => void>();
  const server = createServer((client) => {
    const real = connect(redisAddress());
    client.pipe(real);
    real.pipe(client);
    inside.add(() => {
      client.unpipe(real).resume();
      real.unpipe(client).resume();
    });
    for (const end of [client, real]) end.on('error', () => undefined).on('close', () => real.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    vanish: () => inside.forEach((leave) => leave()),
  };
}

const servers: Server[] = [];
let old: number;
let present: number;
beforeAll(async () => {
  servers.push(await pretender('6'), await pretender('7'));
  [old = 0, present = 0] = servers.map((server) => (server.address() as AddressInfo).port);
});
afterAll(() => {
  for (const server of servers) server.close();
});

const open = (port: number) =>
  connectRedis({
    ...plainRedis({ host: '127.0.0.1', port }),
    clock: { aheadMs: () => 0 },
    epochOf: () => Promise.resolve(1),
    log: createLog({ level: 'silent' }),
  });

describe('X3: the version of Redis', () => {
  it('is refused at start where it is too old, with what is needed', async () => {
    await expect(open(old)).rejects.toThrow(/Redis 6\S* is too old: Holdfast needs Redis 7 or newer/);
  });

  it('is taken from 7 on', async () => {
    const redis = await open(present);
    await redis.client.ping();
    await redis.close();
  });
});

describe('X4: a host of Redis that vanishes without a word', () => {
  it('is given up within seconds for the one that has its address then', async () => {
    const door = await vanishingDoor();
    servers.push(door.server);
    const redis = await open(door.port);
    await redis.client.ping();
    door.vanish();
    const started = performance.now();
    await expect(redis.client.ping()).rejects.toThrow(/timed out/);
    for (;;) {
      const isBack = await redis.client.ping().then(
        () => true,
        () => false,
      );
      if (isBack) break;
      expect(performance.now() - started).toBeLessThan(10_000);
      await new Promise((wait) => setTimeout(wait, 50));
    }
    await redis.close();
  }, 20_000);
});
