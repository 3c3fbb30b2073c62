import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ApiError, ProductHoldPage, StockChange } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, customer, equation, later, pay, placeOrder } from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';
import { adjust, movementsOf, receive } from '../../support/stock.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);
afterEach(async () => {
  expect(await rows.all('adjustments', { holds: 'open' })).toEqual([]);
});

/** What a decrease leaves that died right after it had taken its units. */
async function leaveOpen(productId: string, units: number, key: string): Promise<string> {
  const reason = 'Broken';
  await adjust(boss, productId, { difference: -units, reason }, key).expect(201);
  const [row] = await rows.all('adjustments', { idempotencyKey: key });
  const [id, gen] = [row?._id ?? '', String(row?.['gen'])];
  // Undone in MongoDB as if its transaction had not been, and held in Redis as it was.
  await rows.set('adjustments', id, { $set: { holds: 'open' } });
  await rows.set('products', productId, { $inc: { stock: units } });
  const [movement] = await rows.all('stockmovements', { ref: id });
  await rows.remove('stockmovements', movement?._id ?? '');
  const since = Date.now() + app.holdfast.clock.aheadMs();
  const lapse = since + 30_000;
  const [cartId, owner] = [`adjustment-${id}`, `adjustment:${id}`];
  await app.redis.hset(`hold:${productId}:${cartId}`, { q: units, gen, owner, lapse, since });
  await app.redis.zadd(`due:${productId}`, lapse, cartId);
  return id;
}

describe('201', () => {
  it('P3 an increase is on hand and on sale at once', async () => {
    const product = await aProduct(app, { stock: 2 });
    const answer = await adjust(boss, product.id, { difference: 3, reason: 'Stocktaking' }).expect(201);
    expect(bodyOf<StockChange>(answer)).toMatchObject({
      movement: { kind: 'adjustment', units: 3, onHand: 5, reason: 'Stocktaking', reference: null },
      stock: { onHand: 5, available: 5, held: 0, adjustments: 0 },
    });
  });

  it('P3 a decrease takes what nobody holds, down to the last free unit', async () => {
    const product = await aProduct(app, { stock: 5 });
    await (await customer(app)).put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    const answer = await adjust(boss, product.id, { difference: -3, reason: 'Broken' }).expect(201);
    expect(bodyOf<StockChange>(answer)).toMatchObject({
      movement: { kind: 'adjustment', units: -3, onHand: 2, actor: { kind: 'admin' } },
      stock: { onHand: 2, available: 0, held: 2, carts: 2, adjustments: 0 },
    });
  });

  it('P3 an archived product can be counted too', async () => {
    const product = await aProduct(app, { stock: 5 });
    await boss.delete(`/v1/admin/products/${product.id}`).expect(204);
    await adjust(boss, product.id, { difference: -1, reason: 'Broken' }).expect(201);
  });

  it('P3 works on a product that Redis does not know', async () => {
    const product = await aProduct(app, { stock: 5 });
    await app.redis.flushdb();
    await adjust(boss, product.id, { difference: -1, reason: 'Broken' }).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 4, available: 4 });
  });

  it('P3 the same key with the same body is one decrease, one after another and all at once', async () => {
    const product = await aProduct(app, { stock: 10 });
    const [key, body] = [randomUUID(), { difference: -2, reason: 'Broken' }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => adjust(boss, product.id, body, key)));
    const { movement } = bodyOf<StockChange>(await adjust(boss, product.id, body, key).expect(201));
    for (const answer of answers) {
      if (answer.status === 409) expect(codeOf(answer)).toBe('request_in_progress');
      else expect([answer.status, bodyOf<StockChange>(answer).movement]).toEqual([201, movement]);
    }
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 8, available: 8 });
    expect((await movementsOf(boss, product.id)).filter(({ kind }) => kind === 'adjustment')).toEqual([
      movement,
    ]);
  });

  it('P3 decreases and buyers race for the last units, and none is given twice', async () => {
    const product = await aProduct(app, { stock: 6 });
    const buyers = await Promise.all(Array.from({ length: 5 }, () => customer(app)));
    const [bought, taken] = await Promise.all([
      Promise.all(buyers.map((buyer) => buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }))),
      Promise.all(
        Array.from({ length: 5 }, () => adjust(boss, product.id, { difference: -1, reason: 'Broken' })),
      ),
    ]);
    const made = [...bought, ...taken].filter(({ status }) => status < 300);
    expect(made).toHaveLength(6);
    const lost = taken.filter(({ status }) => status === 201).length;
    expect(await equation(app, product.id)).toMatchObject({ onHand: 6 - lost, available: 0 });
  });
});

describe('400', () => {
  it.each([
    ['no difference', { difference: 0, reason: 'Stocktaking' }, '/body/difference'],
    ['half a unit', { difference: 0.5, reason: 'Stocktaking' }, '/body/difference'],
    ['more than a million', { difference: -1_000_001, reason: 'Stocktaking' }, '/body/difference'],
    ['no reason', { difference: 1 }, '/body/reason'],
  ])('P3 refuses %s', async (_, body, path) => {
    expect(wrongPlaces(await adjust(boss, 'nothing', body).expect(400))).toContain(path);
  });
});

describe('404', () => {
  it.each([1, -1])('P3 tells what does not exist (difference %d)', async (difference) => {
    await adjust(boss, 'nothing', { difference, reason: 'Stocktaking' }).expect(404);
  });
});

describe('409', () => {
  it('P3 units that carts and orders hold are promised: nothing is changed, and what is free is told', async () => {
    const product = await aProduct(app, { stock: 5 });
    const [first, second] = [await customer(app), await customer(app)];
    await first.put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    await placeOrder(second, [{ productId: product.id, quantity: 2 }]);
    const answer = await adjust(boss, product.id, { difference: -2, reason: 'Broken' }).expect(409);
    expect(bodyOf<ApiError>(answer)).toMatchObject({
      code: 'insufficient_stock',
      details: { lines: [{ productId: product.id, requested: 2, available: 1 }] },
    });
    expect(await equation(app, product.id)).toMatchObject({
      onHand: 5,
      available: 1,
      held: 4,
      adjustments: 0,
    });
    expect(await movementsOf(boss, product.id)).toHaveLength(1);
  });

  it('P3 a key whose request was refused may be used again', async () => {
    const [product, key] = [await aProduct(app, { stock: 1 }), randomUUID()];
    const body = { difference: -2, reason: 'Broken' };
    await adjust(boss, product.id, body, key).expect(409);
    await receive(boss, product.id, { units: 1, reason: 'Found' }).expect(201);
    await adjust(boss, product.id, body, key).expect(201);
    await adjust(boss, product.id, body, key).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 0, available: 0 });
  });

  it('P3 while a decrease is under way its units are held by it, and its key waits', async () => {
    const [product, key] = [await aProduct(app, { stock: 5 }), randomUUID()];
    const id = await leaveOpen(product.id, 2, key);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, adjustments: 2 });
    const { data } = bodyOf<ProductHoldPage>(await boss.get(`/v1/admin/products/${product.id}/holds`));
    expect(data).toMatchObject([{ kind: 'adjustment', units: 2, adjustment: { id, reason: 'Broken' } }]);
    const answer = await adjust(boss, product.id, { difference: -2, reason: 'Broken' }, key).expect(409);
    expect(codeOf(answer)).toBe('request_in_progress');
    app.holdfast.clock.advance(16_000);
    await adjust(boss, product.id, { difference: -2, reason: 'Broken' }, key).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });
});

describe('a decrease that died', () => {
  it('P3 is given up by the sweep when its lease is over, and not before', async () => {
    const product = await aProduct(app, { stock: 5 });
    await leaveOpen(product.id, 2, randomUUID());
    await app.holdfast.jobs.run('stock-sweep');
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, adjustments: 2 });
    await later(app, 16_000);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5, adjustments: 0 });
  });

  it('P3 ends when Redis loses the product, and its units are free again', async () => {
    const product = await aProduct(app, { stock: 5 });
    await leaveOpen(product.id, 2, randomUUID());
    await app.redis.flushdb();
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5, adjustments: 0 });
  });

  it('P3 after its transaction only its hold goes: nothing is given back', async () => {
    const [product, key] = [await aProduct(app, { stock: 5 }), randomUUID()];
    const id = await leaveOpen(product.id, 2, key);
    await rows.set('adjustments', id, { $set: { holds: 'consumed' } });
    await rows.set('products', product.id, { $inc: { stock: -2, stockVersion: 1 } });
    await app.holdfast.jobs.run('stock-reconcile');
    await later(app, 31_000);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });
});

describe('422', () => {
  it('P3 the same key for anything else is refused', async () => {
    const [product, key] = [await aProduct(app, { stock: 5 }), randomUUID()];
    await adjust(boss, product.id, { difference: -1, reason: 'Broken' }, key).expect(201);
    const answer = await adjust(boss, product.id, { difference: -2, reason: 'Broken' }, key).expect(422);
    expect(codeOf(answer)).toBe('idempotency_key_reused');
    await receive(boss, product.id, { units: 1, reason: 'Broken' }, key).expect(422);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 4 });
  });
});

it('P3 a sale and a decrease of the same units cannot both be: what is paid is there', async () => {
  const product = await aProduct(app, { stock: 3 });
  const buyer = await customer(app);
  const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
  await adjust(boss, product.id, { difference: -1, reason: 'Broken' }).expect(201);
  await adjust(boss, product.id, { difference: -1, reason: 'Broken' }).expect(409);
  await pay(app, buyer, order.id);
  expect(await equation(app, product.id)).toMatchObject({ onHand: 0, available: 0, held: 0 });
});
