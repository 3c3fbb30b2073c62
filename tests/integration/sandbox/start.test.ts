import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import { isAlive } from '../../../src/sandbox/lock.js';
import { startSandbox, type SandboxOptions } from '../../../src/sandbox/start.js';

const INSTALL_MS = 300_000;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

const options = (needs: Partial<SandboxOptions['needs']>): SandboxOptions => ({
  dir,
  toolsDir: resolve('.sandbox'),
  needs: { mongo: false, redis: false, razorpay: false, ses: false, ...needs },
  razorpay: { keyId: 'key', keySecret: 'secret', webhookSecret: 'hook', webhookUrl: 'http://127.0.0.1:9/' },
  log: () => undefined,
});

it(
  'starts everything that is needed, and stops it',
  async () => {
    const sandbox = await startSandbox(options({ mongo: true, redis: true, razorpay: true, ses: true }));
    expect(sandbox).toMatchObject({
      databaseUrl: expect.stringMatching(/^mongodb:\/\/127\.0\.0\.1:\d+\/holdfast\?directConnection=true$/),
      redis: { host: '127.0.0.1', port: expect.any(Number) },
      razorpayUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      sesUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    const client = await MongoClient.connect(sandbox.databaseUrl ?? '');
    expect(client.db().databaseName).toBe('holdfast');
    await client.close();
    const pids = [sandbox.running.mongo?.pid ?? 0, sandbox.running.redis?.pid ?? 0];
    await sandbox.stop();
    expect(pids.map(isAlive)).toEqual([false, false]);
    await expect(fetch(sandbox.razorpayUrl ?? '')).rejects.toThrow();
  },
  INSTALL_MS,
);

it('starts nothing else', async () => {
  const sandbox = await startSandbox(options({ ses: true }));
  expect(Object.keys(sandbox).sort()).toEqual(['running', 'sesUrl', 'stop']);
  await sandbox.stop();
});

it('a preferred port that is taken is replaced by a free one', async () => {
  const first = await startSandbox(options({ razorpay: true }));
  const second = await startSandbox({ ...options({ razorpay: true }), dir: join(dir, 'second') });
  expect(second.razorpayUrl).not.toBe(first.razorpayUrl);
  expect((await fetch(`${second.razorpayUrl ?? ''}/v1/orders`)).status).toBe(401);
  await Promise.all([first.stop(), second.stop()]);
});

it('the folder is used by one process at a time', async () => {
  const first = await startSandbox(options({ ses: true }));
  await expect(startSandbox(options({ ses: true }))).rejects.toThrow(/is in use by process/);
  await first.stop();
});
