import { codeOf, messageOf } from './errors.js';
import type { RedisAddress } from './redis.address.js';

/** What of a Redis server decides whether the shop can stand on it. `undefined`: the server does not tell. */
export type RedisServer = {
  /** Another one for each start of a server. */
  runId: string;
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
    runId: field('run_id') ?? '',
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
export function refusalOf({ version, memory }: RedisServer, address: RedisAddress): string | undefined {
  if (Number.parseInt(version, 10) < OLDEST)
    return `Redis ${version} is too old: Holdfast needs Redis ${OLDEST} or newer, or Valkey.`;
  if (memory?.evicts !== true) return undefined;
  return (
    `${nameOf(address)} deletes keys when its memory is full (maxmemory-policy ${memory.policy}), but it keeps the units ` +
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

/** What is wrong, in words that may depend on how the address was given. */
type Remedy = string | Record<RedisAddress['setting'], string>;

/** How servers and Node say what is wrong with the settings, and what an operator can do about it. */
const REASONS: readonly (readonly [RegExp, Remedy])[] = [
  [
    /\bWRONGPASS\b|invalid password/i,
    {
      REDIS_URL: 'does not take the user and password that stand there.',
      HOST_IP: 'does not take the password: check REDIS_PASSWORD.',
    },
  ],
  [
    /\bNOAUTH\b/,
    {
      REDIS_URL: 'asks for a password, and none stands there: rediss://user:password@...',
      HOST_IP: 'asks for a password: set REDIS_PASSWORD.',
    },
  ],
  [
    /DB index is out of range|SELECT is not allowed/i,
    {
      REDIS_URL: 'has no database of that number: check what stands behind the last slash.',
      HOST_IP: 'has no database of that number: check REDIS_DB.',
    },
  ],
  [/\bREADONLY\b/, 'is a replica, which takes no writes: name its primary.'],
  [/\bNOPERM\b|ACL failure in script/, 'lets this user do too little: it needs all commands on all keys.'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    {
      REDIS_URL: 'cannot be found under the name that stands there.',
      HOST_IP: 'cannot be found under that name: check HOST_IP.',
    },
  ],
];

/** The same of TLS, where the address asks for it. */
const TLS_REASONS: typeof REASONS = [
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    "shows a certificate of an authority that is not known here: give that authority's certificate with REDIS_CA_FILE (your provider has it).",
  ],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID/,
    'shows a certificate for another name than the one that stands there: use the name for which it was made.',
  ],
  [
    /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    'shows a certificate that has expired or is not valid yet: renew it, or set the clock of this machine.',
  ],
  [
    /ERR_SSL_.*(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE)/,
    'asks for a certificate of the client, and Holdfast has none: let it ask for a user and password instead (tls-auth-clients no).',
  ],
  [
    /ERR_SSL_|ECONNRESET|ETIMEDOUT|EPIPE|Connection is closed/,
    'does not answer a greeting of TLS: is it reachable, and is its port one for TLS? (One without is redis://...)',
  ],
];

const PLAIN_REASONS: typeof REASONS = [
  [
    /Connection is closed|ECONNRESET|EPIPE|Protocol error/,
    'does not answer as a Redis does: is it one, and one that is spoken to without TLS? (One with TLS is REDIS_URL=rediss://...)',
  ],
];

/** Why a connection could not be made, in one sentence that names the setting to check and holds no value of a secret. */
export function whyNoRedis(error: unknown, address: RedisAddress): string {
  const words = `${String(codeOf(error))} ${messageOf(error)}`;
  const reasons = [...REASONS, ...(address.tls === undefined ? PLAIN_REASONS : TLS_REASONS)];
  const known = reasons.find(([pattern]) => pattern.test(words))?.[1];
  if (known === undefined) return `${nameOf(address)} cannot be reached: ${messageOf(error)}`;
  return `${nameOf(address)} ${typeof known === 'string' ? known : known[address.setting]}`;
}

function nameOf({ setting }: RedisAddress): string {
  return setting === 'REDIS_URL' ? 'Redis (REDIS_URL)' : 'Redis (HOST_IP, REDIS_PORT)';
}
