import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Order, User } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { aProduct, customer, equation, PASSWORD, pay, placeOrder } from '../../support/flows.js';
import { anAdmin, aPerson } from '../../support/people.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const admin = await anAdmin(app);

const remove = (userId: string, by = admin) => by.agent.delete(`/v1/admin/users/${userId}`);

describe('204', () => {
  it('U5: the account is gone and its sessions are over', async () => {
    const person = await aPerson(app);
    await remove(person.id).expect(204);
    await admin.agent.get(`/v1/admin/users/${person.id}`).expect(404);
    await person.agent.get('/v1/users/me').expect(401);
    await request(app.url).get('/v1/users/me').set(bearer(person.token)).expect(401);
    const { email } = person;
    await request(app.url).post('/v1/auth/login').send({ email, password: PASSWORD }).expect(401);
  });

  it('U5: its e-mail address is free for a new account, which has nothing of the old one', async () => {
    const { id, email, agent } = await aPerson(app);
    const product = await aProduct(app);
    await placeOrder(agent, [{ productId: product.id, quantity: 1 }]);
    await remove(id).expect(204);
    const fresh = app.agent();
    const account = { name: 'Somebody Else', email, password: PASSWORD };
    const created = await fresh.post('/v1/auth/register').send(account).expect(201);
    expect(bodyOf<User>(created).id).not.toBe(id);
    expect((await fresh.get('/v1/orders').expect(200)).body).toMatchObject({ data: [] });
    expect((await fresh.get('/v1/users/me/addresses').expect(200)).body).toEqual({ data: [] });
  });

  it('U5, C4: what its cart holds goes back on sale at once', async () => {
    const person = await aPerson(app);
    const [lamp, shade] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    for (const { id } of [lamp, shade])
      await person.agent.put(`/v1/cart/items/${id}`).send({ quantity: 3 }).expect(200);
    await placeOrder(person.agent, [{ productId: lamp.id, quantity: 1 }]);
    await remove(person.id).expect(204);
    expect(await equation(app, lamp.id)).toMatchObject({ available: 4, carts: 0, orders: 1 });
    expect(await equation(app, shade.id)).toMatchObject({ available: 5, held: 0 });
    expect(await app.redis.exists(`usercart:${person.id}`)).toBe(0);
  });

  it('U5, O2: orders keep their copy of who bought, and are still paid', async () => {
    const buyer = await customer(app, 'Meera Iyer');
    const { id } = bodyOf<User>(await buyer.get('/v1/users/me').expect(200));
    const product = await aProduct(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await pay(app, buyer, order.id);
    await remove(id).expect(204);
    const kept = bodyOf<Order>(await admin.agent.get(`/v1/orders/${order.id}`).expect(200));
    expect(kept).toMatchObject({
      status: 'paid',
      customer: { userId: id, name: 'Meera Iyer', email: buyer.email },
    });
  });
});

describe('404', () => {
  it('U5: cannot be done twice', async () => {
    const { id } = await aPerson(app);
    await remove(id).expect(204);
    expect(codeOf(await remove(id).expect(404))).toBe('not_found');
  });

  it('U5: five at once delete once', async () => {
    const { id } = await aPerson(app);
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  });
});

describe('409', () => {
  it('U6: nobody deletes their own account here', async () => {
    expect(codeOf(await remove(admin.id).expect(409))).toBe('own_account');
    await admin.agent.get('/v1/admin/users').expect(200);
  });
});

describe('two admins who delete each other at the same time', () => {
  it('U6: one of them stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = [await anAdmin(app), await anAdmin(app)] as const;
      const [first, second] = pair;
      const answers = await Promise.all([remove(second.id, first), remove(first.id, second)]);
      const statuses = answers.map(({ status }) => status).sort();
      expect([
        [204, 401],
        [204, 403],
      ]).toContainEqual(statuses);
      const left = await Promise.all(pair.map(({ id }) => admin.agent.get(`/v1/admin/users/${id}`)));
      expect(left.map(({ status }) => status).sort()).toEqual([200, 404]);
    }
  });
});
