import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from '../../src/sandbox/keeper.js';

/** A built Holdfast in a process of its own. */
export type Child = {
  pid: number;
  url: string;
  /** All that it has written so far, both streams. */
  output(): string;
  /** What it ended with: an exit status, or the signal that killed it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  isRunning(): boolean;
  /** Sends the signal and answers what it ended with. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** For children with the killer: it kills itself before its n-th step from now on; without n it only counts. */
  arm(n?: number): Promise<void>;
  /** How many steps it has taken since. */
  steps(): Promise<number>;
};

export type ChildOptions = {
  env: Record<string, string>;
  /** Default: the project. */
  cwd?: string;
  /** Default: what the project has built. */
  server?: string;
  /** With `tests/support/killer.mjs` in it. */
  killer?: boolean;
};

const SERVER = resolve('dist/src/main.js');
const KILLER = resolve('tests/support/killer.mjs');
const READY = /holdfast is ready/i;

/** Only what is given is in its environment, so that nothing of the machine gets in. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const port = await freePort();
  const { killer = false, server = SERVER } = options;
  const process_ = spawn(process.execPath, [...(killer ? ['--import', KILLER] : []), server], {
    cwd: options.cwd ?? process.cwd(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      AWS_EC2_METADATA_DISABLED: 'true',
      PORT: String(port),
      ...options.env,
    },
    stdio: killer ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  return watch(process_, `http://127.0.0.1:${port}`);
}

function watch(child: ChildProcess, url: string): Child {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = new Promise<number | NodeJS.Signals>((done) => {
    child.once('close', (code, signal) => done(signal ?? code ?? -1));
  });
  // A parent that hangs up while the child is killed is no error.
  child.on('error', () => undefined);
  const ask = async (message: object): Promise<number> => {
    child.send(message, () => undefined);
    const ended = exited.then(() => Promise.reject(new Error('the server ended before it answered')));
    const [answer] = (await Promise.race([once(child, 'message'), ended])) as [{ count: number }];
    return answer.count;
  };
  return {
    pid: child.pid ?? -1,
    url,
    output: () => output,
    exited,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async end(signal) {
      child.kill(signal);
      return exited;
    },
    async arm(n) {
      await ask({ arm: n ?? Number.MAX_SAFE_INTEGER });
    },
    steps: () => ask({}),
  };
}

/** Resolves when it takes requests (or, as a worker, has run its jobs once); throws its words where it ends before. */
export async function ready(child: Child, withinMs = 60_000): Promise<Child> {
  const giveUpAt = Date.now() + withinMs;
  while (!READY.test(child.output())) {
    if (!child.isRunning() || Date.now() > giveUpAt)
      throw new Error(`the server did not start:\n${child.output()}`);
    await new Promise((wait) => setTimeout(wait, 10));
  }
  return child;
}
