import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import createClient, { type Client } from 'openapi-fetch';
import type { ApiError, paths } from '../../generated/openapi.js';
import { newId } from '../../src/platform/ids.js';
import { razorpayControlAt } from '../../src/sandbox/razorpay.control.js';
import { SAMPLE_ADMIN } from '../../src/sandbox/samples.js';
import type { Mail } from '../../src/sandbox/ses.js';
import { ready, startChild, type Child } from '../support/child.js';
import { mongoUrl, redisAddress, redisDb } from '../support/servers.js';

/*
 * The built server as a process, as `npm start` runs it: Razorpay and SES are its own stand-ins, in a folder of this test;
 * only the two databases are those of the test run.
 */
let folder: string;
let env: Record<string, string>;
const children: Child[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  const { host, port } = redisAddress();
  const db = redisDb();
  env = {
    NODE_ENV: 'development',
    DATABASE_URL: mongoUrl(`e2e${newId()}`),
    HOST_IP: host,
    REDIS_PORT: String(port),
    REDIS_DB: String(db),
    PASSWORD_COST: '4',
  };
  const redis = new Redis({ host, port, db });
  await redis.flushdb();
  redis.disconnect();
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.isRunning()) await child.end('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function serve(): Promise<Child> {
  const child = await startChild({ env, cwd: folder });
  children.push(child);
  return ready(child);
}

type Api = Client<paths>;
type Answer<T> = Promise<{ data?: T; error?: ApiError; response: Response }>;

async function ok<T>(answer: Answer<T>): Promise<T> {
  const { data, error, response } = await answer;
  if (data === undefined) throw new Error(`${response.status} ${JSON.stringify(error)}`);
  return data;
}

async function signedIn(url: string, email: string, password: string): Promise<Api> {
  const api = createClient<paths>({ baseUrl: url });
  const { token } = await ok(api.POST('/v1/auth/token', { body: { email, password } }));
  return createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const giveUpAt = Date.now() + 15_000; Date.now() < giveUpAt;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error('it did not happen within 15 s');
}

const addresses = () =>
  JSON.parse(readFileSync(join(folder, '.sandbox/addresses.json'), 'utf8')) as {
    razorpayUrl: string;
    sesUrl: string;
  };

it('M3, N3, X4: a purchase from the catalogue to the mail, a stop by Ctrl-C, and all of it there after a restart', async () => {
  const first = await serve();
  const account = {
    name: 'Asha Rao',
    email: `asha.${randomUUID()}@example.com`,
    password: 'a long passphrase',
  };
  const admin = await signedIn(first.url, SAMPLE_ADMIN.email, SAMPLE_ADMIN.password);
  await ok(createClient<paths>({ baseUrl: first.url }).POST('/v1/auth/register', { body: account }));
  const buyer = await signedIn(first.url, account.email, account.password);

  const product = await ok(
    admin.POST('/v1/admin/products', {
      body: {
        sku: `SKU-${randomUUID()}`,
        name: 'Brass desk lamp',
        category: 'lighting',
        price: { amount: 49_900, currency: 'INR' },
        stock: 5,
      },
    }),
  );
  const stock = async (api: Api) => {
    const path = { productId: product.id };
    return (await ok(api.GET('/v1/admin/products/{productId}', { params: { path } }))).stock;
  };
  const found = await ok(buyer.GET('/v1/products', { params: { query: { q: 'brass desk' } } }));
  expect(found.data.map(({ id }) => id)).toContain(product.id);

  const cart = await ok(buyer.POST('/v1/cart/items', { body: { productId: product.id, quantity: 2 } }));
  expect(await stock(admin)).toMatchObject({ onHand: 5, available: 3, carts: 2 });
  const key = randomUUID();
  const place = () =>
    ok(
      buyer.POST('/v1/orders', {
        params: { header: { 'Idempotency-Key': key } },
        body: { expectedTotal: cart.total },
      }),
    );
  const order = await place();
  expect(await place()).toEqual(order);

  const path = { orderId: order.id };
  const intent = await ok(buyer.POST('/v1/orders/{orderId}/payments', { params: { path }, body: {} }));
  const { razorpayUrl, sesUrl } = addresses();
  await razorpayControlAt(razorpayUrl).pay({ razorpayOrderId: intent.razorpayOrderId, method: 'upi' });
  const paid = await until(async () => {
    const now = await ok(buyer.GET('/v1/orders/{orderId}', { params: { path } }));
    return now.status === 'paid' ? now : undefined;
  });
  expect(paid).toMatchObject({ paymentStatus: 'completed', amountPaid: { amount: 99_800 } });
  await until(async () => ((await stock(admin)).held === 0 ? true : undefined));
  expect(await stock(admin)).toMatchObject({ onHand: 3, available: 3 });
  const mails = async (): Promise<Mail[]> =>
    (await (await fetch(`${sesUrl}/mails?to=${encodeURIComponent(account.email)}`)).json()) as Mail[];
  const confirmation = await until(async () =>
    (await mails()).find(({ subject }) => subject.includes(order.number)),
  );
  expect(confirmation.text).toContain('Brass desk lamp');
  await ok(buyer.POST('/v1/cart/items', { body: { productId: product.id, quantity: 1 } }));

  const stopping = performance.now();
  expect(await first.end('SIGINT')).toBe(0);
  expect(performance.now() - stopping).toBeLessThan(5_000);

  const second = await serve();
  const again = await signedIn(second.url, account.email, account.password);
  expect(await ok(again.GET('/v1/orders/{orderId}', { params: { path } }))).toEqual(paid);
  expect((await ok(again.GET('/v1/cart'))).items).toEqual([
    expect.objectContaining({ productId: product.id, quantity: 1, held: 1 }),
  ]);
  const adminAgain = await signedIn(second.url, SAMPLE_ADMIN.email, SAMPLE_ADMIN.password);
  expect(await stock(adminAgain)).toMatchObject({ onHand: 3, available: 2, carts: 1, orders: 0 });
  const confirmations = (await mails()).filter(({ subject }) => subject.includes(order.number));
  expect(confirmations).toHaveLength(1);
  expect(await second.end('SIGTERM')).toBe(0);
}, 120_000);

describe('X3: in production', () => {
  const refused = async (extra: Record<string, string>): Promise<{ status: unknown; output: string }> => {
    const child = await startChild({ env: { NODE_ENV: 'production', ...extra }, cwd: folder });
    children.push(child);
    return { status: await child.exited, output: child.output() };
  };

  it('a start without its variables exits with 1 and names every one', async () => {
    const { status, output } = await refused({});
    expect(status).toBe(1);
    for (const name of [
      'PUBLIC_URL',
      'TOKEN_KEY',
      'METRICS_TOKEN',
      'DATABASE_URL',
      'HOST_IP',
      'REDIS_PORT',
      'RAZORPAY_KEY_ID',
      'RAZORPAY_KEY_SECRET',
      'RAZORPAY_WEBHOOK_SECRET',
      'AWS_REGION',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'MAIL_FROM',
      'PASSWORD_RESET_URL',
    ])
      expect(output).toMatch(new RegExp(`${name} is missing`));
  });

  it('a start with weak or wrong variables exits with 1, names each, and shows no value', async () => {
    const weak = {
      TOKEN_KEY: 'weak-token-key',
      METRICS_TOKEN: 'weak-metrics',
      RAZORPAY_KEY_SECRET: 'weak-ks',
      RAZORPAY_WEBHOOK_SECRET: 'weak-ws',
      DATABASE_URL: 'postgres://weak-url',
      REDIS_PORT: 'weak-port',
      CURRENCY: 'weak-currency',
      CORS_ORIGINS: 'weak-origin',
      ADMIN_EMAIL: 'weak-email',
    };
    const { status, output } = await refused(weak);
    expect(status).toBe(1);
    for (const [name, value] of Object.entries(weak)) {
      expect(output).toContain(name);
      expect(output).not.toContain(value);
    }
  });
});
