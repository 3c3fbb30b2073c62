import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { acquireLock } from '../../../src/sandbox/lock.js';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(dir, 'a.lock');
});

afterEach(() => rmSync(dir, { recursive: true }));

it('is held by one at a time, however many want it', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const release = await acquireLock({ path, what: 'It', waitMs: 10_000 });
      inside += 1;
      most = Math.max(most, inside);
      await nextTurn();
      inside -= 1;
      release();
    }),
  );
  expect(most).toBe(1);
});

it('is taken over from a process that died, and from one that has long been silent', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  writeFileSync(path, JSON.stringify({ pid: dead, token: 'dead' }));
  (await acquireLock({ path, what: 'It', waitMs: 0 }))();

  writeFileSync(path, JSON.stringify({ pid: process.pid, token: 'a process before us with our id' }));
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, aMinuteAgo, aMinuteAgo);
  (await acquireLock({ path, what: 'It', waitMs: 0 }))();
});

it('names the holder when the wait is over', async () => {
  const release = await acquireLock({ path, what: 'The pot', waitMs: 0 });
  await expect(acquireLock({ path, what: 'The pot', waitMs: 10 })).rejects.toThrow(
    `The pot is in use by process ${process.pid}`,
  );
  release();
});
