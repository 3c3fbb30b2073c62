/*
 * Looks at every number of stock and money in the configured databases, and prints what is to be explained. It changes
 * nothing but with --repair. Exits with 1 while something unexplained is left.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compose, type Holdfast } from '../src/compose.js';
import { loadConfig, type Config } from '../src/platform/config.js';
import { databaseOf } from '../src/platform/db.failures.js';
import { messageOf } from '../src/platform/errors.js';
import { createLog } from '../src/platform/log.js';
import { plainRedis, redisOf } from '../src/platform/redis.address.js';

const USAGE = `Usage: npm run reconcile [-- --repair [--rebuild-on-hand]]

  --repair           set what is available to what on hand and the holds say, where nothing explains the difference
  --rebuild-on-hand  with --repair: count on hand again from its movements too, where they differ`;

const SANDBOX_ADDRESSES = '.sandbox/addresses.json';
/** Rows that are printed of what is on its way; the rest is counted. What is unexplained is printed whole. */
const SHOWN = 50;

const sandboxed = z.object({
  databaseUrl: z.string().optional(),
  redis: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .transform((address) => ({ host: address.split(':')[0] ?? '', port: Number(address.split(':')[1]) }))
    .optional(),
});

/** Something that the operator can mend; printed without a stack. */
class Refusal extends Error {}

type Options = { repair: boolean; rebuildOnHand: boolean };

function readArguments(): Options {
  try {
    const { values } = parseArgs({
      options: {
        repair: { type: 'boolean', default: false },
        'rebuild-on-hand': { type: 'boolean', default: false },
      },
    });
    const options = { repair: values.repair, rebuildOnHand: values['rebuild-on-hand'] };
    if (options.rebuildOnHand && !options.repair) throw new Error('--rebuild-on-hand needs --repair');
    return options;
  } catch (error) {
    throw new Refusal(`${messageOf(error)}\n\n${USAGE}`);
  }
}

/** The configured databases, or those of a sandbox that runs on this machine. Neither Razorpay nor SES is asked. */
async function configuration(): Promise<Config> {
  const { settings, connections } = loadConfig();
  const addresses = await readFile(SANDBOX_ADDRESSES, 'utf8').catch(() => '{}');
  const sandbox = settings.environment === 'production' ? {} : sandboxed.parse(JSON.parse(addresses));
  const databaseUrl = connections.databaseUrl ?? sandbox.databaseUrl;
  const redis = connections.redis ?? (sandbox.redis && plainRedis(sandbox.redis));
  if (databaseUrl === undefined || redis === undefined) {
    throw new Refusal(
      'There are no databases: set DATABASE_URL and REDIS_URL (or HOST_IP and REDIS_PORT), or start the sandbox first (npm run dev).',
    );
  }
  const { razorpayUrl = 'https://api.razorpay.com', sesEndpoint } = connections;
  return { ...settings, connections: { databaseUrl, redis, razorpayUrl, sesEndpoint } };
}

type Row = { subject: string; state: string; message: string };

function print(title: string, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(({ subject }) => subject.length));
  process.stdout.write(`\n${title}\n`);
  for (const { subject, state, message } of rows) {
    process.stdout.write(`  ${subject.padEnd(width)}  ${state.padEnd(12)}  ${message}\n`);
  }
}

/** Answers how many unexplained rows are left. */
async function reconcile({ services }: Holdfast, options: Options): Promise<number> {
  const { reconciliations } = services;
  const actor = { kind: 'system', id: null } as const;
  const stock = await reconciliations.checkStock(options.repair ? actor : undefined);
  const orders = await reconciliations.checkOrders();
  process.stdout.write(`${stock.examined} products and ${orders.examined} orders were looked at.\n`);
  if (options.repair) process.stdout.write(`${stock.changed} products were repaired.\n`);
  if (options.rebuildOnHand) {
    for (const { subjectId } of await reconciliations.found('product', 'unexplained')) {
      const { repairs } = await reconciliations.repair({
        productIds: [subjectId],
        rebuildOnHand: true,
        actor,
      });
      for (const { number, before, after } of repairs)
        process.stdout.write(`  ${subjectId}: ${number} ${before} -> ${after}\n`);
    }
  }
  let unexplained = 0;
  for (const about of ['product', 'order'] as const) {
    const left = await reconciliations.found(about, 'unexplained');
    unexplained += left.length;
    print(`Unexplained (${about}s: ${left.length})`, left);
    for (const state of ['needs_action', 'in_flight'] as const) {
      const rows = await reconciliations.found(about, state);
      const title = state === 'needs_action' ? 'An admin has to act' : 'On the way';
      print(`${title} (${about}s: ${rows.length})`, rows.slice(0, SHOWN));
    }
  }
  const failures = [...stock.failures, ...orders.failures];
  print(
    'Could not be looked at',
    failures.map(({ subject, message }) => ({ subject, state: '', message })),
  );
  process.stdout.write(
    unexplained === 0 ? '\nNothing is unexplained.\n' : `\n${unexplained} are unexplained.\n`,
  );
  return unexplained + failures.length;
}

async function main(): Promise<void> {
  const options = readArguments();
  const config = await configuration();
  const { databaseUrl, redis } = config.connections;
  process.stdout.write(`Database: ${databaseOf(databaseUrl) ?? 'of DATABASE_URL, which cannot be read'}\n`);
  process.stdout.write(`Redis:    ${redisOf(redis)}\n`);
  const holdfast = await compose(config, createLog({ level: 'fatal', destination: process.stderr }));
  try {
    if ((await reconcile(holdfast, options)) > 0) process.exitCode = 1;
  } finally {
    await holdfast.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
