import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminProduct, AdminUser, ContactPage, Order, Shipment, User } from '../../generated/openapi.js';
import { bodyOf } from '../support/bodies.js';
import { admin, pay } from '../support/flows.js';
import { picture, upload } from '../support/pictures.js';
import { sharedApp } from '../support/shared.js';
import { shown } from '../support/story.js';

/*
 * The story that the examples of the contract tell, from their own request bodies: Asha, a lamp, two notebooks. What is answered here is recorded,
 * and `npm run examples -- --check` holds the examples against it. `story.trouble.test.ts` tells what went wrong meanwhile.
 */

let lamp: string;
let notebook: string;
let orderId: string;

const app = await sharedApp();
const boss = await admin(app);
const asha = app.agent();

const anyKey = (): Record<string, string> => ({ 'Idempotency-Key': randomUUID() });

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
  await add(notebook, 'notebooks');
  await asha.put(`/v1/cart/items/${notebook}`).send(shown('setCartItem', 'two')).expect(200);
  await asha.get('/v1/cart').expect(200);
});

it('P2, P4 the lamp gets two pictures, and is seen with them by everybody', async () => {
  const { alt } = shown('addProductImage', 'lamp') as { alt: string };
  await upload(boss, lamp, await picture('jpeg'), { alt }).expect(201);
  const answer = await upload(boss, lamp, await picture('png')).expect(201);
  const { images, version } = bodyOf<AdminProduct>(answer);
  expect(images.map((image) => image.alt)).toEqual([alt, '']);
  const imageIds = images.map(({ id }) => id).toReversed();
  await boss.put(`/v1/admin/products/${lamp}/images`).send({ imageIds, version }).expect(200);
  await request(app.url).get('/v1/products').expect(200);
  await request(app.url).get('/v1/categories').expect(200);
  await request(app.url).get(`/v1/products/${lamp}`).expect(200);
  await boss.get('/v1/admin/products').expect(200);
  await boss.get(`/v1/admin/products/${lamp}`).expect(200);
});

it('P3 lamps are delivered, and two of them break, while one is held', async () => {
  const change = (path: string, body: object) =>
    boss.post(`/v1/admin/products/${lamp}/${path}`).set(anyKey()).send(body).expect(201);
  await change('receipts', shown('receiveStock', 'delivery'));
  await change('adjustments', shown('adjustStock', 'broken'));
});

it('K1, K2, K3 Asha has a question, and the shop answers it', async () => {
  await request(app.url).post('/v1/contacts').send(shown('submitContact', 'question')).expect(201);
  const [contact] = bodyOf<ContactPage>(await boss.get('/v1/admin/contacts').expect(200)).data;
  const path = `/v1/admin/contacts/${contact?.id ?? ''}`;
  await boss.get(path).expect(200);
  await boss.patch(path).send(shown('updateContact', 'handled')).expect(200);
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
  const placed = await asha.post('/v1/orders').set(anyKey()).send(shown('placeOrder', 'cart')).expect(201);
  orderId = bodyOf<Order>(placed).id;
  await asha.get(`/v1/orders/${orderId}`).expect(200);
  await asha.get('/v1/orders').expect(200);
  await boss.get('/v1/admin/orders').expect(200);
  await pay(app, asha, orderId);
  expect(bodyOf<Order>(await asha.get(`/v1/orders/${orderId}`).expect(200)).status).toBe('paid');
  await asha.get(`/v1/orders/${orderId}/timeline`).expect(200);
});

it('O3 she has ordered it twice, and the second order is cancelled', async () => {
  const { shippingAddress } = shown('placeOrder', 'cart') as Pick<Order, 'shippingAddress'>;
  const items = [
    { productId: lamp, quantity: 1 },
    { productId: notebook, quantity: 2 },
  ];
  const twice = await asha.post('/v1/orders').set(anyKey()).send({ items, shippingAddress }).expect(201);
  const cancel = asha.post(`/v1/orders/${bodyOf<Order>(twice).id}/cancel`);
  await cancel.send(shown('cancelOrder', 'reasoned')).expect(200);
});

it('O3, S1, S2, S3, S4 the shop sends the lamp ahead, and Asha follows it', async () => {
  const order = `/v1/admin/orders/${orderId}`;
  await boss.post(`${order}/status`).send(shown('changeOrderStatus', 'processing')).expect(200);
  const parcel = { ...shown('createShipment', 'part'), items: [{ productId: lamp, quantity: 1 }] };
  const answer = await boss.post(`${order}/shipments`).set(anyKey()).send(parcel).expect(201);
  const { id, trackingNumber } = bodyOf<Shipment>(answer);
  await boss.get('/v1/admin/shipments').expect(200);
  await asha.get('/v1/shipments').expect(200);
  const hub = { ...shown('addCheckpoint', 'hub'), at: app.holdfast.clock.now().toISOString() };
  await boss.post(`/v1/admin/shipments/${id}/checkpoints`).send(hub).expect(201);
  await asha.get(`/v1/shipments/${trackingNumber}`).expect(200);
});

it('P1 the lamp gets cheaper', async () => {
  const { version } = bodyOf<AdminProduct>(await boss.get(`/v1/admin/products/${lamp}`).expect(200));
  const change = { ...shown('updateProduct', 'price'), version };
  await boss.patch(`/v1/admin/products/${lamp}`).send(change).expect(200);
});

it('U5 in the end her account is blocked', async () => {
  const { id } = bodyOf<User>(await asha.get('/v1/users/me').expect(200));
  const { version } = bodyOf<AdminUser>(await boss.get(`/v1/admin/users/${id}`).expect(200));
  const change = { ...shown('updateUser', 'block'), version };
  const blocked = await boss.patch(`/v1/admin/users/${id}`).send(change).expect(200);
  expect(bodyOf<AdminUser>(blocked).blocked).toBe(true);
});
