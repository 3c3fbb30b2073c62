import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MongoClient, type Document, type IndexDescriptionInfo } from 'mongodb';
import mongoose from 'mongoose';
import type { Response } from 'supertest';
import type { AdminUser, ContactReceipt, JobName, User } from '../../generated/openapi.js';
import { operations } from '../../generated/operations.js';
import { bodyOf } from '../support/bodies.js';
import { admin, aProduct, customer, pay, placeOrder } from '../support/flows.js';
import { resetToken } from '../support/mails.js';
import { operationIds } from '../support/samples.js';
import { sharedApp } from '../support/shared.js';
import { shipped, told } from '../support/shipments.js';

/*
 * Every query that the lists and the jobs send is recorded as it is sent, and the database is asked how it would serve
 * it. None may walk through a whole collection.
 */

type Parameter = { name?: string; $ref?: string };
const contract = JSON.parse(readFileSync('generated/openapi.json', 'utf8')) as {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>;
};

type Query = { collection: string; filter: Document; sort?: Document };

const seen: Query[] = [];

const app = await sharedApp();
const client = await MongoClient.connect(app.config.connections.databaseUrl);
const choosesLikeMongo = await plansLikeMongo();
const boss = await admin(app);
const buyer = await customer(app);
const buyerId = bodyOf<User>(await buyer.get('/v1/users/me').expect(200)).id;
const { id: unpaidProductId } = await aProduct(app, { name: 'Brass lamp' });
await placeOrder(buyer, [{ productId: unpaidProductId, quantity: 1 }]);
const { id: productId } = await aProduct(app, { name: 'Tin lamp' });
const order = await placeOrder(buyer, [{ productId, quantity: 1 }]);
await pay(app, buyer, order.id);
await shipped(boss, order.id, { trackingNumber: 'BD-7701' });
await app.holdfast.jobs.run('mail');
mongoose.set('debug', (collection: string, method: string, ...args: Document[]) => {
  const [filter, options] = [args[0] ?? {}, args.at(-1) ?? {}];
  if (READS.has(method)) seen.push({ collection, filter, sort: options['sort'] as Document });
  if (method === 'aggregate') seen.push(matchOf(collection, args[0]));
});
afterAll(async () => {
  mongoose.set('debug', false);
  await client.close();
});

const READS = new Set([
  'find',
  'findOne',
  'countDocuments',
  'findOneAndUpdate',
  'updateOne',
  'updateMany',
  'deleteMany',
]);

/** The first step of an aggregation decides what is read. */
function matchOf(collection: string, pipeline: unknown): Query {
  const [first] = pipeline as { $match?: Document }[];
  return { collection, filter: first?.$match ?? {} };
}

function stages(plan: Document): string[] {
  const inner = [
    plan['inputStage'],
    plan['queryPlan'],
    ...((plan['inputStages'] as Document[] | undefined) ?? []),
  ];
  const below = inner.filter((stage): stage is Document => typeof stage === 'object' && stage !== null);
  return [String(plan['stage'] ?? ''), ...below.flatMap(stages)];
}

async function planOf({ collection, filter, sort }: Query, hint?: string): Promise<string[]> {
  const found = client.db().collection(collection).find(filter);
  const sorted = sort === undefined ? found : found.sort(sort);
  const explained = await (hint === undefined ? sorted : sorted.hint(hint)).explain('queryPlanner');
  return stages((explained['queryPlanner'] as { winningPlan: Document }).winningPlan);
}

/**
 * Some servers that speak MongoDB's protocol take an index only for a filter that has no other field, where MongoDB looks
 * through what the index gives. What they choose says nothing then, but what an index can serve, they still say.
 */
async function plansLikeMongo(): Promise<boolean> {
  const probe = client.db().collection('planner');
  await probe.insertOne({ indexed: 1, other: 1 });
  await probe.createIndex({ indexed: 1 }, {}, {});
  return !(await planOf({ collection: 'planner', filter: { indexed: 1, other: 1 } })).includes('COLLSCAN');
}

async function isWalk(query: Query): Promise<boolean> {
  if (choosesLikeMongo) return (await planOf(query)).includes('COLLSCAN');
  const indexes = await client.db().collection(query.collection).indexes();
  const usable = indexes.find((index) => canServe(index, query));
  return usable === undefined || (await planOf(query, usable.name)).includes('COLLSCAN');
}

/** An index serves a query whose filter limits its first field, or whose order it has. A partial one must cover it. */
function canServe(index: IndexDescriptionInfo, { filter, sort }: Query): boolean {
  const conditions = [filter, ...((filter['$and'] as Document[] | undefined) ?? [])];
  const partial: Document = index.partialFilterExpression ?? {};
  const covers = Object.entries(partial).every(([field, wanted]) =>
    conditions.some((one) => one[field] === wanted || (isAnyText(wanted) && typeof one[field] === 'string')),
  );
  const [first] = Object.keys(index.key);
  const limits = first !== undefined && conditions.some((one) => first in one);
  const sorted =
    sort !== undefined && Object.keys(sort).every((name, i) => Object.keys(index.key)[i] === name);
  return covers && (limits || sorted);
}

function isAnyText(condition: unknown): boolean {
  return JSON.stringify(condition) === '{"$gt":""}';
}

/** What was asked of the database meanwhile, and which of it would walk through a collection. */
async function walks(work: () => Promise<unknown>): Promise<{ asked: number; walked: Query[] }> {
  seen.length = 0;
  await work();
  const asked = [...seen];
  const verdicts = await Promise.all(asked.map(isWalk));
  return { asked: asked.length, walked: asked.filter((_, i) => verdicts[i]) };
}

type Choices = Record<string, readonly (string | undefined)[]>;

/** Every way to choose one value (or none) of each. */
function combinations(choices: Choices): Record<string, string>[] {
  return Object.entries(choices).reduce<Record<string, string>[]>(
    (made, [name, values]) =>
      made.flatMap((query) => values.map((v) => (v === undefined ? query : { ...query, [name]: v }))),
    [{}],
  );
}

const PRODUCT_SORTS = ['newest', 'price', '-price', 'name'] as const;
const ORDER_SORTS = ['newest', 'oldest', 'total', '-total'] as const;
const SEARCHES = [undefined, 'lamp', 'brass lamp'] as const;

const LISTS: Partial<Record<string, { ask: (query: object) => PromiseLike<Response>; choices: Choices }>> = {
  listProducts: {
    ask: (query) => buyer.get('/v1/products').query(query),
    choices: {
      q: SEARCHES,
      category: [undefined, 'lighting'],
      minPrice: [undefined, '100'],
      maxPrice: [undefined, '999999'],
      inStock: [undefined, 'true', 'false'],
      sort: PRODUCT_SORTS,
    },
  },
  listAllProducts: {
    ask: (query) => boss.get('/v1/admin/products').query(query),
    choices: {
      q: SEARCHES,
      category: [undefined, 'lighting'],
      archived: [undefined, 'true', 'false'],
      sort: PRODUCT_SORTS,
    },
  },
  listStockMovements: {
    ask: (query) => boss.get(`/v1/admin/products/${productId}/movements`).query(query),
    choices: {
      kind: [undefined, 'receipt'],
      from: [undefined, '2026-01-01T00:00:00Z'],
      to: [undefined, '2099-01-01T00:00:00Z'],
    },
  },
  listProductHolds: {
    ask: (query) => boss.get(`/v1/admin/products/${productId}/holds`).query(query),
    choices: { kind: [undefined, 'cart', 'order', 'adjustment'] },
  },
  listOwnOrders: {
    ask: (query) => buyer.get('/v1/orders').query(query),
    choices: { status: [undefined, 'pending', 'paid'], sort: ORDER_SORTS },
  },
  listAllOrders: {
    ask: (query) => boss.get('/v1/admin/orders').query(query),
    choices: {
      q: [undefined, 'HF', 'example com'],
      status: [undefined, 'shipped'],
      paymentStatus: [undefined, 'completed'],
      userId: [undefined, 'buyer'],
      sort: ORDER_SORTS,
    },
  },
  listUsers: {
    ask: (query) => boss.get('/v1/admin/users').query(query),
    choices: {
      q: [undefined, 'asha', 'asha example'],
      role: [undefined, 'user'],
      blocked: [undefined, 'true', 'false'],
      sort: ['newest', 'oldest', 'name', 'email'],
    },
  },
  listContacts: {
    ask: (query) => boss.get('/v1/admin/contacts').query(query),
    choices: {
      q: [undefined, 'lamp', 'brass lamp'],
      handled: [undefined, 'true', 'false'],
      sort: ['newest', 'oldest'],
    },
  },
  listAllShipments: {
    ask: (query) => boss.get('/v1/admin/shipments').query(query),
    choices: {
      q: [undefined, 'HF', 'bd 77'],
      orderId: [undefined, 'order'],
      trackingNumber: [undefined, 'BD-7701'],
      status: [undefined, 'created'],
      carrier: [undefined, 'Blue Dart'],
      sort: ['newest', 'oldest'],
    },
  },
  listOwnShipments: {
    ask: (query) => buyer.get('/v1/shipments').query(query),
    choices: {
      orderId: [undefined, 'order'],
      trackingNumber: [undefined, 'BD-7701'],
      sort: ['newest', 'oldest'],
    },
  },
  listOwnPayments: {
    ask: (query) => buyer.get('/v1/payments').query(query),
    choices: { orderId: [undefined, 'some-order'] },
  },
  listAllPayments: {
    ask: (query) => boss.get('/v1/admin/payments').query(query),
    choices: {
      q: [undefined, 'HF', 'example com'],
      orderId: [undefined, 'some-order'],
      status: [undefined, 'captured'],
      method: [undefined, 'upi'],
      from: [undefined, '2026-01-01T00:00:00Z'],
      to: [undefined, '2036-01-01T00:00:00Z'],
      sort: ['newest', 'oldest', 'amount', '-amount'],
    },
  },
  listRefunds: {
    ask: (query) => boss.get('/v1/admin/refunds').query(query),
    choices: { orderId: [undefined, 'some-order'], state: [undefined, 'processed'] },
  },
  listWebhookEvents: {
    ask: (query) => boss.get('/v1/admin/webhook-events').query(query),
    choices: {
      q: [undefined, 'pay_Nothing', 'order_Nothing1'],
      state: [undefined, 'done'],
      event: [undefined, 'payment.captured'],
      orderId: [undefined, 'some-order'],
      from: [undefined, '2026-01-01T00:00:00Z'],
      to: [undefined, '2036-01-01T00:00:00Z'],
    },
  },
  listJobRuns: {
    ask: (query) => boss.get('/v1/admin/job-runs').query(query),
    choices: { job: [undefined, 'mail'], outcome: [undefined, 'ok'] },
  },
  listStockRepairs: {
    ask: (query) => boss.get('/v1/admin/reconciliation/repairs').query(query),
    choices: { productId: [undefined, 'nothing-has-this-id'] },
  },
  listMails: {
    ask: (query) => boss.get('/v1/admin/mails').query(query),
    choices: {
      q: [undefined, 'example com'],
      state: [undefined, 'sent'],
      retrying: [undefined, 'true'],
      kind: [undefined, 'welcome'],
      from: [undefined, '2026-01-01T00:00:00Z'],
      to: [undefined, '2100-01-01T00:00:00Z'],
      sort: ['newest', 'oldest'],
    },
  },
};

const lists = operationIds.filter((id) => 'page' in operations[id].queryDefaults);

describe.each(lists)('%s', (id) => {
  it('every filter with every sort is served by an index', async () => {
    const list = LISTS[id];
    if (list === undefined) throw new Error(`${id} is a list whose queries nobody has written down here`);
    const queries = combinations(list.choices).map((query) =>
      query['userId'] === undefined ? query : { ...query, userId: buyerId },
    );
    const { asked, walked } = await walks(async () => {
      for (const query of queries) expect((await list.ask({ ...query, limit: '2' })).status).toBe(200);
    });
    expect(asked).toBeGreaterThanOrEqual(queries.length);
    expect(walked).toEqual([]);
  }, 60_000);

  it('has every filter of the contract in this test', () => {
    const described = contract.paths[operations[id].path]?.get?.parameters ?? [];
    const names = described.map((one) => one.name ?? one.$ref?.split('/').at(-1) ?? '');
    const filters = names.filter((name) => !['page', 'limit', 'Page', 'Limit'].includes(name));
    expect(filters).toHaveLength(Object.keys(LISTS[id]?.choices ?? {}).length);
  });
});

it('P4 the categories are counted by an index', async () => {
  const { asked, walked } = await walks(() => buyer.get('/v1/categories').expect(200));
  expect(asked).toBe(1);
  expect(walked).toEqual([]);
});

const JOBS: JobName[] = [
  'stock-rollback',
  'stock-sweep',
  'stock-reconcile',
  'mail',
  'webhook-inbox',
  'payment-reconcile',
  'order-reconcile',
  'image-sweep',
];

it.each(JOBS)('the job %s finds its work by an index', async (job) => {
  app.holdfast.clock.advance(20 * 60_000);
  const { walked } = await walks(() => app.holdfast.jobs.run(job));
  expect(walked).toEqual([]);
});

it('the whole way of a purchase reads by indexes alone', async () => {
  const { asked, walked } = await walks(async () => {
    const product = await aProduct(app);
    const agent = await customer(app);
    await agent.put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }).expect(200);
    const order = await placeOrder(agent, [{ productId: product.id, quantity: 1 }]);
    await pay(app, agent, order.id);
    const parcel = await shipped(boss, order.id);
    await told(app, boss, parcel.id, 'delivered');
    await agent.get(`/v1/shipments/${parcel.trackingNumber}`).expect(200);
    await agent.get(`/v1/orders/${order.id}/timeline`).expect(200);
    await agent.post('/v1/auth/logout').expect(204);
  });
  expect(asked).toBeGreaterThan(10);
  expect(walked).toEqual([]);
});

it('accounts, their addresses and messages to the shop are read by indexes alone', async () => {
  const { asked, walked } = await walks(async () => {
    const agent = await customer(app);
    await agent.patch('/v1/users/me').send({ name: 'Asha R' }).expect(200);
    const address = {
      name: 'Asha',
      line1: '14 Church Street',
      city: 'Bengaluru',
      postalCode: '560001',
      country: 'IN',
    };
    await agent.post('/v1/users/me/addresses').send({ address }).expect(201);
    await agent.post('/v1/auth/password-reset').send({ email: agent.email }).expect(202);
    await app.quiet();
    const { token } = await resetToken(app, agent.email);
    await agent
      .post('/v1/auth/password-reset/confirm')
      .send({ token, password: 'a new password' })
      .expect(204);
    const { id } = bodyOf<AdminUser>(await boss.get(`/v1/admin/users/by-email/${agent.email}`).expect(200));
    await boss.delete(`/v1/admin/users/${id}`).expect(204);
    const message = { name: 'Asha', email: agent.email, message: 'Do you have it in black?' };
    const contact = bodyOf<ContactReceipt>(await agent.post('/v1/contacts').send(message).expect(201));
    await boss.delete(`/v1/admin/contacts/${contact.id}`).expect(204);
  });
  expect(asked).toBeGreaterThan(10);
  expect(walked).toEqual([]);
});

it('a walk through a collection would be noticed', async () => {
  const nowhere = { collection: 'products', filter: { description: 'no index has this' } };
  expect(await isWalk(nowhere)).toBe(true);
  expect(await planOf(nowhere)).toContain('COLLSCAN');
  expect(await isWalk({ collection: 'products', filter: {}, sort: { updatedAt: 1 } })).toBe(true);
});
