import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { codeOf } from './errors.js';

/** Where Redis is, who speaks to it, and in which of its databases. */
export type RedisAddress = {
  host: string;
  port: number;
  /** Undefined: Redis's default user. */
  user: string | undefined;
  password: string | undefined;
  db: number;
  /** Undefined: without TLS. `caFile`: the certificates of those who may vouch for the server; undefined: those that Node trusts. */
  tls: { caFile: string | undefined } | undefined;
  /** What says all of this, for messages. */
  setting: 'REDIS_URL' | 'HOST_IP';
};

/** A Redis that is spoken to without TLS and without a password, as those on this machine are. */
export function plainRedis({
  host,
  port,
  db = 0,
}: {
  host: string;
  port: number;
  db?: number;
}): RedisAddress {
  return { host, port, user: undefined, password: undefined, db, tls: undefined, setting: 'HOST_IP' };
}

const DEFAULT_PORT = 6379;
const SCHEME = /^rediss?:\/\//;
/** Servers may have more than the usual sixteen databases; which number is too high they say themselves. */
const DATABASE = /^\/?(\d{0,4})$/;

/** Reads `rediss://user:password@host:port/3`; undefined for what cannot be read for certain. Without `s` it is without TLS. */
export function readRedisUrl(text: string): RedisAddress | undefined {
  if (!SCHEME.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(text);
  const [, db] = DATABASE.exec(pathname) ?? [];
  // What stands behind a question mark or a hash belongs to a password that is not written as it should be.
  if (hostname === '' || db === undefined || `${search}${hash}` !== '') return undefined;
  if (username !== '' && password === '') return undefined;
  try {
    return {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? DEFAULT_PORT : Number(port),
      user: username === '' ? undefined : decodeURIComponent(username),
      password: password === '' ? undefined : decodeURIComponent(password),
      db: Number(db),
      tls: protocol === 'rediss:' ? { caFile: undefined } : undefined,
      setting: 'REDIS_URL',
    };
  } catch {
    // A percent sign that encodes nothing.
    return undefined;
  }
}

/** Which Redis an address means, for people: nothing of its user and password. */
export function redisOf({ host, port, db, tls }: RedisAddress): string {
  return `${host}:${port}, database ${db}${tls === undefined ? '' : ', over TLS'}`;
}

/**
 * How TLS is begun with this Redis: its certificate is checked, whatever the environment says. Undefined: without TLS. Throws where
 * the file of certificates cannot be used.
 */
export function tlsOptionsOf({
  host,
  tls,
}: Pick<RedisAddress, 'host' | 'tls'>): ConnectionOptions | undefined {
  if (tls === undefined) return undefined;
  return {
    rejectUnauthorized: true,
    // Providers have many servers behind one address, and tell by the name which is meant.
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls.caFile !== undefined && { ca: readCertificates(tls.caFile) }),
  };
}

/** Node would take any text, and then trust nobody. */
function readCertificates(file: string): string {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`REDIS_CA_FILE cannot be read (${String(codeOf(error))}).`, { cause: error });
  }
  try {
    new X509Certificate(pem);
  } catch (error) {
    throw new Error('REDIS_CA_FILE holds no certificate: it must be a file of certificates in PEM.', {
      cause: error,
    });
  }
  return pem;
}
