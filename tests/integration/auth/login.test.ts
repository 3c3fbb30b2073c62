import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ApiError } from '../../../generated/openapi.js';
import { startTestApp } from '../../support/app.js';
import { bodyOf, cookieSet } from '../../support/bodies.js';
import { customer, PASSWORD } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const email = (await customer(app)).email;

const login = (credentials: object) => request(app.url).post('/v1/auth/login').send(credentials);

describe('200', () => {
  it('U2 opens a session by an HTTP-only cookie, and says who signed in', async () => {
    const agent = app.agent();
    const answer = await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    expect(answer.body).toMatchObject({ email, role: 'user' });
    expect(cookieSet(answer, 'holdfast_session')).toMatch(/; HttpOnly; SameSite=Lax$/);
    await agent.get('/v1/users/me').expect(200);
  });

  it('U2 marks the cookie as one for TLS alone where the shop says so', async () => {
    const secure = await startTestApp({ env: { COOKIE_SECURE: 'true' } });
    const input = { name: 'Asha Rao', email: `s${randomUUID()}@example.com`, password: PASSWORD };
    const answer = await request(secure.url).post('/v1/auth/register').send(input).expect(201);
    expect(cookieSet(answer, 'holdfast_session')).toMatch(/; Secure/);
    await secure.stop();
  });

  it('U2 knows an address in any capitals', async () => {
    await login({ email: email.toUpperCase(), password: PASSWORD }).expect(200);
  });

  it('U2 a session ends by itself after its time', async () => {
    const agent = app.agent();
    await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    app.holdfast.clock.advance(app.config.token.lifetimeMs - 60_000);
    await agent.get('/v1/users/me').expect(200);
    app.holdfast.clock.advance(61_000);
    await agent.get('/v1/users/me').expect(401);
  });
});

describe('401', () => {
  it('U2 answers an unknown address and a wrong password in the same words', async () => {
    const answers = [
      await login({ email, password: 'wrong horse battery' }).expect(401),
      await login({ email: `x${email}`, password: PASSWORD }).expect(401),
    ];
    const [wrong, unknown] = answers.map((answer) => {
      const { requestId, ...body } = bodyOf<ApiError>(answer);
      expect(requestId).toBeTruthy();
      return body;
    });
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ code: 'invalid_credentials' });
    for (const answer of answers) {
      expect(cookieSet(answer, 'holdfast_session')).toBeUndefined();
      expect(answer.headers['www-authenticate']).toBeDefined();
    }
  });

  it('U2 a password with something behind its 72 bytes is another password', async () => {
    const long = { name: 'Asha', email: `l${randomUUID()}@example.com`, password: '€'.repeat(24) };
    await request(app.url).post('/v1/auth/register').send(long).expect(201);
    await login({ email: long.email, password: '€'.repeat(24) }).expect(200);
    await login({ email: long.email, password: `${'€'.repeat(24)}x` }).expect(401);
  });

  it('U2 minds capitals and spaces in a password', async () => {
    await login({ email, password: PASSWORD.toUpperCase() }).expect(401);
    await login({ email, password: `${PASSWORD} ` }).expect(401);
  });
});
