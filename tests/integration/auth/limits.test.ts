import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { operations } from '../../../generated/operations.js';
import type { OperationId } from '../../../src/platform/http/operation.js';
import { codeOf } from '../../support/bodies.js';
import { aMessage } from '../../support/contacts.js';
import { PASSWORD } from '../../support/flows.js';
import { aPerson } from '../../support/people.js';
import { operationIds } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

/*
 * Two proxies of our own stand in front: the last address but one of X-Forwarded-For is the client's, what stands before it
 * anybody can have written.
 */
const app = await sharedApp({
  env: {
    TRUSTED_PROXIES: '2',
    SIGN_INS_PER_ADDRESS: '4',
    SIGN_INS_PER_ACCOUNT: '3',
    SIGN_INS_PER_ACCOUNT_EVERYWHERE: '7',
    REGISTRATIONS_PER_ADDRESS_HOURLY: '3',
    REGISTRATIONS_PER_ACCOUNT_HOURLY: '2',
    REGISTRATIONS_PER_ACCOUNT_EVERYWHERE_HOURLY: '5',
    RESETS_PER_ADDRESS_HOURLY: '3',
    RESETS_PER_ACCOUNT_HOURLY: '2',
    RESETS_PER_ACCOUNT_EVERYWHERE_HOURLY: '5',
    CONTACTS_PER_ADDRESS_HOURLY: '3',
    CONTACTS_PER_ACCOUNT_HOURLY: '2',
    CONTACTS_PER_ACCOUNT_EVERYWHERE_HOURLY: '5',
  },
});
// Every test begins with nothing counted.
afterEach(() => app.redis.flushdb());

let last = 0;
/** An address that nobody else has used. */
const fresh = (): string => `203.0.${Math.floor((last += 1) / 250)}.${(last % 250) + 1}`;
const email = (): string => `l${randomUUID()}@example.com`;
const PROXY = '10.0.0.7';

const post = (path: string, from: string, body: object): PromiseLike<Response> =>
  request(app.url).post(path).set('X-Forwarded-For', `${from}, ${PROXY}`).send(body);

type Limited = {
  path: string;
  body: (email: string) => object;
  perAddress: number;
  perAccount: number;
  everywhere: number;
};
const LIMITED: Partial<Record<OperationId, Limited>> = {
  login: signIn('/v1/auth/login'),
  issueToken: signIn('/v1/auth/token'),
  register: {
    path: '/v1/auth/register',
    body: (to) => ({ name: 'Asha', email: to, password: PASSWORD }),
    perAddress: 3,
    perAccount: 2,
    everywhere: 5,
  },
  requestPasswordReset: {
    path: '/v1/auth/password-reset',
    body: (to) => ({ email: to }),
    perAddress: 3,
    perAccount: 2,
    everywhere: 5,
  },
  submitContact: {
    path: '/v1/contacts',
    body: (from) => aMessage({ email: from }),
    perAddress: 3,
    perAccount: 2,
    everywhere: 5,
  },
};

function signIn(path: string): Limited {
  return {
    path,
    body: (to) => ({ email: to, password: PASSWORD }),
    perAddress: 4,
    perAccount: 3,
    everywhere: 7,
  };
}

function expectLimited(answer: Response, name: string): void {
  expect([answer.status, codeOf(answer)]).toEqual([429, 'rate_limited']);
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(3_600);
  expect(answer.headers['ratelimit']).toContain(`"${name}"; r=0; t=${seconds}`);
  expect(answer.headers['ratelimit-policy']).toContain(`"${name}"; q=`);
  expect(answer.headers).not.toHaveProperty('set-cookie');
}

describe.each(Object.entries(LIMITED))(
  '429: %s',
  (id, { path, body, perAddress, perAccount, everywhere }) => {
    const limit = operations[id as OperationId].rateLimit ?? '';

    it('U7: is limited by address, whatever account it is about', async () => {
      const address = fresh();
      for (let i = 0; i < perAddress; i += 1) {
        expect((await post(path, address, body(email()))).status).not.toBe(429);
      }
      expectLimited(await post(path, address, body(email())), `${limit}-address`);
      expect((await post(path, fresh(), body(email()))).status).not.toBe(429);
    });

    it('U7: is limited by account from one address, whatever capitals it is asked with', async () => {
      const [account, address] = [email(), fresh()];
      for (let i = 0; i < perAccount; i += 1) {
        expect((await post(path, address, body(account))).status).not.toBe(429);
      }
      expectLimited(await post(path, address, body(account.toUpperCase())), `${limit}-account`);
      expect((await post(path, fresh(), body(email()))).status).not.toBe(429);
    });

    it('U7: however often a stranger tries from one address, the owner is served at another', async () => {
      const [account, stranger] = [email(), fresh()];
      for (let i = 0; i < everywhere * 3; i += 1) await post(path, stranger, body(account));
      expect((await post(path, fresh(), body(account))).status).not.toBe(429);
    });

    it('U7: is limited by account from however many addresses', async () => {
      const account = email();
      for (let i = 0; i < everywhere; i += 1) {
        expect((await post(path, fresh(), body(account))).status).not.toBe(429);
      }
      expectLimited(await post(path, fresh(), body(account.toUpperCase())), `${limit}-account-everywhere`);
    });
  },
);

describe('429: resetPassword', () => {
  it('U7: is limited by address', async () => {
    const address = fresh();
    const confirm = () =>
      post('/v1/auth/password-reset/confirm', address, { token: 'guess', password: PASSWORD });
    for (let i = 0; i < 3; i += 1) expect((await confirm()).status).toBe(400);
    expectLimited(await confirm(), 'reset-address');
  });
});

describe('429: changeOwnPassword', () => {
  it('U7: the current password cannot be guessed by whoever has a session', async () => {
    const { agent } = await aPerson(app);
    await app.redis.flushdb();
    const guess = () =>
      agent
        .post('/v1/users/me/password')
        .set('X-Forwarded-For', `${fresh()}, ${PROXY}`)
        .send({ currentPassword: 'a guess', newPassword: 'a new password' });
    for (let i = 0; i < 7; i += 1) expect((await guess()).status).toBe(403);
    expectLimited(await guess(), 'sign-in-account-everywhere');
  });
});

describe('a limit', () => {
  const login = (from: string, to = email()) =>
    post('/v1/auth/login', from, { email: to, password: PASSWORD });

  it('U7: tells what is left of it', async () => {
    const answer = await login(fresh());
    expect(answer.headers['ratelimit']).toMatch(
      /^"sign-in-address"; r=3; t=900, "sign-in-account"; r=2; t=900, "sign-in-account-everywhere"; r=6; t=900$/,
    );
    expect(answer.headers['ratelimit-policy']).toMatch(
      /"sign-in-address"; q=4; w=900.*"sign-in-account"; q=3; w=900.*"sign-in-account-everywhere"; q=7; w=900/,
    );
  });

  it('U7: is over after its window', async () => {
    const [account, address] = [email(), fresh()];
    for (let i = 0; i < 4; i += 1) await login(address, account);
    app.holdfast.clock.advance(14 * 60_000);
    expect((await login(address, account)).status).toBe(429);
    app.holdfast.clock.advance(61_000);
    expect((await login(address, account)).status).toBe(401);
  });

  it('U7: holds for requests that come at once', async () => {
    const address = fresh();
    const answers = await Promise.all(Array.from({ length: 12 }, () => login(address)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
  });

  it('U7: a client cannot take another address by what it writes itself', async () => {
    const address = fresh();
    for (let i = 0; i < 4; i += 1) await login(`${fresh()}, ${address}`);
    expectLimited(await login(`${fresh()}, ${address}`), 'sign-in-address');
  });

  it('U7: all addresses of an IPv6 network of 64 bits are one, however they are written', async () => {
    const network = [
      '2001:db8:1:2::1',
      '2001:db8:1:2:ffff::9',
      '2001:0DB8:0001:0002:a:b:c:d',
      '2001:db8:1:2::',
    ];
    for (const address of network) expect((await login(address)).status).toBe(401);
    expectLimited(await login('2001:db8:1:2:1:1:1:1'), 'sign-in-address');
    expect((await login('2001:db8:1:3::1')).status).toBe(401);
  });

  it('U7: an IPv4 address written as IPv6 is that address, and none of its neighbours', async () => {
    const [address, neighbour] = [fresh(), fresh()];
    for (let i = 0; i < 4; i += 1) await login(i % 2 === 0 ? address : `::ffff:${address}`);
    expectLimited(await login(`::ffff:${address}`), 'sign-in-address');
    expect((await login(`::ffff:${neighbour}`)).status).toBe(401);
  });

  it('U7: a request that the contract refuses does not count', async () => {
    const address = fresh();
    for (let i = 0; i < 6; i += 1) {
      expect((await post('/v1/auth/login', address, { email: 'nobody' })).status).toBe(400);
    }
    expect((await login(address)).status).toBe(401);
  });

  it('U7: keeps no e-mail address in the keys of Redis', async () => {
    const account = email();
    await login(fresh(), account);
    const keys = await app.redis.keys('rate:*');
    expect(keys).toHaveLength(3);
    expect(keys.join()).not.toContain(account);
    for (const key of keys) expect(await app.redis.pttl(key)).toBeGreaterThan(0);
  });

  it('U7: is held for exactly the operations that the contract names', () => {
    const named = operationIds.filter((id) => operations[id].rateLimit !== null);
    // New carts are counted where they are opened: their limit is in the tests of these two.
    const newCarts = ['addCartItem', 'setCartItem'];
    const tested = [...Object.keys(LIMITED), 'resetPassword', 'changeOwnPassword', ...newCarts];
    expect(named.toSorted()).toEqual(tested.toSorted());
  });
});
