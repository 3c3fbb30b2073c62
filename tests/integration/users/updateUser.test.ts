import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminUser, Cart } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { aProduct, equation, PASSWORD } from '../../support/flows.js';
import { accountOf, anAdmin, aPerson } from '../../support/people.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const admin = await anAdmin(app);

const update = (userId: string, body: object, by = admin) =>
  by.agent.patch(`/v1/admin/users/${userId}`).send(body);
const signIn = (email: string) => request(app.url).post('/v1/auth/login').send({ email, password: PASSWORD });
const profile = (token: string) => request(app.url).get('/v1/users/me').set(bearer(token));

describe('200', () => {
  it('U5: changes what is sent, leaves the rest, and keeps the sessions', async () => {
    const person = await aPerson(app);
    const answer = await update(person.id, { version: 1, name: 'Meera Iyer', phone: '+44 20 7946 0000' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ name: 'Meera Iyer', role: 'user', blocked: false, version: 2 });
    expect(await accountOf(admin, person.id)).toEqual(answer.body);
    await person.agent.get('/v1/users/me').expect(200);
  });

  it('U5, U2: blocking ends every session at the next request, and nobody signs in until it ends', async () => {
    const person = await aPerson(app);
    await update(person.id, { version: 1, blocked: true }).expect(200);
    await person.agent.get('/v1/users/me').expect(401);
    await profile(person.token).expect(401);
    for (const path of ['/v1/auth/login', '/v1/auth/token']) {
      const send = (password: string) => request(app.url).post(path).send({ email: person.email, password });
      const refused = await send(PASSWORD).expect(403);
      expect(codeOf(refused)).toBe('account_blocked');
      expect(refused.headers).not.toHaveProperty('set-cookie');
      // Who does not know the password does not learn that the account is blocked.
      expect(codeOf(await send('wrong horse battery').expect(401))).toBe('invalid_credentials');
    }
    await update(person.id, { version: 2, blocked: false }).expect(200);
    await profile(person.token).expect(401);
    await signIn(person.email).expect(200);
  });

  it('U5, C4: a blocked account holds nothing any more, and finds its lines when it is back', async () => {
    const person = await aPerson(app);
    const { id } = await aProduct(app, { stock: 5 });
    await person.agent.put(`/v1/cart/items/${id}`).send({ quantity: 3 }).expect(200);
    await update(person.id, { version: 1, blocked: true }).expect(200);
    expect(await equation(app, id)).toMatchObject({ available: 5, held: 0 });
    await update(person.id, { version: 2, blocked: false }).expect(200);
    await person.agent.post('/v1/auth/login').send({ email: person.email, password: PASSWORD }).expect(200);
    const cart = await person.agent.get('/v1/cart').expect(200);
    expect(bodyOf<Cart>(cart).items).toMatchObject([{ quantity: 3, held: 0, problems: ['not_held'] }]);
  });

  it('U6: another role ends every session, and counts from the next sign-in', async () => {
    const person = await aPerson(app);
    await update(person.id, { version: 1, role: 'admin' }).expect(200);
    await profile(person.token).expect(401);
    await person.agent.post('/v1/auth/login').send({ email: person.email, password: PASSWORD }).expect(200);
    await person.agent.get('/v1/admin/users').expect(200);
    await update(person.id, { version: 2, role: 'user' }).expect(200);
    await person.agent.get('/v1/admin/users').expect(401);
  });

  it('U5: an admin may change their own name, and say again what they are', async () => {
    const own = await anAdmin(app);
    await update(own.id, { version: 1, name: 'Boss', role: 'admin', blocked: false }, own).expect(200);
    await own.agent.get('/v1/admin/users').expect(200);
  });
});

describe('404', () => {
  it('U5: there is no such account', async () => {
    await update('nobody', { version: 1, blocked: true }).expect(404);
  });
});

describe('409', () => {
  it('U5: a version that is not the present one changes nothing', async () => {
    const person = await aPerson(app);
    await update(person.id, { version: 1, name: 'First' }).expect(200);
    const stale = await update(person.id, { version: 1, blocked: true }).expect(409);
    expect(codeOf(stale)).toBe('version_conflict');
    expect(await accountOf(admin, person.id)).toMatchObject({ name: 'First', blocked: false, version: 2 });
  });

  it('U5: of five changes at once from one version exactly one is made', async () => {
    const person = await aPerson(app);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => update(person.id, { version: 1, name: `Name ${i}` })),
    );
    const made = answers.filter(({ status }) => status === 200);
    expect(made).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'version_conflict')).toHaveLength(4);
    expect((await accountOf(admin, person.id)).name).toBe(bodyOf<AdminUser>(made[0] ?? { body: {} }).name);
  });

  it.each([{ role: 'user' }, { blocked: true }])(
    'U6: an admin does not bring themselves down by %j',
    async (fall) => {
      const answer = await update(admin.id, { version: 1, ...fall }).expect(409);
      expect(codeOf(answer)).toBe('own_account');
      await admin.agent.get('/v1/admin/users').expect(200);
    },
  );

  it.each([{ role: 'user' }, { blocked: true }])(
    'U6: of two admins who bring each other down by %j at the same time, one stays',
    async (fall) => {
      for (let round = 0; round < 5; round += 1) {
        const pair = [await anAdmin(app), await anAdmin(app)] as const;
        const [first, second] = pair;
        const answers = await Promise.all([
          update(second.id, { version: 1, ...fall }, first),
          update(first.id, { version: 1, ...fall }, second),
        ]);
        const statuses = answers.map(({ status }) => status).sort();
        expect([
          [200, 401],
          [200, 403],
        ]).toContainEqual(statuses);
        const left = await Promise.all(pair.map(({ id }) => accountOf(admin, id)));
        expect(left.filter(({ role, blocked }) => role === 'admin' && !blocked)).toHaveLength(1);
      }
    },
  );
});
