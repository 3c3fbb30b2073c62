import { z } from 'zod';
import { codeOf, messageOf } from './errors.js';

/**
 * Which database an address means, for people: its name and its hosts, nothing of users, passwords and options. Undefined for
 * one that cannot be taken apart for certain, since it might show a password.
 */
export function databaseOf(url: string): string | undefined {
  const [, rest = ''] = /^mongodb(?:\+srv)?:\/\/(.*)$/.exec(url) ?? [];
  const [, hosts = '', path = ''] = /^(?:[^@/]*@)?([^@/?]+)(\/[^@]*)?$/.exec(rest) ?? [];
  if (hosts === '') return undefined;
  const [name = ''] = path.slice(1).split('?');
  return name === '' ? hosts : `${name} at ${hosts}`;
}

/** Codes by which servers say that a user is not let in, and that one may not do something. */
const NOT_LET_IN: ReadonlySet<unknown> = new Set([18, 8000]);
const NOT_ALLOWED = 13;

/** What the driver knows of the servers that it has looked for. */
const topologySchema = z.object({
  reason: z.object({
    setName: z.string().nullish(),
    servers: z.map(z.string(), z.object({ type: z.string(), error: z.unknown() })),
  }),
});

/** Why a connection could not be made, in one sentence that names the setting to check and holds nothing secret of it. */
export function whyNoDatabase(error: unknown, url: string): string {
  const where = `MongoDB (DATABASE_URL: ${databaseOf(url) ?? 'unreadable'})`;
  const words = messageOf(error);
  if (isNotLetIn(error))
    return `${where} does not take the user and password of DATABASE_URL. (Where the user was made in another database, name that one: authSource=admin.)`;
  if (nameOf(error) === 'MongoParseError' || /^Invalid URL/.test(words))
    return `DATABASE_URL cannot be read${withoutValues(words)}. Characters such as @ : / % in a user or password are written as %40 %3A %2F %25.`;
  const topology = topologySchema.safeParse(error).data?.reason;
  if (topology === undefined) return `${where} cannot be reached: ${words}`;
  const servers = [...topology.servers].map(([address, { type, error: failure }]) =>
    failure instanceof Error ? failure.message : `${address} is ${type}`,
  );
  if (servers.length === 0)
    return `${where} has no server of the replica set that DATABASE_URL asks for. Check replicaSet=... there, and that rs.initiate() was run once.`;
  const more = [...new Set(servers)].filter((one) => one !== words);
  return `${where} cannot be reached: ${words}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}

/** What to mend where the server refuses a command to whoever the address names; undefined for any other failure. */
export function whyNotAllowed(error: unknown): string | undefined {
  if (codeOf(error) !== NOT_ALLOWED) return undefined;
  return /requires authentication/i.test(messageOf(error))
    ? 'MongoDB asks for a user and a password, and DATABASE_URL has none: mongodb://user:password@host/database.'
    : 'The user of DATABASE_URL may do too little: it needs the role readWrite on the database that stands there.';
}

/** Where the driver looks for a server again and again, the refusal stands in the cause. */
function isNotLetIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return NOT_LET_IN.has(codeOf(error)) || isNotLetIn(error.cause);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The driver's words, but for those that repeat what stands in the address. */
function withoutValues(words: string): string {
  return /unescaped|Invalid URL|connection string/i.test(words) ? '' : `: ${words}`;
}
