import { randomUUID } from 'node:crypto';
import type { AdminProduct, Order, PaymentIntent } from '../../generated/openapi.js';
import { toAdminProductBody } from '../../src/modules/catalog/catalog.view.js';
import type { TestApp } from './app.js';

export type Agent = ReturnType<TestApp['agent']>;

export const PASSWORD = 'correct horse battery';

/** A signed-in customer with a session of their own. */
export async function customer(app: TestApp, name = 'Asha Rao'): Promise<Agent & { email: string }> {
  const email = `c${randomUUID()}@example.com`;
  const agent = app.agent();
  await agent.post('/v1/auth/register').send({ name, email, password: PASSWORD }).expect(201);
  return Object.assign(agent, { email });
}

/** A signed-in admin. */
export async function admin(app: TestApp): Promise<Agent & { email: string }> {
  const { accounts } = app.holdfast.services;
  const email = `a${randomUUID()}@example.com`;
  await accounts.insert(await accounts.prepare({ name: 'Admin', email, password: PASSWORD }, 'admin'));
  const agent = app.agent();
  await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
  return Object.assign(agent, { email });
}

/** A product with so many units on hand; price in minor units of INR. */
export async function aProduct(
  app: TestApp,
  wanted: { stock?: number; price?: number; name?: string; category?: string } = {},
): Promise<AdminProduct> {
  const { product } = await app.holdfast.services.catalog.create(
    {
      sku: `SKU-${randomUUID()}`,
      name: wanted.name ?? 'Brass lamp',
      category: wanted.category ?? 'lighting',
      price: { amount: wanted.price ?? 129_900, currency: 'INR' },
      stock: wanted.stock ?? 10,
    },
    { userId: 'test' },
  );
  return figures(app, product.id);
}

/** The product as an admin sees it, read without HTTP. */
export async function figures(app: TestApp, productId: string): Promise<AdminProduct> {
  return toAdminProductBody(await app.holdfast.services.catalog.getAny(productId));
}

/** Throws unless on hand = available + held. */
export async function equation(app: TestApp, productId: string): Promise<AdminProduct['stock']> {
  const { stock } = await figures(app, productId);
  if (stock.onHand !== stock.available + stock.held) {
    throw new Error(`the stock equation is broken: ${JSON.stringify(stock)}`);
  }
  return stock;
}

export async function placeOrder(
  agent: Agent,
  items: { productId: string; quantity: number }[],
  key: string = randomUUID(),
): Promise<Order> {
  const response = await agent.post('/v1/orders').set('Idempotency-Key', key).send({ items }).expect(201);
  return response.body as Order;
}

export async function startPayment(agent: Agent, orderId: string, amount?: number): Promise<PaymentIntent> {
  const body = amount === undefined ? {} : { amount };
  const response = await agent.post(`/v1/orders/${orderId}/payments`).send(body);
  if (response.status !== 201 && response.status !== 200) throw new Error(JSON.stringify(response.body));
  return response.body as PaymentIntent;
}

/** Pays all that is due through Razorpay and waits until everything it sets going is done. */
export async function pay(app: TestApp, agent: Agent, orderId: string): Promise<void> {
  const { razorpayOrderId } = await startPayment(agent, orderId);
  await app.razorpay.control.pay({ razorpayOrderId, method: 'upi' });
  await app.quiet();
}

export async function orderOf(agent: Agent, orderId: string): Promise<Order> {
  return (await agent.get(`/v1/orders/${orderId}`).expect(200)).body as Order;
}

/** Time passes, and then the jobs run as they would have. */
export async function later(app: TestApp, ms: number): Promise<void> {
  app.holdfast.clock.advance(ms);
  for (const job of [
    'webhook-inbox',
    'payment-reconcile',
    'stock-rollback',
    'stock-sweep',
    'mail',
  ] as const) {
    await app.holdfast.jobs.run(job);
  }
}
