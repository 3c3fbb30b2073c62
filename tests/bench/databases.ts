import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { startMongo, startRedis } from '../../src/sandbox/databases.js';
import { findProgram } from '../../src/sandbox/programs.js';

const RUST_DATABASE = ['secantus-mdb', '--version', '0.5.3-beta.193'];

export type Databases = {
  kind: 'mongod' | 'secantusd-rs';
  mongoUrl: string;
  redis: { host: string; port: number };
  names: string;
  stop(): Promise<void>;
};

/**
 * A MongoDB and a Redis of this run alone, both writing to disk as in production. Refuses the database server that is
 * written in Python: its speed, not ours, is what would be measured.
 */
export async function startDatabases(dataDir: string, log: (line: string) => void): Promise<Databases> {
  const toolsDir = resolve('.sandbox');
  process.env['HOLDFAST_MONGO'] = chooseMongo(toolsDir, log);
  const [mongo, redis] = await Promise.all([
    startMongo({ dataDir: join(dataDir, 'mongo'), toolsDir, log }),
    startRedis({ dataDir: join(dataDir, 'redis'), toolsDir, appendOnly: true, log }),
  ]);
  const kind = mongo.kind === 'mongod' ? 'mongod' : 'secantusd-rs';
  return {
    kind,
    mongoUrl: mongo.url.replace('/?', '/bench?'),
    redis: { host: redis.host, port: redis.port },
    names: `${kind === 'mongod' ? kind : `${kind} --sync-on-commit`}, ${redis.kind} with append-only file`,
    async stop() {
      await Promise.all([mongo.stop(), redis.stop()]);
    },
  };
}

function chooseMongo(toolsDir: string, log: (line: string) => void): 'mongod' | 'secantus-rs' {
  if (findProgram('mongod') !== undefined) return 'mongod';
  const cargoRoot = join(toolsDir, 'cargo');
  process.env['PATH'] = `${process.env['PATH'] ?? ''}${delimiter}${join(cargoRoot, 'bin')}`;
  const folders = [join(homedir(), '.local/secantus/bin'), join(toolsDir, 'bin')];
  if (findProgram('secantusd-rs', folders) !== undefined) return 'secantus-rs';
  const cargo = findProgram('cargo');
  if (cargo === undefined) {
    throw new Error(
      'It needs mongod on PATH, or cargo to build secantusd-rs once. On the Python server it would measure that.',
    );
  }
  log('building secantusd-rs (once, some minutes)');
  const args = ['install', ...RUST_DATABASE, '--ignore-rust-version', '--root', cargoRoot];
  execFileSync(cargo, args, { stdio: 'inherit' });
  return 'secantus-rs';
}
