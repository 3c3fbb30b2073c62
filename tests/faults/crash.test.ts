import { randomInt, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminProduct, Cart, Order, OrderPage } from '../../generated/openapi.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { bodyOf, cookieSet } from '../support/bodies.js';
import { ready, startChild, type Child } from '../support/child.js';
import { eventOf } from '../support/events.js';
import {
  admin,
  aProduct,
  customer,
  equation,
  figures,
  later,
  orderOf,
  PASSWORD,
  pay,
  placeOrder,
  startPayment,
  type Agent,
} from '../support/flows.js';
import { paidOrder, payAgain, refund } from '../support/money.js';
import { picture } from '../support/pictures.js';
import { openRows, type Rows } from '../support/rows.js';
import { bearer, tokenOf } from '../support/samples.js';

/*
 * A real server is killed with SIGKILL right before its n-th step of one request, for as many n as time allows (all of
 * them with HOLDFAST_CRASHES=all). The same databases are then served by a Holdfast in this process, which must bring
 * everything to a good end: by a repeat of the request at once, or by its jobs alone.
 */
const ALL = process.env['HOLDFAST_CRASHES'] === 'all';
const SEED = Number(process.env['HOLDFAST_SEED'] ?? randomInt(1_000));
const CHILDREN_AT_ONCE = 2;
const PATIENCE_MS = 15_000;

let app: TestApp;
let rows: Rows;
let env: Record<string, string>;
const children = new Set<Child>();
let warm: Promise<Child>[] = [];
/** How many servers will be needed beside those that are warm. */
let needed = 0;

async function begin(extra: Record<string, string> = {}): Promise<void> {
  app = await startTestApp();
  rows = await openRows(app);
  const { connections, razorpay } = app.config;
  env = {
    NODE_ENV: 'development',
    ROLE: 'web',
    DATABASE_URL: connections.databaseUrl,
    HOST_IP: connections.redis.host,
    REDIS_PORT: String(connections.redis.port),
    REDIS_DB: String(connections.redis.db),
    RAZORPAY_API_URL: connections.razorpayUrl,
    RAZORPAY_KEY_ID: razorpay.keyId,
    RAZORPAY_KEY_SECRET: razorpay.keySecret,
    RAZORPAY_WEBHOOK_SECRET: razorpay.webhookSecret,
    AWS_SES_ENDPOINT: connections.sesEndpoint ?? '',
    ...extra,
  };
}

afterEach(async () => {
  const started = await Promise.allSettled(warm);
  warm = [];
  for (const child of started) if (child.status === 'fulfilled') children.add(child.value);
  for (const child of children) if (child.isRunning()) await child.end('SIGKILL');
  children.clear();
  await rows.close();
  await app.stop();
});

/** A server that has done nothing yet; others are being started meanwhile, since a start takes longest of all. */
async function freshChild(): Promise<Child> {
  const start = async (): Promise<Child> => {
    const child = await startChild({ env, killer: true });
    children.add(child);
    return ready(child);
  };
  for (; needed > 0 && warm.length < CHILDREN_AT_ONCE; needed -= 1) warm.push(start());
  const next = warm.shift();
  if (next === undefined) throw new Error('no server was started');
  return next;
}

/** Which steps to die before: spread over all of them, begun at a place that the seed tells. */
function deaths(steps: number, most: number): number[] {
  if (ALL || steps <= most) return Array.from({ length: steps }, (_, i) => i + 1);
  const stride = steps / most;
  const offset = (SEED % 97) / 97;
  return Array.from({ length: most }, (_, i) => 1 + Math.floor((i + offset) * stride));
}

/**
 * Sends the request to a server that dies before its n-th step. Resolves once it is dead; or, where it has fewer steps (or
 * no n is given), once it has answered and `finished` says that its work is done. Answers how many steps that took.
 */
async function dieAt(
  n: number | undefined,
  send: (url: string) => Promise<unknown>,
  finished: () => Promise<boolean> = async () => true,
): Promise<number> {
  const child = await freshChild();
  await child.arm(n);
  const answered = await send(child.url).then(
    () => true,
    () => false,
  );
  for (const giveUpAt = Date.now() + PATIENCE_MS; child.isRunning();) {
    if (answered && (await finished())) {
      // It may die in this very moment, and then its steps do not matter.
      const steps = await child.steps().catch(() => 0);
      await child.end('SIGKILL');
      return steps;
    }
    if (Date.now() > giveUpAt) throw new Error('the server neither died nor finished');
    await Promise.race([child.exited, new Promise((wait) => setTimeout(wait, 20))]);
  }
  return 0;
}

/** What died in the middle of a transaction keeps its rows locked for up to a minute; that is not waited for. */
async function bury(): Promise<void> {
  const open = [...children].flatMap((child) => [...child.output().matchAll(/open transaction: (\w+)/g)]);
  await rows.endTransactions(open.map(([, session = '']) => session));
}

/** Does it once to the end, to count its steps, and then dies in it again and again. */
async function dieInEach<Case>(
  most: number,
  one: (n?: number) => Promise<Case & { steps: number }>,
): Promise<Case[]> {
  needed = 1;
  const plan = deaths((await one()).steps, most);
  needed = plan.length;
  const cases = [];
  for (const n of plan) cases.push(await one(n));
  await bury();
  return cases;
}

type Buyer = Agent & { email: string; token: string };

async function aBuyer(): Promise<Buyer> {
  const buyer = await customer(app);
  return Object.assign(buyer, { token: await tokenOf(app.url, buyer.email, PASSWORD) });
}

async function aBoss(): Promise<Buyer> {
  const { accounts } = app.holdfast.services;
  const email = `a${randomUUID()}@example.com`;
  await accounts.insert(await accounts.prepare({ name: 'Admin', email, password: PASSWORD }, 'admin'));
  const agent = app.agent();
  await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
  return Object.assign(agent, { email, token: await tokenOf(app.url, email, PASSWORD) });
}

/** What Razorpay has given back of an order, in all. */
async function refundedAtRazorpay({ id }: Order): Promise<number> {
  const paid = (await rows.all('payments', { orderId: id })).map((row) => row['gatewayPaymentId'] as string);
  const made = (await app.razorpay.control.refunds()).filter(({ payment_id: one }) => paid.includes(one));
  return made.reduce((sum, { amount }) => sum + amount, 0);
}

const call =
  (method: string, path: string, buyer: Buyer, body: object, headers: Record<string, string> = {}) =>
  async (url: string): Promise<void> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${buyer.token}`, ...headers },
      body: JSON.stringify(body),
    });
    await answer.arrayBuffer();
  };

/** No hold is left, and every unit is sold or on sale. */
async function isAtRest(product: AdminProduct, sold: number): Promise<void> {
  expect(await equation(app, product.id)).toMatchObject({
    onHand: product.stock.onHand - sold,
    available: product.stock.onHand - sold,
    held: 0,
  });
}

describe(`killed between any two steps (HOLDFAST_SEED=${SEED})`, () => {
  it('C2: adding to the cart holds the units or does not, and leaves none behind', async () => {
    await begin();
    const one = async (n?: number) => {
      const [product, buyer] = [await aProduct(app, { stock: 5 }), await aBuyer()];
      const path = `/v1/cart/items/${product.id}`;
      const steps = await dieAt(n, call('PUT', path, buyer, { quantity: 2 }));
      return { product, buyer, path, steps };
    };
    const cases = await dieInEach(4, one);
    for (const [i, { product, buyer, path }] of cases.entries()) {
      await equation(app, product.id);
      if (i % 2 === 0) continue;
      const cart = bodyOf<Cart>(await buyer.put(path).send({ quantity: 2 }).expect(200));
      expect(cart.items).toEqual([expect.objectContaining({ quantity: 2, held: 2 })]);
      expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 2 });
    }
    await later(app, 31 * 60_000);
    for (const { product } of cases) await isAtRest(product, 0);
  }, 120_000);

  it('C3: a guest’s cart is merged at sign-in whole, finished by the next sign-in, the next touch, or never', async () => {
    await begin();
    const one = async (n?: number) => {
      const [lamp, shade] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 4 })];
      const [buyer, guest] = [await customer(app), app.agent()];
      await buyer.put(`/v1/cart/items/${lamp.id}`).send({ quantity: 2 }).expect(200);
      const added = await guest.put(`/v1/cart/items/${lamp.id}`).send({ quantity: 3 }).expect(200);
      await guest.put(`/v1/cart/items/${shade.id}`).send({ quantity: 4 }).expect(200);
      const cookie = /^[^;]+/.exec(cookieSet(added, 'holdfast_cart') ?? '')?.[0] ?? '';
      const credentials = { email: buyer.email, password: PASSWORD };
      const signIn = async (url: string): Promise<void> => {
        const answer = await fetch(`${url}/v1/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify(credentials),
        });
        await answer.arrayBuffer();
      };
      const steps = await dieAt(n, signIn);
      return { lamp, shade, buyer, guest, cookie, credentials, steps };
    };
    type Case = Awaited<ReturnType<typeof one>>;
    const isWhole = async ({ lamp, shade, buyer }: Case) => {
      const cart = bodyOf<Cart>(await buyer.get('/v1/cart').expect(200));
      const lines = cart.items.map(({ productId, quantity, held }) => [productId, quantity, held]);
      expect(lines.toSorted()).toEqual(
        [
          [lamp.id, 5, 5],
          [shade.id, 4, 4],
        ].toSorted(),
      );
      expect(cart.leftOut).toEqual([]);
      expect(await equation(app, lamp.id)).toMatchObject({ available: 0, carts: 5 });
      expect(await equation(app, shade.id)).toMatchObject({ available: 0, carts: 4 });
    };

    const cases = await dieInEach(15, one);
    for (const [i, one] of cases.entries()) {
      // Wherever it died, every unit is held once, in one of the two carts.
      expect(await equation(app, one.lamp.id)).toMatchObject({ available: 0, carts: 5 });
      expect(await equation(app, one.shade.id)).toMatchObject({ available: 0, carts: 4 });
      if (i % 3 === 0) {
        await one.guest.post('/v1/auth/login').send(one.credentials).expect(200);
        await isWhole(one);
      } else if (i % 3 === 1) {
        // The browser has the old cookie still, beside a session that it got by then.
        const token = await tokenOf(app.url, one.buyer.email, PASSWORD);
        await request(app.url).get('/v1/cart').set('Cookie', one.cookie).set(bearer(token)).expect(200);
        await isWhole(one);
      }
    }
    await later(app, 31 * 60_000);
    for (const { lamp, shade } of cases) for (const product of [lamp, shade]) await isAtRest(product, 0);
  }, 180_000);

  it('O1: placing makes no order or one, whether the customer asks again at once, later, or never', async () => {
    await begin();
    const one = async (n?: number) => {
      const products = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
      const [buyer, key] = [await aBuyer(), randomUUID()];
      for (const { id } of products)
        await buyer.put(`/v1/cart/items/${id}`).send({ quantity: 2 }).expect(200);
      const steps = await dieAt(n, call('POST', '/v1/orders', buyer, {}, { 'Idempotency-Key': key }));
      return { products, buyer, key, steps };
    };
    type Case = Awaited<ReturnType<typeof one>>;
    const again = ({ buyer, key }: Case) =>
      buyer.post('/v1/orders').set('Idempotency-Key', key).send({}).expect(201);
    const hasOne = async ({ buyer, products }: Case) => {
      const { data } = bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200));
      expect(data).toEqual([expect.objectContaining({ status: 'pending' })]);
      for (const { id } of products)
        expect(await equation(app, id)).toMatchObject({ available: 3, orders: 2, carts: 0 });
      expect(bodyOf<Cart>(await buyer.get('/v1/cart').expect(200)).items).toEqual([]);
    };

    const cases = await dieInEach(10, one);
    for (const [i, one] of cases.entries()) {
      if (i % 2 !== 0) continue;
      await again(one);
      await hasOne(one);
    }
    await later(app, 61_000);
    for (const [i, one] of cases.entries()) {
      if (i % 2 === 0) continue;
      for (const { id } of one.products) await equation(app, id);
      const page = bodyOf<OrderPage>(await one.buyer.get('/v1/orders').expect(200));
      expect(page.pagination.total).toBeLessThanOrEqual(1);
      if (i % 4 === 3) continue;
      await again(one);
      await hasOne(one);
    }
    await later(app, 31 * 60_000);
    await later(app, 61_000);
    for (const { products } of cases) for (const product of products) await isAtRest(product, 0);
  }, 180_000);

  it('M1: starting a payment makes one order at Razorpay', async () => {
    await begin();
    const one = async (n?: number) => {
      const [product, buyer] = [await aProduct(app, { stock: 5 }), await aBuyer()];
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
      const steps = await dieAt(n, call('POST', `/v1/orders/${order.id}/payments`, buyer, {}));
      return { buyer, order, steps };
    };
    const cases = await dieInEach(4, one);
    app.holdfast.clock.advance(11_000);
    for (const { buyer, order } of cases) {
      const { id, razorpayOrderId } = await startPayment(buyer, order.id);
      const made = (await app.razorpay.control.orders()).filter(({ receipt }) => receipt === id);
      expect(made.map((atRazorpay) => atRazorpay.id)).toEqual([razorpayOrderId]);
    }
  }, 120_000);

  it('O6, M8, N3: a payment is settled once, and its mail is sent', async () => {
    await begin();
    const one = async (n?: number) => {
      const [product, buyer] = [await aProduct(app, { stock: 5 }), await aBuyer()];
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
      const { razorpayOrderId } = await startPayment(buyer, order.id);
      await app.razorpay.control.pay({ razorpayOrderId, webhooks: 'none' });
      const { id, body, signature } = await eventOf(app, razorpayOrderId, 'payment.captured');
      const headers = { 'X-Razorpay-Signature': signature, 'X-Razorpay-Event-Id': id };
      const deliver = async (url: string): Promise<void> => {
        const type = { 'content-type': 'application/json' };
        const answer = await fetch(`${url}/v1/webhooks/razorpay`, {
          method: 'POST',
          headers: { ...headers, ...type },
          body,
        });
        await answer.arrayBuffer();
      };
      const dedupeKey = `order_confirmation:${order.id}`;
      const isMailed = async () =>
        (await rows.all('mails', { dedupeKey, state: 'sent' })).length === 1 &&
        (await rows.all('orders', { _id: order.id, settled: true, status: 'paid' })).length === 1;
      const steps = await dieAt(n, deliver, isMailed);
      return { product, buyer, order, razorpayOrderId, dedupeKey, steps };
    };
    const cases = await dieInEach(12, one);
    // Of some orders Razorpay tells again (all three events, all at once); the others are found by asking.
    for (const [i, { razorpayOrderId }] of cases.entries()) {
      if (i % 2 === 0) continue;
      const events = (await app.razorpay.control.events()).filter(({ body }) =>
        body.includes(razorpayOrderId),
      );
      await Promise.all(events.map(({ id }) => app.razorpay.control.redeliver({ eventId: id })));
    }
    await app.quiet();
    await later(app, 61_000);
    await later(app, 61_000);
    for (const { product, buyer, order, dedupeKey } of cases) {
      expect(await orderOf(buyer, order.id)).toMatchObject({
        status: 'paid',
        amountPaid: order.total,
        amountRefunded: { amount: 0 },
      });
      await isAtRest(product, 2);
      expect(await rows.all('payments', { orderId: order.id })).toHaveLength(1);
      expect(await rows.all('stockmovements', { ref: order.id })).toHaveLength(1);
      const mail = await rows.one('mails', { dedupeKey });
      expect(mail).toMatchObject({ state: 'sent' });
      // At least once: only who died between SES and the row's mark leaves a second mail to the next attempt.
      const sent = app.ses.mails(buyer.email).filter(({ subject }) => subject.includes(order.number));
      expect(sent.length).toBeGreaterThanOrEqual(1);
      expect(sent.length).toBeLessThanOrEqual(Number(mail['attempts']));
    }
    expect(await app.razorpay.control.refunds()).toEqual([]);
  }, 180_000);

  it('M7, M8: a second payment goes back once and whole, though a part was given back in the middle of it', async () => {
    await begin();
    const boss = await admin(app);
    const one = async (n?: number) => {
      const bought = await paidOrder(app);
      const gatewayPaymentId = await payAgain(app, bought, { webhooks: 'none' });
      const event = (await app.razorpay.control.events()).find(
        ({ event: name, body }) => name === 'payment.captured' && body.includes(gatewayPaymentId),
      );
      if (event === undefined) throw new Error('Razorpay tells nothing of the second payment');
      const deliver = async (url: string): Promise<void> => {
        const answer = await fetch(`${url}/v1/webhooks/razorpay`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'X-Razorpay-Signature': event.signature,
            'X-Razorpay-Event-Id': event.id,
          },
          body: event.body,
        });
        await answer.arrayBuffer();
      };
      const isReturned = async () =>
        (await rows.all('refunds', { orderId: bought.order.id, state: 'processed' })).length === 1;
      const steps = await dieAt(n, deliver, isReturned);
      return { ...bought, eventId: event.id, steps };
    };
    const cases = await dieInEach(6, one);
    for (const [i, { order }] of cases.entries()) {
      if (i % 3 === 0) await refund(boss, order.id, { amount: 2_000 }).expect(201);
    }
    for (const { eventId } of cases) await app.razorpay.control.redeliver({ eventId });
    await app.quiet();
    await later(app, 61_000);
    for (const [i, { order }] of cases.entries()) {
      if (i % 3 === 1) await refund(boss, order.id, { amount: 2_000 }).expect(201);
    }
    await app.quiet();
    await later(app, 61_000);
    for (const [i, { buyer, order }] of cases.entries()) {
      const back = i % 3 === 2 ? 20_000 : 22_000;
      expect(await orderOf(buyer, order.id)).toMatchObject({
        status: 'paid',
        amountPaid: { amount: 40_000 },
        amountRefunded: { amount: back },
      });
      expect(await refundedAtRazorpay(order)).toBe(back);
    }
  }, 180_000);

  it('P3: an admin’s decrease happens once or not at all, asked for again at once, later, or never', async () => {
    await begin();
    const boss = await admin(app);
    const sender = Object.assign(boss, { token: await tokenOf(app.url, boss.email, PASSWORD) });
    const body = { difference: -2, reason: 'Broken' };
    const one = async (n?: number) => {
      const [product, key] = [await aProduct(app, { stock: 5 }), randomUUID()];
      const path = `/v1/admin/products/${product.id}/adjustments`;
      const steps = await dieAt(n, call('POST', path, sender, body, { 'Idempotency-Key': key }));
      return { product, path, key, steps };
    };
    const cases = await dieInEach(9, one);
    const again = ({ path, key }: (typeof cases)[number]) =>
      boss.post(path).set('Idempotency-Key', key).send(body);
    for (const [i, one] of cases.entries()) {
      if (i % 3 !== 0) continue;
      const { status } = await again(one);
      expect([201, 409]).toContain(status);
    }
    app.holdfast.clock.advance(16_000);
    for (const [i, one] of cases.entries()) {
      if (i % 3 !== 2) await again(one).expect(201);
    }
    await later(app, 31_000);
    await later(app, 31_000);
    for (const [i, { product }] of cases.entries()) {
      const moved = (await rows.all('stockmovements', { productId: product.id, kind: 'adjustment' })).length;
      expect([0, 1]).toContain(moved);
      if (i % 3 !== 2) expect(moved).toBe(1);
      await isAtRest(product, 2 * moved);
    }
  }, 180_000);

  it('P2: an image is there whole or not at all, and no bytes are left over', async () => {
    await begin();
    const boss = await admin(app);
    const token = await tokenOf(app.url, boss.email, PASSWORD);
    const file = await picture('png');
    const one = async (n?: number) => {
      const product = await aProduct(app);
      const form = new FormData();
      form.append('image', new Blob([new Uint8Array(file)]), 'lamp.png');
      const steps = await dieAt(n, async (url) => {
        const headers = { authorization: `Bearer ${token}` };
        const path = `/v1/admin/products/${product.id}/images`;
        const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: form });
        await answer.arrayBuffer();
      });
      return { product, steps };
    };
    const cases = await dieInEach(9, one);
    app.holdfast.clock.advance(11 * 60_000);
    await app.holdfast.jobs.run('image-sweep');
    for (const { product } of cases) {
      for (const { url, thumbnailUrl } of (await figures(app, product.id)).images) {
        for (const path of [url, thumbnailUrl]) expect((await fetch(`${app.url}${path}`)).status).toBe(200);
      }
    }
    const shown = (await rows.all('products')).flatMap(
      (row) => (row['images'] as unknown[] | undefined) ?? [],
    );
    expect(await rows.all('imageleftovers')).toEqual([]);
    const files = await rows.all('images.files');
    expect(files).toHaveLength(2 * shown.length);
    const chunks = await rows.all('images.chunks');
    expect(chunks.map((row) => String(row['files_id'])).sort()).toEqual(
      files.map(({ _id }: { _id: unknown }) => String(_id)).sort(),
    );
  }, 180_000);

  it('O3, M7: cancelling a paid order gives units and money back once', async () => {
    await begin();
    const boss = await aBoss();
    const one = async (n?: number) => {
      const [product, buyer] = [await aProduct(app, { stock: 5, price: 10_000 }), await aBuyer()];
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
      await pay(app, buyer, order.id);
      const steps = await dieAt(n, call('POST', `/v1/orders/${order.id}/cancel`, boss, {}));
      return { product, order, steps };
    };
    const cases = await dieInEach(8, one);
    // Some are asked for again; the others are finished by the jobs, where their transaction was committed.
    for (const [i, { order }] of cases.entries())
      if (i % 2 === 0) await boss.post(`/v1/orders/${order.id}/cancel`).send({}).expect(200);
    await later(app, 61_000);
    await app.quiet();
    await later(app, 61_000);
    for (const [i, { product, order }] of cases.entries()) {
      const now = await orderOf(boss, order.id);
      if (i % 2 === 0) expect(now.status).toBe('cancelled');
      const isCancelled = now.status === 'cancelled';
      expect(now).toMatchObject({ amountRefunded: { amount: isCancelled ? 20_000 : 0 } });
      await isAtRest(product, isCancelled ? 0 : 2);
      expect(await refundedAtRazorpay(order)).toBe(isCancelled ? 20_000 : 0);
      const told = await rows.all('mails', { dedupeKey: `order_cancelled:${order.id}` });
      expect(told).toHaveLength(isCancelled ? 1 : 0);
    }
  }, 180_000);

  it('M7: a refund is decided and made once, with its key sent again', async () => {
    await begin();
    const boss = await aBoss();
    const one = async (n?: number) => {
      const [product, buyer] = [await aProduct(app, { stock: 5, price: 10_000 }), await aBuyer()];
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
      await pay(app, buyer, order.id);
      const [key, body] = [randomUUID(), { amount: 5_000, reason: 'A scratch' }];
      const path = `/v1/admin/orders/${order.id}/refunds`;
      const send = call('POST', path, boss, body, { 'Idempotency-Key': key });
      const isMade = async () =>
        (await rows.all('refunds', { orderId: order.id, state: 'processed' })).length === 1;
      const steps = await dieAt(n, send, isMade);
      return { order, path, key, body, steps };
    };
    const cases = await dieInEach(8, one);
    for (const { path, key, body } of cases)
      await boss.post(path).set('Idempotency-Key', key).send(body).expect(201);
    await later(app, 61_000);
    await app.quiet();
    await later(app, 61_000);
    for (const { order } of cases) {
      expect(await orderOf(boss, order.id)).toMatchObject({
        status: 'paid',
        amountRefunded: { amount: 5_000 },
      });
      expect(await refundedAtRazorpay(order)).toBe(5_000);
      expect(await rows.all('refunds', { orderId: order.id })).toHaveLength(1);
    }
  }, 180_000);

  it('O5: a rollback gives back once', async () => {
    await begin({ ROLE: 'worker', HOLDFAST_KILL_FROM: 'find orders' });
    const cases: { product: AdminProduct; buyer: Buyer; order: Order }[] = [];
    // Two looks for orders, then per order about eight steps; what comes later are other jobs.
    for (const n of deaths(12, 5)) {
      const [product, buyer] = [await aProduct(app, { stock: 5 }), await aBuyer()];
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
      const longAgo = new Date(Date.now() - 20 * 60_000);
      await rows.set('orders', order.id, { $set: { placedAt: longAgo } });
      const worker = await startChild({ env: { ...env, HOLDFAST_KILL_AT: String(n) }, killer: true });
      children.add(worker);
      expect(await worker.exited).toBe('SIGKILL');
      expect(worker.output()).toContain(`killed before step ${n}`);
      cases.push({ product, buyer, order });
    }
    await bury();
    await later(app, 1_000);
    for (const { product, buyer, order } of cases) {
      expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending_stock_rolledback' });
      await isAtRest(product, 0);
    }
  }, 120_000);
});
