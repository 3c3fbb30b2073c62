import { describe, expect, it } from '@jest/globals';
import type { Cart, ProductHoldPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, aProduct, customer, later, pay, placeOrder, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const list = async (id: string, query: object = {}) =>
  bodyOf<ProductHoldPage>(await boss.get(`/v1/admin/products/${id}/holds`).query(query).expect(200));

async function put(agent: Agent, productId: string, quantity: number): Promise<Cart> {
  return bodyOf<Cart>(await agent.put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200));
}

describe('200', () => {
  it('P3 tells which carts and orders hold how many units since when, the longest held first', async () => {
    const product = await aProduct(app, { stock: 10 });
    const [guest, buyer] = [app.agent(), await customer(app)];
    const before = Date.now() + app.holdfast.clock.aheadMs();
    const cart = await put(guest, product.id, 2);
    app.holdfast.clock.advance(60_000);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 3 }]);
    const { data, pagination } = await list(product.id);
    expect(pagination).toMatchObject({ total: 2, pages: 1 });
    expect(data).toEqual([
      {
        kind: 'cart',
        units: 2,
        since: expect.any(String),
        lapsesAt: cart.items[0]?.holdLapsesAt,
        cart: expect.stringMatching(/^[0-9a-f]{12}$/),
        order: null,
        adjustment: null,
      },
      {
        kind: 'order',
        units: 3,
        since: expect.any(String),
        lapsesAt: order.payBefore,
        cart: null,
        order: { id: order.id, number: order.number, status: 'pending' },
        adjustment: null,
      },
    ]);
    const [held = 0, ordered = 0] = data.map(({ since }) => Date.parse(since ?? ''));
    expect(Math.abs(held - before)).toBeLessThan(5_000);
    expect(ordered - held).toBeGreaterThan(55_000);
  });

  it('P3 a cart that is touched again keeps its age and lapses later', async () => {
    const product = await aProduct(app, { stock: 10 });
    const guest = app.agent();
    await put(guest, product.id, 1);
    const [first] = (await list(product.id)).data;
    app.holdfast.clock.advance(120_000);
    await put(guest, product.id, 2);
    const [second] = (await list(product.id)).data;
    expect(second).toMatchObject({ units: 2, since: first?.since, cart: first?.cart });
    expect(Date.parse(second?.lapsesAt ?? '')).toBeGreaterThan(Date.parse(first?.lapsesAt ?? ''));
  });

  it('P3 never shows the id of a cart, which would open it, and the same cart by the same label', async () => {
    const [lamp, mug] = [await aProduct(app), await aProduct(app)];
    const guest = app.agent();
    await put(guest, lamp.id, 1);
    const { id } = await put(guest, mug.id, 1);
    const pages = [await list(lamp.id), await list(mug.id)];
    expect(JSON.stringify(pages)).not.toContain(id);
    expect(pages[0]?.data[0]?.cart).toBe(pages[1]?.data[0]?.cart);
  });

  it('P3 filters by kind, and pages', async () => {
    const product = await aProduct(app, { stock: 10 });
    for (let i = 0; i < 3; i += 1) await put(app.agent(), product.id, 1);
    await placeOrder(await customer(app), [{ productId: product.id, quantity: 1 }]);
    expect((await list(product.id, { kind: 'order' })).data).toMatchObject([{ kind: 'order' }]);
    expect((await list(product.id, { kind: 'adjustment' })).pagination.total).toBe(0);
    const pages = [await list(product.id, { limit: 3 }), await list(product.id, { limit: 3, page: 2 })];
    expect(pages.map(({ data }) => data.length)).toEqual([3, 1]);
    expect(pages[0]?.pagination).toEqual({ page: 1, limit: 3, total: 4, pages: 2 });
  });

  it('P3 what was paid or has lapsed holds nothing any more', async () => {
    const product = await aProduct(app, { stock: 10 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await pay(app, buyer, order.id);
    await put(app.agent(), product.id, 1);
    await later(app, 31 * 60_000);
    expect((await list(product.id)).data).toEqual([]);
  });

  it('P3 after Redis lost everything an order still holds, since an unknown time', async () => {
    const product = await aProduct(app, { stock: 10 });
    const { id } = await placeOrder(await customer(app), [{ productId: product.id, quantity: 2 }]);
    await app.redis.flushdb();
    expect((await list(product.id)).data).toMatchObject([
      { kind: 'order', units: 2, since: null, order: { id } },
    ]);
  });

  it('P3 an order that is just being placed holds its units and is not shown by name', async () => {
    const product = await aProduct(app, { stock: 10 });
    const hold = { q: 1, gen: 'g', owner: 'order:not-yet', lapse: Date.now() + 3600_000 };
    await list(product.id);
    await app.redis.hset(`hold:${product.id}:some-cart`, hold);
    await app.redis.zadd(`due:${product.id}`, hold.lapse, 'some-cart');
    expect((await list(product.id)).data).toMatchObject([
      { kind: 'order', units: 1, order: null, lapsesAt: null, cart: null },
    ]);
  });
});

describe('404', () => {
  it('P3 tells what does not exist', async () => {
    await boss.get('/v1/admin/products/nothing/holds').expect(404);
  });
});
