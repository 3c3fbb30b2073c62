import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminProduct, Cart } from '../../../generated/openapi.js';
import { storedCartId } from '../../support/carts.js';
import { bodyOf, cookieSet, lineOf } from '../../support/bodies.js';
import { aProduct, customer, equation, later, PASSWORD, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const MINUTE = 60_000;
const put = (agent: Agent, product: AdminProduct, quantity: number) =>
  agent.put(`/v1/cart/items/${product.id}`).send({ quantity }).expect(200);
const read = (agent: Agent) => agent.get('/v1/cart').expect(200);
const withCookie = (cartId: string) =>
  request(app.url).get('/v1/cart').set('Cookie', `holdfast_cart=${cartId}`).expect(200);
const signIn = (agent: Agent, email: string) =>
  agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);

describe('200', () => {
  it('C1 whoever has no cart gets an empty one, and no cookie for having looked', async () => {
    const answer = await request(app.url).get('/v1/cart').expect(200);
    expect(answer.body).toMatchObject({ id: null, items: [], total: { amount: 0, currency: 'INR' } });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('C1 shows lines, holds, when they lapse by the server’s time, and the total', async () => {
    const [lamp, shade] = [await aProduct(app, { price: 1_000 }), await aProduct(app, { price: 250 })];
    const guest = app.agent();
    await put(guest, lamp, 2);
    await put(guest, shade, 3);
    const answer = await read(guest);
    const { serverTime, total, items } = bodyOf<Cart>(answer);
    expect(total).toEqual({ amount: 2_750, currency: 'INR' });
    expect(items).toHaveLength(2);
    const line = lineOf(answer, lamp.id);
    expect(line).toMatchObject({
      ...{ sku: lamp.sku, name: lamp.name, quantity: 2, held: 2, problems: [] },
      unitPrice: { amount: 1_000 },
      lineTotal: { amount: 2_000 },
    });
    const leftMs = Date.parse(line.holdLapsesAt ?? '') - Date.parse(serverTime);
    expect(leftMs).toBeGreaterThan(29 * MINUTE);
    expect(leftMs).toBeLessThanOrEqual(30 * MINUTE);
  });

  it('C1 reading does not renew a hold', async () => {
    const product = await aProduct(app);
    const guest = app.agent();
    const before = lineOf(await put(guest, product, 1), product.id).holdLapsesAt;
    app.holdfast.clock.advance(MINUTE);
    expect(lineOf(await read(guest), product.id).holdLapsesAt).toBe(before);
  });

  it('C1 a guest’s cart is found by its HTTP-only cookie', async () => {
    const product = await aProduct(app);
    const guest = app.agent();
    const answer = await put(guest, product, 1);
    const [{ id }, secret] = [bodyOf<Cart>(answer), await storedCartId(app, answer)];
    expect(cookieSet(answer, 'holdfast_cart')).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(bodyOf<Cart>(await withCookie(secret))).toMatchObject({
      id,
      items: [{ productId: product.id }],
    });
  });

  it('C1 a user has the same cart on every device', async () => {
    const product = await aProduct(app);
    const phone = await customer(app);
    const { id } = bodyOf<Cart>(await put(phone, product, 1));
    const laptop = app.agent();
    await signIn(laptop, phone.email);
    expect(bodyOf<Cart>(await read(laptop)).id).toBe(id);
  });

  it('C1 the cart of a user is not shown to somebody who merely knows its id', async () => {
    const product = await aProduct(app);
    const secret = await storedCartId(app, await put(await customer(app), product, 1));
    expect(bodyOf<Cart>(await withCookie(secret))).toMatchObject({ id: null, items: [] });
    const stranger = await customer(app);
    const answer = await stranger.get('/v1/cart').set('Cookie', `holdfast_cart=${secret}`);
    expect(bodyOf<Partial<Cart>>(answer).items ?? []).toEqual([]);
  });

  it('C1 a cart that does not exist is none', async () => {
    expect(bodyOf<Cart>(await withCookie('nothing-has-this-id'))).toMatchObject({ id: null, items: [] });
  });

  it.each(['no id at all', '../../x', '%7B%22a%22%3A1%7D', ''])(
    'C1 a cookie that was never given out (%j) is none, and a new cart takes its place',
    async (value) => {
      expect(bodyOf<Cart>(await withCookie(value))).toMatchObject({ id: null, items: [] });
      const product = await aProduct(app);
      const added = await request(app.url)
        .put(`/v1/cart/items/${product.id}`)
        .set('Cookie', `holdfast_cart=${value}`)
        .send({ quantity: 1 })
        .expect(200);
      expect(cookieSet(added, 'holdfast_cart')).toBeDefined();
    },
  );
});

describe('adoption at sign-in', () => {
  it('C1 a guest’s cart becomes the user’s with its holds, and its cookie is removed', async () => {
    const product = await aProduct(app, { stock: 4 });
    const { email } = await customer(app);
    const agent = app.agent();
    const added = await put(agent, product, 3);
    const [{ id }, secret] = [bodyOf<Cart>(added), await storedCartId(app, added)];
    const answer = await signIn(agent, email);
    expect(cookieSet(answer, 'holdfast_cart')).toMatch(/^holdfast_cart=;/);
    expect(bodyOf<Cart>(await read(agent))).toMatchObject({ id, items: [{ quantity: 3, held: 3 }] });
    expect(bodyOf<Cart>(await read(agent)).id).toBe(id);
    expect(bodyOf<Cart>(await withCookie(secret)).items).toEqual([]);
    expect(await equation(app, product.id)).toMatchObject({ available: 1, carts: 3 });
  });

  it('C1 two users cannot adopt one cart', async () => {
    const product = await aProduct(app);
    const guest = app.agent();
    const added = await put(guest, product, 1);
    const [{ id }, secret] = [bodyOf<Cart>(added), await storedCartId(app, added)];
    const users = [await customer(app), await customer(app)];
    const tokens = await Promise.all(
      users.map(async ({ email }) => {
        const answer = await request(app.url).post('/v1/auth/token').send({ email, password: PASSWORD });
        return bodyOf<{ token: string }>(answer).token;
      }),
    );
    const answers = await Promise.all(
      tokens.map((token) =>
        request(app.url)
          .get('/v1/cart')
          .set({ Authorization: `Bearer ${token}`, Cookie: `holdfast_cart=${secret}` }),
      ),
    );
    expect(answers.filter((answer) => bodyOf<Cart>(answer).id === id)).toHaveLength(1);
  });
});

describe('problems', () => {
  it('C4 a hold lapses after 30 minutes: its units go back, the line stays, and is held again when touched', async () => {
    const product = await aProduct(app, { stock: 5 });
    const guest = app.agent();
    await put(guest, product, 2);
    app.holdfast.clock.advance(29 * MINUTE);
    await later(app, 0);
    expect(lineOf(await read(guest), product.id)).toMatchObject({ held: 2, problems: [] });
    await later(app, 2 * MINUTE);
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
    expect(lineOf(await read(guest), product.id)).toMatchObject({
      ...{ quantity: 2, held: 0, holdLapsesAt: null, problems: ['not_held'] },
    });
    expect(await equation(app, product.id)).toMatchObject({ available: 5, held: 0 });
    expect(lineOf(await put(guest, product, 2), product.id)).toMatchObject({ held: 2, problems: [] });
    expect(await equation(app, product.id)).toMatchObject({ available: 3, carts: 2 });
  });

  it('C1 shows a line as short when somebody else took what had lapsed', async () => {
    const product = await aProduct(app, { stock: 2 });
    const [slow, quick] = [app.agent(), app.agent()];
    await put(slow, product, 2);
    await later(app, 31 * MINUTE);
    await put(quick, product, 1);
    expect(lineOf(await read(slow), product.id)).toMatchObject({ held: 0, problems: ['not_held', 'short'] });
  });

  it('C1 shows a changed price until the line is set anew', async () => {
    const product = await aProduct(app, { price: 1_000 });
    const guest = app.agent();
    await put(guest, product, 2);
    await app.holdfast.services.catalog.update(product.id, {
      version: 1,
      price: { amount: 1_200, currency: 'INR' },
    });
    const answer = await read(guest);
    expect(lineOf(answer, product.id)).toMatchObject({
      ...{ unitPrice: { amount: 1_200 }, lineTotal: { amount: 2_400 }, problems: ['price_changed'] },
    });
    expect(bodyOf<Cart>(answer).total.amount).toBe(2_400);
    expect(lineOf(await put(guest, product, 2), product.id).problems).toEqual([]);
  });

  it('C1 shows an archived product, and counts it for nothing', async () => {
    const [gone, kept] = [await aProduct(app, { price: 500 }), await aProduct(app, { price: 70 })];
    const guest = app.agent();
    await put(guest, gone, 1);
    await put(guest, kept, 1);
    await app.holdfast.services.catalog.archive(gone.id);
    const answer = await read(guest);
    expect(lineOf(answer, gone.id)).toMatchObject({ problems: ['archived'] });
    expect(bodyOf<Cart>(answer).total.amount).toBe(70);
  });
});
