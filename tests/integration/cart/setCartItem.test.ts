import { describe, expect, it } from '@jest/globals';
import type { Cart } from '../../../generated/openapi.js';
import { startTestApp } from '../../support/app.js';
import { bodyOf, lineOf, wrongPlaces } from '../../support/bodies.js';
import { freezeCartOf } from '../../support/carts.js';
import { aProduct, customer, equation, later, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const MINUTE = 60_000;
const set = (agent: Agent, productId: string, quantity: unknown) =>
  agent.put(`/v1/cart/items/${productId}`).send({ quantity });

describe('200', () => {
  it('C2 makes the line have exactly so many units, holding or giving back the difference', async () => {
    const product = await aProduct(app, { stock: 10 });
    const guest = app.agent();
    for (const quantity of [2, 5, 3, 10, 1]) {
      const answer = await set(guest, product.id, quantity).expect(200);
      expect(lineOf(answer, product.id)).toMatchObject({ quantity, held: quantity });
      expect(await equation(app, product.id)).toMatchObject({ available: 10 - quantity, carts: quantity });
    }
  });

  it('C2 repeated, also 20 times at once, changes nothing but the time', async () => {
    const product = await aProduct(app, { stock: 10 });
    const guest = app.agent();
    const first = lineOf(await set(guest, product.id, 4).expect(200), product.id);
    app.holdfast.clock.advance(MINUTE);
    const answers = await Promise.all(Array.from({ length: 20 }, () => set(guest, product.id, 4)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await equation(app, product.id)).toMatchObject({ available: 6, carts: 4 });
    const again = lineOf(await guest.get('/v1/cart'), product.id);
    expect(Date.parse(again.holdLapsesAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first.holdLapsesAt ?? '') + MINUTE,
    );
  });

  it('C2 a user’s first two lines at once go into one cart', async () => {
    const products = await Promise.all([aProduct(app), aProduct(app)]);
    const buyer = await customer(app);
    const answers = await Promise.all(products.map(({ id }) => set(buyer, id, 1).expect(200)));
    expect(new Set(answers.map((answer) => bodyOf<Cart>(answer).id)).size).toBe(1);
    expect(bodyOf<Cart>(await buyer.get('/v1/cart')).items).toHaveLength(2);
  });

  it('C2 two carts that want the last units: one gets them', async () => {
    const product = await aProduct(app, { stock: 3 });
    const answers = await Promise.all([set(app.agent(), product.id, 2), set(app.agent(), product.id, 2)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await equation(app, product.id)).toMatchObject({ available: 1, carts: 2 });
  });

  it('O1 a cart whose placement has died thaws by itself', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    await set(buyer, product.id, 1).expect(200);
    await freezeCartOf(app, buyer);
    await set(buyer, product.id, 2).expect(409);
    app.holdfast.clock.advance(MINUTE + 1_000);
    expect(lineOf(await set(buyer, product.id, 2).expect(200), product.id)).toMatchObject({ held: 2 });
    expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 2 });
  });
});

describe('400', () => {
  it.each([0, -1, 1.5, '1', 100, null, { $ne: 1 }, [1], true])(
    'C1 refuses the quantity %j, and leaves the line as it was',
    async (quantity) => {
      const product = await aProduct(app, { stock: 5 });
      const guest = app.agent();
      await set(guest, product.id, 2).expect(200);
      expect(wrongPlaces(await set(guest, product.id, quantity).expect(400))).toContain('/body/quantity');
      expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 2 });
    },
  );
});

describe('404', () => {
  it('C1 tells what does not exist', async () => {
    expect((await set(app.agent(), 'nothing', 1).expect(404)).body).toMatchObject({ code: 'not_found' });
  });
});

describe('409', () => {
  it('C2 short stock counts what the cart holds already, and changes nothing', async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await set(guest, product.id, 2).expect(200);
    const answer = await set(guest, product.id, 6).expect(409);
    expect(answer.body).toMatchObject({
      code: 'insufficient_stock',
      details: { lines: [{ productId: product.id, requested: 6, available: 5 }] },
    });
    expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 2 });
  });

  it('C4 a line whose units somebody else has taken meanwhile stays, and says what there is', async () => {
    const product = await aProduct(app, { stock: 2 });
    const [slow, quick] = [app.agent(), app.agent()];
    await set(slow, product.id, 2).expect(200);
    await later(app, 31 * MINUTE);
    await set(quick, product.id, 1).expect(200);
    const answer = await set(slow, product.id, 2).expect(409);
    expect(answer.body).toMatchObject({ details: { lines: [{ requested: 2, available: 1 }] } });
    expect(lineOf(await set(slow, product.id, 1).expect(200), product.id)).toMatchObject({ held: 1 });
    expect(await equation(app, product.id)).toMatchObject({ available: 0, carts: 2 });
  });

  it('P1 an archived product is not sold any more', async () => {
    const product = await aProduct(app);
    const guest = app.agent();
    await set(guest, product.id, 1).expect(200);
    await app.holdfast.services.catalog.archive(product.id);
    expect((await set(guest, product.id, 2).expect(409)).body).toMatchObject({ code: 'product_unavailable' });
  });
});

describe('429', () => {
  it('C1 an address opens so many carts in an hour; those that it has go on', async () => {
    const bounded = await startTestApp({ env: { CARTS_PER_ADDRESS_HOURLY: '1' } });
    try {
      const product = await aProduct(bounded, { stock: 10 });
      const [first, second] = [bounded.agent(), bounded.agent()];
      const opened = await set(first, product.id, 1).expect(200);
      expect(opened.headers['ratelimit']).toMatch(/^"new-carts-address"; r=0; t=\d+$/);
      const refused = await set(second, product.id, 1).expect(429);
      expect(refused.body).toMatchObject({ code: 'rate_limited' });
      expect(refused.headers).toMatchObject({
        'ratelimit-policy': '"new-carts-address"; q=1; w=3600',
        'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      });
      await set(first, product.id, 3).expect(200);
      expect(await equation(bounded, product.id)).toMatchObject({ available: 7, carts: 3 });
    } finally {
      await bounded.stop();
    }
  });
});
