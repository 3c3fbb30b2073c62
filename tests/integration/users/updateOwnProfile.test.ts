import { describe, expect, it } from '@jest/globals';
import type { AdminUser, User } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { accountOf, anAdmin, aPerson } from '../../support/people.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('U3: changes what is sent, leaves the rest, and keeps the session', async () => {
    const { agent, email } = await aPerson(app);
    const change = (body: object) => agent.patch('/v1/users/me').send(body).expect(200);
    expect((await change({ name: '  Meera Iyer ' })).body).toMatchObject({ name: 'Meera Iyer', phone: null });
    expect((await change({ phone: '+91 98450 12345' })).body).toMatchObject({
      name: 'Meera Iyer',
      phone: '+91 98450 12345',
    });
    const last = await change({ phone: null });
    expect(last.body).toMatchObject({ name: 'Meera Iyer', phone: null, email, role: 'user' });
    expect((await agent.get('/v1/users/me').expect(200)).body).toEqual(last.body);
  });

  it('U3, U5: what has changed is found by its new words, and by its old ones no more', async () => {
    const [admin, person] = [await anAdmin(app), await aPerson(app, 'Lakshmi Narayan')];
    const found = async (q: string): Promise<string[]> => {
      const answer = await admin.agent.get('/v1/admin/users').query({ q }).expect(200);
      return bodyOf<{ data: AdminUser[] }>(answer).data.map(({ id }) => id);
    };
    expect(await found('lakshmi')).toEqual([person.id]);
    await person.agent.patch('/v1/users/me').send({ name: 'Zoë Łukasz' }).expect(200);
    expect(await found('lakshmi')).toEqual([]);
    expect(await found('zoe')).toEqual([person.id]);
  });

  it('U3: five changes at once all count', async () => {
    const [admin, person] = [await anAdmin(app), await aPerson(app)];
    const before = await accountOf(admin, person.id);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => person.agent.patch('/v1/users/me').send({ name: `Asha ${i}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const after = await accountOf(admin, person.id);
    expect(after.version).toBe(before.version + 5);
    expect(answers.map((answer) => bodyOf<User>(answer).name)).toContain(after.name);
  });
});

describe('400', () => {
  it.each([
    [{}, ''],
    [{ name: ' ' }, '/name'],
    [{ name: null }, '/name'],
    [{ phone: 'call me' }, '/phone'],
    [{ email: 'other@example.com' }, '/email'],
    [{ role: 'admin' }, '/role'],
    [{ blocked: false }, '/blocked'],
  ])('U3, U6: refuses %j', async (body, path) => {
    const { agent } = await aPerson(app);
    expect(wrongPlaces(await agent.patch('/v1/users/me').send(body).expect(400))).toContain(`/body${path}`);
  });
});
