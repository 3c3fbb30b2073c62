import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AccessToken } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { customer, PASSWORD } from '../../support/flows.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const email = (await customer(app)).email;

const issue = (credentials: object) => request(app.url).post('/v1/auth/token').send(credentials);

describe('200', () => {
  it('U2 gives programs a bearer token that opens what the session opens, until it says', async () => {
    const answer = await issue({ email, password: PASSWORD }).expect(200);
    const { token, tokenType, expiresAt } = bodyOf<AccessToken>(answer);
    expect(tokenType).toBe('Bearer');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers['cache-control']).toBe('no-store');
    const me = await request(app.url).get('/v1/users/me').set(bearer(token)).expect(200);
    expect(me.body).toMatchObject({ email });
    const leftMs = Date.parse(expiresAt) - app.holdfast.clock.now().getTime();
    expect(Math.abs(leftMs - app.config.token.lifetimeMs)).toBeLessThan(5_000);
    app.holdfast.clock.advance(leftMs);
    await request(app.url).get('/v1/users/me').set(bearer(token)).expect(401);
  });

  it('U2 the token carries nothing but who, which and until when', async () => {
    const { token } = bodyOf<AccessToken>(await issue({ email, password: PASSWORD }).expect(200));
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub', 'tv']);
  });
});

describe('401', () => {
  it('U2 answers an unknown address and a wrong password alike', async () => {
    const wrong = await issue({ email, password: 'wrong horse battery' }).expect(401);
    const unknown = await issue({ email: `x${email}`, password: PASSWORD }).expect(401);
    expect(wrong.body).toEqual({
      ...bodyOf<object>(unknown),
      requestId: expect.any(String),
    });
    expect(wrong.body).toMatchObject({ code: 'invalid_credentials' });
  });
});
