import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN, USER, bearer, startStub, type Stub } from './stub.js';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

describe('CORS', () => {
  test('lets an allowed origin read, with cookies', async () => {
    const answer = await stub.http.get('/v1/products').set('Origin', SHOP).expect(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    expect(answer.headers['access-control-expose-headers']).toContain('X-Request-Id');
  });

  test('lets an allowed origin read errors too', async () => {
    const answer = await stub.http.get('/v1/nothing').set('Origin', SHOP).expect(404);
    expect(answer.headers['access-control-allow-origin']).toBe(SHOP);
  });

  test.each([
    EVIL,
    'null',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://shop.example:444',
    'https://SHOP.example',
  ])('lets %s read nothing', async (origin) => {
    const answer = await stub.http.get('/v1/products').set('Origin', origin);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['vary']).toBe('Origin');
  });

  test('answers the preflight of an allowed origin', async () => {
    const answer = await stub.http
      .options('/v1/orders')
      .set('Origin', SHOP)
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'content-type,idempotency-key')
      .expect(204);
    expect(answer.headers['access-control-allow-origin']).toBe(SHOP);
    expect(answer.headers['access-control-allow-methods']).toContain('POST');
    expect(answer.headers['access-control-allow-headers']).toContain('Idempotency-Key');
  });

  test('answers no other preflight', async () => {
    const answer = await stub.http
      .options('/v1/orders')
      .set('Origin', EVIL)
      .set('Access-Control-Request-Method', 'POST');
    expect(answer.status).toBe(204);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a request that changes something', () => {
  const COOKIE: [string, string] = ['Cookie', `holdfast_session=${USER}`];

  test.each([EVIL, 'null', 'not an origin'])('and carries a cookie is refused from %s', async (origin) => {
    const answer = await stub.http
      .delete('/v1/cart')
      .set(...COOKIE)
      .set('Origin', origin)
      .expect(403);
    expect(answer.body).toMatchObject({ success: false, code: 'origin_not_allowed' });
    expect(stub.calls).toEqual([]);
  });

  test('is refused from another site that does not say which', async () => {
    await stub.http
      .delete('/v1/cart')
      .set(...COOKIE)
      .set('Sec-Fetch-Site', 'cross-site')
      .expect(403);
  });

  test.each(['/v1/auth/login', '/v1/auth/register'])(
    'and would set a cookie is refused without one: %s',
    async (path) => {
      await stub.http.post(path).set('Origin', EVIL).send({}).expect(403);
      await stub.http.post(path).set('Sec-Fetch-Site', 'cross-site').send({}).expect(403);
    },
  );

  test('is refused before anybody asks who it is', async () => {
    const answer = await stub.http
      .delete('/v1/admin/products/p1')
      .set('Cookie', `holdfast_session=${ADMIN}`)
      .set('Origin', EVIL);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'origin_not_allowed' });
  });

  test.each([
    ['an allowed origin', ['Origin', SHOP]],
    ['the public address', ['Origin', 'https://api.shop.example']],
    ['a page of the same site', ['Sec-Fetch-Site', 'same-site']],
    ['no page at all', ['X-Nothing', '1']],
  ] as const)('is let through from %s', async (_name, [header, value]) => {
    await stub.http
      .delete('/v1/cart')
      .set(...COOKIE)
      .set(header, value)
      .expect(200);
  });

  test('is let through from its own host', async () => {
    await stub.http
      .delete('/v1/cart')
      .set(...COOKIE)
      .set('Origin', stub.url)
      .expect(200);
  });

  test('is let through with a bearer and no cookie: no page can send another page token', async () => {
    await stub.http
      .post('/v1/auth/token')
      .set('Origin', EVIL)
      .send({ email: 'a@b.example', password: 'secret' })
      .expect(200);
    await stub.http
      .delete('/v1/admin/products/p1')
      .set(...bearer(ADMIN))
      .set('Origin', EVIL)
      .expect(204);
  });
});

test('reading is not an origin’s matter', async () => {
  await stub.http
    .get('/v1/users/me')
    .set('Cookie', `holdfast_session=${USER}`)
    .set('Origin', EVIL)
    .expect(200);
});
