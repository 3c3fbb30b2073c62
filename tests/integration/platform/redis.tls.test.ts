import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createLog } from '../../../src/platform/log.js';
import { readRedisUrl } from '../../../src/platform/redis.address.js';
import { connectRedis, type RedisStore } from '../../../src/platform/redis.js';
import { createAuthority, type Authority } from '../../support/certificates.js';
import { startOddRedis, type OddServer } from '../../support/odd.servers.js';
import { until } from '../../support/own.servers.js';
import { startTlsFront, type TlsFront } from '../../support/tls.front.js';

/* A Redis as providers give it: behind TLS, with a user of one's own and a database of its own. */

const USER = 'shop';
const PASSWORD = 'a:pass/word@of%shop';
const SECRET = /pass[^a-z]{1,3}word|of%shop|%25of/;

let redis: OddServer;
let authority: Authority;
let folder: string;
let ours: string;
beforeAll(async () => {
  redis = await startOddRedis(
    ['requirepass', 'the-default-users'],
    ['appendonly', 'yes'],
    ['databases', '4'],
  );
  const operator = new Redis({ host: '127.0.0.1', port: redis.port, password: 'the-default-users' });
  await operator.call('ACL', 'SETUSER', USER, 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
  await operator.call(
    'ACL',
    'SETUSER',
    'reader',
    'on',
    `>${PASSWORD}`,
    '~*',
    '+@read',
    '+@connection',
    '+info',
  );
  operator.disconnect();
  authority = createAuthority('The authority of the tests');
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tls-'));
  ours = await fileOf(authority.certificate);
}, 60_000);
afterAll(async () => {
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

let front: TlsFront | undefined;
let store: RedisStore | undefined;
let logged = '';
afterEach(async () => {
  await store?.close();
  await front?.stop();
  [store, front, logged] = [undefined, undefined, ''];
});

async function fileOf(pem: string): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.pem`);
  await writeFile(file, pem);
  return file;
}

type Given = {
  scheme?: string;
  user?: string;
  password?: string;
  host?: string;
  port?: number;
  db?: number;
  caFile?: string | undefined;
};

/** As a start does it, with what stands in REDIS_URL and REDIS_CA_FILE. */
async function connect(given: Given = {}): Promise<RedisStore> {
  const { scheme = 'rediss', user = USER, password = PASSWORD, host = 'localhost', db = 3 } = given;
  const port = given.port ?? front?.port ?? 0;
  const address = readRedisUrl(
    `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${db}`,
  );
  if (address === undefined) throw new Error('the address of the test cannot be read');
  store = await connectRedis({
    ...address,
    ...(address.tls !== undefined && { tls: { caFile: given.caFile } }),
    clock: { aheadMs: () => 0 },
    epochOf: () => Promise.resolve(1),
    log: createLog({ level: 'debug', destination: { write: (line: string) => void (logged += line) } }),
  });
  return store;
}

const served = (names: readonly string[] = ['localhost', '127.0.0.1']) =>
  startTlsFront(redis.port, authority.issue(names));

/** Runs a script, which takes a connection of its own besides. */
const echo = { name: 'echo', text: 'return ARGV[1]' };

describe('X1: a Redis behind TLS', () => {
  it.each([
    ['a name', 'localhost', 'localhost'],
    ['an address', '127.0.0.1', undefined],
  ])('is spoken to under %s, as the user and in the database of REDIS_URL', async (_, host, asked) => {
    front = await served();
    const { client, run } = await connect({ host, caFile: ours });
    expect(await client.call('ACL', 'WHOAMI')).toBe(USER);
    expect(await client.call('CLIENT', 'INFO')).toMatch(/ db=3 /);
    expect(await run(echo, [], ['over TLS'])).toBe('over TLS');
    // Providers tell by it which of their servers is meant.
    expect(new Set(front.names)).toEqual(new Set([asked]));
    expect(logged).toBe('');
  });

  it('heals by itself when its connections are cut, and tells no secret', async () => {
    front = await served();
    const { client } = await connect({ caFile: ours });
    front.cut();
    await until(
      () => client.call('ACL', 'WHOAMI').catch(() => undefined),
      (who) => who === USER,
    );
    expect(await client.call('CLIENT', 'INFO')).toMatch(/ db=3 /);
    expect(logged).not.toMatch(SECRET);
  });
});

/** The one sentence of a start that does not come about. */
async function refusal(given: Given = {}): Promise<string> {
  const error = await connect(given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const { message } = error as Error;
  expect(message).not.toMatch(SECRET);
  expect(message).not.toContain('\n');
  expect(logged).not.toMatch(SECRET);
  return message;
}

describe('X3: what is wrong with REDIS_URL is said in a sentence, without its secrets', () => {
  it.each([
    ['a wrong password', { password: 'a-pass-word-that-is-wrong' }],
    ['a wrong user', { user: 'nobody' }],
  ])('%s', async (_, wrong) => {
    front = await served();
    expect(await refusal({ ...wrong, caFile: ours })).toBe(
      'Redis (REDIS_URL) does not take the user and password that stand there.',
    );
  });

  it('a user who may do too little', async () => {
    front = await served();
    expect(await refusal({ user: 'reader', caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) lets this user do too little: it needs all commands on all keys\.$/,
    );
  });

  it('a database that there is not', async () => {
    front = await served();
    expect(await refusal({ db: 9, caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) has no database of that number/,
    );
  });

  it.each([
    ['nobody vouches for it', () => Promise.resolve(undefined)],
    ['REDIS_CA_FILE is of another authority', () => fileOf(createAuthority('Another').certificate)],
  ])('a certificate of an authority that is not known: %s', async (_, caFile) => {
    front = await served();
    expect(await refusal({ caFile: await caFile() })).toMatch(
      /^Redis \(REDIS_URL\) shows a certificate of an authority that is not known here.*REDIS_CA_FILE/,
    );
  });

  it('a certificate for another name', async () => {
    front = await served(['redis.elsewhere.example']);
    expect(await refusal({ caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) shows a certificate for another name/,
    );
  });

  it('a certificate that has expired', async () => {
    const lastYear = { from: new Date('2025-01-01'), until: new Date('2025-02-01') };
    front = await startTlsFront(redis.port, authority.issue(['localhost'], lastYear));
    expect(await refusal({ caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) shows a certificate that has expired/,
    );
  });

  it('a server that asks for a certificate of the client', async () => {
    front = await startTlsFront(redis.port, {
      ...authority.issue(['localhost']),
      requestCert: true,
      ca: authority.certificate,
    });
    expect(await refusal({ caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) asks for a certificate of the client/,
    );
  });

  it('a server without TLS behind rediss://, and one with it behind redis://', async () => {
    expect(await refusal({ port: redis.port, caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) .*TLS.*redis:\/\//,
    );
    front = await served();
    expect(await refusal({ scheme: 'redis' })).toMatch(/^Redis \(REDIS_URL\) .*TLS.*rediss:\/\//);
  });

  it('a name that there is not', async () => {
    expect(await refusal({ host: 'redis.invalid', port: 6379, caFile: ours })).toMatch(
      /^Redis \(REDIS_URL\) cannot be found under the name that stands there/,
    );
  });

  it('a REDIS_CA_FILE that is not there, or holds no certificate', async () => {
    front = await served();
    expect(await refusal({ caFile: join(folder, 'nothing.pem') })).toBe(
      'REDIS_CA_FILE cannot be read (ENOENT).',
    );
    expect(await refusal({ caFile: await fileOf('no certificate') })).toMatch(
      /^REDIS_CA_FILE holds no certificate/,
    );
  });

  it('is not overruled by the switch that turns the checking of certificates off', async () => {
    front = await served();
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await refusal()).toContain('of an authority that is not known here');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });
});
