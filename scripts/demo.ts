/*
 * Plays a purchase, an unpaid order and a forgotten password against a running sandbox (`npm start`), through a client that is typed by the
 * contract, and prints the stock equation of the product after each step.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import createClient, { type Client } from 'openapi-fetch';
import type { AdminProduct, ApiError, Order, paths, Product } from '../generated/openapi.js';
import { messageOf } from '../src/platform/errors.js';
import { formatMoney } from '../src/platform/money.js';
import { razorpayControlAt } from '../src/sandbox/razorpay.control.js';
import { SAMPLE_ADMIN } from '../src/sandbox/samples.js';

type Addresses = { apiUrl: string; razorpayUrl: string; sesUrl?: string; timeMachineUrl: string };
type Api = Client<paths>;

const PENDING_MS = 16 * 60_000;
const PATIENCE_MS = 15_000;
const say = (line = ''): boolean => process.stdout.write(`${line}\n`);

function readAddresses(): Addresses {
  try {
    return JSON.parse(readFileSync('.sandbox/addresses.json', 'utf8')) as Addresses;
  } catch {
    throw new Error('No sandbox was found. Start it in another terminal first: npm start');
  }
}

/** The data of an answer, or an error in the words of the API. */
async function expect<T>(
  what: string,
  answer: Promise<{ data?: T; error?: ApiError; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    throw new Error('The server does not answer. Is `npm start` still running?', { cause });
  });
  if (data !== undefined) return data;
  throw new Error(`${what}: ${response.status} ${error?.code ?? ''} ${error?.message ?? ''}`);
}

async function signedIn(apiUrl: string, email: string, password: string): Promise<Api> {
  const { token } = await expect(
    'signing in',
    createClient<paths>({ baseUrl: apiUrl }).POST('/v1/auth/token', { body: { email, password } }),
  );
  return createClient<paths>({ baseUrl: apiUrl, headers: { authorization: `Bearer ${token}` } });
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > patience) throw new Error(`${what} did not happen within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function play(): Promise<void> {
  const at = readAddresses();
  const admin = await signedIn(at.apiUrl, SAMPLE_ADMIN.email, SAMPLE_ADMIN.password);
  const email = `asha.${randomUUID().slice(0, 8)}@example.com`;
  const password = 'a-long-demo-password';
  let step = 0;

  const productNow = (product: Product): Promise<AdminProduct> =>
    expect(
      'reading the product',
      admin.GET('/v1/admin/products/{productId}', { params: { path: { productId: product.id } } }),
    );

  /** Waits for a moment in which nothing is under way: a paid order's hold goes just after its status has changed. */
  const balanced = (product: Product): Promise<AdminProduct> =>
    until('a balanced stock equation', async () => {
      const now = await productNow(product);
      return now.stock.onHand === now.stock.available + now.stock.held ? now : undefined;
    });

  const told = async (what: string, product: Product): Promise<void> => {
    const { stock } = await balanced(product);
    say(`${String((step += 1)).padStart(2)}. ${what}`);
    say(`      on hand ${stock.onHand} = available ${stock.available} + held ${stock.held}`);
  };

  const place = async (customer: Api, product: Product, quantity: number): Promise<Order> => {
    await expect(
      'filling the cart',
      customer.PUT('/v1/cart/items/{productId}', {
        params: { path: { productId: product.id } },
        body: { quantity },
      }),
    );
    await told(`${quantity} x ${product.name} in the cart: the units are held at once`, product);
    const order = await expect(
      'placing the order',
      customer.POST('/v1/orders', { params: { header: { 'Idempotency-Key': randomUUID() } }, body: {} }),
    );
    await told(`order ${order.number} over ${formatMoney(order.total)} is ${order.status}`, product);
    return order;
  };

  const orderNow = (customer: Api, order: Order): Promise<Order> =>
    expect(
      'reading the order',
      customer.GET('/v1/orders/{orderId}', { params: { path: { orderId: order.id } } }),
    );

  const pay = async (customer: Api, order: Order): Promise<Order> => {
    const payment = await expect(
      'starting the payment',
      customer.POST('/v1/orders/{orderId}/payments', { params: { path: { orderId: order.id } }, body: {} }),
    );
    await razorpayControlAt(at.razorpayUrl).pay({ razorpayOrderId: payment.razorpayOrderId, method: 'upi' });
    return until('the payment', async () => {
      const now = await orderNow(customer, order);
      return now.status === 'paid' ? now : undefined;
    });
  };

  say('A purchase\n');
  await expect(
    'registering',
    createClient<paths>({ baseUrl: at.apiUrl }).POST('/v1/auth/register', {
      body: { name: 'Asha Rao', email, password },
    }),
  );
  const customer = await signedIn(at.apiUrl, email, password);
  const { data: products } = await expect(
    'browsing',
    customer.GET('/v1/products', { params: { query: { inStock: true, sort: 'price' } } }),
  );
  const product = products.find(({ available }) => available >= 2);
  if (product === undefined)
    throw new Error('nothing has two units left: stop the server, delete .sandbox and start anew');
  await told(`${email} registers and finds ${product.name} at ${formatMoney(product.price)}`, product);

  const order = await place(customer, product, 2);
  const paid = await pay(customer, order);
  await told(
    `paid by UPI; Razorpay's signed webhook made the order ${paid.status} (${paid.paymentStatus})`,
    product,
  );
  if (at.sesUrl !== undefined) {
    const mail = await until('the confirmation mail', () => findMail(at.sesUrl ?? '', email, order.number));
    await told(`mail "${mail.subject}" has arrived: ${at.sesUrl}/mails/${mail.id}`, product);
  }

  say('\nA refund, and a cancellation\n');
  const { data: refunds } = await expect(
    'refunding',
    admin.POST('/v1/admin/orders/{orderId}/refunds', {
      params: { path: { orderId: order.id }, header: { 'Idempotency-Key': randomUUID() } },
      body: { amount: 100, reason: 'A scratch' },
    }),
  );
  const refunded = await until('the refund', async () => {
    const now = await orderNow(customer, order);
    return now.amountRefunded.amount === 100 ? now : undefined;
  });
  await told(
    `${refunds.length} refund of ${formatMoney(refunded.amountRefunded)}: ${refunded.paymentStatus}; the goods stay sold`,
    product,
  );
  const cancelled = await expect(
    'cancelling',
    admin.POST('/v1/orders/{orderId}/cancel', {
      params: { path: { orderId: order.id } },
      body: { reason: 'Out of business' },
    }),
  );
  await told(
    `the admin cancels: ${cancelled.status}; the units are back, and so is the rest of the money`,
    product,
  );

  say('\nA shipment\n');
  const sent = await pay(customer, await place(customer, product, 1));
  const shipment = await expect(
    'shipping',
    admin.POST('/v1/admin/orders/{orderId}/shipments', {
      params: { path: { orderId: sent.id }, header: { 'Idempotency-Key': randomUUID() } },
      body: { carrier: 'Blue Dart', trackingNumber: `BD-${randomUUID().slice(0, 8)}` },
    }),
  );
  await told(
    `shipped as ${shipment.trackingNumber}: the order is ${(await orderNow(customer, sent)).status}`,
    product,
  );
  await expect(
    'the last checkpoint',
    admin.POST('/v1/admin/shipments/{shipmentId}/checkpoints', {
      params: { path: { shipmentId: shipment.id } },
      body: { status: 'delivered', at: shipment.shippedAt, place: 'Bengaluru' },
    }),
  );
  await told(`handed over: the order is ${(await orderNow(customer, sent)).status}`, product);

  say('\nAn order that nobody pays\n');
  const unpaid = await place(customer, product, 1);
  await post(at.timeMachineUrl, '/clock', { advanceMs: PENDING_MS });
  await post(at.timeMachineUrl, '/jobs', { name: 'stock-rollback' });
  const rolledBack = await orderNow(customer, unpaid);
  await told(`16 minutes later (the sandbox moved its clock) the order is ${rolledBack.status}`, product);
  const timeline = await expect(
    'reading the timeline',
    customer.GET('/v1/orders/{orderId}/timeline', { params: { path: { orderId: unpaid.id } } }),
  );
  for (const entry of timeline.data) say(`      ${entry.at}  ${entry.to}: ${entry.reason}`);
  say('\nEvery unit is accounted for.');
  if (at.sesUrl !== undefined) await forgetPassword(at.apiUrl, at.sesUrl, email, customer);
}

/** By the link of the mail: a new password, and no session of before is left. */
async function forgetPassword(apiUrl: string, sesUrl: string, email: string, session: Api): Promise<void> {
  say('\nA forgotten password\n');
  const api = createClient<paths>({ baseUrl: apiUrl });
  await expect('asking for a link', api.POST('/v1/auth/password-reset', { body: { email } }));
  const mail = await until('the mail with the link', () => findMail(sesUrl, email, 'A new password'));
  const [link = '', token = ''] = /https?:\S+#token=([\w-]+)/.exec(mail.text) ?? [];
  say(`    the mail has the link ${link.slice(0, -token.length)}${token.slice(0, 4)}...`);
  const body = { token, password: 'another-long-password' };
  const { response: first } = await api.POST('/v1/auth/password-reset/confirm', { body });
  const { response: again } = await api.POST('/v1/auth/password-reset/confirm', { body });
  say(`    it sets a new password once: ${first.status}, and a second time ${again.status}`);
  const { response: old } = await session.GET('/v1/users/me');
  await signedIn(apiUrl, email, body.password);
  say(`    the session of before is over (${old.status}); the new password signs in`);
}

type FoundMail = { id: string; subject: string; text: string };

async function findMail(sesUrl: string, to: string, words: string): Promise<FoundMail | undefined> {
  const response = await fetch(`${sesUrl}/mails?to=${encodeURIComponent(to)}`);
  const mails = (await response.json()) as FoundMail[] | { mails: FoundMail[] };
  return (Array.isArray(mails) ? mails : mails.mails).find(({ subject }) => subject.includes(words));
}

async function post(url: string, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

play().catch((error: unknown) => {
  say(`\nThe demo stopped: ${messageOf(error)}`);
  process.exit(1);
});
