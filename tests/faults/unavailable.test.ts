import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiError } from '../../generated/openapi.js';
import { operations } from '../../generated/operations.js';
import type { OperationId } from '../../src/platform/http/operation.js';
import { bodyOf } from '../support/bodies.js';
import { PASSWORD } from '../support/flows.js';
import { startBreakable, type BrokenWorld } from '../support/own.servers.js';
import { bearer, operationIds, samplesFor, send, tokenOf, type Sample } from '../support/samples.js';

/*
 * Redis and MongoDB away, both: every operation that documents 503 answers it, in the one shape, in time; every other
 * one goes on.
 */

const needy = operationIds.filter((id) => operations[id].statuses.some((status) => status === 503));
const independent = operationIds.filter((id) => !needy.includes(id));

let world: BrokenWorld;
let samples: Record<OperationId, Sample>;
let token: string;

beforeAll(async () => {
  world = await startBreakable();
  const { app } = world;
  samples = samplesFor(app.config);
  const { accounts } = app.holdfast.services;
  const email = 'away@example.com';
  await accounts.insert(await accounts.prepare({ name: 'Admin', email, password: PASSWORD }, 'admin'));
  token = await tokenOf(app.url, email, PASSWORD);
  // The first request of each path compiles its checks, which is not what is timed below.
  for (const id of operationIds.filter((one) => one !== 'logout')) await timed(id);
}, 180_000);
afterAll(() => world.stop(), 60_000);

async function timed(id: OperationId) {
  const { access } = operations[id];
  const own = access === 'metrics' ? world.app.config.metricsToken : token;
  const started = performance.now();
  const answer = await send(world.app.url, id, samples[id], {
    headers: access === 'public' ? {} : bearer(own),
  });
  return { answer, ms: performance.now() - started };
}

async function expectUnavailable(id: OperationId): Promise<void> {
  const { answer, ms } = await timed(id);
  expect({ id, status: answer.status }).toEqual({ id, status: 503 });
  expect(ms).toBeLessThan(5_000);
  expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(answer.headers).not.toHaveProperty('set-cookie');
  if (id === 'getReadiness') {
    expect(answer.body).toMatchObject({ status: 'unavailable', checks: { database: 'unavailable' } });
  } else {
    expect(bodyOf<ApiError>(answer)).toMatchObject({ success: false, code: 'service_unavailable' });
    expect(answer.text).not.toMatch(/mongo|redis|ECONN|127\.0\.0\.1|timed out/i);
  }
}

describe('both hang', () => {
  beforeAll(() => {
    world.mongo.hang();
    world.redis.hang();
  });
  afterAll(() => {
    world.mongo.goOn();
    world.redis.goOn();
  });

  it('every operation that needs them answers 503 within 5 s, all of them at once', async () => {
    await Promise.all(needy.map(expectUnavailable));
  }, 20_000);

  it('X1: metrics count what was refused, and leave out what cannot be had', async () => {
    const { text } = (await timed('getMetrics')).answer;
    expect(text).toMatch(/^http_requests_unavailable_total\{operation="getCart"\} [1-9]/m);
    expect(text).toMatch(/^holdfast_figures_missing [1-9]/m);
    expect(text).not.toMatch(/^holdfast_(mails_dead|unexplained|units_held|mail_overdue_seconds)[ {]/m);
  });

  it.each(independent)('%s goes on', async (id) => {
    const { answer, ms } = await timed(id);
    expect(answer.status).toBeLessThan(400);
    expect(ms).toBeLessThan(1_500);
  });
});

describe('both are gone', () => {
  beforeAll(async () => {
    await Promise.all([world.mongo.stop(), world.redis.stop()]);
  }, 30_000);

  it('every operation that needs them answers 503 within 5 s', async () => {
    await Promise.all(needy.map(expectUnavailable));
  }, 20_000);

  it.each(independent)('%s goes on', async (id) => {
    expect((await timed(id)).answer.status).toBeLessThan(400);
  });
});
