import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminProduct, Order } from '../../generated/openapi.js';
import { requestsOf } from '../../scripts/contract/requests.js';
import { generated } from '../contract/contract.reader.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { bodyOf } from '../support/bodies.js';
import { admin, pay, type Agent } from '../support/flows.js';

/*
 * The story that the examples of the contract tell, from their own request bodies: Asha, a lamp, two notebooks. What is answered here is recorded,
 * and `npm run examples -- --check` holds the examples against it.
 */

let app: TestApp;
let boss: Agent;
let asha: Agent;
let lamp: string;
let notebook: string;

beforeAll(async () => {
  app = await startTestApp();
  boss = await admin(app);
  asha = app.agent();
});
afterAll(() => app.stop());

const requests = requestsOf(generated('openapi.json'));

/** The body that the contract shows for an operation under this name. */
function shown(operation: string, example: string): object {
  const body = requests.find(({ id }) => id === operation)?.bodies.get(example);
  if (body === undefined) throw new Error(`the contract shows no ${example} for ${operation}`);
  return Object(body) as object;
}

it('P1 the shop gets a lamp and a notebook', async () => {
  const create = async (example: string, stock: object): Promise<string> => {
    const body = { ...shown('createProduct', example), ...stock };
    return bodyOf<AdminProduct>(await boss.post('/v1/admin/products').send(body).expect(201)).id;
  };
  lamp = await create('lamp', {});
  notebook = await create('minimal', { stock: 40 });
});

it('U1, U2 Asha registers and signs in, by cookie and by token', async () => {
  await asha.post('/v1/auth/register').send(shown('register', 'asha')).expect(201);
  await asha.post('/v1/auth/login').send(shown('login', 'asha')).expect(200);
  await request(app.url).post('/v1/auth/token').send(shown('issueToken', 'asha')).expect(200);
  await asha.get('/v1/users/me').expect(200);
});

it('C1, C2 she fills a cart, and the lamp is seen to be held', async () => {
  await asha.get('/v1/cart').expect(200);
  const add = (productId: string, example: string) =>
    asha
      .post('/v1/cart/items')
      .send({ ...shown('addCartItem', example), productId })
      .expect(200);
  await add(lamp, 'lamp');
  await boss.get(`/v1/admin/products/${lamp}`).expect(200);
  await add(notebook, 'notebooks');
  await asha.put(`/v1/cart/items/${notebook}`).send(shown('setCartItem', 'two')).expect(200);
  await asha.get('/v1/cart').expect(200);
  await request(app.url).get('/v1/products').expect(200);
  await request(app.url).get(`/v1/products/${lamp}`).expect(200);
  await boss.get('/v1/admin/products').expect(200);
});

it('C1 she takes the notebooks out again, then all, and changes her mind', async () => {
  await asha.delete(`/v1/cart/items/${notebook}`).expect(200);
  await asha.delete('/v1/cart').expect(200);
  for (const [productId, quantity] of [
    [lamp, 1],
    [notebook, 2],
  ] as const) {
    await asha.put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200);
  }
});

it('O1, O2, O4, M1 she orders, pays, and follows the order, and so does the shop', async () => {
  const key = { 'Idempotency-Key': randomUUID() };
  const placed = await asha.post('/v1/orders').set(key).send(shown('placeOrder', 'cart')).expect(201);
  const { id } = bodyOf<Order>(placed);
  await asha.get(`/v1/orders/${id}`).expect(200);
  await asha.get('/v1/orders').expect(200);
  await boss.get('/v1/admin/orders').expect(200);
  await pay(app, asha, id);
  expect(bodyOf<Order>(await asha.get(`/v1/orders/${id}`).expect(200)).status).toBe('paid');
  await asha.get(`/v1/orders/${id}/timeline`).expect(200);
});

it('P1 the lamp gets cheaper', async () => {
  const { version } = bodyOf<AdminProduct>(await boss.get(`/v1/admin/products/${lamp}`).expect(200));
  const change = { ...shown('updateProduct', 'price'), version };
  await boss.patch(`/v1/admin/products/${lamp}`).send(change).expect(200);
});
