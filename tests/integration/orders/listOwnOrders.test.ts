import { describe, expect, it } from '@jest/globals';
import type { Order, OrderPage } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { aProduct, customer, pay, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const buyer = await customer(app, 'Asha Rao');
const product = await aProduct(app, { stock: 50, price: 10_000 });
const orders: Order[] = [];
for (const quantity of [2, 1, 4, 3])
  orders.push(await placeOrder(buyer, [{ productId: product.id, quantity }]));
await placeOrder(await customer(app), [{ productId: product.id, quantity: 5 }]);
await pay(app, buyer, orders[1]?.id ?? '');

const list = async (query = ''): Promise<OrderPage> =>
  bodyOf<OrderPage>(await buyer.get(`/v1/orders${query}`).expect(200));
const totals = (page: OrderPage): number[] => page.data.map(({ total }) => total.amount);

describe('200', () => {
  it("O2: lists the caller's orders only, the newest first, with the customer filled in", async () => {
    const page = await list();
    expect(page.data.map(({ id }) => id)).toEqual(orders.map(({ id }) => id).toReversed());
    expect(page.pagination).toEqual({ page: 1, limit: 20, total: 4, pages: 1 });
    for (const { customer: who } of page.data)
      expect(who).toMatchObject({ name: 'Asha Rao', email: buyer.email });
  });

  it.each([
    ['newest', [30_000, 40_000, 10_000, 20_000]],
    ['oldest', [20_000, 10_000, 40_000, 30_000]],
    ['total', [10_000, 20_000, 30_000, 40_000]],
    ['-total', [40_000, 30_000, 20_000, 10_000]],
  ])('O2: sorts by %s', async (sort, expected) => {
    expect(totals(await list(`?sort=${sort}`))).toEqual(expected);
  });

  it('O2: filters by status', async () => {
    expect(totals(await list('?status=paid'))).toEqual([10_000]);
    expect((await list('?status=pending')).pagination.total).toBe(3);
    expect(await list('?status=cancelled')).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  it('O2: pages show every order once, and a page beyond the end is empty', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => list(`?limit=3&page=${page}`)));
    expect(pages.map(({ data }) => data.length)).toEqual([3, 1, 0]);
    expect(new Set(pages.flatMap(({ data }) => data.map(({ id }) => id))).size).toBe(4);
    expect(pages[0]?.pagination).toEqual({ page: 1, limit: 3, total: 4, pages: 2 });
  });

  it('O2: a customer without orders has an empty page', async () => {
    const body = bodyOf<OrderPage>(await (await customer(app)).get('/v1/orders').expect(200));
    expect(body).toMatchObject({ data: [], pagination: { total: 0 } });
  });
});

describe('400', () => {
  it.each(['status=placing', 'status=aborted', 'sort=customer', 'userId=someone'])(
    'O2: refuses %s',
    async (query) => {
      const answer = await buyer.get(`/v1/orders?${query}`).expect(400);
      expect(wrongPlaces(answer)).toEqual([`/query/${query.split('=')[0] ?? ''}`]);
    },
  );
});
