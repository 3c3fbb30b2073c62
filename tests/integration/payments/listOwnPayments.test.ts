import { describe, expect, it } from '@jest/globals';
import type { PaymentPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, aProduct, pay, placeOrder, type Agent } from '../../support/flows.js';
import { paidOrder, recordOutside } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const list = async (agent: Agent, query: object = {}) =>
  bodyOf<PaymentPage>(await agent.get('/v1/payments').query(query).expect(200));

describe('200', () => {
  it('M5: a customer sees the payments of their own orders, the newest first, and nobody else’s', async () => {
    const { buyer, order } = await paidOrder(app);
    const other = await paidOrder(app);
    const { id } = await aProduct(app, { price: 5_000 });
    const second = await placeOrder(buyer, [{ productId: id, quantity: 1 }]);
    app.holdfast.clock.advance(1_000);
    await pay(app, buyer, second.id);
    const { data, pagination } = await list(buyer);
    expect(data.map(({ orderId }) => orderId)).toEqual([second.id, order.id]);
    expect(pagination.total).toBe(2);
    expect((await list(buyer, { orderId: order.id })).data).toMatchObject([
      { orderNumber: order.number, method: 'upi', status: 'captured', amount: { amount: 20_000 } },
    ]);
    // Another's order is as one without payments.
    expect((await list(buyer, { orderId: other.order.id })).data).toEqual([]);
    expect((await list(buyer, { page: 2, limit: 1 })).data.map(({ orderId }) => orderId)).toEqual([order.id]);
  });

  it('M5: what was recorded for them is theirs to see, but not what was noted of it', async () => {
    const boss = await admin(app);
    const { buyer } = await paidOrder(app);
    const { id } = await aProduct(app, { price: 5_000 });
    const order = await placeOrder(buyer, [{ productId: id, quantity: 1 }]);
    await recordOutside(boss, order.id, { amount: 5_000, note: 'Looked nervous' }).expect(201);
    expect((await list(buyer, { orderId: order.id })).data).toMatchObject([
      { gateway: 'outside', note: null },
    ]);
    // The admin's own payments are another list.
    expect((await list(boss)).data).toEqual([]);
  });
});
