import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Cart } from '../../../generated/openapi.js';
import { bodyOf, lineOf } from '../../support/bodies.js';
import { freezeCartOf, storedCartId } from '../../support/carts.js';
import { aProduct, customer, equation, later, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const put = (agent: Agent, productId: string, quantity: number) =>
  agent.put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200);
const remove = (agent: Agent, productId: string) => agent.delete(`/v1/cart/items/${productId}`);

describe('200', () => {
  it('C2 removes the line and gives its units back at once; other lines stay', async () => {
    const [gone, kept] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    const guest = app.agent();
    const id = await storedCartId(app, await put(guest, gone.id, 3));
    await put(guest, kept.id, 1);
    const answer = await remove(guest, gone.id).expect(200);
    expect(bodyOf<Cart>(answer).items.map(({ productId }) => productId)).toEqual([kept.id]);
    expect(await app.redis.get(`stock:${gone.id}`)).toBe('5');
    expect(await app.redis.exists(`hold:${gone.id}:${id}`)).toBe(0);
    expect(await equation(app, gone.id)).toMatchObject({ available: 5, held: 0 });
    expect(await equation(app, kept.id)).toMatchObject({ available: 4, carts: 1 });
  });

  it('C2 repeated, also 20 times at once, gives back once', async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await put(guest, product.id, 3);
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(guest, product.id)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
  });

  it('C1 a line that is not there, a product that is not there, a cart that is not there: no error', async () => {
    const product = await aProduct(app);
    const guest = app.agent();
    expect(bodyOf<Cart>(await remove(guest, product.id).expect(200))).toMatchObject({ id: null, items: [] });
    await put(guest, product.id, 1);
    const answer = await remove(guest, 'nothing').expect(200);
    expect(lineOf(answer, product.id)).toMatchObject({ held: 1 });
  });

  it('C4 a line whose hold has lapsed gives nothing back a second time', async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await put(guest, product.id, 3);
    await later(app, 31 * 60_000);
    await remove(guest, product.id).expect(200);
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
  });

  it('C1 nobody removes from a cart that is somebody else’s', async () => {
    const product = await aProduct(app, { stock: 5 });
    const owner = await customer(app);
    const id = await storedCartId(app, await put(owner, product.id, 2));
    await request(app.url)
      .delete(`/v1/cart/items/${product.id}`)
      .set('Cookie', `holdfast_cart=${id}`)
      .expect(200);
    expect(lineOf(await owner.get('/v1/cart'), product.id)).toMatchObject({ held: 2 });
    expect(await equation(app, product.id)).toMatchObject({ carts: 2 });
  });
});

describe('409', () => {
  it('O1 while an order is being placed from the cart, it does not change', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await put(buyer, product.id, 2);
    await freezeCartOf(app, buyer);
    expect((await remove(buyer, product.id).expect(409)).body).toMatchObject({ code: 'cart_busy' });
    expect(await equation(app, product.id)).toMatchObject({ carts: 2 });
  });
});
