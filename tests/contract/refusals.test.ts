import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import type { ApiError } from '../../generated/openapi.js';
import { operations } from '../../generated/operations.js';
import type { OperationId } from '../../src/platform/http/operation.js';
import { worded } from '../../src/platform/http/validation.words.js';
import { bodyOf, wrongPlaces } from '../support/bodies.js';
import { PASSWORD } from '../support/flows.js';
import { bearer, isForm, operationIds, samplesFor, send, tokenOf, type Twist } from '../support/samples.js';
import { sharedApp } from '../support/shared.js';

/*
 * What is refused before any handler sees it, for every operation of the contract. The last test looks whether anything
 * of it has left a trace.
 */

async function rows(): Promise<Record<string, number>> {
  const client = await MongoClient.connect(app.config.connections.databaseUrl);
  const collections = await client.db().listCollections({}, { nameOnly: true }).toArray();
  const counted = await Promise.all(
    collections.map(async ({ name }) => [name, await client.db().collection(name).countDocuments()] as const),
  );
  await client.close();
  return Object.fromEntries(counted);
}

const app = await sharedApp();
const samples = samplesFor(app.config);
const { accounts } = app.holdfast.services;
const email = 'refusals@example.com';
await accounts.insert(await accounts.prepare({ name: 'Admin', email, password: PASSWORD }, 'admin'));
const token = await tokenOf(app.url, email, PASSWORD);
const before = await rows();

/** Sends a sample as somebody who may call the operation, with what is changed about it. */
const call = (id: OperationId, twist: Twist) => {
  const mine = operations[id].access === 'metrics' ? app.config.metricsToken : token;
  const signedIn = operations[id].access === 'public' ? {} : bearer(mine);
  return send(app.url, id, samples[id], { ...twist, headers: { ...signedIn, ...twist.headers } });
};

const VALIDATORS_WORDS = /NOT|[<>]=|must match|required property|schema|documentation asks/;

async function expectRefused(
  id: OperationId,
  twist: Twist,
  status: number,
  code: ApiError['code'],
): Promise<ApiError> {
  const answer = await call(id, twist);
  const body = bodyOf<ApiError>(answer);
  expect([answer.status, body.code]).toEqual([status, code]);
  expect(body.success).toBe(false);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['x-request-id']).toBe(body.requestId);
  // In words, never in those of the validator.
  for (const { message } of body.errors ?? []) expect(message).not.toMatch(VALIDATORS_WORDS);
  return body;
}

const withBody = operationIds.filter((id) => operations[id].requestTypes.length > 0);
const withJson = withBody.filter((id) => !isForm(id));
const closedBody = withJson.filter((id) => id !== 'receiveRazorpayWebhook');
const withPathId = operationIds.filter((id) => operations[id].path.includes('{'));
const lists = operationIds.filter((id) => 'page' in operations[id].queryDefaults);
const changing = operationIds.filter((id) => operations[id].method !== 'get');
/** Operations whose answer may set a cookie, by which another site could put a session of its own into a browser. */
const SETS_COOKIES: readonly OperationId[] = [
  'register',
  'login',
  'logout',
  'emptyCart',
  'addCartItem',
  'setCartItem',
  'removeCartItem',
  'placeOrder',
  'changeOwnPassword',
];

describe.each(operationIds)('400: %s', (id) => {
  it.each(['?colour=red', '?$where=1', '?q[$ne]=1', '?__proto__=1', '?page[$gt]=0'])(
    'X2 refuses the unknown query parameter %s and names it',
    async (query) => {
      const body = await expectRefused(id, { query }, 400, 'validation_failed');
      expect(body.errors?.[0]?.path).toMatch(/^\/query\//);
    },
  );

  it('X2 refuses an address that cannot be read', async () => {
    await expectRefused(id, { query: '?q=%E0%A4%A' }, 400, 'malformed_request');
  });
});

describe.each(withPathId)('400: %s', (id) => {
  it.each(['%00', '%24ne', 'a%2Fb', 'a%20b', '..%2F..%2Fetc', 'a'.repeat(65), '%7B%22%24ne%22%3A1%7D', 'é'])(
    'X2 refuses the id %s',
    async (text) => {
      const [name = ''] = Object.keys(samples[id].path ?? {});
      const sample = {
        ...samples[id],
        path: { ...samples[id].path, [name]: text.includes('%') ? text : encodeURIComponent(text) },
      };
      const answer = await send(app.url, id, sample, { headers: bearer(token) });
      expect([answer.status, wrongPlaces(answer)]).toEqual([400, [`/path/${name}`]]);
    },
  );
});

describe.each(lists)('400: %s', (id) => {
  it.each([
    'page=0',
    'page=-1',
    'page=1.5',
    'page=x',
    'page=1e400',
    'limit=0',
    'limit=101',
    'limit=',
    'limit=%00',
  ])('X2 refuses %s', async (text) => {
    const body = await expectRefused(id, { query: `?${text}` }, 400, 'validation_failed');
    expect(body.errors?.[0]?.path).toBe(`/query/${text.split('=')[0] ?? ''}`);
  });

  it('X2 refuses a parameter that is given twice', async () => {
    const body = await expectRefused(id, { query: '?page=1&page=2' }, 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: '/query/page', code: 'repeated' }]);
  });

  it('X2 names all that is wrong with a query at once', async () => {
    const body = await expectRefused(
      id,
      { query: '?colour=red&page=two&limit=&size=9' },
      400,
      'validation_failed',
    );
    expect((body.errors ?? []).map(({ path }) => path).sort()).toEqual([
      '/query/colour',
      '/query/limit',
      '/query/page',
      '/query/size',
    ]);
  });

  it('X2 refuses a page deeper than 10,000 rows and advises to narrow the filter', async () => {
    const body = await expectRefused(id, { query: '?page=101&limit=100' }, 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: '/query/page', message: expect.stringMatching(/narrow/i) }]);
    // A list of something that does not exist gets that far, too.
    expect([200, 404]).toContain((await call(id, { query: '?page=100&limit=100' })).status);
  });
});

type Leaf = { path: string; value: unknown; with: (value: unknown) => unknown };

/** Every value in a body, with a way to make the same body with another value there. */
function leaves(value: unknown, path = '', rebuild = (inner: unknown): unknown => inner): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value, with: rebuild }];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, `${path}/${name}`, (changed) => {
      const copy: Record<string, unknown> = { ...value, [name]: changed };
      return rebuild(isList ? Object.values(copy) : copy);
    }),
  );
}

const WRONG_EVERYWHERE: unknown[] = [{ $ne: 1 }, { $gt: '' }, [], null];
const WRONG_TEXTS: unknown[] = [1, true, 'a\u0000b', '\ud800', 'a'.repeat(6_000), ''];
const WRONG_NUMBERS: unknown[] = ['1', 1.5, -1, true, 2 ** 63];
const WRONG_FLAGS: unknown[] = ['true', 1];
/** An empty description is a description. */
const MAY_BE_EMPTY = ['/description'];
/** Taking a phone number away is a change. */
const MAY_BE_NULL = ['updateOwnProfile /phone', 'updateUser /phone'];
/** A correction takes away or adds. */
const MAY_BE_NEGATIVE = ['/difference'];

function wrongValues(id: OperationId, { path, value }: Leaf): unknown[] {
  const others =
    typeof value === 'string' ? WRONG_TEXTS : typeof value === 'number' ? WRONG_NUMBERS : WRONG_FLAGS;
  return [...WRONG_EVERYWHERE, ...others].filter(
    (wrong) =>
      (wrong !== '' || !MAY_BE_EMPTY.includes(path)) &&
      (wrong !== null || !MAY_BE_NULL.includes(`${id} ${path}`)) &&
      (wrong !== -1 || !MAY_BE_NEGATIVE.includes(path)),
  );
}

describe.each(closedBody)('400: %s', (id) => {
  it('X2 refuses a wrong value of every field, and names the field once', async () => {
    const fields = leaves(samples[id].body);
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) {
      for (const wrong of wrongValues(id, field)) {
        const answer = await call(id, { body: field.with(wrong) });
        const places = wrongPlaces(answer);
        const told = places.filter((path) => path.startsWith(`/body${field.path}`));
        const isOnce = told.length > 0 && new Set(places).size === places.length;
        const errors = bodyOf<ApiError>(answer).errors ?? [];
        expect(
          errors.filter(({ code, message }) => !worded.has(code) || VALIDATORS_WORDS.test(message)),
        ).toEqual([]);
        const what = { field: field.path, wrong, status: answer.status, isOnce };
        expect(what).toEqual({ field: field.path, wrong, status: 400, isOnce: true });
      }
    }
  });

  it('X2 refuses an unknown field, whatever its name', async () => {
    const known = Object.keys(samples[id].body ?? {});
    const names = ['colour', '$where', 'constructor', 'isAdmin', 'role', '_id'];
    for (const name of names.filter((one) => !known.includes(one))) {
      const body = await expectRefused(
        id,
        { body: { ...samples[id].body, [name]: 'x' } },
        400,
        'validation_failed',
      );
      expect(body.errors).toMatchObject([{ path: `/body/${name}`, code: 'additionalProperties' }]);
    }
    const text = JSON.stringify(samples[id].body).replace('{', '{"__proto__":{"role":"admin"},');
    await expectRefused(id, { text }, 400, 'validation_failed');
  });

  it.each(['[]', '{"a":', '1', '"text"', 'null', '\u0000', '{"a":1}}', 'NaN'])(
    'X2 refuses the body %s',
    async (text) => {
      const answer = await call(id, { text });
      expect(answer.status).toBe(400);
      expect(['malformed_json', 'validation_failed']).toContain(bodyOf<ApiError>(answer).code);
    },
  );

  it('X2 refuses a request without a body', async () => {
    await expectRefused(id, { body: undefined }, 400, 'validation_failed');
  });
});

describe.each(withJson)('415: %s', (id) => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ])('X2 refuses a body of type %s', async (type) => {
    const text = JSON.stringify(samples[id].body);
    await expectRefused(id, { text, headers: { 'Content-Type': type } }, 415, 'unsupported_media_type');
  });

  it('X2 refuses another charset and compression', async () => {
    const text = JSON.stringify(samples[id].body);
    const charset = { 'Content-Type': 'application/json; charset=utf-16' };
    await expectRefused(id, { text, headers: charset }, 415, 'unsupported_media_type');
    const zipped = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    await expectRefused(id, { text: gzipSync(text), headers: zipped }, 415, 'unsupported_media_type');
  });
});

describe.each(withJson)('413: %s', (id) => {
  const limit = id === 'receiveRazorpayWebhook' ? 1024 * 1024 : 100 * 1024;

  it('X2 refuses one byte more than its limit', async () => {
    const text = JSON.stringify(samples[id].body).padEnd(limit + 1, ' ');
    await expectRefused(id, { text }, 413, 'payload_too_large');
    // As long as is allowed, so it is read, and refused for its parameter alone.
    await expectRefused(id, { text: text.slice(0, limit), query: '?colour=red' }, 400, 'validation_failed');
  });
});

describe.each(changing)('403: %s', (id) => {
  const foreign = { Origin: 'https://evil.example' };
  const session = (): Record<string, string> => ({ Cookie: `holdfast_session=${token}` });

  it('X2 refuses a page of another origin that would use the visitor’s cookies', async () => {
    for (const origin of [foreign, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const answer = await send(app.url, id, samples[id], { headers: { ...session(), ...origin } });
      expect([answer.status, bodyOf<ApiError>(answer).code]).toEqual([403, 'origin_not_allowed']);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  it('X2 does not take a look-alike of an allowed origin for it', async () => {
    for (const origin of [
      'https://shop.example.evil.example',
      'http://shop.example',
      'https://shop.example:8443',
    ]) {
      const answer = await send(app.url, id, samples[id], { headers: { ...session(), Origin: origin } });
      expect(answer.status).toBe(403);
    }
  });

  it('X2 refuses it without cookies too where the answer may set one', async () => {
    const answer = await send(app.url, id, samples[id], { headers: foreign, query: '?colour=red' });
    const refused = bodyOf<ApiError>(answer).code === 'origin_not_allowed';
    expect(refused).toBe(SETS_COOKIES.includes(id));
  });
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const paths = [...new Set(operationIds.map((id) => operations[id].path))];

describe.each(paths)('405: %s', (path) => {
  it('X2 names the methods that it knows, and knows no other', async () => {
    const known = operationIds
      .filter((id) => operations[id].path === path)
      .map((id) => operations[id].method);
    const address = `${app.url}${path.replace(/\{\w+\}/g, 'nothing')}`;
    for (const method of METHODS.filter((one) => !known.includes(one))) {
      const answer = await request(address)[method]('').set(bearer(token));
      expect([answer.status, bodyOf<ApiError>(answer).code]).toEqual([405, 'method_not_allowed']);
      const allowed = (answer.headers['allow'] ?? '').toLowerCase().split(', ');
      expect(allowed.filter((one) => METHODS.some((listed) => listed === one)).sort()).toEqual(
        [...known].sort(),
      );
    }
  });
});

it.each(['/', '/v1', '/v1/', '/v1/nothing', '/v1/products/', '/V1/products', '//v1/products', '/v1/admin'])(
  '404: X2 there is nothing at %s, signed in or not',
  async (path) => {
    for (const headers of [{}, bearer(token)]) {
      const answer = await request(app.url).get(path).set(headers);
      expect([answer.status, bodyOf<ApiError>(answer).code]).toEqual([404, 'not_found']);
    }
  },
);

it('none of these refusals has left a trace in the database', async () => {
  expect(await rows()).toEqual(before);
});
