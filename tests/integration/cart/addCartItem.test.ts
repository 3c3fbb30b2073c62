import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Cart } from '../../../generated/openapi.js';
import { startTestApp } from '../../support/app.js';
import { bodyOf, cookieSet, lineOf, wrongPlaces } from '../../support/bodies.js';
import { aProduct, customer, equation, figures, type Agent } from '../../support/flows.js';
import { freezeCartOf, storedCartId } from '../../support/carts.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const add = (agent: Agent, productId: string, quantity: number) =>
  agent.post('/v1/cart/items').send({ productId, quantity });
const stockKey = (productId: string) => app.redis.get(`stock:${productId}`);

describe('200', () => {
  it('C2 takes the units off sale and writes the hold at once', async () => {
    const product = await aProduct(app, { stock: 10 });
    const answer = await add(app.agent(), product.id, 3).expect(200);
    const cartId = await storedCartId(app, answer);
    expect(await stockKey(product.id)).toBe('7');
    const hold = await app.redis.hgetall(`hold:${product.id}:${cartId}`);
    expect(Object.values(hold)).toContain('3');
    expect((await figures(app, product.id)).stock).toEqual({
      ...{ onHand: 10, available: 7, held: 3, carts: 3, orders: 0, adjustments: 0 },
    });
  });

  it('C1 gives a guest a cart and its cookie once, and adds to what is there', async () => {
    const product = await aProduct(app, { stock: 10 });
    const guest = app.agent();
    const first = await add(guest, product.id, 1).expect(200);
    expect(cookieSet(first, 'holdfast_cart')).toBeDefined();
    const second = await add(guest, product.id, 2).expect(200);
    expect(cookieSet(second, 'holdfast_cart')).toBeUndefined();
    expect(bodyOf<Cart>(second).id).toBe(bodyOf<Cart>(first).id);
    expect(lineOf(second, product.id)).toMatchObject({ quantity: 3, held: 3 });
    expect(await equation(app, product.id)).toMatchObject({ available: 7, carts: 3 });
  });

  it('C1 an unguessable id is all that a guest’s cart has for a lock', async () => {
    const product = await aProduct(app);
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const answer = await add(app.agent(), product.id, 1);
        const secret = await storedCartId(app, answer);
        expect(cookieSet(answer, 'holdfast_cart')).toContain(`=${secret};`);
        // What answers, and so logs and pages, name it by opens nothing.
        expect(JSON.stringify(answer.body)).not.toContain(secret);
        const { id } = bodyOf<Cart>(answer);
        const opened = await request(app.url)
          .get('/v1/cart')
          .set('Cookie', `holdfast_cart=${id ?? ''}`);
        expect(bodyOf<Cart>(opened)).toMatchObject({ id: null, items: [] });
        return secret;
      }),
    );
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id.length).toBeGreaterThanOrEqual(32);
  });

  it('C2 100 additions at once to a product with 10 units hold exactly 10', async () => {
    const product = await aProduct(app, { stock: 10 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        request(app.url).post('/v1/cart/items').send({ productId: product.id, quantity: 1 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(90);
    expect(await equation(app, product.id)).toMatchObject({ onHand: 10, available: 0, carts: 10 });
  });

  it('C1 of additions at once to one cart each counts, and the hold is what the cart says', async () => {
    const product = await aProduct(app, { stock: 50 });
    const buyer = await customer(app);
    await add(buyer, product.id, 1).expect(200);
    await Promise.all(Array.from({ length: 20 }, () => add(buyer, product.id, 1).expect(200)));
    const line = lineOf(await buyer.get('/v1/cart').expect(200), product.id);
    expect(line).toMatchObject({ quantity: 21, held: 21 });
    expect(await equation(app, product.id)).toMatchObject({ available: 29, carts: 21 });
  });
});

describe('400', () => {
  it.each(['0', '-1', '1.5', '"1"', '1e400', '100', 'true', 'null', '{"$ne":1}', '[1]', '1e-7'])(
    'C1 refuses the quantity %s, and holds nothing',
    async (quantity) => {
      const product = await aProduct(app, { stock: 5 });
      const text = `{"productId":"${product.id}","quantity":${quantity}}`;
      const answer = await request(app.url).post('/v1/cart/items').type('json').send(text).expect(400);
      expect(wrongPlaces(answer)).toContain('/body/quantity');
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
    },
  );
});

describe('404', () => {
  it('C1 tells what does not exist, and opens no cart for it', async () => {
    const answer = await add(app.agent(), 'nothing', 1).expect(404);
    expect(answer.body).toMatchObject({ code: 'not_found' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });
});

describe('409', () => {
  it('C2 all or nothing: short stock says what there is, and the cart stays as it was', async () => {
    const product = await aProduct(app, { stock: 3 });
    const guest = app.agent();
    await add(guest, product.id, 2).expect(200);
    const answer = await add(guest, product.id, 2).expect(409);
    expect(answer.body).toMatchObject({
      code: 'insufficient_stock',
      details: { lines: [{ productId: product.id, requested: 4, available: 3 }] },
    });
    expect(lineOf(await guest.get('/v1/cart'), product.id)).toMatchObject({ quantity: 2, held: 2 });
    expect(await equation(app, product.id)).toMatchObject({ available: 1, carts: 2 });
  });

  it('P1 an archived product is not sold any more', async () => {
    const product = await aProduct(app);
    await app.holdfast.services.catalog.archive(product.id);
    const answer = await add(app.agent(), product.id, 1).expect(409);
    expect(answer.body).toMatchObject({ code: 'product_unavailable' });
  });

  it('C1 a line has at most 99 units', async () => {
    const product = await aProduct(app, { stock: 200 });
    const guest = app.agent();
    await add(guest, product.id, 99).expect(200);
    expect((await add(guest, product.id, 1).expect(409)).body).toMatchObject({ code: 'cart_full' });
    expect(await equation(app, product.id)).toMatchObject({ available: 101, carts: 99 });
  });

  it('C1 a cart has at most 50 lines; one more holds nothing, a known one may still change', async () => {
    const products = await Promise.all(Array.from({ length: 51 }, () => aProduct(app, { stock: 5 })));
    const guest = app.agent();
    for (const product of products.slice(0, 50)) await add(guest, product.id, 1).expect(200);
    const [first, last] = [products[0], products[50]];
    const answer = await add(guest, last?.id ?? '', 1).expect(409);
    expect(answer.body).toMatchObject({ code: 'cart_full' });
    expect(await equation(app, last?.id ?? '')).toMatchObject({ available: 5, held: 0 });
    await add(guest, first?.id ?? '', 1).expect(200);
    expect(await equation(app, first?.id ?? '')).toMatchObject({ carts: 2 });
  });

  it('O1 while an order is being placed from the cart, it does not change', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await add(buyer, product.id, 1).expect(200);
    await freezeCartOf(app, buyer);
    expect((await add(buyer, product.id, 1).expect(409)).body).toMatchObject({ code: 'cart_busy' });
  });
});

describe('429', () => {
  it('C1 an address opens so many carts in an hour; those that it has go on', async () => {
    const bounded = await startTestApp({ env: { CARTS_PER_ADDRESS_HOURLY: '3' } });
    const product = await aProduct(bounded, { stock: 10 });
    const guests = Array.from({ length: 4 }, () => bounded.agent());
    const answers = [];
    for (const guest of guests) answers.push(await add(guest, product.id, 1));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const refused = answers[3];
    expect(refused?.body).toMatchObject({ code: 'rate_limited' });
    const left = answers.map(
      ({ headers }) => /^"new-carts-address"; r=(\d+); t=\d+$/.exec(headers['ratelimit'] as string)?.[1],
    );
    expect(left).toEqual(['2', '1', '0', '0']);
    for (const { headers } of answers)
      expect(headers['ratelimit-policy']).toBe('"new-carts-address"; q=3; w=3600');
    const seconds = Number(refused?.headers['retry-after']);
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    expect(refused?.headers).not.toHaveProperty('set-cookie');
    expect(await equation(bounded, product.id)).toMatchObject({ available: 7, carts: 3 });
    const further = await add(guests[0] ?? bounded.agent(), product.id, 1).expect(200);
    expect(further.headers).not.toHaveProperty('ratelimit');
    await bounded.stop();
  });

  it('C1 one cart that is asked for many times at once counts once, and the answer that opened it says so', async () => {
    const bounded = await startTestApp({ env: { CARTS_PER_ADDRESS_HOURLY: '1000' } });
    const product = await aProduct(bounded, { stock: 50 });
    const buyer = await customer(bounded);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => add(buyer, product.id, 1).expect(200)),
    );
    const told = answers.filter(({ headers }) => headers['ratelimit'] !== undefined).length;
    const next = await add(bounded.agent(), product.id, 1).expect(200);
    expect([told, next.headers['ratelimit']]).toEqual([1, expect.stringContaining('r=998;')]);
    await bounded.stop();
  });

  it('C1 a cart that did not come about for want of stock does not count', async () => {
    const bounded = await startTestApp({ env: { CARTS_PER_ADDRESS_HOURLY: '1' } });
    const product = await aProduct(bounded, { stock: 1 });
    for (let n = 0; n < 5; n += 1) await add(bounded.agent(), product.id, 2).expect(409);
    await add(bounded.agent(), product.id, 1).expect(200);
    await bounded.stop();
  });
});
