import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import request, { type Response } from 'supertest';
import type { ApiError, Order, Readiness, UnreadyReason } from '../../generated/openapi.js';
import { bodyOf, lineOf } from '../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  equation,
  orderOf,
  pay,
  PASSWORD,
  placeOrder,
  startPayment,
  type Agent,
} from '../support/flows.js';
import { refund, unpaidOrder } from '../support/money.js';
import { startBreakable, until, type BrokenWorld } from '../support/own.servers.js';

/*
 * One dependency away at a time, in every way in which it can be: whoever asks gets 503 in time, nothing is half done,
 * and when it is back all goes on without anybody doing anything.
 */

let world: BrokenWorld;
let buyer: Agent;
beforeAll(async () => {
  world = await startBreakable();
  buyer = await customer(world.app);
}, 60_000);
afterAll(() => world.stop(), 60_000);

const ANSWER_MS = 5_000;
const WITH_BACK = 40_000;

async function timed(call: PromiseLike<Response>): Promise<Response> {
  const started = performance.now();
  const answer = await call;
  expect(performance.now() - started).toBeLessThan(ANSWER_MS);
  return answer;
}

async function expectUnavailable(call: PromiseLike<Response>): Promise<void> {
  const answer = await timed(call);
  expect([answer.status, bodyOf<ApiError>(answer).code]).toEqual([503, 'service_unavailable']);
  expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
}

const get = (path: string) => request(world.app.url).get(path);
const put = (agent: Agent, productId: string, quantity: number) =>
  agent.put(`/v1/cart/items/${productId}`).send({ quantity });

async function expectHealth(away: 'database' | 'redis', why: UnreadyReason = 'no_answer'): Promise<void> {
  expect((await timed(get('/health/live'))).status).toBe(200);
  const ready = await timed(get('/health/ready'));
  expect(ready.status).toBe(503);
  const checks = { database: 'ok', redis: 'ok', [away]: 'unavailable' };
  expect(bodyOf<Readiness>(ready)).toEqual({ status: 'unavailable', checks, reasons: { [away]: why } });
}

const untilReady = () =>
  until(
    () => get('/health/ready'),
    ({ status }) => status === 200,
  );

/** A request may be repeated after a 503, so it is, as a client would. */
const untilDone = (send: () => PromiseLike<Response>) =>
  until(
    async () => send(),
    ({ status }) => status !== 503,
  );

type Outage = { name: string; begin: () => Promise<void> | void; end: () => Promise<void> | void };

const REDIS_OUTAGES: Outage[] = [
  { name: 'is stopped', begin: () => world.redis.stop(), end: () => world.redis.start() },
  { name: 'hangs', begin: () => world.redis.hang(), end: () => world.redis.goOn() },
  {
    name: 'is killed and comes back empty',
    begin: () => world.redis.kill(),
    end: () => world.redis.start({ empty: true }),
  },
];

describe.each(REDIS_OUTAGES)('Redis $name', ({ begin, end }) => {
  it(
    'nothing is sold meanwhile, nothing is half done, and all goes on afterwards',
    async () => {
      const { app } = world;
      const product = await aProduct(app, { stock: 5 });
      const [inCart, ordered] = [await customer(app), await customer(app)];
      await put(inCart, product.id, 2).expect(200);
      const items = [{ productId: product.id, quantity: 1 }];
      const order = await placeOrder(ordered, items);
      const key = `away-${crypto.randomUUID()}`;
      const placeAgain = () => ordered.post('/v1/orders').set('Idempotency-Key', key).send({ items });

      await begin();
      try {
        await expectHealth('redis');
        await Promise.all([
          expectUnavailable(put(inCart, product.id, 1)),
          expectUnavailable(inCart.get('/v1/cart')),
          expectUnavailable(get(`/v1/products/${product.id}`)),
          expectUnavailable(get('/v1/products')),
          expectUnavailable(placeAgain()),
        ]);
        // What needs no stock goes on, signing in among it: limits let through what cannot be counted.
        const account = { email: ordered.email, password: PASSWORD };
        const signIn = request(app.url).post('/v1/auth/token').send(account);
        expect((await timed(signIn)).status).toBe(200);
        expect((await timed(ordered.get('/v1/users/me'))).status).toBe(200);
        expect((await timed(ordered.get(`/v1/orders/${order.id}`))).status).toBe(200);
      } finally {
        await end();
      }
      await untilReady();
      await untilDone(() => get(`/v1/products/${product.id}`));

      const { onHand } = await equation(app, product.id);
      expect(onHand).toBe(5);
      // The placement that got no answer, sent again: it is placed now, or it is found to have been placed.
      const placed = await untilDone(placeAgain);
      expect(placed.status).toBe(201);
      expect((await untilDone(() => inCart.delete('/v1/cart'))).status).toBe(200);
      // Whatever Redis forgot: the two units of the orders are not to be had, the other three are.
      expect((await put(buyer, product.id, 4)).status).toBe(409);
      expect((await put(buyer, product.id, 3)).status).toBe(200);
      expect(await equation(app, product.id)).toMatchObject({ available: 0, carts: 3, orders: 2 });
      await pay(app, ordered, order.id);
      expect(await orderOf(ordered, order.id)).toMatchObject({ status: 'paid' });
      expect(await equation(app, product.id)).toMatchObject({ onHand: 4, available: 0, carts: 3, orders: 1 });
    },
    WITH_BACK,
  );
});

describe.each(REDIS_OUTAGES.slice(0, 2))('Redis $name', ({ begin, end }) => {
  it(
    'M7: of an order that is paid meanwhile nothing is refunded as if a part of it were still owed',
    async () => {
      const { app } = world;
      const boss = await admin(app);
      const bought = await unpaidOrder(app);
      const { order, productId } = bought;
      const { razorpayOrderId } = await startPayment(bought.buyer, order.id);
      const key = crypto.randomUUID();
      const giveBack = () => refund(boss, order.id, { amount: 2_000 }, key);

      await begin();
      try {
        await app.razorpay.control.pay({ razorpayOrderId });
        const isRecorded = ({ amountPaid }: Order) => amountPaid.amount === 20_000;
        expect(await until(() => orderOf(bought.buyer, order.id), isRecorded)).toMatchObject({
          status: 'pending',
        });
        await expectUnavailable(giveBack());
        expect(await orderOf(bought.buyer, order.id)).toMatchObject({ amountDue: { amount: 0 } });
      } finally {
        await end();
      }
      await untilReady();
      expect((await untilDone(giveBack)).status).toBe(201);
      await app.quiet();
      expect(await orderOf(bought.buyer, order.id)).toMatchObject({
        status: 'paid',
        paymentStatus: 'partially_refunded',
        amountRefunded: { amount: 2_000 },
      });
      expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3 });
    },
    WITH_BACK,
  );
});

type Refusal = {
  name: string;
  why: UnreadyReason;
  begin: () => Promise<unknown>;
  end: () => Promise<unknown>;
};

const redisConfig = (name: string, value: string) => world.app.redis.config('SET', name, value);
const lastSaveIs = (state: 'ok' | 'err') =>
  until(
    async () => world.app.redis.info('persistence'),
    (info) => info.includes(`rdb_last_bgsave_status:${state}`) && info.includes('rdb_bgsave_in_progress:0'),
  );
/** A folder in the place of the file into which Redis saves. */
async function savePlace(): Promise<string> {
  const [, dir = ''] = await world.app.redis.config('GET', 'dir');
  return join(dir, 'dump.rdb');
}

const REDIS_REFUSALS: Refusal[] = [
  {
    name: 'is a replica',
    why: 'read_only',
    begin: () => world.app.redis.replicaof('127.0.0.1', 9),
    end: () => world.app.redis.replicaof('NO', 'ONE'),
  },
  {
    name: 'is full',
    why: 'out_of_memory',
    begin: () => redisConfig('maxmemory', '1'),
    end: () => redisConfig('maxmemory', '0'),
  },
  {
    name: 'could not save',
    why: 'not_saving',
    async begin() {
      await mkdir(join(await savePlace(), 'in-the-way'), { recursive: true });
      await redisConfig('save', '3600 1');
      await world.app.redis.bgsave();
      await lastSaveIs('err');
    },
    async end() {
      await rm(await savePlace(), { recursive: true });
      await world.app.redis.bgsave();
      await lastSaveIs('ok');
      await redisConfig('save', '');
    },
  },
  {
    name: 'lacks its replicas',
    why: 'too_few_replicas',
    begin: () => redisConfig('min-replicas-to-write', '1'),
    end: () => redisConfig('min-replicas-to-write', '0'),
  },
  {
    name: 'does not let its user write',
    why: 'not_allowed',
    begin: () => world.app.redis.call('ACL', 'SETUSER', 'default', '-set'),
    end: () => world.app.redis.call('ACL', 'SETUSER', 'default', '+@all'),
  },
];

describe.each(REDIS_REFUSALS)('Redis answers, but $name', ({ why, begin, end }) => {
  it(
    'X1: readiness says so as long as purchases get 503, and why, and writes nothing itself',
    async () => {
      const { app } = world;
      const product = await aProduct(app, { stock: 5 });
      const agent = await customer(app);
      await put(agent, product.id, 1).expect(200);
      const keys = await app.redis.dbsize();
      await begin();
      try {
        await expectHealth('redis', why);
        await expectUnavailable(put(agent, product.id, 2));
      } finally {
        await end();
      }
      await untilReady();
      expect(bodyOf<Readiness>(await get('/health/ready'))).not.toHaveProperty('reasons');
      expect(await app.redis.dbsize()).toBe(keys);
      expect((await untilDone(() => put(agent, product.id, 2))).status).toBe(200);
      expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, carts: 2 });
    },
    WITH_BACK,
  );
});

/** As in a failover: for some seconds the server is there, answers, and is no primary. */
async function stepDown(seconds: number): Promise<void> {
  const client = await MongoClient.connect(world.app.config.connections.databaseUrl);
  const order = { replSetStepDown: seconds, secondaryCatchUpPeriodSecs: 1, force: true };
  await client.db('admin').command(order);
  await client.close();
}

describe('MongoDB steps down', () => {
  it(
    'X2: until there is a primary again every request that needs one gets 503, and no fault is told',
    async () => {
      const { app } = world;
      const product = await aProduct(app, { stock: 5 });
      const agent = await customer(app);
      const items = [{ productId: product.id, quantity: 1 }];
      const key = `step-${crypto.randomUUID()}`;
      const place = () => agent.post('/v1/orders').set('Idempotency-Key', key).send({ items });
      const rename = () => agent.patch('/v1/users/me').send({ name: 'Asha Rao' });
      await stepDown(3);
      await expectHealth('database', 'no_primary');
      await Promise.all([expectUnavailable(place()), expectUnavailable(rename())]);
      expect((await untilDone(rename)).status).toBe(200);
      expect((await untilDone(place)).status).toBe(201);
      expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 4, orders: 1 });
    },
    WITH_BACK,
  );
});

const MONGO_OUTAGES: Outage[] = [
  { name: 'is stopped', begin: () => world.mongo.stop(), end: () => world.mongo.start() },
  { name: 'hangs', begin: () => world.mongo.hang(), end: () => world.mongo.goOn() },
  { name: 'is killed', begin: () => world.mongo.kill(), end: () => world.mongo.start() },
];

describe.each(MONGO_OUTAGES)('MongoDB $name', ({ begin, end }) => {
  it(
    'every request that needs it gets 503, and a placement happened once or not at all',
    async () => {
      const { app } = world;
      const product = await aProduct(app, { stock: 5 });
      const agent = await customer(app);
      await put(agent, product.id, 2).expect(200);
      const key = `away-${crypto.randomUUID()}`;
      const place = () => agent.post('/v1/orders').set('Idempotency-Key', key).send({});

      await begin();
      try {
        await expectHealth('database');
        await Promise.all([
          expectUnavailable(place()),
          expectUnavailable(agent.get('/v1/cart')),
          expectUnavailable(get(`/v1/products/${product.id}`)),
          expectUnavailable(agent.get('/v1/users/me')),
          expectUnavailable(
            request(app.url)
              .post('/v1/auth/register')
              .send({ name: 'Asha', email: `${key}@example.com`, password: 'long enough' }),
          ),
        ]);
        expect((await timed(get('/openapi.json'))).status).toBe(200);
      } finally {
        await end();
      }
      await untilReady();

      const registered = await untilDone(() =>
        request(app.url)
          .post('/v1/auth/register')
          .send({ name: 'Asha', email: `${key}@example.com`, password: 'long enough' }),
      );
      expect([201, 409]).toContain(registered.status);
      expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, held: 2 });
      const first = await untilDone(place);
      expect(first.status).toBe(201);
      expect((await place()).body).toEqual(first.body);
      expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 0, orders: 2 });
      const list = await agent.get('/v1/orders').expect(200);
      expect(list.body).toMatchObject({ pagination: { total: 1 } });
    },
    WITH_BACK,
  );
});

describe('Redis forgets', () => {
  afterEach(untilReady);

  it('everything: the next request builds the product up again before anything of it is sold', async () => {
    const { app } = world;
    const product = await aProduct(app, { stock: 5 });
    const [inCart, ordered] = [await customer(app), await customer(app)];
    await put(inCart, product.id, 2).expect(200);
    await placeOrder(ordered, [{ productId: product.id, quantity: 3 }]);
    await app.redis.flushall();
    // The order's units are known from the database; the cart was a list of wishes.
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        request(app.url).put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(18);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 0, carts: 2, orders: 3 });
  });

  it('the stock of one product: holds that are still there are kept, nothing is sold twice', async () => {
    const { app } = world;
    const product = await aProduct(app, { stock: 5 });
    const [inCart, ordered, late] = [await customer(app), await customer(app), app.agent()];
    await put(inCart, product.id, 2).expect(200);
    const order = await placeOrder(ordered, [{ productId: product.id, quantity: 2 }]);
    await app.redis.del(`stock:${product.id}`);
    expect((await put(late, product.id, 2)).status).toBe(409);
    expect((await put(late, product.id, 1)).status).toBe(200);
    expect(lineOf(await inCart.get('/v1/cart'), product.id)).toMatchObject({ held: 2, problems: [] });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 0, carts: 3, orders: 2 });
    await app.redis.del(`stock:${product.id}`);
    await pay(app, ordered, order.id);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 0, carts: 3, orders: 0 });
  });

  it('the stock of a product while a cart line is removed: the units are back once', async () => {
    const { app } = world;
    const product = await aProduct(app, { stock: 5 });
    const agent = await customer(app);
    await put(agent, product.id, 2).expect(200);
    await app.redis.del(`stock:${product.id}`);
    await agent.delete(`/v1/cart/items/${product.id}`).expect(200);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5, held: 0 });
  });
});
