import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { StockChange, User } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, customer, equation } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';
import { movementsOf, receive } from '../../support/stock.js';

const app = await sharedApp();
const boss = await admin(app);

describe('201', () => {
  it('P3 the units are on hand and on sale at once, and the movement says why and who', async () => {
    const product = await aProduct(app, { stock: 2 });
    const { id: adminId } = bodyOf<User>(await boss.get('/v1/users/me'));
    const answer = await receive(boss, product.id, { units: 5, reason: ' Delivery ', reference: 'DN-7' });
    expect([answer.status, bodyOf<StockChange>(answer)]).toMatchObject([
      201,
      {
        movement: {
          productId: product.id,
          kind: 'receipt',
          units: 5,
          onHand: 7,
          reason: 'Delivery',
          reference: 'DN-7',
          actor: { kind: 'admin', id: adminId },
          orderId: null,
        },
        stock: { onHand: 7, available: 7, held: 0 },
      },
    ]);
    const buyer = await customer(app);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 7 }).expect(200);
  });

  it('P3 puts a product that was sold out back into the lists of what is in stock', async () => {
    const product = await aProduct(app, { stock: 0, category: `c${randomUUID()}`.slice(0, 30) });
    const inStock = async () => {
      const query = { inStock: true, category: product.category };
      return bodyOf<{ data: unknown[] }>(await boss.get('/v1/products').query(query).expect(200)).data.length;
    };
    expect(await inStock()).toBe(0);
    await receive(boss, product.id, { units: 1, reason: 'Found' }).expect(201);
    expect(await inStock()).toBe(1);
  });

  it('P3 the same key with the same body is one receipt, one after another and all at once', async () => {
    const product = await aProduct(app, { stock: 0 });
    const [key, body] = [randomUUID(), { units: 4, reason: 'Delivery' }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => receive(boss, product.id, body, key)));
    const again = await receive(boss, product.id, body, key).expect(201);
    const { movement } = bodyOf<StockChange>(again);
    for (const answer of answers) {
      expect([answer.status, bodyOf<StockChange>(answer).movement]).toEqual([201, movement]);
    }
    expect(await equation(app, product.id)).toMatchObject({ onHand: 4, available: 4 });
    expect(await movementsOf(boss, product.id)).toEqual([movement]);
  });

  it('P3 a key is one admin’s: another one’s receipt with it counts too', async () => {
    const [product, other, key] = [await aProduct(app, { stock: 0 }), await admin(app), randomUUID()];
    await receive(boss, product.id, { units: 1, reason: 'Delivery' }, key).expect(201);
    await receive(other, product.id, { units: 1, reason: 'Delivery' }, key).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 2 });
  });

  it('P3 receipts at once all count, in one order', async () => {
    const product = await aProduct(app, { stock: 0 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => receive(boss, product.id, { units: i + 1, reason: 'Delivery' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 15, available: 15 });
  });
});

describe('400', () => {
  it.each([
    ['no units', { units: 0, reason: 'Delivery' }, '/body/units'],
    ['a million and one', { units: 1_000_001, reason: 'Delivery' }, '/body/units'],
    ['no reason', { units: 1 }, '/body/reason'],
    ['a blank reason', { units: 1, reason: '   ' }, '/body/reason'],
  ])('P3 refuses %s', async (_, body, path) => {
    expect(wrongPlaces(await receive(boss, 'nothing', body).expect(400))).toContain(path);
  });

  it('P3 refuses a request without a key, or with one that is no key', async () => {
    const post = () => boss.post('/v1/admin/products/nothing/receipts').send({ units: 1, reason: 'x' });
    expect(wrongPlaces(await post().expect(400))).toEqual(['/headers/idempotency-key']);
    expect(wrongPlaces(await post().set('Idempotency-Key', 'short').expect(400))).toEqual([
      '/headers/idempotency-key',
    ]);
  });

  it('P3 refuses more units on hand than can be told', async () => {
    const product = await aProduct(app, { stock: 0 });
    await app.holdfast.services.stock.load(product.id);
    const receipt = { productId: product.id, units: 1_000_000_000, kind: 'receipt', ref: 'huge' } as const;
    await app.holdfast.services.db.transaction(async (session) => {
      await app.holdfast.services.stock.receive({ ...receipt, reason: 'a test' }, session);
    });
    const answer = await receive(boss, product.id, { units: 1, reason: 'Delivery' }).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/body/units']);
  });
});

describe('400', () => {
  it('P3 of receipts at once none brings more on hand than can be told', async () => {
    const product = await aProduct(app, { stock: 0 });
    await app.holdfast.services.stock.load(product.id);
    const receipt = { productId: product.id, units: 999_999_000, kind: 'receipt', ref: 'large' } as const;
    await app.holdfast.services.db.transaction(async (session) => {
      await app.holdfast.services.stock.receive({ ...receipt, reason: 'a test' }, session);
    });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => receive(boss, product.id, { units: 600, reason: 'Delivery' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400, 400]);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 999_999_600 });
  });
});

describe('404', () => {
  it('P3 tells what does not exist', async () => {
    expect(codeOf(await receive(boss, 'nothing', { units: 1, reason: 'Delivery' }).expect(404))).toBe(
      'not_found',
    );
  });
});

describe('422', () => {
  it('P3 the same key for anything else is refused, and changes nothing', async () => {
    const [product, other] = [await aProduct(app, { stock: 3 }), await aProduct(app, { stock: 3 })];
    const key = randomUUID();
    await receive(boss, product.id, { units: 1, reason: 'Delivery' }, key).expect(201);
    const others = [
      receive(boss, product.id, { units: 2, reason: 'Delivery' }, key),
      receive(boss, product.id, { units: 1, reason: 'Another' }, key),
      receive(boss, product.id, { units: 1, reason: 'Delivery', reference: 'DN-1' }, key),
      receive(boss, other.id, { units: 1, reason: 'Delivery' }, key),
      boss
        .post(`/v1/admin/products/${product.id}/adjustments`)
        .set('Idempotency-Key', key)
        .send({ difference: 1, reason: 'Delivery' }),
    ];
    for (const answer of await Promise.all(others)) {
      expect([answer.status, codeOf(answer)]).toEqual([422, 'idempotency_key_reused']);
    }
    expect(await equation(app, product.id)).toMatchObject({ onHand: 4 });
    expect(await equation(app, other.id)).toMatchObject({ onHand: 3 });
  });
});
