import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { cookieSet } from '../../support/bodies.js';
import { customer, PASSWORD } from '../../support/flows.js';
import { bearer, tokenOf } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const profile = (token: string) => request(app.url).get('/v1/users/me').set(bearer(token));

describe('204', () => {
  it('U2 ends the session: its cookie is removed, and its token refused wherever it is used', async () => {
    const agent = app.agent();
    const { email } = await customer(app);
    const signedIn = await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    const token = /holdfast_session=([^;]+)/.exec(cookieSet(signedIn, 'holdfast_session') ?? '')?.[1] ?? '';
    await profile(token).expect(200);
    const answer = await agent.post('/v1/auth/logout').expect(204);
    expect(answer.text).toBe('');
    expect(cookieSet(answer, 'holdfast_session')).toMatch(/^holdfast_session=;.*Expires=Thu, 01 Jan 1970/);
    await profile(token).expect(401);
  });

  it('U2 a bearer and a cookie that come together both end', async () => {
    const agent = app.agent();
    const { email } = await customer(app);
    const signedIn = await agent.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    const inCookie =
      /holdfast_session=([^;]+)/.exec(cookieSet(signedIn, 'holdfast_session') ?? '')?.[1] ?? '';
    const [token, other] = [await tokenOf(app.url, email, PASSWORD), await tokenOf(app.url, email, PASSWORD)];
    await agent.post('/v1/auth/logout').set(bearer(token)).expect(204);
    await profile(token).expect(401);
    await profile(inCookie).expect(401);
    await profile(other).expect(200);
    // A cookie that is no token (any more) is in nobody's way.
    const stale = request(app.url).post('/v1/auth/logout').set(bearer(other));
    await stale.set('Cookie', `holdfast_session=${inCookie}x`).expect(204);
    await profile(other).expect(401);
  });

  it('U2 other sessions of the account go on', async () => {
    const { email } = await customer(app);
    const [first, second] = [
      await tokenOf(app.url, email, PASSWORD),
      await tokenOf(app.url, email, PASSWORD),
    ];
    await request(app.url).post('/v1/auth/logout').set(bearer(first)).expect(204);
    await profile(first).expect(401);
    await profile(second).expect(200);
  });

  it('U2 more sign-outs than an account remembers end every token rather than forget one', async () => {
    const { email } = await customer(app);
    const kept = await tokenOf(app.url, email, PASSWORD);
    const ended: string[] = [];
    for (let i = 0; i < 101; i += 1) ended.push(await tokenOf(app.url, email, PASSWORD));
    for (const token of ended) {
      await request(app.url).post('/v1/auth/logout').set(bearer(token)).expect(204);
    }
    await profile(kept).expect(401);
    for (const token of [ended[0], ended[50], ended[100]]) await profile(token ?? '').expect(401);
    await profile(await tokenOf(app.url, email, PASSWORD)).expect(200);
  });
});

describe('401', () => {
  it('U2 a session that is over cannot be ended again', async () => {
    const { email } = await customer(app);
    const token = await tokenOf(app.url, email, PASSWORD);
    await request(app.url).post('/v1/auth/logout').set(bearer(token)).expect(204);
    await request(app.url).post('/v1/auth/logout').set(bearer(token)).expect(401);
  });
});
