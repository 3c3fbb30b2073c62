import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createTokens } from '../../src/modules/auth/auth.tokens.js';

const KEY = 'a key of at least thirty-two bytes';
const NOW = new Date('2026-03-14T09:30:00.500Z');
const HOUR = 3_600_000;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokensAt(now: Date, key = KEY) {
  return createTokens({ key, lifetimeMs: HOUR, clock: { now: () => now } });
}

/** A token made by hand, as somebody else would make it. */
function forged(options: { header?: object; claims?: object; key?: string; hash?: string }): string {
  const { header = {}, claims = {}, key = KEY, hash = 'sha256' } = options;
  const seconds = NOW.getTime() / 1000;
  const payload = {
    iss: 'holdfast',
    aud: 'holdfast-api',
    sub: 'u',
    jti: 'j',
    tv: 0,
    exp: seconds + 60,
    ...claims,
  };
  const content = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  return `${content}.${createHmac(hash, key).update(content).digest('base64url')}`;
}

describe('a token', () => {
  const tokens = tokensAt(NOW);

  test('says whose it is, and until when', () => {
    const { token, expiresAt, lifetimeMs } = tokens.issue({ userId: 'user-1', tokenVersion: 3 });
    expect(expiresAt).toEqual(new Date('2026-03-14T10:30:00.000Z'));
    expect(lifetimeMs).toBe(HOUR);
    expect(tokens.read(token)).toEqual({
      userId: 'user-1',
      tokenId: expect.stringMatching(/^[a-z0-9]{20}$/),
      tokenVersion: 3,
      expiresAt,
    });
  });

  test('has an id of its own each time', () => {
    const id = () => tokens.read(tokens.issue({ userId: 'u', tokenVersion: 0 }).token)?.tokenId;
    expect(id()).not.toBe(id());
  });

  test('is good until the clock reaches its end, whatever the time of this machine is', () => {
    const { token, expiresAt } = tokens.issue({ userId: 'u', tokenVersion: 0 });
    expect(tokensAt(new Date(expiresAt.getTime() - 1)).read(token)).toBeDefined();
    expect(tokensAt(expiresAt).read(token)).toBeUndefined();
  });

  test.each(['neither JSON nor claims', '["a list"]', '"text"', 'null', '17', ''])(
    'that we signed over %j opens nothing',
    (payload) => {
      const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from(payload).toString('base64url')}`;
      const signature = createHmac('sha256', KEY).update(content).digest('base64url');
      expect(tokens.read(`${content}.${signature}`)).toBeUndefined();
    },
  );

  test('made by hand with our key, our claims and our algorithm is read: the cases below fail for their own reason', () => {
    expect(tokens.read(forged({}))).toMatchObject({ userId: 'u', tokenId: 'j' });
  });

  test.each([
    ['another key', forged({ key: 'another key of thirty-two bytes or more' })],
    ['another algorithm of the same family', forged({ header: { alg: 'HS512' }, hash: 'sha512' })],
    [
      'no signature and the algorithm none',
      `${forged({ header: { alg: 'none' } })
        .split('.')
        .slice(0, 2)
        .join('.')}.`,
    ],
    ['the algorithm none and a signature', forged({ header: { alg: 'none' } })],
    ['an algorithm of key pairs', forged({ header: { alg: 'RS256' } })],
    ['another issuer', forged({ claims: { iss: 'somebody' } })],
    ['another audience', forged({ claims: { aud: 'another-api' } })],
    ['no end', forged({ claims: { exp: undefined } })],
    ['no user', forged({ claims: { sub: undefined } })],
    ['no id', forged({ claims: { jti: undefined } })],
    ['a version that is no number', forged({ claims: { tv: '0' } })],
    ['a beginning that is still to come', forged({ claims: { nbf: NOW.getTime() / 1000 + 30 } })],
    ['a changed payload', forged({}).replace(/\.[^.]+\./, `.${encode({ sub: 'admin' })}.`)],
    ['no form at all', 'nonsense'],
    ['nothing in it', ''],
  ])('with %s is not ours', (_what, token) => {
    expect(tokens.read(token)).toBeUndefined();
  });
});
