import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../src/platform/errors.js';
import { DOCS_SOURCES } from './docs/sources.js';

/**
 * Builds `dist/`: the compiled server, the published contract, and the pages of the documentation. What has not changed since
 * the last build is not made again, so that `npm start` may always call this.
 */
const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);

/** Says nothing where all is well, and everything that the command said where it is not. */
function run(command: string, ...args: string[]): void {
  const done = spawnSync(bin(command), args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) fail(`${done.stdout}${done.stderr}\n${command} failed; nothing was built.`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function compile(): void {
  run('tsc', '--project', 'tsconfig.build.json');
  for (const file of ['openapi.json', 'openapi.yaml', 'openapi-3.0.json']) {
    cpSync(resolve(root, 'generated', file), resolve(root, 'dist/generated', file));
  }
}

/** What the sandbox serves to browsers, which is served as it is written. */
const PAGES = ['src/sandbox/checkout', 'src/sandbox/console/page'];

function copyPages(): void {
  for (const folder of PAGES) {
    cpSync(resolve(root, folder), resolve(root, 'dist', folder), {
      recursive: true,
      filter: (file) => !file.endsWith('tsconfig.json'),
    });
  }
}

/** The pages are up to date when the sum of their sources is that of the last build, and something is there. */
async function documentation(): Promise<void> {
  const stamp = resolve(root, 'dist/docs.sha256');
  const sum = sumOf(DOCS_SOURCES);
  const isBuilt = existsSync(resolve(root, 'dist/docs/index.html'));
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === sum) return;
  // What makes the pages takes a moment to load, and is rarely needed.
  const { buildDocs } = await import('./docs/build.js');
  await buildDocs(root);
  writeFileSync(stamp, sum);
}

function sumOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesIn(source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(resolve(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(source: string): string[] {
  if (source.includes('.')) return [source];
  const entries = readdirSync(resolve(root, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

compile();
copyPages();
documentation().catch((error: unknown) => {
  fail(`The documentation was not built: ${messageOf(error)}`);
});
