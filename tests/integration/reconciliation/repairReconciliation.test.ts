import { describe, expect, it } from '@jest/globals';
import type { RepairReport, StockRepairPage, User } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { productAccount } from '../../support/drift.js';
import { admin, aProduct, customer, equation, placeOrder } from '../../support/flows.js';
import { until } from '../../support/own.servers.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);
const bossId = bodyOf<User>(await boss.get('/v1/users/me').expect(200)).id;

const repair = async (body: object): Promise<RepairReport> =>
  bodyOf(await boss.post('/v1/admin/reconciliation/repairs').send(body).expect(200));
const repairsOf = async (productId: string): Promise<StockRepairPage> =>
  bodyOf(await boss.get('/v1/admin/reconciliation/repairs').query({ productId }).expect(200));
const notices = async () => {
  await app.holdfast.jobs.run('mail');
  return app.ses.mails('admin@holdfast.example').filter(({ subject }) => /Reconciliation/.test(subject));
};

describe('200', () => {
  it('X5: repairs what is named, with its holds, and leaves a trace of who, when, before and after', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await placeOrder(await customer(app), [{ productId: id, quantity: 3 }]);
    await app.redis.set(`stock:${id}`, '99');
    const done = await repair({ productIds: [id] });
    expect(done).toMatchObject({ unrepaired: [], remaining: 0 });
    expect(done.repairs).toMatchObject([
      { productId: id, number: 'available', before: 99, after: 7, actor: { kind: 'admin', id: bossId } },
    ]);
    expect(Math.abs(Date.parse(done.repairs[0]?.at ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await equation(app, id)).toMatchObject({ onHand: 10, available: 7, orders: 3 });
    expect((await repairsOf(id)).data).toEqual(done.repairs);
  });

  it('X5: a second repair, and ten at once, find nothing more to do', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await app.redis.set(`stock:${id}`, '8');
    const body = { productIds: [id] };
    const all = await Promise.all(
      Array.from({ length: 10 }, async () => boss.post('/v1/admin/reconciliation/repairs').send(body)),
    );
    // On a slow machine some take too long, and may be repeated.
    for (const { status } of all) expect([200, 503]).toContain(status);
    await until(
      async () => (await repairsOf(id)).data.length,
      (made) => made === 1,
    );
    expect((await repair(body)).repairs).toEqual([]);
    expect((await repairsOf(id)).data).toHaveLength(1);
    expect(await equation(app, id)).toMatchObject({ available: 10 });
  });

  it('X5: counts on hand again from its movements only where that is asked for', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await rows.set('products', id, { $set: { stock: 12 } });
    const without = await repair({ productIds: [id] });
    expect(without.unrepaired).toMatchObject([{ productId: id, ledgerDrift: 2 }]);
    const done = await repair({ productIds: [id], rebuildOnHand: true });
    expect(done.repairs.map(({ number, before, after }) => [number, before, after])).toEqual([
      ['on_hand', 12, 10],
      ['available', 12, 10],
    ]);
    expect(await productAccount(boss, id)).toMatchObject({ state: 'balanced', onHand: 10, available: 10 });
  });

  it('X5: without names, repairs what the last walk found', async () => {
    const { id } = await aProduct(app, { stock: 10 });
    await rows.set('products', id, { $set: { stock: 11 } });
    await app.holdfast.jobs.run('stock-reconcile');
    const done = await repair({ rebuildOnHand: true });
    expect(done.repairs.map(({ productId }) => productId)).toContain(id);
    expect(done).toMatchObject({ unrepaired: [], remaining: 0 });
    expect((await repair({})).repairs).toEqual([]);
  });

  it('X5, N5: the job repairs by itself, with a trace, and the shop is told once', async () => {
    const before = (await notices()).length;
    const { id } = await aProduct(app, { stock: 10 });
    await app.redis.set(`stock:${id}`, '4');
    await app.holdfast.jobs.run('stock-reconcile');
    await app.holdfast.jobs.run('stock-reconcile');
    expect(await equation(app, id)).toMatchObject({ available: 10 });
    expect((await repairsOf(id)).data).toMatchObject([
      { before: 4, after: 10, actor: { kind: 'system', id: null } },
    ]);
    const told = (await notices()).slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(id);
  });

  it('N5: what stays unexplained is told once, not at every run', async () => {
    const before = (await notices()).length;
    const { id } = await aProduct(app, { stock: 10 });
    await rows.set('products', id, { $set: { stock: 9 } });
    for (let run = 1; run <= 3; run += 1) await app.holdfast.jobs.run('stock-reconcile');
    const told = (await notices()).slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/9 units are on hand, but the movements add up to 10/);
    await repair({ productIds: [id], rebuildOnHand: true });
  });

  it('X5: a product that cannot be looked at does not keep the others from being repaired', async () => {
    const [broken, drifting] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    await app.redis.del(`due:${broken.id}`);
    await app.redis.set(`due:${broken.id}`, 'broken');
    await app.redis.set(`stock:${drifting.id}`, '1');
    const run = await app.holdfast.jobs.run('stock-reconcile');
    expect(run.failures).toMatchObject([{ subject: `product ${broken.id}` }]);
    expect(await equation(app, drifting.id)).toMatchObject({ available: 5 });
    await app.redis.del(`due:${broken.id}`);
  });
});

describe('400', () => {
  it('X5: refuses an empty list, and one that is too long', async () => {
    for (const productIds of [[], Array.from({ length: 51 }, (_, n) => `product-${n}`), ['same', 'same']]) {
      await boss.post('/v1/admin/reconciliation/repairs').send({ productIds }).expect(400);
    }
  });
});

describe('404', () => {
  it('X5: a product that does not exist keeps the others from being repaired', async () => {
    const { id } = await aProduct(app, { stock: 5 });
    await app.redis.set(`stock:${id}`, '1');
    const answer = await boss
      .post('/v1/admin/reconciliation/repairs')
      .send({ productIds: [id, 'nothing-has-this-id'] });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
    expect(await app.redis.get(`stock:${id}`)).toBe('1');
  });
});
