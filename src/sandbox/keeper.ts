import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { acquireLock, isAlive } from './lock.js';

const POLL_MS = 20;
const START_MS = 60_000;
const LAST_LINES = 12;

/** How long a server may take to end by itself after TERM, before KILL. The script below counts it in tenths. */
const GRACE_MS = 4_000;

/** A holder that was killed a moment ago may still count as alive until it is buried. */
const HANDOVER_MS = 2_000;

// The keeper's standard input is a pipe from us. Its end is the one signal that also comes when we are killed with -9,
// so it is the only way in which a server is ever stopped. Output goes to a file and not to us, so that a server whose
// parent has died can still write while it shuts down.
const KEEPER = `
log=$1 pidfile=$2
shift 2
exec 3<&0
: >"$log"
"$@" </dev/null >>"$log" 2>&1 3<&- &
server=$!
echo "$server" >"$pidfile"
(
  read -r line <&3
  kill -TERM "$server"
  tenths=0
  while [ "$tenths" -lt ${GRACE_MS / 100} ] && kill -0 "$server"; do sleep 0.1; tenths=$((tenths + 1)); done
  if kill -0 "$server"; then kill -KILL "$server"; fi
) >/dev/null 2>&1 &
watcher=$!
echo "$server"
exec >/dev/null
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
rm -f "$pidfile"
exit "$status"
`;

/** A running server: its own process id (not the keeper's), and a stop that resolves once it has ended. */
export interface KeptServer {
  pid: number;
  stop(): Promise<void>;
}

export interface ServerCommand {
  /** What people call it, for messages. */
  name: string;
  /** The program and its arguments. */
  command: string[];
  /** Its data folder; the log (`server.log`), the lock and the process id are kept in it too. One server at a time. */
  dir: string;
  /** What its log says once it listens. */
  ready: RegExp;
  log: (line: string) => void;
}

/**
 * Starts a server that never outlives this process, however this process ends. Resolves when its log says that it
 * listens; rejects with the last lines of that log when it does not get there, or when its folder is in use.
 */
export async function startServer(options: ServerCommand): Promise<KeptServer> {
  const { name, dir, log } = options;
  mkdirSync(dir, { recursive: true });
  const release = await acquireLock({
    path: join(dir, 'holder.lock'),
    what: `The data folder of ${name}`,
    waitMs: HANDOVER_MS,
  });
  try {
    await previousServerEnded(dir);
    const kept = keep(options);
    const pid = await untilReady(options, kept);
    let stopping = false;
    void kept.exited.then((how) => {
      release();
      if (!stopping) log(`${name} ended by itself (${how}). Its last lines:\n${lastLines(dir)}`);
    });
    return {
      pid,
      stop: async () => {
        stopping = true;
        await kept.end();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

interface Kept {
  pid: Promise<number>;
  exited: Promise<string>;
  end(): Promise<void>;
}

function keep({ name, command, dir }: ServerCommand): Kept {
  const keeper = spawn(
    'sh',
    ['-c', KEEPER, 'keeper', join(dir, 'server.log'), join(dir, 'server.pid'), ...command],
    {
      cwd: dir,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    },
  );
  const exited = new Promise<string>((resolve) => {
    keeper.once('exit', (code, signal) => resolve(signal ?? `exit status ${code ?? 'unknown'}`));
    keeper.once('error', (error) => resolve(`no shell to start it with: ${error.message}`));
  });
  keeper.stdin.on('error', () => undefined);
  const pid = new Promise<number>((resolve, reject) => {
    keeper.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
    void exited.then((how) => reject(new Error(`${name} did not start (${how}).`)));
  });
  // Nobody waits for this promise when the start fails for another reason first.
  pid.catch(() => undefined);
  // A caller that forgets to stop must still be able to end: the keeper then sees the end of its input.
  keeper.unref();
  return { pid, exited, end: () => end(keeper, exited) };
}

async function end(keeper: ChildProcess, exited: Promise<string>): Promise<void> {
  keeper.ref();
  keeper.stdin?.end();
  const timer = setTimeout(() => {
    if (keeper.pid !== undefined) process.kill(-keeper.pid, 'SIGKILL');
  }, GRACE_MS + 2_000);
  await exited;
  clearTimeout(timer);
}

async function untilReady({ name, dir, ready }: ServerCommand, kept: Kept): Promise<number> {
  const pid = await kept.pid;
  let ended: string | undefined;
  void kept.exited.then((how) => (ended = how));
  const giveUpAt = performance.now() + START_MS;
  while (!ready.test(readLog(dir))) {
    if (ended !== undefined) throw new StartFailure(`${name} did not start (${ended})`, lastLines(dir));
    if (performance.now() > giveUpAt) {
      await kept.end();
      throw new StartFailure(`${name} did not get ready within ${START_MS / 1_000} s`, lastLines(dir));
    }
    await delay(POLL_MS);
  }
  return pid;
}

/** A server that did not start. The message carries the last lines of its output. */
export class StartFailure extends Error {
  constructor(
    what: string,
    readonly output: string,
  ) {
    super(`${what}. Its last lines:\n${output}`);
    this.name = 'StartFailure';
  }
}

/** After our own death by -9 the keeper needs a moment to stop the old server; the new one must not meet it. */
async function previousServerEnded(dir: string): Promise<void> {
  const giveUpAt = performance.now() + GRACE_MS + 2_000;
  while (performance.now() < giveUpAt) {
    const pid = Number(readText(join(dir, 'server.pid')));
    if (!(pid > 0) || !isAlive(pid)) return;
    await delay(POLL_MS);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const readLog = (dir: string): string => readText(join(dir, 'server.log'));
const lastLines = (dir: string): string => readLog(dir).trimEnd().split('\n').slice(-LAST_LINES).join('\n');

/** A port on the loopback interface that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Runs `start` on the port asked for, or on a free one, with another if somebody was faster to take it. */
export async function onFreePort<T>(
  asked: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (asked !== undefined) return start(asked);
  for (let tries = 1; ; tries += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (tries === 3 || !(error instanceof StartFailure && /in use/i.test(error.output))) throw error;
    }
  }
}
