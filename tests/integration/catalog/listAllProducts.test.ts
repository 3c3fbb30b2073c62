import { describe, expect, it } from '@jest/globals';
import type { AdminProductPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, aProduct, customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
for (const [name, price, category] of [
  ['Brass lamp', 300, 'lighting'],
  ['Tin lamp', 100, 'lighting'],
  ['Notebook', 200, 'paper'],
] as const) {
  await aProduct(app, { name, price, category, stock: 4 });
  app.holdfast.clock.advance(1_000);
}
const gone = await aProduct(app, { name: 'Old lamp', price: 400, stock: 4 });
await boss.delete(`/v1/admin/products/${gone.id}`).expect(204);

async function list(query: Record<string, string>): Promise<AdminProductPage> {
  return bodyOf(await boss.get('/v1/admin/products').query(query).expect(200));
}
const names = async (query: Record<string, string>): Promise<string[]> =>
  (await list(query)).data.map(({ name }) => name);

describe('200', () => {
  it('P1 lists archived products too, unless told otherwise', async () => {
    expect(await names({})).toEqual(['Old lamp', 'Notebook', 'Tin lamp', 'Brass lamp']);
    expect(await names({ archived: 'true' })).toEqual(['Old lamp']);
    expect(await names({ archived: 'false' })).toEqual(['Notebook', 'Tin lamp', 'Brass lamp']);
  });

  it('P1 filters, searches and sorts, archived ones among the others', async () => {
    expect(await names({ q: 'lamp', sort: 'price' })).toEqual(['Tin lamp', 'Brass lamp', 'Old lamp']);
    expect(await names({ q: 'lamp', sort: '-price' })).toEqual(['Old lamp', 'Brass lamp', 'Tin lamp']);
    expect(await names({ sort: 'name' })).toEqual(['Brass lamp', 'Notebook', 'Old lamp', 'Tin lamp']);
    expect(await names({ category: 'paper' })).toEqual(['Notebook']);
  });

  it('P1 shows the stock of each product and who holds it', async () => {
    const buyer = await customer(app);
    const id = (await list({ q: 'notebook' })).data[0]?.id ?? '';
    await buyer.put(`/v1/cart/items/${id}`).send({ quantity: 1 }).expect(200);
    expect((await list({ q: 'notebook' })).data[0]).toMatchObject({
      version: 1,
      stock: { onHand: 4, available: 3, held: 1, carts: 1, orders: 0 },
    });
  });

  it('P1 counts rows and pages', async () => {
    const { data, pagination } = await list({ page: '2', limit: '3' });
    expect(data).toHaveLength(1);
    expect(pagination).toEqual({ page: 2, limit: 3, total: 4, pages: 2 });
  });
});
