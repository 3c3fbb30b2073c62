import { describe, expect, it } from '@jest/globals';
import { admin, aProduct, customer, later, orderOf, pay, placeOrder } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it("O2: shows an order to its customer with the customer's name and address, and until when to pay", async () => {
    const product = await aProduct(app, { price: 10_000 });
    const buyer = await customer(app, 'Asha Rao');
    const placed = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    const order = await orderOf(buyer, placed.id);
    expect(order).toEqual(placed);
    expect(order.customer).toMatchObject({ name: 'Asha Rao', email: buyer.email });
    expect(order).toMatchObject({ amountPaid: { amount: 0 }, amountDue: { amount: 20_000 } });
    expect(new Date(order.payBefore ?? 0).getTime() - new Date(order.placedAt).getTime()).toBe(15 * 60_000);
  });

  it('O2: shows any order to an admin', async () => {
    const product = await aProduct(app);
    const order = await placeOrder(await customer(app), [{ productId: product.id, quantity: 1 }]);
    expect(await orderOf(await admin(app), order.id)).toEqual(order);
  });

  it('O1: an order keeps the name and price of its products as they were when it was placed', async () => {
    const product = await aProduct(app, { price: 10_000, name: 'Brass lamp' });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await (
      await admin(app)
    )
      .patch(`/v1/admin/products/${product.id}`)
      .send({ version: product.version, name: 'Silver lamp', price: { amount: 99_900, currency: 'INR' } })
      .expect(200);
    expect((await orderOf(buyer, order.id)).items).toEqual(order.items);
    await pay(app, buyer, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', amountPaid: { amount: 10_000 } });
  });

  it('O5: nothing is due any more once an order was rolled back', async () => {
    const product = await aProduct(app);
    const buyer = await customer(app);
    const { id } = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await later(app, 16 * 60_000);
    expect(await orderOf(buyer, id)).toMatchObject({
      status: 'pending_stock_rolledback',
      amountDue: { amount: 0 },
      payBefore: null,
    });
  });
});

describe('404', () => {
  it("O2: somebody else's order is answered like one that does not exist", async () => {
    const product = await aProduct(app);
    const order = await placeOrder(await customer(app), [{ productId: product.id, quantity: 1 }]);
    const stranger = await customer(app);
    const [theirs, none] = [
      await stranger.get(`/v1/orders/${order.id}`).expect(404),
      await stranger.get('/v1/orders/no-such-order').expect(404),
    ];
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
  });
});
