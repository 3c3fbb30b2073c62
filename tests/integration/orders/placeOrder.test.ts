import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ApiError, Cart, Order, OrderPage, User } from '../../../generated/openapi.js';
import { startTestApp } from '../../support/app.js';
import { storedCartId } from '../../support/carts.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  equation,
  figures,
  later,
  orderOf,
  pay,
  placeOrder,
  type Agent,
} from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const place = (agent: Agent, body: object, key: string = randomUUID()) =>
  agent.post('/v1/orders').set('Idempotency-Key', key).send(body);
const put = (agent: Agent, productId: string, quantity: number) =>
  agent.put(`/v1/cart/items/${productId}`).send({ quantity }).expect(200);
const cartLines = async (agent: Agent) =>
  bodyOf<Cart>(await agent.get('/v1/cart').expect(200)).items.map(
    ({ productId, quantity }): [string, number] => [productId, quantity],
  );

describe('201', () => {
  it('O1: turns a cart into an order that holds its units, and leaves a fresh cart', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await put(buyer, product.id, 2);
    const answer = await place(buyer, {}).expect(201);
    const order = bodyOf<Order>(answer);
    expect(order).toMatchObject({ status: 'pending', paymentStatus: 'pending', total: { amount: 259_800 } });
    expect(answer.headers['location']).toBe(`/v1/orders/${order.id}`);
    expect(await cartLines(buyer)).toEqual([]);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, available: 3, orders: 2, carts: 0 });
  });

  it('O1: places a list of items and leaves the cart alone', async () => {
    const [ordered, kept] = [await aProduct(app, { stock: 5, price: 10_000 }), await aProduct(app)];
    const buyer = await customer(app);
    await put(buyer, kept.id, 3);
    const items = [{ productId: ordered.id, quantity: 4 }];
    const shippingAddress = {
      name: 'Asha Rao',
      line1: '14 Church Street',
      city: 'Bengaluru',
      postalCode: '560001',
      country: 'IN',
    };
    const answer = await place(buyer, {
      items,
      shippingAddress,
      expectedTotal: { amount: 40_000, currency: 'INR' },
    }).expect(201);
    const body = bodyOf<Order>(answer);
    expect(body).toMatchObject({ total: { amount: 40_000 }, shippingAddress });
    expect(body.items).toEqual([
      expect.objectContaining({
        productId: ordered.id,
        quantity: 4,
        lineTotal: { amount: 40_000, currency: 'INR' },
      }),
    ]);
    expect(await cartLines(buyer)).toEqual([[kept.id, 3]]);
    expect(await equation(app, kept.id)).toMatchObject({ carts: 3, orders: 0 });
    expect(await equation(app, ordered.id)).toMatchObject({ available: 1, orders: 4 });
  });

  it("O1: a guest's cart is the customer's after signing in, and can be ordered", async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await put(guest, product.id, 2);
    const account = {
      name: 'Guest',
      email: `g${randomUUID()}@example.com`,
      password: 'correct horse battery',
    };
    await guest.post('/v1/auth/register').send(account).expect(201);
    const body = bodyOf<Order>(await place(guest, {}).expect(201));
    expect(body.items).toEqual([expect.objectContaining({ productId: product.id, quantity: 2 })]);
    expect(await cartLines(guest)).toEqual([]);
    expect(await equation(app, product.id)).toMatchObject({ available: 3, orders: 2, carts: 0 });
  });

  it('O1: answers 50 equal placements at once with one and the same order', async () => {
    const product = await aProduct(app, { stock: 60 });
    const buyer = await customer(app);
    await put(buyer, product.id, 1);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => place(buyer, {}, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => bodyOf<Order>(answer).id)).size).toBe(1);
    expect(await equation(app, product.id)).toMatchObject({ available: 59, orders: 1 });
  });

  it('O1: a repeat after the order was paid is answered with that order and holds nothing anew', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const key = randomUUID();
    const items = [{ productId: product.id, quantity: 2 }];
    const order = await placeOrder(buyer, items, key);
    await pay(app, buyer, order.id);
    const body = bodyOf<Order>(await place(buyer, { items }, key).expect(201));
    expect(body).toMatchObject({ id: order.id, status: 'paid' });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });

  it('O1: the same key of two customers is two orders', async () => {
    const product = await aProduct(app, { stock: 5 });
    const key = randomUUID();
    const items = [{ productId: product.id, quantity: 1 }];
    const [one, two] = [
      await placeOrder(await customer(app), items, key),
      await placeOrder(await customer(app), items, key),
    ];
    expect(one.id).not.toBe(two.id);
    expect(await equation(app, product.id)).toMatchObject({ available: 3, orders: 2 });
  });
});

describe('400', () => {
  it('O1: without an Idempotency-Key, or with one that is none, nothing is placed', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const items = [{ productId: product.id, quantity: 1 }];
    expect(wrongPlaces(await buyer.post('/v1/orders').send({ items }).expect(400))).toEqual([
      '/headers/idempotency-key',
    ]);
    await place(buyer, { items }, 'short').expect(400);
    await place(buyer, { items }, 'has a space in it').expect(400);
    expect(await equation(app, product.id)).toMatchObject({ available: 5 });
  });

  it('O1: a product that is listed twice is refused, saying where', async () => {
    const product = await aProduct(app, { stock: 5 });
    const items = [1, 2].map((quantity) => ({ productId: product.id, quantity }));
    const answer = await place(await customer(app), { items }).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/body/items/1/productId']);
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
  });

  it.each([
    ['no items', { items: [] }],
    ['a quantity of nothing', { items: [{ productId: 'some-product', quantity: 0 }] }],
    ['a quantity of a half', { items: [{ productId: 'some-product', quantity: 0.5 }] }],
    ['a field that the contract does not know', { total: 1 }],
    ['a price of the customer', { items: [{ productId: 'some-product', quantity: 1, unitPrice: 1 }] }],
  ])('O1: refuses %s', async (_, body) => {
    expect(codeOf(await place(await customer(app), body).expect(400))).toBe('validation_failed');
  });
});

describe('409', () => {
  it('O1: sells the last unit to one of two buyers', async () => {
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

  it('O1: names each of two lines that fell short of three, and changes nothing', async () => {
    const products = await Promise.all([5, 1, 2].map((stock) => aProduct(app, { stock })));
    const items = products.map(({ id }) => ({ productId: id, quantity: 3 }));
    const body = bodyOf<ApiError>(await place(await customer(app), { items }).expect(409));
    expect(body.code).toBe('insufficient_stock');
    expect(body.details?.lines).toEqual(
      products.slice(1).map(({ id, available }) => ({ productId: id, requested: 3, available })),
    );
    for (const { id, available } of products)
      expect(await equation(app, id)).toMatchObject({ available, held: 0 });
  });

  it('O1: a cart whose holds have lapsed and whose units are gone keeps its lines and can be changed', async () => {
    const [scarce, plenty] = [await aProduct(app, { stock: 2 }), await aProduct(app, { stock: 9 })];
    const buyer = await customer(app);
    await put(buyer, scarce.id, 2);
    await put(buyer, plenty.id, 1);
    await later(app, 31 * 60_000);
    await placeOrder(await customer(app), [{ productId: scarce.id, quantity: 1 }]);
    const body = bodyOf<ApiError>(await place(buyer, {}).expect(409));
    expect(body.details?.lines).toEqual([{ productId: scarce.id, requested: 2, available: 1 }]);
    expect(new Map(await cartLines(buyer))).toEqual(
      new Map([
        [scarce.id, 2],
        [plenty.id, 1],
      ]),
    );
    await equation(app, scarce.id);
    await equation(app, plenty.id);
    await put(buyer, scarce.id, 1);
    await place(buyer, {}).expect(201);
  });

  it('O1: another total than the customer saw is refused with the true one', async () => {
    const product = await aProduct(app, { stock: 5, price: 10_000 });
    const buyer = await customer(app);
    await put(buyer, product.id, 2);
    const wrong = { expectedTotal: { amount: 19_999, currency: 'INR' } };
    const body = bodyOf<ApiError>(await place(buyer, wrong).expect(409));
    expect(body).toMatchObject({
      code: 'total_changed',
      details: { total: { amount: 20_000, currency: 'INR' } },
    });
    await place(buyer, { expectedTotal: { amount: 20_000, currency: 'USD' } }).expect(409);
    // Asked again with the true total, and not held up by the first attempt.
    await place(buyer, { expectedTotal: { amount: 20_000, currency: 'INR' } }).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ available: 3, orders: 2, carts: 0 });
  });

  it('O1: an archived product, and one that never was, cannot be ordered', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await put(buyer, product.id, 1);
    await (await admin(app)).delete(`/v1/admin/products/${product.id}`).expect(204);
    const lines = [{ productId: product.id, requested: 1, available: 0 }];
    expect((await place(buyer, {}).expect(409)).body).toMatchObject({
      code: 'product_unavailable',
      details: { lines },
    });
    const items = [{ productId: 'never-was-a-product', quantity: 1 }];
    expect(codeOf(await place(buyer, { items }).expect(409))).toBe('product_unavailable');
    await equation(app, product.id);
  });

  it('O1: an empty cart, and no cart at all, is nothing to order', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    expect(codeOf(await place(buyer, {}).expect(409))).toBe('cart_empty');
    await put(buyer, product.id, 1);
    await buyer.delete('/v1/cart').expect(200);
    expect(codeOf(await place(buyer, {}).expect(409))).toBe('cart_empty');
  });

  it('O1: while an order is being placed from the cart a second one is refused, and goes through later', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const cartId = await storedCartId(app, await put(buyer, product.id, 1));
    const frozenAt = String(Date.now() + app.holdfast.clock.aheadMs());
    await app.redis.hset(`cart:${cartId}`, 'frozen', 'the-key-of-another', 'frozenAt', frozenAt);
    expect(codeOf(await place(buyer, {}).expect(409))).toBe('cart_busy');
    app.holdfast.clock.advance(61_000);
    await place(buyer, {}).expect(201);
    expect(await equation(app, product.id)).toMatchObject({ available: 4, orders: 1, carts: 0 });
  });

  it('O1: of 20 orders at once as many stand as an account may leave unpaid, and the others hold nothing', async () => {
    const bounded = await startTestApp({ env: { UNPAID_ORDERS_PER_ACCOUNT: '4' } });
    try {
      const product = await aProduct(bounded, { stock: 40 });
      const buyer = await customer(bounded);
      const items = [{ productId: product.id, quantity: 1 }];
      const answers = await Promise.all(Array.from({ length: 20 }, () => place(buyer, { items })));
      const placed = answers.filter(({ status }) => status === 201).length;
      // Some may give up in the crowd, and come again.
      for (const { status } of answers) expect([201, 409, 503]).toContain(status);
      const refused = answers.filter(({ status }) => status === 409).map(codeOf);
      expect(new Set(refused)).toEqual(new Set(['too_many_unpaid_orders']));
      for (let more = placed; more < 4; more += 1) await place(buyer, { items }).expect(201);
      const last = await place(buyer, { items }).expect(409);
      expect(bodyOf<ApiError>(last)).toMatchObject({
        code: 'too_many_unpaid_orders',
        message: '4 orders of yours wait to be paid. Pay or cancel one before you place another.',
      });
      const { data } = bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200));
      expect(data.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'pending']);
      expect(await equation(bounded, product.id)).toMatchObject({ available: 36, orders: 4, carts: 0 });

      // Its cart is as it was; somebody else is not concerned; one that is paid, and one that is cancelled, make room.
      await put(buyer, product.id, 2);
      expect(codeOf(await place(buyer, {}).expect(409))).toBe('too_many_unpaid_orders');
      await put(buyer, product.id, 3);
      await placeOrder(await customer(bounded), items);
      await pay(bounded, buyer, data[0]?.id ?? '');
      await place(buyer, {}).expect(201);
      await place(buyer, { items }).expect(409);
      await buyer.post(`/v1/orders/${data[1]?.id}/cancel`).send({}).expect(200);
      await place(buyer, { items }).expect(201);
    } finally {
      await bounded.stop();
    }
  });

  it('O1: a cart that an order has left behind is not ordered twice', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const cartId = await storedCartId(app, await put(buyer, product.id, 1));
    const [lines, user] = [
      await app.redis.hgetall(`cart:${cartId}`),
      bodyOf<User>(await buyer.get('/v1/users/me').expect(200)).id,
    ];
    const order = bodyOf<Order>(await place(buyer, {}).expect(201));
    await pay(app, buyer, order.id);
    // As after a crash between the order and the end of its cart.
    await app.redis.hset(`cart:${cartId}`, lines);
    await app.redis.set(`usercart:${user}`, cartId);
    expect(codeOf(await place(buyer, {}).expect(409))).toBe('cart_empty');
    expect(await cartLines(buyer)).toEqual([]);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 4, available: 4, held: 0 });
    expect(bodyOf<OrderPage>(await buyer.get('/v1/orders').expect(200)).pagination.total).toBe(1);
  });
});

describe('422', () => {
  it('O1: a key that was used for another order is refused, and the first order stands', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const key = randomUUID();
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }], key);
    const items = [{ productId: product.id, quantity: 2 }];
    expect(codeOf(await place(buyer, { items }, key).expect(422))).toBe('idempotency_key_reused');
    expect(codeOf(await place(buyer, {}, key).expect(422))).toBe('idempotency_key_reused');
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending' });
    expect(await equation(app, product.id)).toMatchObject({ available: 4, orders: 1 });
  });
});

describe('an order afterwards', () => {
  it('O6, N3: is paid by a signed webhook: on hand goes down, holds are only deleted, one mail is sent', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    await pay(app, buyer, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', paymentStatus: 'completed' });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    await app.holdfast.jobs.run('mail');
    const mails = app.ses.mails(buyer.email).filter(({ subject }) => subject.includes(order.number));
    expect(mails).toHaveLength(1);
  });

  it('O5: gives its stock back when nobody pays it in time', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 2 }]);
    await later(app, 16 * 60_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending_stock_rolledback' });
    expect((await figures(app, product.id)).stock).toMatchObject({ onHand: 5, available: 5, held: 0 });
  });
});
