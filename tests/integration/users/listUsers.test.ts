import { describe, expect, it } from '@jest/globals';
import type { UserPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { anAdmin, aPerson } from '../../support/people.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const admin = await anAdmin(app);
const people = {
  asha: await aPerson(app, 'Asha Rao'),
  meera: await aPerson(app, 'meera Iyer'),
  zoe: await aPerson(app, 'Zoë Łukasz'),
};
await people.asha.agent.patch('/v1/users/me').send({ phone: '+91 98450 12345' }).expect(200);
await admin.agent.patch(`/v1/admin/users/${people.meera.id}`).send({ version: 1, blocked: true }).expect(200);

async function list(query: object): Promise<UserPage> {
  return bodyOf<UserPage>(await admin.agent.get('/v1/admin/users').query(query).expect(200));
}
const idsOf = ({ data }: UserPage): string[] => data.map(({ id }) => id);

describe('200', () => {
  it('U5: pages through all accounts, the newest first', async () => {
    const [first, second] = [await list({ limit: 3 }), await list({ limit: 3, page: 2 })];
    expect(first.pagination).toEqual({ page: 1, limit: 3, total: 4, pages: 2 });
    expect([...idsOf(first), ...idsOf(second)]).toEqual([
      people.zoe.id,
      people.meera.id,
      people.asha.id,
      admin.id,
    ]);
  });

  it('U5: shows what admins need, and nothing that opens an account', async () => {
    const page = await list({ q: 'asha' });
    expect(page.data).toEqual([
      {
        id: people.asha.id,
        name: 'Asha Rao',
        email: people.asha.email,
        phone: '+91 98450 12345',
        role: 'user',
        blocked: false,
        version: 2,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        lastSignInAt: expect.any(String),
      },
    ]);
  });

  it.each([
    ['a name, without capitals and accents', 'zoe lukasz', 'none'],
    ['a name', 'ZOË', 'zoe'],
    ['the beginning of a name', 'mee', 'meera'],
    ['several beginnings', 'ra ash', 'asha'],
    ['a group of a phone number', '98450', 'asha'],
    ['a phone number without its spaces', '9845012345', 'asha'],
    ['a phone number as it is written', '+91 98450 12345', 'asha'],
  ] as const)('U5: is searched by %s', async (_, q, who) => {
    // Ł is a letter of its own, not an L with an accent.
    expect(idsOf(await list({ q }))).toEqual(who === 'none' ? [] : [people[who].id]);
  });

  it('U5: is searched by an e-mail address', async () => {
    expect(idsOf(await list({ q: people.zoe.email }))).toEqual([people.zoe.id]);
  });

  it('U5: filters by role and by being blocked', async () => {
    expect(idsOf(await list({ role: 'admin' }))).toEqual([admin.id]);
    expect(idsOf(await list({ blocked: true }))).toEqual([people.meera.id]);
    expect(idsOf(await list({ role: 'user', blocked: false, sort: 'oldest' }))).toEqual([
      people.asha.id,
      people.zoe.id,
    ]);
  });

  it('U5: sorts by name without minding capitals and accents, and by address', async () => {
    expect(idsOf(await list({ sort: 'name' }))).toEqual([
      admin.id,
      people.asha.id,
      people.meera.id,
      people.zoe.id,
    ]);
    const emails = (await list({ sort: 'email' })).data.map(({ email }) => email);
    expect(emails).toEqual([...emails].sort());
  });
});

describe('any search text', () => {
  it.each([
    ['an expression that explodes', `(a+)+$${'a'.repeat(60)}!`],
    ['10 kB', 'a'.repeat(10_240)],
    ['only blanks', '     '],
    ['signs alone', '$^*.[]{}()|\\/"\'`;--'],
    ['an operator', '{"$gt":""}'],
    ['another script', '山田太郎'],
    ['a control character', 'a\u0000b'],
    ['many words', 'a b c d e f g h i j k l m n o p'],
  ])('U5: %s is answered with 200 or 400 in less than 300 ms', async (_, q) => {
    await list({});
    const started = performance.now();
    const answer = await admin.agent.get('/v1/admin/users').query({ q });
    const ms = performance.now() - started;
    expect([200, 400]).toContain(answer.status);
    expect(ms).toBeLessThan(300);
  });
});
