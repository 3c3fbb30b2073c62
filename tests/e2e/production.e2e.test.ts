import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startRazorpaySandbox, type RazorpaySandbox } from '../../src/sandbox/razorpay.js';
import { createAuthority } from '../support/certificates.js';
import { ready, startChild, type Child } from '../support/child.js';
import { UNLIMITED } from '../support/limits.js';
import { startOddRedis, type OddServer } from '../support/odd.servers.js';
import { until } from '../support/own.servers.js';
import { productionEnv } from '../support/production.js';
import { startTlsFront, type TlsFront } from '../support/tls.front.js';

/* The built server as an operator starts it: what is wrong with the settings is said in a sentence, before anybody buys. */

let child: Child | undefined;
let redis: OddServer | undefined;
let razorpay: RazorpaySandbox | undefined;
let front: TlsFront | undefined;
let folder: string | undefined;
afterEach(async () => {
  if (child?.isRunning() === true) await child.end('SIGKILL');
  await front?.stop();
  await redis?.stop();
  await razorpay?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true });
  [child, redis, razorpay, front, folder] = [undefined, undefined, undefined, undefined, undefined];
});

/** Starts, and answers what was written on a start that does not come about. */
async function refused(env: Record<string, string | undefined>): Promise<string> {
  const given = Object.entries({ ...productionEnv(), ...env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  child = await startChild({ env: Object.fromEntries(given) });
  expect(await child.exited).toBe(1);
  return child.output();
}

/** What a built command wrote, both streams. */
const run = (script: string, env: Record<string, string>, ...args: string[]): Promise<string> =>
  new Promise((done) => {
    execFile(process.execPath, [`dist/scripts/${script}.js`, ...args], { env }, (_error, stdout, stderr) =>
      done(`${stdout}${stderr}`),
    );
  });

const SENTENCE = /^Holdfast could not start: (.*)\n$/;

describe('X3: a start in production', () => {
  it('names a missing address of its own, and an address that is taken without advice for the sandbox', async () => {
    expect(await refused({ PUBLIC_URL: undefined })).toContain('- PUBLIC_URL is missing');
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    const words = await refused({ PORT: String(port) });
    expect(words).toMatch(SENTENCE);
    expect(words).toContain(
      `port ${port} of 127.0.0.1 is in use. Stop what listens there, or set PORT to another.`,
    );
    expect(words).not.toContain('npm start');
    taken.close();
    expect(await refused({ HOST: '192.0.2.1' })).toContain('Set HOST to one');
  }, 60_000);

  it('refuses a Redis that deletes keys, and one that asks for a password, in one sentence each', async () => {
    redis = await startOddRedis(['maxmemory', '100mb'], ['maxmemory-policy', 'allkeys-lru']);
    const there = { HOST_IP: '127.0.0.1', REDIS_PORT: String(redis.port), REDIS_DB: '0' };
    const evicting = await refused(there);
    expect(evicting).toMatch(SENTENCE);
    expect(evicting).toContain('Set maxmemory-policy to noeviction');
    await redis.stop();
    redis = await startOddRedis(['requirepass', 'the-password-of-redis']);
    const wrong = await refused({
      ...there,
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: 'wrong-password',
    });
    expect(wrong).toMatch(SENTENCE);
    expect(wrong).toContain('check REDIS_PASSWORD');
    expect(wrong).not.toMatch(/wrong-password|the-password/);
  }, 60_000);

  it('takes a Redis behind TLS by REDIS_URL, and tells a wrong password without it', async () => {
    redis = await startOddRedis(['requirepass', 'the-password-of-redis'], ['appendonly', 'yes']);
    const authority = createAuthority('The authority of the tests');
    front = await startTlsFront(redis.port, authority.issue(['localhost']));
    folder = await mkdtemp(join(tmpdir(), 'holdfast-tls-'));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, authority.certificate);
    const parts = { HOST_IP: '', REDIS_PORT: '', REDIS_DB: '' };
    const at = (password: string) => `rediss://default:${password}@localhost:${front?.port ?? 0}/3`;

    const wrong = await refused({ ...parts, REDIS_URL: at('wrong-password'), REDIS_CA_FILE: caFile });
    expect(wrong).toMatch(SENTENCE);
    expect(wrong).toContain('Redis (REDIS_URL) does not take the user and password that stand there.');
    expect(wrong).not.toMatch(/wrong-password|the-password/);

    const env = { ...productionEnv(), ...parts, REDIS_URL: at('the-password-of-redis') };
    // As Node's own switch for authorities does it, for the whole process.
    const server = await ready(await startChild({ env: { ...env, NODE_EXTRA_CA_CERTS: caFile } }));
    child = server;
    const answer = await fetch(`${server.url}/health/ready`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { checks: { redis: 'ok' } }]);
    expect((await fetch(`${server.url}/v1/cart`)).status).toBe(200);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.output()).not.toContain('the-password');

    const reconciled = await run('reconcile', { ...env, REDIS_CA_FILE: caFile });
    expect(reconciled).toContain(`Redis:    localhost:${front.port}, database 3, over TLS\n`);
    expect(reconciled).toContain('Nothing is unexplained.');
    expect(reconciled).not.toContain('the-password');
  }, 120_000);

  it('M1: with keys that Razorpay does not take is ready all the same, and says which settings to check', async () => {
    const keys = { keyId: 'rzp_live_x', keySecret: 'the-real-secret', webhookSecret: 'a-webhook-secret' };
    razorpay = await startRazorpaySandbox({
      ...keys,
      webhookUrl: 'http://127.0.0.1:9/',
      log: () => undefined,
    });
    const env: Record<string, string> = {
      ...productionEnv(),
      RAZORPAY_KEY_ID: keys.keyId,
      RAZORPAY_API_URL: razorpay.url,
    };
    const refusedKeys = async (server: Child): Promise<string | undefined> => {
      const headers = { authorization: `Bearer ${env['METRICS_TOKEN'] ?? ''}` };
      const metrics = await (await fetch(`${server.url}/metrics`, { headers })).text();
      return /^holdfast_razorpay_keys_refused (\d)$/m.exec(metrics)?.[1];
    };

    const wrong = await ready(
      await startChild({ env: { ...env, RAZORPAY_KEY_SECRET: 'another-secret' } }),
      60_000,
    );
    child = wrong;
    await until(
      () => Promise.resolve(wrong.output()),
      (output) => output.includes('check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET'),
    );
    expect(wrong.output()).not.toMatch(/another-secret|the-real-secret/);
    expect((await fetch(`${wrong.url}/health/ready`)).status).toBe(200);
    expect(await refusedKeys(wrong)).toBe('1');
    expect(await wrong.end('SIGTERM')).toBe(0);

    const right = await ready(
      await startChild({ env: { ...env, RAZORPAY_KEY_SECRET: keys.keySecret } }),
      60_000,
    );
    child = right;
    await until(
      () => refusedKeys(right),
      (value) => value === '0',
    );
    expect(right.output()).not.toContain('RAZORPAY_KEY_ID');
  }, 120_000);
});

describe('X5: a command of an operator', () => {
  it('says first which databases it works on, and shows no user and no password', async () => {
    const env = productionEnv();
    const [, host = '', name = ''] = /^mongodb:\/\/([^/]+)\/([^?]+)/.exec(env['DATABASE_URL'] ?? '') ?? [];
    const database = `Database: ${name} at ${host}\n`;
    const created = await run('admin-create', env, '--email', 'first@shop.example', '--generate');
    expect(created.startsWith(`${database}first@shop.example is an admin now.\n`)).toBe(true);
    const reconciled = await run('reconcile', env);
    const redisLine = `Redis:    ${env['HOST_IP'] ?? ''}:${env['REDIS_PORT'] ?? ''}, database ${env['REDIS_DB'] ?? ''}\n`;
    expect(reconciled.startsWith(`${database}${redisLine}0 products and 0 orders were looked at.`)).toBe(
      true,
    );
    const away = { ...env, DATABASE_URL: `mongodb://owner:some-secret@127.0.0.1:9/shop` };
    const refusedWords = await run('admin-create', away, '--email', 'first@shop.example', '--generate');
    expect(refusedWords).toMatch(
      /^Database: shop at 127\.0\.0\.1:9\nMongoDB \(DATABASE_URL: shop at 127\.0\.0\.1:9\) cannot be reached/,
    );
    expect(refusedWords).not.toContain('some-secret');
  }, 60_000);

  it('U6: changes no account that is there already, and makes one an admin only when told, for nobody who got in before', async () => {
    const env = { ...productionEnv(), ...UNLIMITED };
    const server = await ready(await startChild({ env }));
    child = server;
    const [email, password] = ['asha@shop.example', 'the password of a stranger'];
    const call = (path: string, method: string, body?: object, token = '') =>
      fetch(`${server.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const tokenFor = async (secret: string): Promise<string | undefined> =>
      (
        (await (await call('/v1/auth/token', 'POST', { email, password: secret })).json()) as {
          token?: string;
        }
      ).token;
    expect((await call('/v1/auth/register', 'POST', { name: 'Asha Rao', email, password })).status).toBe(201);
    const before = await tokenFor(password);
    const admin = (...args: string[]) => run('admin-create', env, '--generate', '--email', ...args);

    const refusedWords = await admin('Asha@Shop.example');
    expect(refusedWords).toMatch(/^Database: \S+ at \S+\n/);
    expect(refusedWords).toContain('asha@shop.example has an account already: a customer since 20');
    expect(refusedWords).toContain('--promote');
    expect((await call('/v1/users/me', 'GET', undefined, before)).status).toBe(200);
    expect((await call('/v1/admin/users', 'GET', undefined, before)).status).toBe(403);

    // A slip of the keyboard makes no admin, and no name is changed on the way.
    expect(await admin('aasha@shop.example', '--promote')).toContain('aasha@shop.example has no account');
    expect(await admin(email, '--promote', '--name', 'Another')).toContain('--name is for a new account');

    const promoted = await admin(email, '--promote');
    expect(promoted).toMatch(
      /^Database: \S+ at \S+\nasha@shop.example: a customer since \S+, by the name of "Asha Rao"\n/,
    );
    const [, generated = ''] = /^Password \(shown only now\): (\S+)$/m.exec(promoted) ?? [];
    expect((await call('/v1/users/me', 'GET', undefined, before)).status).toBe(401);
    expect(await tokenFor(password)).toBeUndefined();
    const token = await tokenFor(generated);
    expect((await call('/v1/admin/users', 'GET', undefined, token)).status).toBe(200);

    expect(await admin(email)).toContain('an admin since 20');
    // Who lost their password and gets no mail.
    expect(await admin(email, '--promote')).toContain('asha@shop.example is an admin now.');
    expect(await tokenFor(generated)).toBeUndefined();
  }, 120_000);
});
