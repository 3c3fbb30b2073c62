import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Builds `dist/`: the compiled server, the published contract, and the documentation page. What has not changed since the
 * last build is not made again, so that `npm start` may always call this.
 */
const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);

/** Says nothing where all is well, and everything that the command said where it is not. */
function run(command: string, ...args: string[]): void {
  const done = spawnSync(bin(command), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout}${done.stderr}\n${command} failed; nothing was built.\n`);
  process.exit(1);
}

function compile(): void {
  run('tsc', '--project', 'tsconfig.build.json');
  for (const file of ['openapi.json', 'openapi.yaml', 'openapi-3.0.json']) {
    cpSync(resolve(root, 'generated', file), resolve(root, 'dist/generated', file));
  }
}

/** The sandbox's page is written as browsers run it. */
function copyPage(): void {
  const page = 'src/sandbox/console/page';
  cpSync(resolve(root, page), resolve(root, 'dist', page), {
    recursive: true,
    filter: (file) => !file.endsWith('tsconfig.json'),
  });
}

function buildDocs(): void {
  const contract = resolve(root, 'generated/openapi.json');
  const page = resolve(root, 'dist/docs.html');
  const stamp = resolve(root, 'dist/docs.sha256');
  const sum = createHash('sha256').update(readFileSync(contract)).digest('hex');
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sum) return;
  run('redocly', 'build-docs', contract, '--inlineBundle', '--output', page);
  writeFileSync(stamp, sum);
}

compile();
copyPage();
buildDocs();
