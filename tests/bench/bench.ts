/*
 * Measures the built server against bare frameworks in the same run, and then shows that stock is held exactly under load.
 * `npm run bench` writes docs/bench.md; with options (--seconds, --rounds, --only <part of a
 * scenario's name>, --size <products and orders of the large shop>, --profile <folder>) it only prints.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/platform/errors.js';
import { freePort } from '../../src/sandbox/keeper.js';
import { startRazorpaySandbox } from '../../src/sandbox/razorpay.js';
import { startSesSandbox } from '../../src/sandbox/ses.js';
import { UNLIMITED } from '../support/limits.js';
import { startDatabases, type Databases } from './databases.js';
import { measureLarge, sizeFor } from './large.js';
import { fire, medianOf, type Measured, type Shot } from './load.js';
import { oversell } from './oversell.js';
import { leaveServerCore, startMeasured, type MeasuredServer } from './processes.js';
import { report, type Row } from './report.js';
import { payByWebhook, setStage, type PaidRun } from './scenarios.js';
import { signInAdmin } from './shop.js';

const KEYS = {
  keyId: 'rzp_test_bench',
  keySecret: 'bench-key-secret',
  webhookSecret: 'bench-webhook-secret',
};
const WEBHOOK_ORDERS = 320;
const FRAMEWORKS = ['express', 'fastify'] as const;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    size: { type: 'string' },
    profile: { type: 'string' },
  },
});
const say = (line: string): boolean => process.stderr.write(`${line}\n`);

type Stop = () => Promise<void>;

/** What is started is noted at once, so that everything is stopped however the run ends. */
async function bench(dir: string, stops: Stop[]): Promise<string> {
  const started = <T extends { stop: Stop }>(one: T): T => {
    stops.unshift(() => one.stop());
    return one;
  };
  const load = loadavg()[0] ?? 0;
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { stdio: 'inherit' });
  leaveServerCore();
  const databases = started(await startDatabases(join(dir, 'data'), say));
  const ses = started(await startSesSandbox({ log: say }));
  const port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/v1/webhooks/razorpay`;
  const razorpay = started(await startRazorpaySandbox({ ...KEYS, webhookUrl, log: say }));
  const server = started(
    await startMeasured({
      args: [...profiling(), 'dist/src/main.js'],
      env: environment({ databases, port, razorpayUrl: razorpay.url, sesUrl: ses.url }),
      port,
      readyPath: '/health/ready',
      logFile: join(dir, 'holdfast.log'),
    }),
  );
  const memoryAtStart = server.memoryMb();
  const { api: admin, token: adminToken } = await signInAdmin(server.url, databases.mongoUrl);
  const stage = await setStage(server.url, admin);
  const chosen = stage.scenarios.filter(({ name }) => name.includes(options.only));
  const rows: Row[] = [];
  for (const { name, prepare } of chosen) {
    say(name);
    const next = await prepare();
    const bytes = await sizeOfAnswer(server.url, next());
    const bare = await Promise.all(FRAMEWORKS.map((framework) => startBaseline(framework, bytes, dir)));
    const [holdfast, express, fastify] = await measure(next, [server, ...bare.map(started)], bytes);
    if (holdfast === undefined || express === undefined || fastify === undefined)
      throw new Error('a round is missing');
    rows.push({ name, bytes, holdfast, express, fastify });
    await Promise.all(bare.map((one) => one.stop()));
  }
  const paid: PaidRun[] = [];
  for (let round = 0; round < Number(options.rounds) && 'webhook'.includes(options.only); round += 1) {
    say(`webhook to paid, round ${round}`);
    paid.push(await payByWebhook({ server, admin, razorpay, stage, orders: WEBHOOK_ORDERS }));
  }
  const held = 'oversell'.includes(options.only) ? await oversell(server.url, admin) : undefined;
  const memory = { atStart: memoryAtStart, atEnd: server.memoryMb() };
  // The last, since it leaves a catalogue of many pages behind.
  const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
  const size = options.size === undefined ? sizeFor(databases.kind) : Number(options.size);
  const large = 'large'.includes(options.only)
    ? await measureLarge({ server, databases, size, adminToken, rounds, seconds, say })
    : undefined;
  return report({
    rows,
    paid,
    held,
    memory,
    large,
    databases: databases.names,
    seconds: Number(options.seconds),
    load,
  });
}

/** Rounds in turns, so that what else the machine does meets all of them alike. The first, short one warms up. */
async function measure(next: () => Shot, servers: MeasuredServer[], bytes: number): Promise<Measured[]> {
  const nextBare = (): Shot => ({ ...next(), path: `/${bytes}` });
  const rounds: Measured[][] = servers.map(() => []);
  for (let round = 0; round <= Number(options.rounds); round += 1) {
    for (const [index, server] of servers.entries()) {
      const seconds = round === 0 ? 1 : Number(options.seconds);
      const measured = await fire(server, index === 0 ? next : nextBare, { seconds });
      if (round > 0) rounds[index]?.push(measured);
    }
  }
  return rounds.map(medianOf);
}

async function sizeOfAnswer(url: string, { method, path, headers, body }: Shot): Promise<number> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return Buffer.byteLength(text);
}

async function startBaseline(framework: string, bytes: number, dir: string): Promise<MeasuredServer> {
  const port = await freePort();
  const program = resolve(import.meta.dirname, 'baseline.ts');
  return startMeasured({
    args: ['--import', 'tsx', program, framework, String(port), String(bytes)],
    env: { ...process.env, NODE_ENV: 'production' },
    port,
    readyPath: `/${bytes}`,
    logFile: join(dir, `${framework}.log`),
  });
}

function profiling(): string[] {
  return options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profile)}`];
}

/** As in production, but for what guards against many carts and guesses from one address: the load comes from one. */
function environment(at: {
  databases: Databases;
  port: number;
  razorpayUrl: string;
  sesUrl: string;
}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    ROLE: 'all',
    HOST: '127.0.0.1',
    PORT: String(at.port),
    PUBLIC_URL: `http://127.0.0.1:${at.port}`,
    TOKEN_KEY: 'a-key-for-the-bench-that-signs-nothing-real',
    METRICS_TOKEN: 'a-token-for-the-bench',
    PASSWORD_COST: '4',
    CARTS_PER_ADDRESS_HOURLY: '1000000',
    UNPAID_ORDERS_PER_ACCOUNT: '1000000',
    ...UNLIMITED,
    DATABASE_URL: at.databases.mongoUrl,
    HOST_IP: at.databases.redis.host,
    REDIS_PORT: String(at.databases.redis.port),
    RAZORPAY_KEY_ID: KEYS.keyId,
    RAZORPAY_KEY_SECRET: KEYS.keySecret,
    RAZORPAY_WEBHOOK_SECRET: KEYS.webhookSecret,
    RAZORPAY_API_URL: at.razorpayUrl,
    AWS_REGION: 'ap-south-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_SES_ENDPOINT: at.sesUrl,
    MAIL_FROM: 'shop@holdfast.example',
    ADMIN_EMAIL: 'admin@holdfast.example',
    PASSWORD_RESET_URL: 'https://holdfast.example/reset-password',
  };
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const stops: Stop[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const text = await bench(dir, stops);
    process.stdout.write(`\n${text}`);
    if (process.argv.length === 2) {
      await mkdir('docs', { recursive: true });
      await writeFile('docs/bench.md', text);
    }
  } finally {
    for (const stop of stops) await stop();
  }
}

main().catch((error: unknown) => {
  say(`The bench stopped: ${messageOf(error)}`);
  process.exitCode = 1;
});
