import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram } from '../../src/sandbox/programs.js';

/** The core that a measured server has for itself; everything else runs on the others. */
const SERVER_CORE = '0';
const START_MS = 30_000;

/** Ticks in which Linux counts the time of a process, a second. */
const TICKS = 100;

export const cores = cpus().length;
const taskset = cores > 1 ? findProgram('taskset') : undefined;
export const isPinned = taskset !== undefined;

/** Moves this process, and whatever it starts from now on, off the measured core. */
export function leaveServerCore(): void {
  if (taskset === undefined) return;
  const others = `1-${cores - 1}`;
  execFileSync(taskset, ['--all-tasks', '--cpu-list', '--pid', others, String(process.pid)], {
    stdio: 'ignore',
  });
}

export type MeasuredServer = {
  url: string;
  /** Resident memory now, MB; undefined where the system does not tell. */
  memoryMb(): number | undefined;
  /** Time that it has spent on a core since its start, ms; undefined where the system does not tell. */
  cpuMs(): number | undefined;
  stop(): Promise<void>;
};

/** Starts a Node program on the measured core and waits until its address answers. What it prints goes to `logFile`. */
export async function startMeasured(program: {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  port: number;
  readyPath: string;
  logFile: string;
}): Promise<MeasuredServer> {
  const { port, readyPath, logFile } = program;
  const output = openSync(logFile, 'a');
  const node = [process.execPath, ...program.args];
  const [command = '', ...args] =
    taskset === undefined ? node : [taskset, '--cpu-list', SERVER_CORE, ...node];
  const child = spawn(command, args, { env: program.env, stdio: ['ignore', output, output] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, `${url}${readyPath}`, logFile);
  return {
    url,
    memoryMb: () => residentMb(child.pid),
    cpuMs: () => coreMs(child.pid),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const giveUpAt = performance.now() + START_MS;
  for (;;) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`a server did not start; what it said is in ${logFile}`);
    }
    await delay(50);
  }
}

function residentMb(pid: number | undefined): number | undefined {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  } catch {
    return undefined;
  }
}

function coreMs(pid: number | undefined): number | undefined {
  try {
    // The name in brackets may hold spaces; the times of user and system are the 12th and 13th field after it.
    const fields =
      readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1000;
  } catch {
    return undefined;
  }
}
