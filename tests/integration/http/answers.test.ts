import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AppError } from '../../../src/platform/errors.js';
import { ADMIN, USER, bearer, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub({ answerWithinMs: 300 });
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

const line = (message: string) => stub.lines().find(({ msg }) => msg === message);
/** A line is written when the connection is done with the answer, which may be just after the client has it. */
const eventually = async <T>(look: () => T | undefined): Promise<T> => {
  for (let round = 0; round < 100; round += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never came');
};

describe('an answer that the contract does not describe is a logged 500', () => {
  const money = { amount: 1, currency: 'INR' };
  const product = {
    id: 'p1',
    sku: 'S',
    name: 'n',
    description: '',
    category: 'c',
    price: money,
    available: 1,
    images: [],
  };
  const dates = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };

  test.each([
    ['an extra field', { status: 200, body: { ...product, ...dates, passwordHash: '$2b$12$secret' } }],
    ['a missing field', { status: 200, body: product }],
    ['a wrong type', { status: 200, body: { ...product, ...dates, available: '1' } }],
    ['an undocumented status', { status: 202, body: { ...product, ...dates } }],
    ['an undocumented status without a body', { status: 204 }],
    ['no body', { status: 200, body: null }],
  ])('%s', async (_name, reply) => {
    stub.answer('getProduct', () => reply);
    const answer = await stub.http.get('/v1/products/p1').expect(500);
    expect(answer.body).toEqual({
      success: false,
      message: 'Something went wrong on our side.',
      code: 'internal_error',
      requestId: answer.headers['x-request-id'],
    });
    expect(line('a request failed')).toMatchObject({ operation: 'getProduct', level: 50 });
    expect(stub.logged()).not.toContain('$2b$12$secret');
  });

  test('whatever the request says it accepts', async () => {
    stub.answer('getProduct', () => ({ status: 200, body: product }));
    await stub.http.get('/v1/products/p1').set('Accept', 'text/(x+)+y, application/*').expect(500);
  });

  test('and a date is as good as its text', async () => {
    const body = { ...product, createdAt: new Date(0), updatedAt: new Date(0) };
    stub.answer('getProduct', () => ({ status: 200, body }));
    const answer = await stub.http.get('/v1/products/p1').expect(200);
    expect(answer.body).toMatchObject({ createdAt: '1970-01-01T00:00:00.000Z' });
  });
});

describe('what a handler throws', () => {
  test('is answered in the one shape, with its headers and details', async () => {
    const lines = [{ productId: 'p1', requested: 3, available: 1 }];
    stub.answer('addCartItem', () => {
      throw new AppError('insufficient_stock', 'Not enough units are left.', {
        details: { lines },
        headers: { 'Retry-After': '9' },
      });
    });
    const answer = await stub.http.post('/v1/cart/items').send({ productId: 'p1', quantity: 3 }).expect(409);
    expect(answer.body).toEqual({
      success: false,
      message: 'Not enough units are left.',
      code: 'insufficient_stock',
      requestId: answer.headers['x-request-id'],
      details: { lines },
    });
    expect(answer.headers['retry-after']).toBe('9');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('a wrong password is 401 with a challenge', async () => {
    stub.answer('login', () => {
      throw new AppError('invalid_credentials', 'The e-mail or the password is wrong.');
    });
    const answer = await stub.http
      .post('/v1/auth/login')
      .send({ email: 'a@b.example', password: 'wrong' })
      .expect(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="holdfast"');
  });

  test.each([
    ['an error', () => new Error('E11000 duplicate key { email: "asha@example.com" } at /srv/app/db.js')],
    [
      'an error with a status of its own',
      () => Object.assign(new Error('leaked words'), { status: 404, expose: true }),
    ],
    ['a type error', () => new TypeError('leaked words of undefined')],
    ['a URI error', () => new URIError('leaked words')],
    ['a text', () => 'leaked words'],
    ['nothing', () => undefined],
  ])('%s is a 500 that says nothing, and a line in the log', async (_name, make) => {
    stub.answer('getProduct', () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw make();
    });
    const answer = await stub.http.get('/v1/products/p1').expect(500);
    expect(answer.text).not.toMatch(/leaked|E11000|asha|srv|at /);
    expect(answer.body).toMatchObject({ success: false, code: 'internal_error' });
    expect(line('a request failed')).toMatchObject({ requestId: answer.headers['x-request-id'] });
  });

  test('trouble with a dependency is 503, with its words in the log only', async () => {
    stub.answer('getProduct', () => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:6379'), { name: 'TroubleError' });
    });
    const answer = await stub.http.get('/v1/products/p1').expect(503);
    expect(answer.body).toMatchObject({ success: false, code: 'service_unavailable' });
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.text).not.toContain('10.0.0.7');
    expect(stub.logged()).toContain('10.0.0.7');
  });
});

describe('a handler that does not come to an end', () => {
  test('is 503 in time; its later answer is dropped and noted', async () => {
    let finish: (reply: unknown) => void = () => undefined;
    stub.answer('getProduct', () => new Promise((resolve) => (finish = resolve)));
    const started = performance.now();
    const answer = await stub.http.get('/v1/products/p1').expect(503);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(answer.body).toMatchObject({ code: 'service_unavailable' });
    finish({ status: 200, body: {} });
    expect(await eventually(() => line('a late answer was dropped'))).toMatchObject({ outcome: 'answered' });
    await stub.http.get('/health/live').expect(200);
  });

  test('a later failure is noted too', async () => {
    let fail: (error: Error) => void = () => undefined;
    stub.answer('getProduct', () => new Promise((_resolve, reject) => (fail = reject)));
    await stub.http.get('/v1/products/p1').expect(503);
    fail(new Error('too late'));
    expect(await eventually(() => line('a late answer was dropped'))).toMatchObject({
      outcome: 'failed',
      error: { message: 'too late' },
    });
  });

  test('a slow sign-in and a slow handler share the time', async () => {
    const slow = await startStub({
      answerWithinMs: 1_000,
      authenticate: async () => {
        await new Promise((resolve) => setTimeout(resolve, 800));
        return { userId: 'u1', role: 'user', tokenId: 't1', tokenExpiresAt: new Date() };
      },
    });
    slow.answer('getOwnProfile', () => new Promise(() => undefined));
    const started = performance.now();
    await slow.http
      .get('/v1/users/me')
      .set(...bearer(USER))
      .expect(503);
    expect(performance.now() - started).toBeLessThan(1_700);
    await slow.stop();
  });
});

test('the limit is 4.5 s unless it is set', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const usual = await startStub();
  await usual.http.get('/v1/products').expect(200);
  expect(timers.mock.calls.map(([, ms]) => ms)).toContain(4_500);
  timers.mockRestore();
  jest.useRealTimers();
  await usual.stop();
});

describe('headers', () => {
  test('let a browser do nothing with an answer but read it', async () => {
    const { headers } = await stub.http.get('/v1/products').expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "default-src 'none';base-uri 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['etag']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
  });

  test('let caches keep the public catalogue only, and only to ask again', async () => {
    const caching = async (path: string): Promise<string | undefined> => {
      const { headers } = await stub.http.get(path).set(...bearer(ADMIN));
      return headers['cache-control'];
    };
    expect(await caching('/v1/products')).toBe('no-cache');
    for (const path of [
      '/v1/cart',
      '/v1/users/me',
      '/v1/admin/products',
      '/health/live',
      '/v1/nothing',
      '/v1/products?x=1',
    ]) {
      expect(await caching(path)).toBe('no-store');
    }
  });

  test('set and remove cookies with all their flags', async () => {
    stub.answer('getCart', () => ({
      status: 200,
      body: {
        id: null,
        items: [],
        leftOut: [],
        total: { amount: 0, currency: 'INR' },
        serverTime: '2026-01-01T00:00:00.000Z',
      },
      cookies: [
        { name: 'holdfast_cart', value: 'cart-1', maxAgeMs: 60_000 },
        { name: 'holdfast_session', clear: true },
      ],
    }));
    const { headers } = await stub.http.get('/v1/cart').expect(200);
    const [set, removed] = headers['set-cookie'] as unknown as string[];
    expect(set).toMatch(
      /^holdfast_cart=cart-1; Max-Age=60; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(removed).toMatch(
      /^holdfast_session=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('carry what a handler says', async () => {
    const answer = await stub.http
      .delete('/v1/admin/products/p1')
      .set(...bearer(ADMIN))
      .expect(204);
    expect(answer.text).toBe('');
    stub.answer('placeOrder', () => undefined);
  });
});

describe('the request id', () => {
  test.each(['abcdefgh', 'A-b_c.1234', 'x'.repeat(64)])('is the caller’s own: %s', async (id) => {
    const answer = await stub.http.get('/v1/nothing').set('X-Request-Id', id);
    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.body).toMatchObject({ requestId: id });
  });

  test.each(['short', 'x'.repeat(65), 'with space in it', '{"a":"injected"}', ''])(
    'is a new one instead of %j',
    async (id) => {
      const answer = await stub.http.get('/v1/products').set('X-Request-Id', id);
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(stub.calls[0]?.call.context.requestId).toBe(answer.headers['x-request-id']);
    },
  );
});

describe('the log', () => {
  test('has one line for each request, without bodies, queries, headers and secrets', async () => {
    await stub.http
      .post('/v1/auth/login?unknown=secret-in-query')
      .set('Cookie', 'holdfast_session=secret-cookie')
      .set('Authorization', 'Bearer secret-bearer')
      .send({ email: 'secret@example.com', password: 'secret-password', extra: 'secret-extra' })
      .expect(400);
    await stub.http.get('/v1/nothing/at/all?token=secret-token').expect(404);
    await stub.http.get('/v1/products').expect(200);
    await eventually(() => (stub.lines().length >= 3 ? true : undefined));
    expect(stub.logged()).not.toContain('secret');
    expect(
      stub.lines().map(({ operation, path, method, status, code, msg }) => ({
        operation,
        path,
        method,
        status,
        code,
        msg,
      })),
    ).toEqual([
      { operation: 'login', method: 'POST', status: 400, code: 'validation_failed', msg: 'request' },
      { path: '/v1/nothing/at/all', method: 'GET', status: 404, code: 'not_found', msg: 'request' },
      { operation: 'listProducts', method: 'GET', status: 200, msg: 'request' },
    ]);
    expect(stub.lines()[0]).toMatchObject({
      requestId: expect.any(String),
      ms: expect.any(Number),
      address: '127.0.0.1',
    });
  });

  test('has the address that the trusted proxies tell, and no other', async () => {
    await stub.http.get('/v1/products').set('X-Forwarded-For', '203.0.113.9').expect(200);
    expect(stub.calls[0]?.call.context).toMatchObject({ address: '127.0.0.1' });
    const proxied = await startStub({ settings: { trustedProxies: 1 } });
    await proxied.http.get('/v1/products').set('X-Forwarded-For', '198.51.100.1, 203.0.113.9').expect(200);
    expect(proxied.calls[0]?.call.context).toMatchObject({ address: '203.0.113.9' });
    await proxied.stop();
  });
});

describe('outside tests', () => {
  const wrong = { status: 200, body: { id: 'p1' } };

  test('development sends a wrong answer and logs it', async () => {
    const development = await startStub({ settings: { environment: 'development' } });
    development.answer('getProduct', () => wrong);
    await development.http.get('/v1/products/p1').expect(200, { id: 'p1' });
    expect(development.logged()).toContain('an answer breaks the contract');
    await development.stop();
  });

  test('production does not look', async () => {
    const production = await startStub({ settings: { environment: 'production' } });
    production.answer('getProduct', () => wrong);
    await production.http.get('/v1/products/p1').expect(200, { id: 'p1' });
    await production.http.get('/v1/products/p%20').expect(400);
    await production.stop();
  });
});
