import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aProduct,
  customer,
  equation,
  figures,
  later,
  orderOf,
  pay,
  placeOrder,
} from '../../support/flows.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const place = (agent: ReturnType<TestApp['agent']>, body: object, key: string = randomUUID()) =>
  agent.post('/v1/orders').set('Idempotency-Key', key).send(body);

describe('201', () => {
  it('turns a cart into an order that holds its units, and leaves a fresh cart', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    const { body: order } = await place(buyer, {}).expect(201);
    expect(order).toMatchObject({ status: 'pending', paymentStatus: 'pending', total: { amount: 259_800 } });
    expect((await buyer.get('/v1/cart')).body.items).toEqual([]);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, orders: 2, carts: 0 });
  });

  it('answers 50 equal placements at once with one and the same order', async () => {
    const product = await aProduct(app, { stock: 60 });
    const buyer = await customer(app);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 1 }).expect(200);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => place(buyer, {}, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await equation(app, product.id)).toMatchObject({ available: 59, orders: 1 });
  });
});

describe('409', () => {
  it('sells the last unit to one of two buyers', async () => {
    const product = await aProduct(app, { stock: 1 });
    const buyers = await Promise.all([customer(app), customer(app)]);
    const items = [{ productId: product.id, quantity: 1 }];
    const answers = await Promise.all(buyers.map((buyer) => place(buyer, { items })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      success: false,
      code: 'insufficient_stock',
      details: { lines: [{ productId: product.id, requested: 1, available: 0 }] },
    });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 1, available: 0, orders: 1 });
  });
});

describe('an order afterwards', () => {
  it('is paid by a signed webhook: on hand goes down, holds are only deleted, one mail is sent', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    await pay(app, buyer, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', paymentStatus: 'completed' });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    await app.holdfast.jobs.run('mail');
    const mails = (await app.ses.mails()).filter(({ to }) => JSON.stringify(to).includes(buyer.email));
    expect(mails.filter(({ subject }) => subject.includes(order.number))).toHaveLength(1);
  });

  it('gives its stock back when nobody pays it in time', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    await later(app, 16 * 60_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending_stock_rolledback' });
    expect((await figures(app, product.id)).stock).toMatchObject({ onHand: 5, available: 5, held: 0 });
  });
});
