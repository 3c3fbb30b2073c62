import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminProduct } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, customer, equation, orderOf, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const update = (id: string, body: object) => boss.patch(`/v1/admin/products/${id}`).send(body);

describe('200', () => {
  it('P1 changes what is sent and leaves the rest, and raises the version', async () => {
    const product = await aProduct(app, { stock: 4 });
    const answer = await update(product.id, { version: 1, name: 'Tin lamp' }).expect(200);
    const { updatedAt } = bodyOf<AdminProduct>(answer);
    expect(answer.body).toEqual({ ...product, updatedAt, name: 'Tin lamp', version: 2 });
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(product.updatedAt));
  });

  it('P1 a new name is found by its words, and the old one no more', async () => {
    const product = await aProduct(app, { name: 'Zebrawood stool' });
    await update(product.id, { version: 1, name: 'Teakwood stool' }).expect(200);
    const found = async (q: string): Promise<string[]> =>
      bodyOf<{ data: { id: string }[] }>(await request(app.url).get('/v1/products').query({ q })).data.map(
        ({ id }) => id,
      );
    expect(await found('teakwood')).toEqual([product.id]);
    expect(await found('zebrawood')).toEqual([]);
  });

  it('P1 a new price counts for carts at once and never for orders', async () => {
    const product = await aProduct(app, { price: 1_000 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await update(product.id, { version: 1, price: { amount: 900, currency: 'INR' } }).expect(200);
    expect((await orderOf(buyer, order.id)).total.amount).toBe(1_000);
    const cart = await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }).expect(200);
    expect(cart.body).toMatchObject({ total: { amount: 900 } });
  });

  it('P1 puts an archived product back on sale, its holds as they were', async () => {
    const product = await aProduct(app, { stock: 3 });
    await (await customer(app)).put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }).expect(200);
    await update(product.id, { version: 1, archived: true }).expect(200);
    await request(app.url).get(`/v1/products/${product.id}`).expect(404);
    await update(product.id, { version: 2, archived: false }).expect(200);
    await request(app.url).get(`/v1/products/${product.id}`).expect(200);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 2, carts: 1 });
  });
});

describe('400', () => {
  it.each([
    [
      'a price in another currency',
      { version: 1, price: { amount: 1, currency: 'USD' } },
      '/body/price/currency',
    ],
    ['no version', { name: 'Lamp' }, '/body/version'],
    ['nothing to change', { version: 1 }, '/body'],
    ['another article number', { version: 1, sku: 'NEW' }, '/body/sku'],
    ['a stock, which has its own way', { version: 1, stock: 5 }, '/body/stock'],
  ])('P1 refuses %s', async (_, body, path) => {
    const product = await aProduct(app);
    expect(wrongPlaces(await update(product.id, body).expect(400))).toContain(path);
  });
});

describe('404', () => {
  it('P1 tells what does not exist', async () => {
    await update('nothing', { version: 1, name: 'Lamp' }).expect(404);
  });
});

describe('409', () => {
  it('P1 who read an older version changes nothing', async () => {
    const product = await aProduct(app);
    await update(product.id, { version: 1, name: 'First' }).expect(200);
    const answer = await update(product.id, { version: 1, name: 'Second' }).expect(409);
    expect(answer.body).toMatchObject({ code: 'version_conflict' });
    await update(product.id, { version: 3, name: 'Third' }).expect(409);
    const now = await boss.get(`/v1/admin/products/${product.id}`).expect(200);
    expect(now.body).toMatchObject({ name: 'First', version: 2 });
  });

  it('P1 of ten changes of one version at once one succeeds', async () => {
    const product = await aProduct(app);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => update(product.id, { version: 1, name: `Lamp ${i}` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    const now = await boss.get(`/v1/admin/products/${product.id}`).expect(200);
    expect(now.body).toMatchObject({ version: 2 });
  });

  it('P1 stock that moves does not make a version conflict', async () => {
    const product = await aProduct(app, { stock: 2 });
    await (await customer(app)).put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    await update(product.id, { version: 1, name: 'Sold out lamp' }).expect(200);
  });
});
