import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, VARIABLES } from '../../src/platform/config.js';

const complete = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.shop.example',
  TOKEN_KEY: '0123456789abcdef0123456789abcdef',
  METRICS_TOKEN: '0123456789abcdef',
  DATABASE_URL:
    'mongodb://user:pass@a.internal:27017,b.internal:27017,c.internal:27017/holdfast?replicaSet=rs0',
  HOST_IP: 'redis.internal',
  REDIS_PORT: '6379',
  RAZORPAY_KEY_ID: 'rzp_live_x',
  RAZORPAY_KEY_SECRET: 'razorpay-secret',
  RAZORPAY_WEBHOOK_SECRET: 'webhook-secret',
  AWS_REGION: 'ap-south-1',
  AWS_ACCESS_KEY_ID: 'AKIA',
  AWS_SECRET_ACCESS_KEY: 'aws-secret',
  MAIL_FROM: 'orders@shop.example',
  PASSWORD_RESET_URL: 'https://shop.example/reset-password',
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('production', () => {
  it('takes a replica set of several hosts with ports', () => {
    expect(loadConfig(complete).connections.databaseUrl).toBe(complete.DATABASE_URL);
  });

  it('names everything that is missing at once, and never stands in for it', () => {
    const { NODE_ENV, ...required } = complete;
    const missing = Object.keys(required).map((name) => `${name} is missing`);
    expect(problemsOf({ NODE_ENV }).toSorted()).toEqual(missing.toSorted());
    // A line of `.env` with nothing behind its `=` is as good as none.
    const empty = Object.fromEntries(Object.keys(required).map((name) => [name, '']));
    expect(problemsOf({ NODE_ENV, ...empty }).toSorted()).toEqual(missing.toSorted());
  });

  it('names what is weak together with what is missing', () => {
    const weak = {
      TOKEN_KEY: 'development-only-key-that-signs-nothing-real',
      DATABASE_URL: 'mongodb://host/',
    };
    expect(problemsOf({ ...complete, ...weak, PUBLIC_URL: '' })).toEqual([
      'PUBLIC_URL is missing',
      expect.stringMatching(/^TOKEN_KEY is the published one/),
      expect.stringMatching(/^DATABASE_URL must name a database/),
    ]);
  });

  it.each([
    ['TOKEN_KEY', 'short'],
    ['TOKEN_KEY', 'development-only-key-that-signs-nothing-real'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'development-metrics'],
    ['RAZORPAY_WEBHOOK_SECRET', 'sandbox-webhook-secret'],
    ['TOKEN_KEY', 'a'.repeat(44)],
    ['METRICS_TOKEN', 'ab'.repeat(20)],
    ['DATABASE_URL', 'postgres://a/b'],
    ['DATABASE_URL', 'mongodb://host/?replicaSet=rs0'],
    ['REDIS_PORT', '70000'],
    ['PUBLIC_URL', 'shop-without-scheme'],
    ['MAIL_FROM', 'nobody'],
    ['PASSWORD_RESET_URL', 'javascript:alert(1)'],
    ['SIGN_INS_PER_ACCOUNT', '0.5'],
    ['PORT', '1e3'],
    ['CORS_ORIGINS', 'https://shop.example/path'],
    ['CURRENCY', 'rupees'],
  ])('refuses %s when it is weak or wrong, and does not print it', (name, value) => {
    const problems = problemsOf({ ...complete, [name]: value });
    expect(problems).toEqual([expect.stringContaining(name)]);
    expect(problems.join()).not.toContain(value);
  });
});

describe('development', () => {
  it('needs nothing, and leaves to the sandbox what is not given', () => {
    const { settings, connections } = loadConfig({});
    expect(settings).toMatchObject({ environment: 'development', host: '127.0.0.1', port: 3000 });
    expect(connections).toEqual({});
  });

  it('lets the usual address of a frontend call, until others are named; production and tests let nobody', () => {
    const usual = ['http://localhost:5173', 'http://127.0.0.1:5173'];
    const named = 'https://shop.example';
    const originsOf = (env: NodeJS.ProcessEnv) => loadConfig(env).settings.corsOrigins;
    expect(originsOf({})).toEqual(usual);
    expect(originsOf({ CORS_ORIGINS: '' })).toEqual(usual);
    expect(originsOf({ CORS_ORIGINS: named })).toEqual([named]);
    expect(originsOf({ NODE_ENV: 'test' })).toEqual([]);
    expect(originsOf({ ...complete, CORS_ORIGINS: undefined })).toEqual([]);
  });

  it('takes Redis whole or not at all', () => {
    expect(problemsOf({ HOST_IP: '127.0.0.1' })).toEqual([expect.stringContaining('REDIS_PORT')]);
  });
});

describe('X3: Redis by one address', () => {
  const { HOST_IP, REDIS_PORT, ...rest } = complete;
  const redisOf = (url: string, more: NodeJS.ProcessEnv = {}) =>
    loadConfig({ ...rest, REDIS_URL: url, ...more }).connections.redis;

  it('says host, port, user, password, database and TLS', () => {
    expect(redisOf('rediss://shop:p%40ss%2Fword%25@redis.internal:6380/3')).toEqual({
      host: 'redis.internal',
      port: 6380,
      user: 'shop',
      password: 'p@ss/word%',
      db: 3,
      tls: { caFile: undefined },
      setting: 'REDIS_URL',
    });
    expect(redisOf('rediss://redis.internal', { REDIS_CA_FILE: '/etc/ca.pem' })).toMatchObject({
      port: 6379,
      user: undefined,
      password: undefined,
      db: 0,
      tls: { caFile: '/etc/ca.pem' },
    });
    expect(redisOf('redis://:secret@[::1]:6379/')).toMatchObject({
      host: '::1',
      user: undefined,
      password: 'secret',
      tls: undefined,
    });
  });

  it('stands for the parts, in development too', () => {
    expect(loadConfig({ REDIS_URL: 'redis://127.0.0.1:6379' }).connections.redis).toMatchObject({
      port: 6379,
    });
    expect(loadConfig({ HOST_IP, REDIS_PORT, ...rest }).connections.redis).toMatchObject({
      host: 'redis.internal',
      tls: undefined,
      setting: 'HOST_IP',
    });
  });

  it.each([
    'http://user:secret@redis.internal',
    'rediss://user:sec/ret@redis.internal:6379',
    'rediss://user:sec#ret@redis.internal:6379',
    'rediss://user:sec?ret@redis.internal:6379',
    'rediss://user:secret%zz@redis.internal:6379',
    'rediss://user:secret@redis.internal:6379/zero',
    'rediss://user:secret@redis.internal:70000',
    'rediss://user@redis.internal:6379',
    'rediss://',
  ])('%s is refused, and not printed', (url) => {
    const problems = problemsOf({ ...rest, REDIS_URL: url });
    expect(problems).toEqual([expect.stringMatching(/^REDIS_URL must be a URL such as rediss:/)]);
    expect(problems.join()).not.toMatch(/secret|sec.ret/);
  });

  it('is not said twice', () => {
    const url = { REDIS_URL: 'rediss://redis.internal' };
    expect(problemsOf({ ...complete, ...url, REDIS_PASSWORD: 'secret' })).toEqual([
      'REDIS_URL says what HOST_IP, REDIS_PORT, REDIS_PASSWORD would say: give one or the other',
    ]);
    for (const plain of [complete, { ...rest, REDIS_URL: 'redis://redis.internal' }])
      expect(problemsOf({ ...plain, REDIS_CA_FILE: '/etc/ca.pem' })).toEqual([
        expect.stringMatching(/^REDIS_CA_FILE is for TLS/),
      ]);
  });
});

describe('X3: .env.example', () => {
  /** Each variable with its value, and whether the comment right above it says that production needs it. */
  type Line = { name: string; value: string; isRequired: boolean };
  const lines: Line[] = [];
  let comment = '';
  let isComment = false;
  for (const line of readFileSync('.env.example', 'utf8').split('\n')) {
    if (line.startsWith('#')) comment = isComment ? comment + line : line;
    isComment = line.startsWith('#');
    const [, name, value = ''] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) lines.push({ name, value, isRequired: comment.startsWith('# (required)') });
  }

  it('has every variable that is read, once, and no other', () => {
    expect(lines.map(({ name }) => name).toSorted()).toEqual(['NODE_ENV', ...VARIABLES].toSorted());
  });

  it('marks exactly those as required without which production does not start', () => {
    const required = lines.filter(({ isRequired }) => isRequired).map(({ name }) => `${name} is missing`);
    expect(required.toSorted()).toEqual(problemsOf({ NODE_ENV: 'production' }).toSorted());
  });

  it('has no value that would do in no shop: it is empty, or the default', () => {
    const given = Object.fromEntries(
      lines.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]),
    );
    const { TRUSTED_PROXIES, ...rest } = given;
    expect(TRUSTED_PROXIES).toBe('1');
    expect(loadConfig({ ...complete, ...rest })).toEqual(loadConfig(complete));
  });
});
