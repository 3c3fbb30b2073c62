import { describe, expect, it } from '@jest/globals';
import type { JobRunPage } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, customer, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const list = async (query: Record<string, string>): Promise<JobRunPage> =>
  bodyOf(await boss.get('/v1/admin/job-runs').query(query).expect(200));

describe('200', () => {
  it('O5 shows what a run has looked at and changed', async () => {
    const product = await aProduct(app, { stock: 5 });
    await placeOrder(await customer(app), [{ productId: product.id, quantity: 2 }]);
    app.holdfast.clock.advance(16 * 60_000);
    await app.holdfast.jobs.run('stock-rollback');
    const { data } = await list({ job: 'stock-rollback' });
    expect(data[0]).toMatchObject({ job: 'stock-rollback', changed: 1, failures: [], outcome: 'ok' });
    expect(data[0]?.examined).toBeGreaterThanOrEqual(1);
    expect(Date.parse(data[0]?.finishedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(data[0]?.startedAt ?? ''),
    );
  });

  it('O5 shows the newest first, filtered by job, a page at a time', async () => {
    for (const job of ['mail', 'stock-sweep', 'mail'] as const) {
      app.holdfast.clock.advance(1_000);
      await app.holdfast.jobs.run(job);
    }
    const all = await list({ limit: '2' });
    expect(all.data.map(({ job }) => job)).toEqual(['mail', 'stock-sweep']);
    expect(all.pagination).toMatchObject({ page: 1, limit: 2, total: 4, pages: 2 });
    expect((await list({ job: 'mail' })).data).toHaveLength(2);
    expect((await list({ job: 'webhook-inbox' })).data).toEqual([]);
  });

  it('O5: says how long a run took, and shows only those that ended in one way', async () => {
    const [run] = (await list({ job: 'mail' })).data;
    expect(run?.durationMs).toBe(Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? ''));
    expect((await list({ outcome: 'ok' })).data.length).toBeGreaterThan(0);
    expect((await list({ outcome: 'running' })).data).toEqual([]);
    expect((await list({ job: 'mail', outcome: 'failed' })).data).toEqual([]);
  });

  it('O5 a run that fails for one row says so, and has done the others', async () => {
    const [broken, sound] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    for (const { id } of [broken, sound]) {
      await app.agent().put(`/v1/cart/items/${id}`).send({ quantity: 2 }).expect(200);
    }
    // A due index of the wrong type: everything that touches it fails.
    await app.redis.del(`due:${broken.id}`);
    await app.redis.set(`due:${broken.id}`, 'broken');
    app.holdfast.clock.advance(31 * 60_000);
    await app.holdfast.jobs.run('stock-sweep');
    const { data } = await list({ job: 'stock-sweep', limit: '1' });
    expect(data[0]).toMatchObject({
      outcome: 'failed',
      failures: [{ subject: expect.stringContaining(broken.id) }],
    });
    expect(await app.redis.get(`stock:${sound.id}`)).toBe('5');
    expect((await list({ outcome: 'failed' })).data[0]).toEqual(data[0]);
  });
});

describe('400', () => {
  it('X2 refuses a job that does not exist', async () => {
    const answer = await boss.get('/v1/admin/job-runs').query({ job: 'everything' }).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/query/job']);
  });
});
