import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ready, startChild, type Child } from '../support/child.js';
import { productionEnv } from '../support/production.js';

/*
 * What the Dockerfile's last stage copies, in an empty folder outside the project, with the packages that
 * `npm ci --omit=dev` would leave there by the lock file, and nothing else: it must start in production.
 */

type Lock = { packages: Record<string, { dev?: boolean; devOptional?: boolean; link?: boolean }> };

let folder: string;
let child: Child;

/** The folders of packages that are needed in production. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  return Object.entries(packages).flatMap(([path, { dev, devOptional }]) =>
    path === '' || dev === true || devOptional === true || !existsSync(path) ? [] : [path],
  );
}

/** The sources that the last stage of the Dockerfile copies. */
function copiedByImage(): string[] {
  const last =
    readFileSync('Dockerfile', 'utf8')
      .split(/^FROM /m)
      .at(-1) ?? '';
  return [...last.matchAll(/^COPY --from=build \S+ \/app\/(\S+)/gm)].map(([, source = '']) => source);
}

/** Packages inside others are copied by their own entry, if they are needed. */
function copyPackage(path: string): void {
  const to = join(folder, path);
  mkdirSync(dirname(to), { recursive: true });
  const inner = resolve(path, 'node_modules');
  cpSync(path, to, { recursive: true, filter: (source) => resolve(source) !== inner });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-image-'));
  for (const source of copiedByImage()) {
    if (source === 'node_modules') productionPackages().forEach(copyPackage);
    else cpSync(source, join(folder, source), { recursive: true });
  }
  // As the build stage does.
  rmSync(join(folder, 'dist/src/sandbox'), { recursive: true, force: true });
  rmSync(join(folder, 'dist/.tsbuildinfo'), { force: true });
  child = await startChild({
    cwd: folder,
    server: join(folder, 'dist/src/main.js'),
    env: productionEnv(),
  });
  // In production every check of the contract is compiled before the start is over.
  await ready(child);
}, 120_000);
afterAll(async () => {
  if (child.isRunning()) await child.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('X1: the image', () => {
  it('holds no package that is for development alone', () => {
    expect(copiedByImage()).toEqual(
      expect.arrayContaining(['package.json', 'node_modules', 'dist', 'generated']),
    );
    for (const name of ['typescript', 'jest', 'tsx', 'mongodb-memory-server-core']) {
      expect(existsSync(join(folder, 'node_modules', name))).toBe(false);
    }
    // The folder has nothing above it from which a package could be had.
    expect(() =>
      execFileSync(process.execPath, ['-e', "require('typescript')"], { cwd: folder, stdio: 'ignore' }),
    ).toThrow();
  });

  it('X7: holds nothing of the sandbox or its console', async () => {
    const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('src', 'main.js'));
    expect(files.filter((file) => /sandbox|console/.test(file))).toEqual([]);
    expect((await fetch(`${child.url}/sandbox`)).status).toBe(404);
  });

  it('is ready in production, and serves the contract and its page', async () => {
    const ask = async (path: string): Promise<number> => (await fetch(`${child.url}${path}`)).status;
    expect(await ask('/health/ready')).toBe(200);
    expect(await ask('/openapi.json')).toBe(200);
    expect(await ask('/docs')).toBe(200);
    expect(await ask('/v1/products')).toBe(200);
    expect(await ask('/nothing')).toBe(404);
  });

  it('counts what is no request at all, and tells the log of it', async () => {
    const { port } = new URL(child.url);
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('this is no http\r\n\r\n'));
    await once(socket.resume(), 'close');
    const headers = { authorization: `Bearer ${productionEnv()['METRICS_TOKEN'] ?? ''}` };
    const metrics = await (await fetch(`${child.url}/metrics`, { headers })).text();
    expect(metrics).toContain('http_requests_refused_total{reason="malformed_request"} 1');
    expect(child.output()).toContain('"refused":{"malformed_request":1}');
  });

  it('stops in good order', async () => {
    expect(await child.end('SIGTERM')).toBe(0);
  });
});
