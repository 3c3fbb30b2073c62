import { afterEach, describe, expect, test } from '@jest/globals';
import { createLog } from '../../../src/platform/log.js';
import { createMetrics } from '../../../src/platform/http/metrics.js';
import { createRefusals } from '../../../src/platform/http/refusals.js';
import { until } from '../../support/own.servers.js';
import { startStub, type Stub } from './stub.js';

/* What the server refuses before it becomes a request of an operation: nobody else can tell of it. */

let stub: Stub | undefined;
let told: Record<string, unknown>[] = [];
let stop = (): void => undefined;
afterEach(async () => {
  stop();
  await stub?.stop();
  told = [];
});

async function startCounted(everyMs: number) {
  const metrics = createMetrics();
  const write = (line: string) => void told.push(JSON.parse(line) as Record<string, unknown>);
  const refusals = createRefusals({
    metrics,
    log: createLog({ level: 'info', destination: { write } }),
    everyMs,
  });
  stop = refusals.stop;
  stub = await startStub({ metrics, onRefusal: refusals.note, timeouts: { headersMs: 300, requestMs: 600 } });
  const counted = async (): Promise<Record<string, number>> => {
    const lines = (await metrics.text()).matchAll(/^http_requests_refused_total\{reason="(\w+)"\} (\d+)$/gm);
    return Object.fromEntries([...lines].map(([, reason = '', count]) => [reason, Number(count)]));
  };
  return { stub, counted, metrics };
}

const one = 'GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n';

describe('X1: what never becomes a request', () => {
  test.each([
    ['malformed_request', 'this is no http\r\n\r\n'],
    ['malformed_request', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['headers_too_large', `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['request_timeout', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['expectation_failed', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n'],
  ])('is counted as %s', async (reason, bytes) => {
    const { stub, counted } = await startCounted(60_000);
    await stub.raw(bytes);
    expect(await counted()).toEqual({ [reason]: 1 });
  });

  test('is counted where too many of one connection wait for their answers, beside those that are answered', async () => {
    const { stub, counted, metrics } = await startCounted(60_000);
    stub.answer('getOpenApiYaml', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { status: 200, body: 'openapi: 3.1.0' };
    });
    const answers = await stub.raw(one.repeat(100));
    const refused = (await counted())['rate_limited'] ?? 0;
    expect(refused).toBeGreaterThanOrEqual(answers.match(/HTTP\/1.1 429/g)?.length ?? 0);
    expect(refused).toBeGreaterThan(0);
    const served = `http_requests_total{operation="getOpenApiYaml",status="200"} ${stub.calls.length}`;
    expect(await metrics.text()).toContain(served);
  });

  test('is not counted a second time where a request of an operation tells of it', async () => {
    const { stub, counted, metrics } = await startCounted(60_000);
    await stub.raw(
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await until(
      () => metrics.text(),
      (text) => text.includes('http_requests_total{operation="addCartItem",status="408"} 1'),
    );
    expect(await counted()).toEqual({});
  });

  test('X3: is told at once, and then once in a while with how many there were', async () => {
    const { stub } = await startCounted(100);
    await stub.raw('this is no http\r\n\r\n');
    expect(told).toEqual([
      expect.objectContaining({ refused: { malformed_request: 1 }, address: '127.0.0.1' }),
    ]);
    await Promise.all(Array.from({ length: 20 }, () => stub.raw('nor is this\r\n\r\n')));
    const all = await until(
      () => Promise.resolve(told.map(({ refused }) => Object.values(refused as object)[0] as number)),
      (counts) => counts.reduce((sum, count) => sum + count, 0) === 21,
    );
    expect(all.length).toBeLessThan(10);
  });

  test('X3: is told before the server has stopped', async () => {
    const { stub } = await startCounted(60_000);
    for (let i = 0; i < 3; i += 1) await stub.raw('this is no http\r\n\r\n');
    expect(told).toHaveLength(1);
    stop();
    expect(told.at(-1)).toMatchObject({ refused: { malformed_request: 2 } });
  });
});
