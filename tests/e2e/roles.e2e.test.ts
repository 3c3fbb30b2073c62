import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { newId } from '../../src/platform/ids.js';
import { JOB_NAMES } from '../../src/platform/jobs.js';
import { ready, startChild, type Child } from '../support/child.js';
import { mongoUrl, redisAddress, redisDb } from '../support/servers.js';

/* The built server in each of its roles, with its own stand-ins for Razorpay and SES. */

let folder: string;
let client: MongoClient;
let env: Record<string, string>;
const children: Child[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-roles-'));
  const databaseUrl = mongoUrl(`roles${newId()}`);
  const { host, port } = redisAddress();
  const db = redisDb();
  env = {
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    HOST_IP: host,
    REDIS_PORT: String(port),
    REDIS_DB: String(db),
    PASSWORD_COST: '4',
  };
  client = await MongoClient.connect(databaseUrl);
  const redis = new Redis({ host, port, db });
  await redis.flushdb();
  redis.disconnect();
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.isRunning()) await child.end('SIGKILL');
});
afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(role: string): Promise<Child> {
  const child = await startChild({ env: { ...env, ROLE: role }, cwd: folder });
  children.push(child);
  return ready(child);
}

const runs = () => client.db().collection('jobruns').find().toArray();

function isListening(url: string): Promise<boolean> {
  return new Promise((told) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.destroy();
      told(true);
    });
    socket.once('error', () => told(false));
  });
}

describe('X4: ROLE', () => {
  it('web takes requests and runs no job', async () => {
    const child = await serve('web');
    expect((await fetch(`${child.url}/health/ready`)).status).toBe(200);
    expect(await runs()).toEqual([]);
    expect(await child.end('SIGTERM')).toBe(0);
  }, 60_000);

  it('worker runs the jobs and takes no request', async () => {
    const child = await serve('worker');
    // All but the one that a start does not wait for; it may have begun by itself already.
    const jobs = (await runs()).map((run) => String(run['job']));
    expect(new Set([...jobs, 'order-reconcile'])).toEqual(new Set(JOB_NAMES));
    expect(await isListening(child.url)).toBe(false);
    expect(await child.end('SIGTERM')).toBe(0);
  }, 60_000);
});
