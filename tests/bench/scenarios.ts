import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RazorpaySandbox } from '../../src/sandbox/razorpay.js';
import { CONNECTIONS, fire, type Measured, type Shot } from './load.js';
import type { MeasuredServer } from './processes.js';
import { bearer, each, makeCustomers, makeProducts, must, openCarts, type Api } from './shop.js';

/** A request that is repeated; `prepare` makes what it needs in the shop and gives what makes one request after the other. */
export type Scenario = { name: string; prepare: () => Promise<() => Shot> };

const CARTS = 2_000;
const CUSTOMERS = 64;
/**
 * A page of the list has so many rows, and the catalogue no more: secantusd-rs reads every row of an index for a page and
 * for a count, so that a larger one would measure it and not the server.
 */
const ROWS = 20;

export type Stage = { scenarios: Scenario[]; customers: string[]; productIds: string[] };

/** Fills the shop with products and customers. */
export async function setStage(url: string, admin: Api): Promise<Stage> {
  const products = await makeProducts(admin, ROWS);
  const productIds = products.map(({ id }) => id);
  const customers = await makeCustomers(url, CUSTOMERS);
  const scenarios = [listing(), filling(url, productIds), placing(customers, productIds)];
  return { scenarios, customers, productIds };
}

function listing(): Scenario {
  return {
    name: 'product list (20 rows with availability)',
    prepare: () => Promise.resolve(() => ({ method: 'GET', path: `/v1/products?limit=${ROWS}` })),
  };
}

function filling(url: string, productIds: readonly string[]): Scenario {
  return {
    name: 'add to cart (PUT an item, 2,000 guest carts)',
    async prepare() {
      const [productId = ''] = productIds;
      const carts = await openCarts(url, CARTS, productId);
      let count = 0;
      return () => {
        count += 1;
        return {
          method: 'PUT',
          path: `/v1/cart/items/${productId}`,
          headers: { cookie: carts[count % CARTS] ?? '' },
          body: JSON.stringify({ quantity: 1 + (count % 9) }),
        };
      };
    },
  };
}

function placing(customers: readonly string[], productIds: readonly string[]): Scenario {
  let count = 0;
  return {
    name: 'place an order (one item, signed in)',
    prepare: () =>
      Promise.resolve(() => {
        count += 1;
        const productId = productIds[count % productIds.length] ?? '';
        return {
          method: 'POST',
          path: '/v1/orders',
          headers: {
            authorization: `Bearer ${customers[count % customers.length] ?? ''}`,
            'Idempotency-Key': randomUUID(),
          },
          body: JSON.stringify({ items: [{ productId, quantity: 1 }] }),
        };
      }),
  };
}

export type PaidRun = { posted: Measured; orders: number; untilAllPaidMs: number };

/**
 * Places orders, pays them at the Razorpay sandbox, and then posts the signed `payment.captured` events. Measures how fast
 * they are taken, and how long it takes from the first until every order is paid.
 */
export async function payByWebhook(deps: {
  server: Pick<MeasuredServer, 'url' | 'cpuMs'>;
  admin: Api;
  razorpay: RazorpaySandbox;
  stage: Stage;
  orders: number;
}): Promise<PaidRun> {
  const { server, admin, razorpay, stage } = deps;
  const orders = Math.ceil(deps.orders / CONNECTIONS) * CONNECTIONS;
  const before = await countPaid(admin);
  const wanted = new Set(
    await each(orders, async (index) => {
      const customer = bearer(server.url, stage.customers[index % stage.customers.length] ?? '');
      const productId = stage.productIds[index % stage.productIds.length] ?? '';
      const order = await must(
        customer.POST('/v1/orders', {
          params: { header: { 'Idempotency-Key': randomUUID() } },
          body: { items: [{ productId, quantity: 1 }] },
        }),
      );
      const params = { path: { orderId: order.id } };
      const payment = await must(customer.POST('/v1/orders/{orderId}/payments', { params, body: {} }));
      const { razorpay_payment_id } = await razorpay.control.pay({
        razorpayOrderId: payment.razorpayOrderId,
        webhooks: 'none',
      });
      return razorpay_payment_id;
    }),
  );
  const events = (await razorpay.control.events()).filter(
    ({ event, body }) => event === 'payment.captured' && wanted.has(/"id":"(pay_\w+)"/.exec(body)?.[1] ?? ''),
  );
  if (events.length !== orders) throw new Error(`${events.length} events for ${orders} payments`);
  let sent = 0;
  const started = performance.now();
  const allPaid = untilPaid(admin, before + orders).then(() => performance.now() - started);
  const posted = await fire(server, () => shotOf(events[sent++ % events.length]), { amount: orders });
  return { posted, orders, untilAllPaidMs: await allPaid };
}

function shotOf(event: { id: string; body: string; signature: string } | undefined): Shot {
  if (event === undefined) throw new Error('there is no event to post');
  return {
    method: 'POST',
    path: '/v1/webhooks/razorpay',
    headers: { 'x-razorpay-event-id': event.id, 'x-razorpay-signature': event.signature },
    body: event.body,
  };
}

async function countPaid(admin: Api): Promise<number> {
  const { pagination } = await must(
    admin.GET('/v1/admin/orders', { params: { query: { status: 'paid', limit: 1 } } }),
  );
  return pagination.total;
}

async function untilPaid(admin: Api, count: number): Promise<void> {
  const giveUpAt = performance.now() + 120_000;
  while ((await countPaid(admin)) < count) {
    if (performance.now() > giveUpAt) throw new Error('not every order was paid within two minutes');
    await delay(200);
  }
}
