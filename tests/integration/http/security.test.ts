import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { loadContract } from '../../../src/platform/http/documents.js';
import { allOperations } from '../../../src/platform/http/routes.js';
import { ADMIN, METRICS_TOKEN, TROUBLE, USER, bearer, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

const session = (token: string): [string, string] => ['Cookie', `holdfast_session=${token}`];
const call = (operation: (typeof allOperations)[number]) => {
  const path = operation.path.replace(/\{\w+\}/g, 'some-id');
  const method = operation.method as 'get' | 'post' | 'put' | 'patch' | 'delete';
  return stub.http[method](path);
};

describe.each(allOperations.filter(({ access }) => access === 'user' || access === 'admin'))(
  '$id',
  (operation) => {
    test('needs a credential, whatever else is wrong with the request', async () => {
      const answer = await call(operation).expect(401);
      expect(answer.body).toMatchObject({ success: false, code: 'unauthenticated' });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="holdfast"');
    });

    test('refuses a credential that stands for nobody', async () => {
      const byBearer = await call(operation)
        .set(...bearer('forged'))
        .expect(401);
      expect(byBearer.headers['www-authenticate']).toBe('Bearer realm="holdfast", error="invalid_token"');
      await call(operation)
        .set(...session('forged'))
        .expect(401);
      await call(operation).set('Authorization', 'Bearer').expect(401);
      await call(operation).set('Authorization', 'Basic dXNlcjpwYXNz').expect(401);
    });
  },
);

describe.each(allOperations.filter(({ access }) => access === 'admin'))('$id', (operation) => {
  test('refuses a user, however the credentials are combined', async () => {
    for (const credentials of [
      [bearer(USER)],
      [session(USER)],
      [bearer(USER), session(USER)],
      [bearer(USER), session(ADMIN)],
    ]) {
      const request = call(operation);
      for (const [name, value] of credentials) request.set(name, value);
      const answer = await request.expect(403);
      expect(answer.body).toMatchObject({ success: false, code: 'forbidden' });
    }
    await call(operation)
      .set(...bearer('forged'))
      .set(...session(ADMIN))
      .expect(401);
    expect(stub.calls).toEqual([]);
  });
});

test('the contract asks for the same role in every alternative, and the table of operations says the same', () => {
  const paths = loadContract().paths as Record<
    string,
    Record<string, { security: Record<string, string[]>[] }>
  >;
  for (const { path, method, access } of allOperations) {
    const alternatives = paths[path]?.[method]?.security ?? [{ none: ['stated'] }];
    const roles = alternatives.map((alternative) => JSON.stringify(Object.values(alternative).flat()));
    expect(new Set(roles)).toEqual(
      new Set(access === 'public' ? [] : [access === 'admin' ? '["admin"]' : '[]']),
    );
  }
});

describe('the principal', () => {
  test('is who the bearer stands for, when a cookie is sent as well', async () => {
    await stub.http
      .get('/v1/users/me')
      .set(...bearer(ADMIN))
      .set(...session(USER))
      .expect(200);
    await stub.http
      .get('/v1/users/me')
      .set(...session(USER))
      .expect(200);
    const roles = stub.calls.map(({ call: { principal } }) => (principal as { role: string }).role);
    expect(roles).toEqual(['admin', 'user']);
  });

  test('is nobody for a guest', async () => {
    await stub.http.get('/v1/cart').expect(200);
    await stub.http
      .get('/v1/cart')
      .set(...session(USER))
      .expect(200);
    expect(stub.calls[0]?.call).toMatchObject({ principal: undefined });
    expect(stub.calls[1]?.call).toMatchObject({ principal: { userId: 'user-user' } });
  });

  test('is nobody where an ended session meets an optional sign-in; a bad bearer is told', async () => {
    await stub.http
      .get('/v1/cart')
      .set(...session('ended'))
      .expect(200);
    expect(stub.calls[0]?.call).toMatchObject({ principal: undefined });
    await stub.http
      .get('/v1/cart')
      .set(...bearer('ended'))
      .expect(401);
  });

  test('is not looked for where the operation is public', async () => {
    await stub.http
      .get('/v1/products')
      .set(...bearer('forged'))
      .expect(200);
  });

  test.each(['j:{"$ne":1}', 'j%3A%7B%22%24ne%22%3A1%7D'])(
    'is never asked for with an object (%s)',
    async (value) => {
      await stub.http
        .get('/v1/users/me')
        .set(...session(value))
        .expect(401);
    },
  );
});

test('a sign-in that cannot be checked is 503, not 401 and not a guest', async () => {
  for (const path of ['/v1/users/me', '/v1/cart']) {
    const answer = await stub.http
      .get(path)
      .set(...session(TROUBLE))
      .expect(503);
    expect(answer.body).toMatchObject({ success: false, code: 'service_unavailable' });
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.text).not.toContain('mongo');
  }
});

describe('metrics', () => {
  test('need their own token, as a bearer', async () => {
    await stub.http.get('/metrics').expect(401);
    await stub.http
      .get('/metrics')
      .set(...bearer(ADMIN))
      .expect(401);
    await stub.http
      .get('/metrics')
      .set(...bearer(METRICS_TOKEN.slice(0, -1)))
      .expect(401);
    await stub.http
      .get('/metrics')
      .set(...session(METRICS_TOKEN))
      .expect(401);
    await stub.http
      .get('/metrics')
      .set(...bearer(METRICS_TOKEN))
      .expect(200);
  });

  test('have a token that opens nothing else', async () => {
    await stub.http
      .get('/v1/users/me')
      .set(...bearer(METRICS_TOKEN))
      .expect(401);
  });
});
