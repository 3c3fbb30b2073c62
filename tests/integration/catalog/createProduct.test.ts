import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import type { AdminProduct } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, equation } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const lamp = (changed: object = {}) => ({
  sku: `LAMP-${randomUUID()}`,
  name: 'Brass desk lamp',
  category: 'Lighting',
  price: { amount: 129_900, currency: 'INR' },
  ...changed,
});
const create = (body: object) => boss.post('/v1/admin/products').send(body);

async function movementsOf(productId: string): Promise<object[]> {
  const client = await MongoClient.connect(app.config.connections.databaseUrl);
  const found = await client.db().collection('stockmovements').find({ productId }).toArray();
  await client.close();
  return found;
}

describe('201', () => {
  it('P1 puts a product on sale at once, its first stock recorded as a receipt', async () => {
    const input = lamp({ stock: 12, description: 'Solid brass.\n\tBulb included.' });
    const answer = await create(input).expect(201);
    const product = bodyOf<AdminProduct>(answer);
    expect(product).toMatchObject({
      ...{ sku: input.sku, description: 'Solid brass.\n\tBulb included.', archived: false, version: 1 },
      stock: { onHand: 12, available: 12, held: 0, carts: 0, orders: 0 },
    });
    expect(answer.headers['location']).toBe(`/v1/admin/products/${product.id}`);
    expect(await movementsOf(product.id)).toMatchObject([{ kind: 'receipt', units: 12, onHand: 12, seq: 1 }]);
    expect((await request(app.url).get(`/v1/products/${product.id}`).expect(200)).body).toMatchObject({
      available: 12,
    });
    await equation(app, product.id);
  });

  it('P1 without stock there is none, and no receipt of it', async () => {
    const product = bodyOf<AdminProduct>(await create(lamp()).expect(201));
    expect(product).toMatchObject({ description: '', available: 0, stock: { onHand: 0, available: 0 } });
    expect(await movementsOf(product.id)).toEqual([]);
  });

  it('P1 takes a price of nothing, and a name without the spaces around it', async () => {
    const answer = await create(lamp({ price: { amount: 1, currency: 'INR' }, name: '  Lamp  ' })).expect(
      201,
    );
    expect(answer.body).toMatchObject({ name: 'Lamp', price: { amount: 1 } });
  });
});

describe('400', () => {
  it.each([
    ['a price in another currency', { price: { amount: 100, currency: 'USD' } }, '/body/price/currency'],
    ['a price with a fraction', { price: { amount: 99.5, currency: 'INR' } }, '/body/price/amount'],
    ['a price as text', { price: { amount: '100', currency: 'INR' } }, '/body/price/amount'],
    ['a price too large to be one', { price: { amount: 2 ** 53, currency: 'INR' } }, '/body/price/amount'],
    ['a stock below nothing', { stock: -1 }, '/body/stock'],
    ['a stock with a fraction', { stock: 1.5 }, '/body/stock'],
    ['an article number with a space', { sku: 'LAMP 1' }, '/body/sku'],
    ['a blank name', { name: ' ' }, '/body/name'],
    ['a stock that nobody received', { available: 5 }, '/body/available'],
  ])('P1 refuses %s', async (_, changed, path) => {
    expect(wrongPlaces(await create(lamp(changed)).expect(400))).toContain(path);
  });

  it('P1 refuses a number that is none in JSON’s range', async () => {
    const text = JSON.stringify(lamp({ stock: 77 })).replace('"stock":77', '"stock":1e400');
    const answer = await boss.post('/v1/admin/products').type('json').send(text).expect(400);
    expect(wrongPlaces(answer)).toContain('/body/stock');
  });
});

describe('409', () => {
  it('P1 an article number belongs to one product, for good', async () => {
    const input = lamp({ stock: 1 });
    const { id } = bodyOf<AdminProduct>(await create(input).expect(201));
    const answer = await create({ ...input, stock: 5 }).expect(409);
    expect(answer.body).toMatchObject({ code: 'sku_taken', errors: [{ path: '/body/sku' }] });
    await boss.delete(`/v1/admin/products/${id}`).expect(204);
    await create(input).expect(409);
    expect(await equation(app, id)).toMatchObject({ onHand: 1 });
  });

  it('P1 of ten creations of one article number at once one succeeds', async () => {
    const input = lamp({ stock: 3 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(input)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const made = answers.find(({ status }) => status === 201);
    expect(await movementsOf(bodyOf<AdminProduct>(made ?? { body: {} }).id)).toHaveLength(1);
  });
});
