import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import type { ApiError } from '../../generated/openapi.js';
import { operations } from '../../generated/operations.js';
import type { OperationId } from '../../src/platform/http/operation.js';
import { bodyOf } from '../support/bodies.js';
import { PASSWORD } from '../support/flows.js';
import { bearer, operationIds, samplesFor, send, tokenOf } from '../support/samples.js';
import { sharedApp } from '../support/shared.js';

/** Operations that these rules do not hold for. This list stays empty. */
const EXCEPTIONS: readonly OperationId[] = [];

const ids = operationIds.filter((id) => !EXCEPTIONS.includes(id));
const withAccess = (...access: string[]): OperationId[] =>
  ids.filter((id) => access.includes(operations[id].access));
const SIGNED_IN = withAccess('user', 'admin');
const ADMIN = withAccess('admin');
const OPTIONAL = withAccess('optional');
const PUBLIC = withAccess('public');

async function account(role: 'user' | 'admin'): Promise<{ id: string; token: string; email: string }> {
  const { accounts } = app.holdfast.services;
  const email = `${role}-${crypto.randomUUID()}@example.com`;
  const { id } = await accounts.insert(
    await accounts.prepare({ name: 'Asha', email, password: PASSWORD }, role),
  );
  return { id, email, token: await tokenOf(app.url, email, PASSWORD) };
}

/** The user's own claims, but for those named, signed as told. */
function forged(claims: object, key = app.config.token.key, algorithm: jwt.Algorithm = 'HS256'): string {
  const genuine = jwt.decode(user.token, { json: true }) ?? {};
  const changed = Object.entries({ ...genuine, ...claims }).filter(([, value]) => value !== undefined);
  return jwt.sign(Object.fromEntries(changed), algorithm === 'none' ? '' : key, { algorithm });
}

/** An unsigned token, put together by hand from the user's own claims. */
function unsigned(signature: string): string {
  const [, claims] = user.token.split('.');
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${claims ?? ''}.${signature}`;
}

/** Whatever it says, under our own header and our own signature. */
function nonsense(payload: string): string {
  const [header] = user.token.split('.');
  const content = `${header ?? ''}.${Buffer.from(payload).toString('base64url')}`;
  const signature = createHmac('sha256', app.config.token.key).update(content).digest('base64url');
  return `${content}.${signature}`;
}

const BAD_TOKENS: Record<string, () => string> = {
  'no token at all': () => 'rubbish',
  expired: () => forged({ exp: Math.floor(Date.now() / 1000) - 1 }),
  'without algorithm': () => forged({}, '', 'none'),
  'without algorithm, with a stolen signature': () => unsigned(user.token.split('.')[2] ?? ''),
  'of another secret': () => forged({}, 'another-secret-that-is-long-enough-for-hs256'),
  'signed by us over what is no JSON': () => nonsense('neither JSON nor claims'),
  'signed by us over a list': () => nonsense('["a list"]'),
  'of another algorithm': () => forged({}, app.config.token.key, 'HS512'),
  'of another issuer': () => forged({ iss: 'somebody-else' }),
  'for another audience': () => forged({ aud: 'another-api' }),
  'without an end': () => forged({ exp: undefined }),
  'of an earlier version of the account': () => forged({ tv: -1 }),
  'of an account that does not exist': () => forged({ sub: 'nothing-has-this-id' }),
  'revoked by signing out': () => revoked,
};

const app = await sharedApp();
const samples = samplesFor(app.config);
const user = await account('user');
const admin = await account('admin');
const gone = await account('user');
await request(app.url).post('/v1/auth/logout').set(bearer(gone.token)).expect(204);
const revoked = gone.token;
const former = await account('admin');
const demoted = former.token;
const client = await MongoClient.connect(app.config.connections.databaseUrl);
await client
  .db()
  .collection<{ _id: string }>('users')
  .updateOne({ _id: former.id }, { $set: { role: 'user' } });
await client.close();

const call = (id: OperationId, headers: Record<string, string>) =>
  send(app.url, id, samples[id], { headers });
const cookie = (token: string): Record<string, string> => ({ Cookie: `holdfast_session=${token}` });
const codeOf = (answer: { body: unknown }): string | undefined => bodyOf<Partial<ApiError>>(answer).code;

async function expectSignInAsked(id: OperationId, headers: Record<string, string>): Promise<void> {
  const answer = await call(id, headers);
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="holdfast"/);
  expect(codeOf(answer)).toBe('unauthenticated');
}

/** Whatever the answer is, it is not about who asks. */
async function expectLetThrough(id: OperationId, headers: Record<string, string>): Promise<void> {
  const answer = await call(id, headers);
  expect(answer.status).not.toBe(500);
  expect(['unauthenticated', 'forbidden', 'origin_not_allowed']).not.toContain(codeOf(answer));
}

describe.each(SIGNED_IN)('%s needs an account', (id) => {
  it('U2 refuses a request without token with 401', () => expectSignInAsked(id, {}));

  it.each(Object.keys(BAD_TOKENS))('U2 refuses a token that is %s, as bearer and as cookie', async (kind) => {
    const token = BAD_TOKENS[kind]?.() ?? '';
    await expectSignInAsked(id, bearer(token));
    await expectSignInAsked(id, cookie(token));
  });

  it('U2 does not take a bad bearer for good because of a good cookie', () =>
    expectSignInAsked(id, { ...bearer('rubbish'), ...cookie(admin.token) }));
});

describe.each(SIGNED_IN.filter((id) => !ADMIN.includes(id) && id !== 'logout'))(
  '%s is for every user',
  (id) => {
    it('U6 lets a user in by bearer and by cookie', async () => {
      await expectLetThrough(id, bearer(user.token));
      await expectLetThrough(id, cookie(user.token));
    });
  },
);

describe.each(ADMIN)('%s is for admins', (id) => {
  it('U6 answers a user with 403, by bearer and by cookie', async () => {
    for (const headers of [bearer(user.token), cookie(user.token)]) {
      const answer = await call(id, headers);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    }
  });

  it('U6 believes the account as it is now, not the token: who is no admin any more gets 403', async () => {
    expect((await call(id, bearer(demoted))).status).toBe(403);
  });

  it('U6 does not lend a user the role of an admin whose cookie is sent beside', async () => {
    expect((await call(id, { ...bearer(user.token), ...cookie(admin.token) })).status).toBe(403);
  });

  it('U6 lets an admin in', () => expectLetThrough(id, bearer(admin.token)));
});

describe.each(OPTIONAL)('%s takes guests too', (id) => {
  it('C1 lets a guest and a user in', async () => {
    await expectLetThrough(id, {});
    await expectLetThrough(id, bearer(user.token));
  });

  it.each(Object.keys(BAD_TOKENS))(
    'U2 refuses a bearer that is %s, and takes such a cookie for none',
    async (kind) => {
      const token = BAD_TOKENS[kind]?.() ?? '';
      await expectSignInAsked(id, bearer(token));
      await expectLetThrough(id, cookie(token));
    },
  );
});

describe.each(PUBLIC)('%s is public', (id) => {
  it('needs no token, and minds no bad one', async () => {
    await expectLetThrough(id, {});
    await expectLetThrough(id, bearer('rubbish'));
    await expectLetThrough(id, cookie('rubbish'));
  });
});

describe.each(withAccess('metrics'))('%s is for the operator', (id) => {
  it('X1 answers its own token and no other', async () => {
    await expectSignInAsked(id, {});
    await expectSignInAsked(id, bearer(admin.token));
    await expectSignInAsked(id, cookie(app.config.metricsToken));
    await expectSignInAsked(id, bearer(`${app.config.metricsToken} `.repeat(2)));
    expect((await call(id, bearer(app.config.metricsToken))).status).toBe(200);
  });
});

it('U2 the forgeries above fail for what is wrong with them alone: a faithful copy is let in', async () => {
  expect((await call('getOwnProfile', bearer(forged({})))).status).toBe(200);
});

it('every operation says who may call it', () => {
  const known = [...SIGNED_IN, ...OPTIONAL, ...PUBLIC, ...withAccess('metrics'), ...EXCEPTIONS];
  expect(new Set(known)).toEqual(new Set(operationIds));
});
