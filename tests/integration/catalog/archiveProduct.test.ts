import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { lineOf } from '../../support/bodies.js';
import { admin, aProduct, customer, equation, orderOf, pay, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const archive = (id: string) => boss.delete(`/v1/admin/products/${id}`);

describe('204', () => {
  it('P1 takes the product off sale; carts show it, and it cannot be bought', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    const answer = await archive(product.id).expect(204);
    expect(answer.text).toBe('');
    await request(app.url).get(`/v1/products/${product.id}`).expect(404);
    const cart = await buyer.get('/v1/cart').expect(200);
    expect(lineOf(cart, product.id)).toMatchObject({ problems: ['archived'], held: 2 });
    expect(cart.body).toMatchObject({ total: { amount: 0 } });
    await (await customer(app)).put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }).expect(409);
    await buyer.delete(`/v1/cart/items/${product.id}`).expect(200);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 5 });
  });

  it('P1 orders that are placed go on: they show it, are paid, and take its stock', async () => {
    const product = await aProduct(app, { stock: 5, name: 'Fading lamp' });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    await archive(product.id).expect(204);
    await pay(app, buyer, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      items: [{ name: 'Fading lamp' }],
    });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });

  it('P1 twice is the same as once', async () => {
    const product = await aProduct(app);
    await archive(product.id).expect(204);
    await archive(product.id).expect(204);
    const now = await boss.get(`/v1/admin/products/${product.id}`).expect(200);
    expect(now.body).toMatchObject({ archived: true, version: 2 });
  });
});

describe('404', () => {
  it('P1 tells what does not exist', async () => {
    await archive('nothing').expect(404);
  });
});
