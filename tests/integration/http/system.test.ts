import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDocuments, projectRoot } from '../../../src/platform/http/documents.js';
import { createMetrics } from '../../../src/platform/http/metrics.js';
import type { Api } from '../../../src/platform/http/operation.js';
import { allOperations } from '../../../src/platform/http/routes.js';
import { createReadiness, type Check } from '../../../src/platform/http/readiness.js';
import { systemHandlers, type SystemDeps } from '../../../src/platform/http/system.handlers.js';
import type { JobRun } from '../../../src/platform/jobs.js';
import { createLog } from '../../../src/platform/log.js';
import { ADMIN, METRICS_TOKEN, bearer, startStub, type Stub } from './stub.js';

/** What a build might have left. */
const SITE = {
  'index.html': '<!doctype html><p>Holdfast</p>',
  'quick-start.html': '<!doctype html><p>Begin</p>',
  'site.css': 'p { color: red }',
  'site.js': 'export {};',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
};
const metrics = createMetrics();
type Answer = Awaited<ReturnType<Check>> | 'throws' | 'hangs';
const health = { database: undefined as Answer, redis: undefined as Answer, accepting: true };
const told: string[] = [];
const asked: unknown[] = [];
const run: JobRun = {
  id: 'run-1',
  job: 'mail',
  startedAt: new Date('2026-03-14T09:46:00.000Z'),
  finishedAt: null,
  examined: 1,
  changed: 0,
  failures: [{ subject: 'mail-1', message: 'away' }],
  outcome: 'running',
};

const check = (part: 'database' | 'redis') => (): ReturnType<Check> => {
  const answer = health[part];
  if (answer === 'throws') return Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7'));
  return answer === 'hangs' ? new Promise(() => undefined) : Promise.resolve(answer);
};

const system = (documents: SystemDeps['documents']) =>
  systemHandlers({
    readiness: createReadiness({
      checks: { database: check('database'), redis: check('redis') },
      accepting: () => health.accepting,
      log: createLog({ level: 'info', destination: { write: (line: string) => void told.push(line) } }),
    }),
    metrics,
    documents,
    jobRuns: {
      list(query) {
        asked.push(query);
        return Promise.resolve({ rows: [run], total: 41 });
      },
    },
  });

/** The real handlers of `system`; the others are there and never called. */
function apiWith(handlers: Api['system']): Api {
  const others: Record<string, Record<string, unknown>> = {};
  for (const { tag, id } of allOperations)
    (others[tag] ??= {})[id] = () => Promise.reject(new Error('not called'));
  return { ...others, system: handlers } as unknown as Api;
}

let stub: Stub;
beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-docs-'));
  symlinkSync(join(projectRoot(), 'generated'), join(root, 'generated'));
  mkdirSync(join(root, 'dist/docs'), { recursive: true });
  for (const [name, text] of Object.entries(SITE)) writeFileSync(join(root, 'dist/docs', name), text);
  stub = await startStub({ api: apiWith(system(loadDocuments(root))), metrics });
});
afterAll(() => stub.stop());

describe('health', () => {
  const ask = () => stub.http.get('/health/ready');

  test('is live whatever else is away', async () => {
    health.database = 'throws';
    await stub.http.get('/health/live').expect(200, { status: 'ok' });
    health.database = undefined;
  });

  test('is ready while all parts can do what is needed', async () => {
    await ask().expect(200, { status: 'ok', checks: { database: 'ok', redis: 'ok' } });
  });

  test.each([
    ['database', 'throws', 'no_answer'],
    ['redis', 'throws', 'no_answer'],
    ['redis', 'hangs', 'no_answer'],
    ['database', 'no_primary', 'no_primary'],
    ['redis', 'out_of_memory', 'out_of_memory'],
  ] as const)('is not ready where the %s %s, says that class, and no more', async (part, state, reason) => {
    health[part] = state;
    const answer = await ask().expect(503);
    health[part] = undefined;
    const checks = { database: 'ok', redis: 'ok', [part]: 'unavailable' };
    expect(answer.body).toEqual({ status: 'unavailable', checks, reasons: { [part]: reason } });
    expect(answer.headers['retry-after']).toBe('2');
  });

  test('is not ready while it shuts down, and says that this is why', async () => {
    health.accepting = false;
    const answer = await ask().expect(503);
    health.accepting = true;
    expect(answer.body).toMatchObject({ checks: { redis: 'ok' }, reasons: { server: 'stopping' } });
  });

  test('X3: tells the log what keeps requests away when it turns, not at each probe', async () => {
    await ask().expect(200);
    told.length = 0;
    for (const [redis, status] of [
      ['read_only', 503],
      ['read_only', 503],
      ['throws', 503],
      [undefined, 200],
      [undefined, 200],
    ] as const) {
      health.redis = redis;
      await ask().expect(status);
    }
    expect(told.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 40, redis: 'read_only' }),
      expect.objectContaining({ level: 40, redis: 'no_answer' }),
      expect.objectContaining({ level: 30, msg: 'ready again' }),
    ]);
  });
});

test('metrics count requests by operation and status, unknown addresses as one', async () => {
  await stub.http.get('/v1/no-such-1').expect(404);
  await stub.http.get('/v1/no-such-2').expect(404);
  const answer = await stub.http
    .get('/metrics')
    .set(...bearer(METRICS_TOKEN))
    .expect(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(answer.text).toMatch(/^http_requests_total\{operation="getLiveness",status="200"\} \d+$/m);
  expect(answer.text).toMatch(/^http_requests_total\{operation="unmatched",status="404"\} 2$/m);
  expect(answer.text).toMatch(/^http_request_duration_seconds_count\{operation="getLiveness"\} \d+$/m);
  expect(answer.text).toContain('process_resident_memory_bytes');
});

describe('the contract', () => {
  const documents = loadDocuments();

  test('is served as it was generated', async () => {
    const json = await stub.http.get('/openapi.json').expect(200);
    expect(json.body).toEqual(documents.json);
    const json30 = await stub.http.get('/openapi-3.0.json').expect(200);
    expect(json30.body).toMatchObject({ openapi: '3.0.3' });
    const yaml = await stub.http.get('/openapi.yaml').expect(200);
    expect(yaml.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(yaml.text).toBe(documents.yaml);
    expect(json.headers['cache-control']).toBe('public, max-age=300');
  });

  test('is serialized once, however often it is asked for', async () => {
    let times = 0;
    const toJSON = (): unknown => {
      times += 1;
      return documents.json;
    };
    const json = Object.defineProperty({ ...documents.json }, 'toJSON', { value: toJSON });
    const own = await startStub({ api: apiWith(system({ ...documents, json })) });
    for (let asked = 1; asked <= 3; asked += 1)
      expect((await own.http.get('/openapi.json').expect(200)).body).toEqual(documents.json);
    expect(times).toBe(1);
    await own.stop();
  });
});

describe('the documentation', () => {
  test.each([
    ['/docs', 'index.html', 'text/html'],
    ['/docs/quick-start', 'quick-start.html', 'text/html'],
    ['/docs/site.css', 'site.css', 'text/css'],
    ['/docs/site.js', 'site.js', 'text/javascript'],
    ['/docs/icon.svg', 'icon.svg', 'image/svg+xml'],
  ] as const)('X1 %s is what the build made', async (address, file, type) => {
    const answer = await fetch(`${stub.url}${address}`);
    expect([answer.status, await answer.text()]).toEqual([200, SITE[file]]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'public, no-cache',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'x-content-type-options': 'nosniff',
    });
    const known = answer.headers.get('etag') ?? '';
    const again = await stub.http.get(address).set('If-None-Match', known).expect(304);
    expect(again.headers['etag']).toBe(known);
  });

  test('X1 pages may load and run what this server has, and nothing that stands in them', async () => {
    for (const address of ['/docs', '/docs/quick-start']) {
      const { headers } = await stub.http.get(address).expect(200);
      const policy = headers['content-security-policy'];
      expect(policy).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'; trusted-types 'none'",
      );
      // A browser gives the page that it has kept the policy of the answer that it is still right.
      const again = await stub.http
        .get(address)
        .set('If-None-Match', headers['etag'] ?? '')
        .expect(304);
      expect(again.headers['content-security-policy']).toBe(policy);
    }
    expect((await stub.http.get('/docs/site.js')).headers['content-security-policy']).toMatch(
      /^default-src 'none';/,
    );
  });

  test.each(['/docs/nothing', '/docs/index.js', '/docs/quick-start.css', '/docs/constructor'])(
    'X1 %s is not found',
    async (address) => {
      const answer = await stub.http.get(address).expect(404);
      expect(answer.body).toMatchObject({ code: 'not_found' });
    },
  );

  test.each(['/docs/..%2fpackage.json', '/docs/Quick-Start', '/docs/a.html', '/docs/%00'])(
    'X1 %s is no name of a part',
    async (address) => {
      const answer = await stub.http.get(address).expect(400);
      expect(answer.body).toMatchObject({ errors: [{ path: '/path/part' }] });
    },
  );

  test('X1 whoever adds a slash finds the first page', async () => {
    const { headers } = await stub.http.get('/docs/').expect(308);
    expect(headers['location']).toBe('/docs');
  });

  test.each(['/docs', '/docs/quick-start'])(
    'X1 %s is not there before the build has made it',
    async (address) => {
      const bare = await startStub({ api: apiWith(system({ ...loadDocuments(), site: undefined })) });
      const answer = await bare.http.get(address).expect(404);
      expect(answer.body).toMatchObject({
        code: 'not_found',
        message: expect.stringContaining('npm run build'),
      });
      await bare.stop();
    },
  );
});

test('the runs of the jobs are listed by page', async () => {
  const answer = await stub.http
    .get('/v1/admin/job-runs?job=mail&page=3&limit=20')
    .set(...bearer(ADMIN))
    .expect(200);
  expect(asked).toEqual([{ job: 'mail', skip: 40, limit: 20 }]);
  expect(answer.body).toEqual({
    data: [{ ...run, startedAt: '2026-03-14T09:46:00.000Z', durationMs: null }],
    pagination: { page: 3, limit: 20, total: 41, pages: 3 },
  });
});

test('pages deeper than 10,000 rows are refused', async () => {
  const answer = await stub.http
    .get('/v1/admin/job-runs?page=101&limit=100')
    .set(...bearer(ADMIN))
    .expect(400);
  expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ path: '/query/page' }] });
});

test('an operation without a handler is found at the start', async () => {
  const api = apiWith(system(loadDocuments()));
  Reflect.deleteProperty(api.cart, 'emptyCart');
  await expect(startStub({ api })).rejects.toThrow('emptyCart has no handler');
});
