import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { ApiError } from '../../generated/openapi.js';
import { answersOf, operationsOf, type ContractAnswer } from '../../scripts/contract/operations.js';
import { filledPath, requestsOf, type ShownRequest } from '../../scripts/contract/requests.js';
import { formFieldsOf } from '../../scripts/contract/variants.js';
import { isShownError } from '../../scripts/mock/choice.js';
import { createMock, MOCK_METRICS_TOKEN } from '../../scripts/mock/server.js';
import { statusOf } from '../../src/platform/errors.js';
import { createLog } from '../../src/platform/log.js';
import { generated, responseJudge } from '../contract/contract.reader.js';
import { bodyOf } from '../support/bodies.js';

/*
 * The mock with every operation and every documented answer of the contract. It runs with the strict check of its own answers, and
 * each is judged once more here, against the schema that the contract has for exactly this status.
 */

const contract = generated('openapi.json');
const judgeOf = responseJudge(contract);
const answers = new Map(operationsOf(contract).map((one) => [one.id, answersOf(contract, one)]));
const requests = requestsOf(contract);
const ORIGIN = 'http://localhost:5173';
const mock = createMock({
  environment: 'test',
  corsOrigins: [ORIGIN],
  log: createLog({ level: 'silent' }),
});
let url: string;

beforeAll(async () => {
  url = `http://127.0.0.1:${await mock.listen(0, '127.0.0.1')}`;
});
afterAll(() => mock.stop(100));

type Twist = { headers?: Record<string, string>; query?: string; body?: string };

function credentials({ signIn }: ShownRequest): Record<string, string> {
  if (signIn === 'none') return {};
  return { Authorization: `Bearer ${signIn === 'operator' ? MOCK_METRICS_TOKEN : 'anything'}` };
}

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Sends an operation as the contract shows it, with what is changed about it. */
async function ask(shown: ShownRequest, twist: Twist = {}): Promise<Response> {
  const needed = shown.headers.filter(({ required }) => required).map(({ name, example }) => [name, example]);
  const query = shown.query
    .filter(({ required }) => required)
    .map(({ name, example }) => `${name}=${encodeURIComponent(example)}`);
  const address = `${filledPath(shown)}?${[...query, ...(twist.query === undefined ? [] : [twist.query])].join('&')}`;
  const agent = request(url) as unknown as Record<string, (path: string) => request.Test>;
  const call = agent[shown.method]?.(address.replace(/\?$/, ''));
  if (call === undefined) throw new Error(`supertest does not know ${shown.method}`);
  call.set({ ...(Object.fromEntries(needed) as Record<string, string>), ...credentials(shown) });
  const [body] = [...shown.bodies.values()];
  if (shown.type === 'multipart/form-data') {
    for (const { name, text } of formFieldsOf(shown, body)) {
      void (text === undefined ? call.attach(name, PICTURE, `${name}.png`) : call.field(name, text));
    }
    return call.set(twist.headers ?? {});
  }
  const text = twist.body ?? (body === undefined ? undefined : JSON.stringify(body));
  if (shown.type !== undefined) call.set('Content-Type', shown.type);
  return call.set(twist.headers ?? {}).send(text);
}

/** What came is what the contract shows, but for the id of the request. */
function expectShown(answer: Response, shown: ContractAnswer, value: unknown): void {
  expect(answer.headers['content-type']?.split(';')[0]).toBe(shown.type);
  if (shown.type === 'image/webp') {
    expect(Buffer.from(answer.body as Buffer).toString('latin1')).toMatch(/^RIFF....WEBP/s);
    return;
  }
  const isText = shown.type !== 'application/json';
  const body: unknown = isText ? answer.text : answer.body;
  const requestId = answer.headers['x-request-id'];
  const expected = isShownError(value as never) ? { ...(value as object), requestId } : value;
  expect(body).toEqual(expected);
  if (shown.schema !== undefined) expect(judgeOf(shown.schema)(body as never)).toBe(true);
}

describe.each(requests)('$id', (shown) => {
  const documented = answers.get(shown.id) ?? [];
  const cases = documented.flatMap((answer) => {
    const options = answer.examples.size > 0 ? [...answer.examples] : [[undefined, undefined] as const];
    return options.map(([example, value]) => {
      const status =
        answer.status !== 'default' ? answer.status : isShownError(value) ? statusOf[value.code] : NaN;
      return { answer, example, value, status };
    });
  });

  it.each(cases)(
    'X6 answers $status $example when it is preferred',
    async ({ answer, example, value, status }) => {
      const Prefer = example === undefined ? `code=${status}` : `code=${status}, example=${example}`;
      const got = await ask(shown, { headers: { Prefer } });
      expect([got.status, got.headers['preference-applied']]).toEqual([status, Prefer]);
      if (value !== undefined) expectShown(got, answer, value);
      else if (answer.type === undefined) expect(got.text).toBe('');
      for (const header of ['Location', 'WWW-Authenticate', 'Retry-After'].filter(
        (one) => one in answer.headers,
      )) {
        if (answer.status !== 'default') expect(got.headers[header.toLowerCase()]).toBeDefined();
      }
    },
  );

  it('X6 answers a success by itself', async () => {
    const got = await ask(shown);
    expect(documented.map(({ status }) => status)).toContain(got.status);
    expect(got.status).toBeLessThan(400);
  });

  it('X6 says what there is when an unknown answer is preferred', async () => {
    const noCode = bodyOf<ApiError>(await ask(shown, { headers: { Prefer: 'code=299' } }));
    expect(noCode).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: '/headers/prefer', code: 'code' }],
    });
    const noExample = await ask(shown, { headers: { Prefer: 'example=none-is-called-so' } });
    expect(noExample.status).toBe(400);
    expect(bodyOf<ApiError>(noExample).errors?.[0]?.message).toContain('it has');
  });

  it('X6 refuses a wrong request with the error of the contract, whatever is preferred', async () => {
    const refusals: [status: number, twist: Twist][] = [[400, { query: 'colour=red' }]];
    if (['user', 'admin', 'operator'].includes(shown.signIn))
      refusals.push([401, { headers: { Authorization: '' } }]);
    if (shown.type === 'application/json') {
      refusals.push([400, { body: '{"a":' }], [415, { headers: { 'Content-Type': 'text/plain' } }]);
    }
    for (const [status, { headers, ...twist }] of refusals) {
      const got = await ask(shown, { ...twist, headers: { ...headers, Prefer: 'code=200' } });
      const error = bodyOf<ApiError>(got);
      expect([got.status, error.success, statusOf[error.code]]).toEqual([status, false, status]);
      expect(judgeOf({ $ref: '#/components/schemas/ApiError' })(got.body as never)).toBe(true);
    }
  });
});

it('X6 answers 404 and 405 in the one shape, and keeps to the whole path', async () => {
  const nothing = await request(url).get('/products').expect(404);
  expect(bodyOf<ApiError>(nothing).code).toBe('not_found');
  const method = await request(url).put('/v1/products').expect(405);
  expect(bodyOf<ApiError>(method).code).toBe('method_not_allowed');
  expect(method.headers['allow']).toBe('GET, HEAD, OPTIONS');
});

it('X6 a browser can sign in, be known by its cookie, and sign out', async () => {
  const browser = request.agent(url);
  await browser.get('/v1/users/me').expect(401);
  const login = requests.find(({ id }) => id === 'login');
  await browser
    .post('/v1/auth/login')
    .send(Object([...(login?.bodies.values() ?? [])][0]))
    .expect(200);
  await browser.get('/v1/users/me').expect(200);
  await browser.post('/v1/auth/logout').expect(204);
  await browser.get('/v1/users/me').expect(401);
});

it('X6 a page of an allowed origin may send Prefer, and a page of another may not act', async () => {
  const preflight = await request(url)
    .options('/v1/products')
    .set({
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'prefer',
    })
    .expect(204);
  expect(preflight.headers['access-control-allow-headers']).toMatch(/\bPrefer\b/);
  const foreign = await request(url)
    .post('/v1/auth/login')
    .set('Origin', 'https://evil.example')
    .send({})
    .expect(403);
  expect(bodyOf<ApiError>(foreign).code).toBe('origin_not_allowed');
});

it('X6 a preference may be written as RFC 7240 allows, and others are ignored', async () => {
  for (const Prefer of [
    'code="404"; example="productNotFound"',
    'return=minimal, CODE=404',
    'code=404, code=200',
  ]) {
    await request(url).get('/v1/products/some-id').set({ Prefer }).expect(404);
  }
});

it('X6 an answer may be asked for by its status too, and what contradicts itself is told', async () => {
  const found = await request(url)
    .get('/v1/products/some-id')
    .set('Prefer', 'status=404, example=productNotFound')
    .expect(404);
  expect(found.headers['preference-applied']).toBe('status=404, example=productNotFound');
  await request(url).get('/v1/products').set('Prefer', 'code=503, status=503').expect(503);
  const unclear = await request(url).get('/v1/products').set('Prefer', 'code=503, status=200').expect(400);
  expect(bodyOf<ApiError>(unclear).errors).toEqual([
    { path: '/headers/prefer', code: 'code', message: expect.stringMatching(/it has 200, /) },
  ]);
});

it('X6 a page may read what was applied, and every header that the contract has', async () => {
  const { headers } = await request(url)
    .get('/v1/products')
    .set({ Origin: ORIGIN, Prefer: 'code=503' })
    .expect(503);
  const exposed = headers['access-control-expose-headers']?.split(', ').map((name) => name.toLowerCase());
  const documented = [...answers.values()].flat().flatMap((answer) => Object.keys(answer.headers));
  // Pages may read the first always, and the second never.
  const needed = new Set(documented.filter((name) => !['Cache-Control', 'Set-Cookie'].includes(name)));
  expect(needed.size).toBeGreaterThan(6);
  for (const name of ['X-Request-Id', 'Preference-Applied', ...needed])
    expect(exposed).toContain(name.toLowerCase());
});

it('X6 an error that was asked for is no trouble in the log, and a preference that nobody knows is told there', async () => {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().split('\n').filter(Boolean))
        lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  const log = createLog({ level: 'info', destination });
  const logging = createMock({ environment: 'test', corsOrigins: [], log });
  const address = `http://127.0.0.1:${await logging.listen(0, '127.0.0.1')}`;
  await request(address).get('/v1/products').set('Prefer', 'code=503').expect(503);
  await request(address).get('/v1/products').set('Prefer', 'statuscode=503').expect(200);
  await logging.stop(100);
  expect(lines.filter(({ level }) => level !== 30).map(({ msg }) => msg)).toEqual([
    'Prefer is understood with code (or status) and example',
  ]);
  expect(lines.map(({ code }) => code).filter(Boolean)).toEqual([
    'service_unavailable',
    'service_unavailable',
  ]);
  expect(JSON.stringify(lines)).not.toContain('stack');
});

it('X6 gives the contract itself as a whole', async () => {
  expect((await request(url).get('/openapi.json').expect(200)).body).toEqual(contract);
  expect((await request(url).get('/openapi-3.0.json').expect(200)).body).toEqual(
    generated('openapi-3.0.json'),
  );
});

it('X6 whoever writes `/docs/` gets to the documentation, also where the answer is preferred', async () => {
  for (const headers of [{}, { Prefer: 'code=308' }]) {
    const answer = await request(url).get('/docs/').set(headers).expect(308);
    expect(answer.headers['location']).toBe('/docs');
  }
});
