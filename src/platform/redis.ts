import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Clock } from './clock.js';
import { messageOf, unavailable } from './errors.js';
import type { Log } from './log.js';
import { tlsOptionsOf, type RedisAddress } from './redis.address.js';
import { redisTroubleOf, type RedisTrouble } from './redis.troubles.js';
import { readServer, refusalOf, warningsOf, whyNoRedis } from './redis.server.js';

/**
 * A Lua script. Its text may use `EPOCH` (number of the Redis incarnation it was loaded for) and `now()` (the server's
 * time in ms, set ahead as the clock is). Everything else comes in KEYS and ARGV. One that answers `newer` first has met
 * a later epoch: it is run again with a renewed one.
 */
export type Script = { readonly name: string; readonly text: string };

export type ScriptReply = string | number | null | ScriptReply[];

export type RedisStore = {
  /** Plain commands, for what does not depend on the epoch. */
  readonly client: Redis;
  /**
   * Runs a script. It never runs on another incarnation of the server than the one its epoch belongs to: a server that
   * restarted or failed over does not know the script, and gets it anew with its own, higher epoch.
   */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<ScriptReply>;
  /** Why Redis would refuse the writes of a purchase now; undefined where it takes them. Changes nothing, and never throws. */
  trouble(): Promise<RedisTrouble | undefined>;
  close(): Promise<void>;
};

/** The number of an incarnation of a Redis server: the same for the same incarnation, higher for every later one. */
export type EpochOf = (incarnation: string) => Promise<number>;

export type RedisOptions = RedisAddress & {
  clock: Pick<Clock, 'aheadMs'>;
  epochOf: EpochOf;
  log: Log;
};

/** Nothing waits longer for an answer of Redis, so that a caller gets a 503 within 5 s. */
const ANSWER_MS = 2_000;
/**
 * A connection on which nothing came for so long, though something was asked, is given up for a new one: a host that vanished
 * without a word closes none, and the system itself would try for a quarter of an hour.
 */
const SILENT_MS = 4_000;

/**
 * Connects; throws where the server is away, refuses what the settings say, or is not one to stand on (`refusalOf`).
 * Afterwards the connection heals itself, and calls fail fast meanwhile.
 */
export async function connectRedis(options: RedisOptions): Promise<RedisStore> {
  const { log, clock } = options;
  const tls = tlsOptionsOf(options);
  const client = new Redis({
    host: options.host,
    port: options.port,
    ...(options.user !== undefined && { username: options.user }),
    ...(options.password !== undefined && { password: options.password }),
    db: options.db,
    ...(tls !== undefined && { tls }),
    lazyConnect: true,
    commandTimeout: ANSWER_MS,
    connectTimeout: ANSWER_MS,
    socketTimeout: SILENT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  });
  await open(client, options).catch((error: unknown) => {
    client.disconnect();
    throw error;
  });
  client.on('error', (error: unknown) => log.warn({ error: messageOf(error) }, 'redis connection'));
  const lookAtServer = serverLooker(client, options);
  await lookAtServer().catch((error: unknown) => {
    client.disconnect();
    throw error;
  });
  // After a failover it is another server, perhaps with other settings. The shop goes on, and says what is wrong.
  client.on('ready', () => {
    lookAtServer().catch((error: unknown) => log.error({ error: messageOf(error) }, 'redis server'));
  });

  const runner = scriptRunner(client, options.epochOf, clock);
  return {
    client,
    run: runner,
    trouble: () =>
      tryWrite(client).then(
        () => undefined,
        (error: unknown) => redisTroubleOf(error) ?? 'no_answer',
      ),
    async close() {
      await client.quit().catch(() => client.disconnect());
    },
  };
}

/** The first connection. What goes wrong in its handshake is told by an event alone, and would leave another database chosen. */
async function open(client: Redis, address: RedisAddress): Promise<void> {
  let reason: unknown;
  const note = (error: unknown): void => {
    reason ??= error;
  };
  client.on('error', note);
  await client.connect().catch(note);
  if (reason !== undefined) throw new Error(whyNoRedis(reason, address), { cause: reason });
  client.off('error', note);
}

/**
 * Meets whatever the scripts of a purchase would meet (a replica, a full memory, a user who may not), and changes nothing: `XX`
 * writes only where the key is there already, and no product has that id. It is a key as purchases have them, so that a user who
 * may write others alone is found out.
 */
async function tryWrite(client: Redis): Promise<void> {
  await client.eval("return redis.call('SET', KEYS[1], '', 'XX')", 1, 'stock:no-such-product');
}

/** What only an operator can mend. Anything else that keeps a server from writing may be over in a moment. */
const LASTING: ReadonlySet<RedisTrouble | undefined> = new Set(['read_only', 'not_allowed']);

/**
 * Gives a look at the server of the present connection: it throws where that is not one to stand on, and warns of what may be lost
 * with it, of each thing once for a run of a server. Connections come and go more often than servers.
 */
function serverLooker(client: Redis, options: RedisOptions): () => Promise<void> {
  const told = { runId: '', warnings: new Set<string>() };
  return async () => {
    const info = await client.info().catch((error: unknown) => {
      throw new Error(whyNoRedis(error, options), { cause: error });
    });
    const server = readServer(info);
    const refusal = refusalOf(server, options);
    if (refusal !== undefined) throw new Error(refusal);
    await tryWrite(client).catch((error: unknown) => {
      if (LASTING.has(redisTroubleOf(error))) throw new Error(whyNoRedis(error, options), { cause: error });
      options.log.error({ error: messageOf(error) }, 'redis takes no writes');
    });
    if (server.runId !== told.runId) Object.assign(told, { runId: server.runId, warnings: new Set() });
    for (const warning of warningsOf(server).filter((one) => !told.warnings.has(one))) {
      told.warnings.add(warning);
      options.log.warn(warning);
    }
  };
}

type LoadedScripts = { epoch: number; shas: Map<string, string> };

function scriptRunner(client: Redis, epochOf: EpochOf, clock: Pick<Clock, 'aheadMs'>): RedisStore['run'] {
  let current: LoadedScripts | undefined;
  let renewal: Promise<LoadedScripts> | undefined;

  /** One renewal at a time; whoever needs it waits for the same one. */
  const renew = (): Promise<LoadedScripts> =>
    (renewal ??= currentEpoch(client, epochOf)
      .then((epoch) => (current = { epoch, shas: new Map() }))
      .finally(() => (renewal = undefined)));

  const shaOf = async (script: Script): Promise<string> => {
    const scripts = current ?? (await renew());
    let sha = scripts.shas.get(script.name);
    if (sha === undefined) {
      sha = await loadForEpoch(client, script, scripts.epoch, epochOf);
      scripts.shas.set(script.name, sha);
    }
    return sha;
  };

  const attempt = async (script: Script, keys: readonly string[], args: readonly (string | number)[]) => {
    const sha = await shaOf(script);
    const reply = asReply(await client.evalsha(sha, keys.length, ...keys, ...args, clock.aheadMs()));
    // Somebody works with a later epoch: ours is renewed, or this process would wait for its own restart.
    if (Array.isArray(reply) && reply[0] === 'newer') throw new IncarnationChanged();
    return reply;
  };

  return async (script, keys, args) => {
    for (let round = 1; ; round += 1) {
      try {
        return await attempt(script, keys, args);
      } catch (error) {
        const unknownScript = messageOf(error).includes('NOSCRIPT') || error instanceof IncarnationChanged;
        if (!unknownScript) throw error;
        if (round === 3) throw unavailable('The stock keeper', { cause: error });
        current = undefined;
      }
    }
  };
}

/** The server turned out to be another incarnation than the one that was asked for its epoch. */
class IncarnationChanged extends Error {}

/**
 * Asks for the incarnation and loads the script over one connection that never reconnects: a connection belongs to one
 * incarnation, so the script cannot land on a later one with an older epoch.
 */
async function loadForEpoch(client: Redis, script: Script, epoch: number, epochOf: EpochOf): Promise<string> {
  return withSingleConnection(client, async (connection) => {
    if ((await epochOf(await incarnationOf(connection))) !== epoch) throw new IncarnationChanged();
    const text = withPrelude(script, epoch);
    await connection.script('LOAD', text);
    return createHash('sha1').update(text).digest('hex');
  });
}

async function currentEpoch(client: Redis, epochOf: EpochOf): Promise<number> {
  return withSingleConnection(client, async (connection) => epochOf(await incarnationOf(connection)));
}

async function withSingleConnection<T>(client: Redis, work: (connection: Redis) => Promise<T>): Promise<T> {
  const connection = client.duplicate({
    retryStrategy: () => null,
    lazyConnect: true,
    enableOfflineQueue: false,
  });
  // Its failures reach the caller through the rejected commands; without a listener they would be printed as well.
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    return await work(connection);
  } finally {
    connection.disconnect();
  }
}

/** The run id changes with every start of a server, the replication id with every promotion of a replica. */
async function incarnationOf(connection: Redis): Promise<string> {
  const info = await connection.info();
  const field = (name: string): string => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';
  return `${field('run_id')}:${field('master_replid')}`;
}

function withPrelude(script: Script, epoch: number): string {
  return `local EPOCH = ${epoch}
local AHEAD_MS = tonumber(ARGV[#ARGV])
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000) + AHEAD_MS
end
${script.text}`;
}

function asReply(value: unknown): ScriptReply {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(asReply);
  throw new TypeError('a script answered something that is neither text, number nor list');
}
