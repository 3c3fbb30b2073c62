import { describe, expect, it } from '@jest/globals';
import type { StockMovementPage } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, customer, equation, pay, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';
import { adjust, movementsOf, receive } from '../../support/stock.js';

const app = await sharedApp();
const boss = await admin(app);

const list = (id: string, query: Record<string, unknown> = {}) =>
  boss.get(`/v1/admin/products/${id}/movements`).query(query);

describe('200', () => {
  it('P3 tells of each what, why, who, when, and what was on hand after it; the newest first', async () => {
    const product = await aProduct(app, { stock: 4 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 3 }]);
    await pay(app, buyer, order.id);
    await receive(boss, product.id, { units: 6, reason: 'Delivery', reference: 'DN-9' }).expect(201);
    await adjust(boss, product.id, { difference: -2, reason: 'Broken' }).expect(201);
    const data = await movementsOf(boss, product.id);
    expect(data).toMatchObject([
      { kind: 'adjustment', units: -2, onHand: 5, reason: 'Broken', reference: null, orderId: null },
      { kind: 'receipt', units: 6, onHand: 7, reference: 'DN-9', actor: { kind: 'admin' } },
      { kind: 'sale', units: -3, onHand: 1, orderId: order.id, actor: { kind: 'system', id: null } },
      { kind: 'receipt', units: 4, onHand: 4, actor: { kind: 'admin' }, orderId: null },
    ]);
    const times = data.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('P3 after a mixed history all movements together are what is on hand, at every point of it', async () => {
    const product = await aProduct(app, { stock: 10 });
    const buyer = await customer(app);
    for (const step of [3, -4, 0, 2, -1, 0, 7, -9, 0, -100, 5]) {
      if (step > 0) await receive(boss, product.id, { units: step, reason: 'Delivery' }).expect(201);
      else if (step < 0) await adjust(boss, product.id, { difference: step, reason: 'Broken' });
      else await pay(app, buyer, (await placeOrder(buyer, [{ productId: product.id, quantity: 1 }])).id);
    }
    await Promise.all(
      [1, -1, 2, -2, 3].map((difference) => adjust(boss, product.id, { difference, reason: 'Stocktaking' })),
    );
    const { onHand } = await equation(app, product.id);
    const oldestFirst = (await movementsOf(boss, product.id)).toReversed();
    let counted = 0;
    for (const movement of oldestFirst) {
      counted += movement.units;
      expect(movement.onHand).toBe(counted);
    }
    expect([counted, oldestFirst.length]).toEqual([onHand, 16]);
  });

  it('P3 filters by kind and time, and pages', async () => {
    const product = await aProduct(app, { stock: 1 });
    for (let i = 0; i < 3; i += 1) {
      app.holdfast.clock.advance(3600_000);
      await receive(boss, product.id, { units: 1, reason: `Delivery ${i}` }).expect(201);
    }
    await adjust(boss, product.id, { difference: -1, reason: 'Broken' }).expect(201);
    const all = await movementsOf(boss, product.id);
    const reasons = async (query: object) =>
      bodyOf<StockMovementPage>(await list(product.id, { ...query }).expect(200)).data.map(
        ({ reason }) => reason,
      );
    expect(await reasons({ kind: 'adjustment' })).toEqual(['Broken']);
    expect(await reasons({ kind: 'receipt', from: all[2]?.at, to: all[1]?.at })).toEqual(['Delivery 1']);
    expect(await reasons({ to: all[3]?.at })).toEqual(['First stock of a new product']);
    expect(await reasons({ kind: 'sale' })).toEqual([]);
    const second = bodyOf<StockMovementPage>(await list(product.id, { limit: 2, page: 2 }).expect(200));
    expect(second.pagination).toEqual({ page: 2, limit: 2, total: 5, pages: 3 });
    expect(second.data).toEqual(all.slice(2, 4));
  });
});

describe('400', () => {
  it.each([
    ['from', '2026-02-30T00:00:00Z'],
    ['from', '2026-13-01T00:00:00Z'],
    ['to', '2026-01-01'],
    ['to', '2026-01-01T00:00:00+05:30'],
    ['kind', 'theft'],
  ])('P3 refuses %s=%s', async (name, value) => {
    const product = await aProduct(app);
    expect(wrongPlaces(await list(product.id, { [name]: value }).expect(400))).toContain(`/query/${name}`);
  });
});

describe('404', () => {
  it('P3 tells what does not exist', async () => {
    await list('nothing').expect(404);
  });
});
