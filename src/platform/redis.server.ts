import { messageOf } from './errors.js';

/** What of a Redis server decides whether the shop can stand on it. `undefined`: the server does not tell. */
export type RedisServer = {
  version: string;
  /** What it does when its memory is full; `evicts` only where it has a bound, and a policy that deletes keys. */
  memory: { policy: string; evicts: boolean } | undefined;
  hasAppendOnlyFile: boolean | undefined;
};

/** Reads the answer to INFO, which managed servers give too, where CONFIG is forbidden. */
export function readServer(info: string): RedisServer {
  const field = (name: string): string | undefined => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const policy = field('maxmemory_policy');
  const bound = field('maxmemory');
  const appendOnly = field('aof_enabled');
  return {
    version: field('redis_version') ?? '0',
    memory:
      policy === undefined || bound === undefined
        ? undefined
        : { policy, evicts: policy !== 'noeviction' && bound !== '0' },
    hasAppendOnlyFile: appendOnly === undefined ? undefined : appendOnly === '1',
  };
}

/** Older ones copy scripts to replicas and files, so that a server that forgot would still know the scripts of before. */
const OLDEST = 7;

/** Why the shop must not stand on this server, with what mends it; undefined where it may. */
export function refusalOf({ version, memory }: RedisServer): string | undefined {
  if (Number.parseInt(version, 10) < OLDEST)
    return `Redis ${version} is too old: Holdfast needs Redis ${OLDEST} or newer, or Valkey.`;
  if (memory?.evicts !== true) return undefined;
  return (
    `Redis (HOST_IP, REDIS_PORT) deletes keys when its memory is full (maxmemory-policy ${memory.policy}), but it keeps the units ` +
    'that carts and orders hold. Set maxmemory-policy to noeviction there, in its configuration file or at its provider ' +
    '(at once: CONFIG SET maxmemory-policy noeviction), or give Holdfast a Redis of its own.'
  );
}

const WHAT_IS_LOST =
  'carts with the units that they hold, and the counts of the rate limits. Stock, orders and what unpaid orders hold come back from MongoDB.';

/** What an operator should know of a server on which the shop stands all the same, a sentence each. */
export function warningsOf({ memory, hasAppendOnlyFile }: RedisServer): string[] {
  const warnings: string[] = [];
  if (memory === undefined)
    warnings.push(
      'Redis does not tell its maxmemory-policy: see to it that it is noeviction, since the units that carts and orders hold are kept there.',
    );
  if (hasAppendOnlyFile !== true) {
    const what =
      hasAppendOnlyFile === false
        ? 'keeps no append-only file'
        : 'does not tell whether it keeps an append-only file';
    warnings.push(`Redis ${what} (appendonly yes): a restart of it may lose ${WHAT_IS_LOST}`);
  }
  return warnings;
}

/** How servers say what is wrong with the settings, and which setting it is. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/\bWRONGPASS\b|invalid password/i, 'does not take the password: check REDIS_PASSWORD'],
  [/\bNOAUTH\b/, 'asks for a password: set REDIS_PASSWORD'],
  [/DB index is out of range|SELECT is not allowed/i, 'has no database of that number: check REDIS_DB'],
  [/\bNOPERM\b/, 'lets this user do too little: it needs all commands on all keys'],
  [/ENOTFOUND|EAI_AGAIN/, 'cannot be found under that name: check HOST_IP'],
];

/** Why a connection could not be made, in one sentence that names the setting to check and holds no value of a secret. */
export function whyNoRedis(error: unknown): string {
  const words = messageOf(error);
  const known = REASONS.find(([pattern]) => pattern.test(words))?.[1];
  return known === undefined
    ? `Redis (HOST_IP, REDIS_PORT) cannot be reached: ${words}`
    : `Redis (HOST_IP, REDIS_PORT) ${known}.`;
}
