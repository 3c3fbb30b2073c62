import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { LARGE_CONNECTIONS, type LargeFindings } from './large.js';
import { CONNECTIONS, type Measured } from './load.js';
import type { OversellResult } from './oversell.js';
import { cores, isPinned } from './processes.js';
import type { PaidRun } from './scenarios.js';

export type Row = {
  name: string;
  /** Of one answer. The bare frameworks answer with as many. */
  bytes: number;
  holdfast: Measured;
  express: Measured;
  fastify: Measured;
};

export type Findings = {
  rows: readonly Row[];
  paid: readonly PaidRun[];
  held: OversellResult | undefined;
  large: LargeFindings | undefined;
  memory: { atStart: number | undefined; atEnd: number | undefined };
  databases: string;
  seconds: number;
  /** Of the machine in the minute before. */
  load: number;
};

const count = (value: number): string => Math.round(value).toLocaleString('en-GB');
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const mb = (value: number | undefined): string =>
  value === undefined ? 'not known' : `${value.toFixed(0)} MB`;

/** The findings as a page of documentation. */
export function report(findings: Findings): string {
  return `# Measured

\`npm run bench\` wrote this page on ${new Date().toISOString().slice(0, 10)}. ${conditions(findings)}

${table([
  [
    'request',
    'bytes',
    'req/s',
    'p50 ms',
    'p99 ms',
    'core ms',
    'bare express req/s',
    'core ms',
    'bare fastify req/s',
    'of bare express',
  ],
  ...findings.rows.map((row) => [
    row.name,
    count(row.bytes),
    count(row.holdfast.perSecond),
    ms(row.holdfast.p50Ms),
    ms(row.holdfast.p99Ms),
    row.holdfast.cpuMs.toFixed(2),
    count(row.express.perSecond),
    row.express.cpuMs.toFixed(2),
    count(row.fastify.perSecond),
    `${((row.holdfast.perSecond / row.express.perSecond) * 100).toFixed(0)} %`,
  ]),
])}

Bare express and bare fastify answer a constant JSON of the same size, without a database; a body that is sent is read.
Percentages say what an answer costs here beside one that costs nothing, and no more. Core ms is what one answer takes of the
server's core. It depends less on what else the machine does than all other figures. The list is one page of one catalogue: what its
products say about themselves is read from the database once a second for all requests, their available units from Redis for each one.

${webhooks(findings.paid)}

Memory of the server (resident): ${mb(findings.memory.atStart)} after the start, ${mb(findings.memory.atEnd)} at the end.
${exactness(findings.held)}${largeShop(findings.large)}`;
}

function conditions({ databases, seconds, load }: Findings): string {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const cpu = cpus()[0]?.model ?? 'unknown processor';
  const pinned = isPinned
    ? 'The measured server has one core for itself; the load and the databases share the rest.'
    : 'Nothing is pinned to a core here, so that server, load and databases disturb each other.';
  return `${CONNECTIONS} connections, ${seconds} s a round, rounds of all servers in turns, the median of them. ${pinned}

- ${cores} cores (${cpu}), ${platform()} ${arch()}, Node ${process.versions.node}; load average before the start ${load.toFixed(1)}
- ${databases}
- express ${dependencies['express'] ?? '?'}, express-openapi-validator ${dependencies['express-openapi-validator'] ?? '?'}, \
mongoose ${dependencies['mongoose'] ?? '?'}, ioredis ${dependencies['ioredis'] ?? '?'}`;
}

function webhooks(runs: readonly PaidRun[]): string {
  const [run] = [...runs]
    .sort((a, b) => a.untilAllPaidMs - b.untilAllPaidMs)
    .slice(Math.floor(runs.length / 2));
  if (run === undefined) return '';
  const { posted, orders, untilAllPaidMs } = run;
  return `Webhooks: ${count(orders)} signed \`payment.captured\` events were answered with p50 ${ms(posted.p50Ms)} ms and p99 \
${ms(posted.p99Ms)} ms while they were worked off; ${(untilAllPaidMs / 1000).toFixed(1)} s after the first all ${count(orders)} orders were paid \
(${count((orders / untilAllPaidMs) * 1000)} orders a second).`;
}

function exactness(held: OversellResult | undefined): string {
  if (held === undefined) return '';
  return `
## Nothing is sold twice

10,000 adds by 2,000 carts to one product with 1,000 units, 16 at a time: ${count(held.accepted)} were held, \
${count(held.refused)} were told \`insufficient_stock\`, in ${held.seconds.toFixed(1)} s. On hand, available, holds and \
the lines of all carts agree.
`;
}

function largeShop(large: LargeFindings | undefined): string {
  if (large === undefined) return '';
  const { size, isTelling, rows } = large;
  const missed = rows.filter(
    ({ targetMs, measured }) => targetMs !== undefined && measured.p99Ms >= targetMs,
  );
  const verdict = isTelling
    ? `Above the wanted p99: ${missed.map(({ name }) => name).join('; ') || 'nothing'}.`
    : 'The wanted p99 is for 100,000 of each on mongod, **which was not measured here**: secantusd-rs reads every row of an index for a page of it.';
  return `
## A large shop

${count(size)} products, ${count(size)} orders, ${LARGE_CONNECTIONS} connections. ${verdict}

${table([
  ['request', 'req/s', 'p50 ms', 'p99 ms', 'core ms', 'wanted p99 ms'],
  ...rows.map(({ name, targetMs, measured }) => [
    name,
    // A database that takes longer than a round for one answer leaves nothing to measure.
    ...(measured.perSecond > 0
      ? [measured.perSecond.toFixed(1), ms(measured.p50Ms), ms(measured.p99Ms), measured.cpuMs.toFixed(2)]
      : ['none', '', '', '']),
    targetMs === undefined ? '' : `${targetMs}`,
  ]),
])}
`;
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...body.map(line)].join(
    '\n',
  );
}
