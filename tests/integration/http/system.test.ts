import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDocuments, projectRoot } from '../../../src/platform/http/documents.js';
import { createMetrics } from '../../../src/platform/http/metrics.js';
import type { Api } from '../../../src/platform/http/operation.js';
import { allOperations } from '../../../src/platform/http/routes.js';
import { systemHandlers, type SystemDeps } from '../../../src/platform/http/system.handlers.js';
import type { JobRun } from '../../../src/platform/jobs.js';
import { ADMIN, METRICS_TOKEN, bearer, startStub, type Stub } from './stub.js';

const SCRIPT = 'console.log("<b>docs</b>");\n';
const metrics = createMetrics();
const health = { database: true, redis: true, accepting: true };
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

const check = (part: 'database' | 'redis') => () =>
  health[part] ? Promise.resolve() : Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7'));

const system = (documents: SystemDeps['documents']) =>
  systemHandlers({
    checks: { database: check('database'), redis: check('redis') },
    metrics,
    documents,
    jobRuns: {
      list(query) {
        asked.push(query);
        return Promise.resolve({ rows: [run], total: 41 });
      },
    },
    accepting: () => health.accepting,
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
  mkdirSync(join(root, 'dist'));
  writeFileSync(
    join(root, 'dist/docs.html'),
    `<!doctype html><script src="x.js"></script><script type="text/javascript">${SCRIPT}</script><p>Holdfast</p>`,
  );
  stub = await startStub({ api: apiWith(system(loadDocuments(root))), metrics });
});
afterAll(() => stub.stop());

describe('health', () => {
  test('is live whatever else is away', async () => {
    health.database = false;
    await stub.http.get('/health/live').expect(200, { status: 'ok' });
    health.database = true;
  });

  test('is ready while all parts answer', async () => {
    await stub.http
      .get('/health/ready')
      .expect(200, { status: 'ok', checks: { database: 'ok', redis: 'ok' } });
  });

  test.each(['database', 'redis'] as const)('is not ready without the %s, and says no more', async (part) => {
    health[part] = false;
    const answer = await stub.http.get('/health/ready').expect(503);
    health[part] = true;
    expect(answer.body).toMatchObject({ status: 'unavailable', checks: { [part]: 'unavailable' } });
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.text).not.toContain('10.0.0.7');
  });

  test('is not ready while it shuts down', async () => {
    health.accepting = false;
    await stub.http.get('/health/ready').expect(503);
    health.accepting = true;
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

  test('is shown as a page that may run exactly its own scripts', async () => {
    const { headers, text } = await stub.http.get('/docs').expect(200);
    const hash = createHash('sha256').update(SCRIPT).digest('base64');
    expect(text).toContain('<p>Holdfast</p>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}';`);
    expect(headers['content-security-policy']).toContain('worker-src blob:');
  });

  test('has no page before the build has made one', async () => {
    const bare = await startStub({ api: apiWith(system({ ...documents, page: undefined })) });
    const answer = await bare.http.get('/docs').expect(404);
    expect(answer.body).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('npm run build'),
    });
    await bare.stop();
  });
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
