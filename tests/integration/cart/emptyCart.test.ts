import { describe, expect, it } from '@jest/globals';
import type { Cart } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { freezeCartOf } from '../../support/carts.js';
import { aProduct, customer, equation, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const put = (agent: Agent, productId: string, quantity: number) =>
  agent.put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200);

describe('200', () => {
  it('C2 removes every line and gives all units back', async () => {
    const products = await Promise.all([aProduct(app, { stock: 5 }), aProduct(app, { stock: 5 })]);
    const guest = app.agent();
    for (const { id } of products) await put(guest, id, 2);
    const answer = await guest.delete('/v1/cart').expect(200);
    expect(bodyOf<Cart>(answer)).toMatchObject({ items: [], total: { amount: 0 } });
    for (const { id } of products) {
      expect(await equation(app, id)).toMatchObject({ available: 5, held: 0 });
    }
  });

  it('C2 repeated, also ten times at once, changes nothing', async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await put(guest, product.id, 2);
    const answers = await Promise.all(Array.from({ length: 10 }, () => guest.delete('/v1/cart')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
  });

  it('C1 an emptied cart can be filled again, an archived product is emptied like any other', async () => {
    const [old, product] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    const buyer = await customer(app);
    await put(buyer, old.id, 2);
    await app.holdfast.services.catalog.archive(old.id);
    await buyer.delete('/v1/cart').expect(200);
    expect(await equation(app, old.id)).toMatchObject({ available: 5, held: 0 });
    expect(bodyOf<Cart>(await put(buyer, product.id, 1)).items).toHaveLength(1);
  });

  it('C1 who has no cart is told of an empty one', async () => {
    expect((await app.agent().delete('/v1/cart').expect(200)).body).toMatchObject({ id: null, items: [] });
  });
});

describe('409', () => {
  it('O1 while an order is being placed from the cart, it does not change', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await put(buyer, product.id, 2);
    await freezeCartOf(app, buyer);
    expect((await buyer.delete('/v1/cart').expect(409)).body).toMatchObject({ code: 'cart_busy' });
    expect(await equation(app, product.id)).toMatchObject({ carts: 2 });
  });
});
