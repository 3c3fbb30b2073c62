import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { startMongo } from '../../src/sandbox/databases.js';
import { chooseMongo, chooseRedis } from '../../src/sandbox/databases.programs.js';
import { REPLICA_SET_ARGUMENTS } from '../../src/sandbox/databases.replica.js';
import { onFreePort, startServer } from '../../src/sandbox/keeper.js';

/** A server that is set up as operators set theirs up, for better or worse. */
export type OddServer = { port: number; stop(): Promise<void> };

const common = { toolsDir: resolve('.sandbox'), log: (): void => undefined };

/** A real Redis with these settings of its configuration, such as `['maxmemory', '100mb']`; nothing is written to disk. */
export function startOddRedis(...settings: readonly [string, string][]): Promise<OddRedis> {
  return startOddRedisAt(undefined, settings);
}

/** `dir`: its working directory, into which it saves. */
export type OddRedis = OddServer & { dir: string };

/** The same at a port where another one was. */
export async function startOddRedisAt(
  asked: number | undefined,
  settings: readonly [string, string][],
): Promise<OddRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-odd-redis-'));
  const { command } = await chooseRedis(common);
  return onFreePort(asked, async (port) => {
    const server = await startServer({
      name: 'an odd Redis',
      command: [
        command,
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', dataDir, '--save', ''],
        ...settings.flatMap(([name, value]) => [`--${name}`, value]),
      ],
      dir: dataDir,
      ready: /ready to accept connections/i,
      log: common.log,
    });
    return { port, dir: dataDir, stop: () => ended(server, dataDir) };
  });
}

export const OWNER = { user: 'owner', password: 'the owners password' };
export const READER = { user: 'reader', password: 'a readers password' };

/** A real MongoDB: no replica set, or one that lets in nobody but `OWNER` (readWrite on `shop`) and `READER` (read). */
export async function startOddMongo(oddity: 'standalone' | 'auth'): Promise<OddServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-odd-mongo-'));
  const { kind, command } = await chooseMongo(common);
  const dir = join(dataDir, kind);
  if (oddity === 'auth') await makeUsers(dataDir);
  await mkdir(dir, { recursive: true });
  const members = oddity === 'auth' ? [...REPLICA_SET_ARGUMENTS, '--keyFile', await keyFile(dataDir)] : [];
  return onFreePort(undefined, async (port) => {
    const flags =
      kind === 'mongod'
        ? ['--bind_ip', '127.0.0.1', '--dbpath', dir, '--nounixsocket', '--quiet', ...members]
        : ['--host', '127.0.0.1', '--storage-path', dir, `--${oddity}`];
    const server = await startServer({
      name: 'an odd MongoDB',
      command: [...command, '--port', String(port), ...flags],
      dir,
      ready: /listening on|waiting for connections/i,
      log: common.log,
    });
    return { port, stop: () => ended(server, dataDir) };
  });
}

async function makeUsers(dataDir: string): Promise<void> {
  const open = await startMongo({ ...common, dataDir });
  const client = await MongoClient.connect(open.url);
  for (const [{ user, password }, role] of [
    [OWNER, 'readWrite'],
    [READER, 'read'],
  ] as const)
    await client.db('admin').command({ createUser: user, pwd: password, roles: [{ role, db: 'shop' }] });
  await client.close();
  await open.stop();
}

/** What members of a replica set know each other by, once users are asked for. */
async function keyFile(dataDir: string): Promise<string> {
  const file = join(dataDir, 'key');
  await writeFile(file, randomBytes(48).toString('base64'));
  await chmod(file, 0o400);
  return file;
}

async function ended(server: { stop(): Promise<void> }, dataDir: string): Promise<void> {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
