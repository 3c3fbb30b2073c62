import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startRazorpaySandbox, type RazorpaySandbox } from '../../../src/sandbox/razorpay.js';
import { until } from '../../support/own.servers.js';

const AUTH = `Basic ${Buffer.from('key:key-secret').toString('base64')}`;

let sandbox: RazorpaySandbox;

beforeEach(async () => {
  sandbox = await startRazorpaySandbox({
    ...{ keyId: 'key', keySecret: 'key-secret', webhookSecret: 'webhook-secret' },
    ...{ webhookUrl: 'http://127.0.0.1:9/nobody', log: () => undefined },
  });
});

afterEach(() => sandbox.stop());

function create(timeoutMs = 5_000): Promise<Response> {
  return fetch(`${sandbox.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: AUTH },
    body: '{"amount":50000,"currency":"INR"}',
    signal: AbortSignal.timeout(timeoutMs),
  });
}

const orderCount = async (): Promise<number> => (await sandbox.control.orders()).length;

it('when it is down, connections are closed and nothing is done', async () => {
  await sandbox.control.trouble({ mode: 'down' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(await orderCount()).toBe(0);
});

it.each([
  ['error500', 500, 'application/json; charset=utf-8'],
  ['html502', 502, 'text/html'],
  ['throttle', 429, 'application/json; charset=utf-8'],
] as const)('%s answers %d without doing anything', async (mode, status, type) => {
  await sandbox.control.trouble({ mode });
  const answer = await create();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
  expect(await orderCount()).toBe(0);
});

it('act-then-hang does it and never answers', async () => {
  await sandbox.control.trouble({ mode: 'act-then-hang' });
  await expect(create(100)).rejects.toThrow(/timeout/);
  expect(await orderCount()).toBe(1);
});

it('act-then-close does it and closes the connection', async () => {
  await sandbox.control.trouble({ mode: 'act-then-close' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(await orderCount()).toBe(1);
});

it('slow answers after the delay', async () => {
  await sandbox.control.trouble({ mode: 'slow', delayMs: 50 });
  const before = performance.now();
  expect((await create()).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(45);
});

it('trouble keeps to its path, its method and its number of times', async () => {
  await sandbox.control.trouble({ mode: 'error500', path: '/v1/orders/:any' });
  expect((await create()).status).toBe(200);
  await sandbox.control.trouble({ mode: 'error500', path: '/v1/orders', method: 'GET' });
  expect((await create()).status).toBe(200);
  await sandbox.control.trouble({ mode: 'error500', path: '/v1/orders', times: 2 });
  expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([
    500, 500, 200,
  ]);
});

it('trouble with a time ends by itself; until then it can be asked about', async () => {
  await sandbox.control.trouble({ mode: 'error500', forMs: 300 });
  expect(await sandbox.control.troubleNow()).toEqual({ mode: 'error500', until: expect.any(Number) });
  expect((await create()).status).toBe(500);
  await until(
    () => sandbox.control.troubleNow(),
    ({ mode }) => mode === 'none',
  );
  expect((await create()).status).toBe(200);
  await sandbox.control.trouble({ mode: 'throttle' });
  expect(await sandbox.control.troubleNow()).toEqual({ mode: 'throttle' });
});
