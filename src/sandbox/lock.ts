import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { codeOf } from '../platform/errors.js';

const BEAT_MS = 2_000;
const SILENT_FOR_MS = 30_000;
const POLL_MS = 100;

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Takes the lock file at `path`, waiting up to `waitMs` for its holder, and gives the function that lets go of it.
 * A lock left by a process that died is taken over. Throws, naming the holder and `what`, when the wait is over.
 */
export async function acquireLock(options: {
  path: string;
  what: string;
  waitMs: number;
}): Promise<() => void> {
  const { path, what, waitMs } = options;
  const mine = JSON.stringify({ pid: process.pid, token: randomUUID() });
  const giveUpAt = performance.now() + waitMs;
  mkdirSync(dirname(path), { recursive: true });
  while (!create(path, mine)) {
    const held = look(path);
    if (held === undefined) continue;
    if (held.stale) {
      takeAway(path, held.content);
      continue;
    }
    if (performance.now() >= giveUpAt) {
      throw new Error(`${what} is in use by process ${held.pid ?? 'unknown'} (lock file ${path}).`);
    }
    await delay(POLL_MS);
  }
  // A process id can be given to another process after a crash or a reboot, so a living holder also has to keep its
  // file young.
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (look(path)?.content === mine) rmSync(path, { force: true });
  };
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function look(path: string): { content: string; pid: number | undefined; stale: boolean } | undefined {
  try {
    const content = readFileSync(path, 'utf8');
    const pid = Number(/"pid":(\d+)/.exec(content)?.[1]);
    const silent = Date.now() - statSync(path).mtimeMs > SILENT_FOR_MS;
    return { content, pid: pid > 0 ? pid : undefined, stale: silent || (pid > 0 && !isAlive(pid)) };
  } catch {
    return undefined;
  }
}

/** Two processes may find the same stale lock; renaming lets one of them have it, and only if it is still that one. */
function takeAway(path: string, judged: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== judged && !existsSync(path)) renameSync(aside, path);
  } catch {
    // Somebody else was faster.
  }
  rmSync(aside, { force: true });
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The folder was removed under us: there is nothing left to guard.
  }
}
