import { describe, expect, it } from '@jest/globals';
import { admin, aProduct, customer, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

describe('200', () => {
  it('P1 shows where the units are: with carts, with orders, available', async () => {
    const product = await aProduct(app, { stock: 10 });
    const [first, second] = [await customer(app), await customer(app)];
    await first.put(`/v1/cart/items/${product.id}`).send({ quantity: 3 }).expect(200);
    await placeOrder(second, [{ productId: product.id, quantity: 2 }]);
    const answer = await boss.get(`/v1/admin/products/${product.id}`).expect(200);
    expect(answer.body).toMatchObject({
      available: 5,
      stock: { onHand: 10, available: 5, held: 5, carts: 3, orders: 2 },
    });
  });

  it('P1 shows an archived product with its version', async () => {
    const product = await aProduct(app);
    await boss.delete(`/v1/admin/products/${product.id}`).expect(204);
    const answer = await boss.get(`/v1/admin/products/${product.id}`).expect(200);
    expect(answer.body).toMatchObject({ archived: true, version: 2 });
  });
});

describe('404', () => {
  it('P1 tells what does not exist', async () => {
    const answer = await boss.get('/v1/admin/products/nothing').expect(404);
    expect(answer.body).toMatchObject({ code: 'not_found' });
  });
});
