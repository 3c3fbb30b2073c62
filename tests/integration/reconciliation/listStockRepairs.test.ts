import { describe, expect, it } from '@jest/globals';
import type { StockRepairPage } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const list = async (query: object): Promise<StockRepairPage> =>
  bodyOf(await boss.get('/v1/admin/reconciliation/repairs').query(query).expect(200));

describe('200', () => {
  it('X5: shows the repairs, the newest first, of all products or of one', async () => {
    const ids: string[] = [];
    for (const wrong of ['1', '2', '3']) {
      const { id } = await aProduct(app, { stock: 5 });
      ids.push(id);
      await app.redis.set(`stock:${id}`, wrong);
      app.holdfast.clock.advance(1_000);
      await boss
        .post('/v1/admin/reconciliation/repairs')
        .send({ productIds: [id] })
        .expect(200);
    }
    const all = await list({ limit: '2' });
    expect(all.data.map(({ productId }) => productId)).toEqual([ids[2], ids[1]]);
    expect(all.pagination).toEqual({ page: 1, limit: 2, total: 3, pages: 2 });
    expect((await list({ productId: ids[0] })).data).toMatchObject([{ before: 1, after: 5 }]);
    expect((await list({ productId: 'nothing-has-this-id' })).data).toEqual([]);
  });
});

describe('400', () => {
  it('X2: refuses a page that is too deep', async () => {
    const answer = await boss.get('/v1/admin/reconciliation/repairs').query({ page: '10000', limit: '2' });
    expect([answer.status, wrongPlaces(answer)]).toEqual([400, ['/query/page']]);
  });
});
