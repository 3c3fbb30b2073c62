import { Agenda } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Schema } from 'mongoose';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from './clock.js';
import { countRows, type Database } from './db.js';
import { messageOf } from './errors.js';
import { newId } from './ids.js';
import type { Log } from './log.js';
import { createTotals } from './totals.js';

/** Every job there is. */
export const JOB_NAMES = [
  'stock-rollback',
  'stock-sweep',
  'stock-reconcile',
  'mail',
  'webhook-inbox',
  'payment-reconcile',
  'order-reconcile',
  'image-sweep',
] as const;

export type JobName = (typeof JOB_NAMES)[number];

/** What one run did. A failure names its subject (an order, a mail) and never stops the run. */
export type JobReport = {
  examined: number;
  changed: number;
  failures: { subject: string; message: string }[];
};

/**
 * Work that scans for what is due and claims it row by row: a run that comes late, twice or at the same time as another
 * changes nothing that the other has done.
 */
export type Job = {
  name: JobName;
  everySeconds: number;
  run: () => Promise<JobReport>;
  /** Whether it runs once at start too, before the process is ready. Default: it does. */
  atStart?: boolean;
};

export type JobRun = {
  id: string;
  job: JobName;
  startedAt: Date;
  finishedAt: Date | null;
  examined: number;
  changed: number;
  failures: { subject: string; message: string }[];
  outcome: JobOutcome;
};

export type JobOutcome = 'running' | 'ok' | 'failed';

export type JobRunQuery = {
  job?: JobName | undefined;
  outcome?: JobOutcome | undefined;
  skip: number;
  limit: number;
};

export type JobRuns = {
  /** The newest first. */
  list(query: JobRunQuery): Promise<{ rows: JobRun[]; total: number }>;
  /** When the last run of a job ended without a failure; undefined where none is remembered. */
  lastSuccess(job: JobName): Promise<Date | undefined>;
};

export type Jobs = {
  readonly runs: JobRuns;
  /** Every job with how often it runs by itself. */
  readonly schedule: readonly Readonly<Pick<Job, 'name' | 'everySeconds'>>[];
  /** Runs every job once, so that what a crash left is finished, and then each on its schedule. */
  start(): Promise<void>;
  /** Runs one job now and records the run; throws what the job throws. */
  run(name: JobName): Promise<JobReport>;
  /** Waits for running jobs for at most `graceMs`; nothing starts afterwards. */
  stop(graceMs: number): Promise<void>;
};

const RUNS_KEPT_SECONDS = 3 * 24 * 3600;
const FAILURES_KEPT = 50;
/** A worker that dies gives its job free after this time. A run that takes longer may meet a second one, which does no harm. */
const LOCK_MS = 60_000;

const runSchema = new Schema(
  {
    _id: { type: String, required: true },
    job: { type: String, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    examined: { type: Number, default: 0 },
    changed: { type: Number, default: 0 },
    failures: { type: [{ _id: false, subject: String, message: String }], default: [] },
    outcome: { type: String, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'jobruns' },
);
runSchema.index({ startedAt: -1, _id: -1 });
runSchema.index({ job: 1, startedAt: -1, _id: -1 });
runSchema.index({ job: 1, outcome: 1, startedAt: -1, _id: -1 });
runSchema.index({ outcome: 1, startedAt: -1, _id: -1 });
runSchema.index({ startedAt: 1 }, { name: 'forget', expireAfterSeconds: RUNS_KEPT_SECONDS });

/** The clock of the background work: Agenda says when, the jobs' own claims in MongoDB say what. */
export function createJobs(deps: { db: Database; clock: Clock; log: Log; jobs: readonly Job[] }): Jobs {
  const { db, clock, log } = deps;
  const table = new Map(deps.jobs.map((job) => [job.name, job]));
  const Run = db.connection.model('JobRun', runSchema);
  const totals = createTotals();
  const running = new Set<Promise<unknown>>();
  let agenda: Agenda | undefined;

  const execute = async (job: Job): Promise<JobReport> => {
    const started = clock.now();
    const id = newId();
    await Run.create({ _id: id, job: job.name, startedAt: started, outcome: 'running' });
    const close = (report: JobReport, outcome: 'ok' | 'failed') =>
      Run.updateOne(
        { _id: id },
        { ...report, failures: report.failures.slice(0, FAILURES_KEPT), outcome, finishedAt: clock.now() },
      );
    try {
      const report = await job.run();
      for (const failure of report.failures)
        log.error({ job: job.name, ...failure }, 'a job could not do a part');
      await close(report, report.failures.length === 0 ? 'ok' : 'failed');
      return report;
    } catch (error) {
      log.error({ job: job.name, error: messageOf(error) }, 'a job failed');
      const failures = [{ subject: job.name, message: messageOf(error) }];
      // The run's row is only a report; where the database is what failed, the log line above is the report.
      await close({ examined: 0, changed: 0, failures }, 'failed').catch(() => undefined);
      throw error;
    }
  };

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const done = (): boolean => running.delete(work);
    work.then(done, done);
    return work;
  };

  const run = async (name: JobName): Promise<JobReport> => {
    const job = table.get(name);
    if (job === undefined) throw new RangeError(`there is no job named ${name}`);
    return tracked(execute(job));
  };

  return {
    run,
    schedule: deps.jobs,
    runs: {
      async list({ job, outcome, skip, limit }) {
        const filter = { ...(job !== undefined && { job }), ...(outcome !== undefined && { outcome }) };
        const { rows, total } = await totals.page({
          filter,
          window: { skip, limit },
          rows: () => Run.find(filter).sort({ startedAt: -1, _id: -1 }).skip(skip).limit(limit).lean(),
          count: (atMost) => countRows(Run, filter, atMost),
        });
        return { rows: rows.map(toJobRun), total };
      },
      async lastSuccess(job) {
        const row = await Run.findOne({ job, outcome: 'ok' }, { finishedAt: 1 })
          .sort({ startedAt: -1, _id: -1 })
          .lean();
        return row?.finishedAt ?? undefined;
      },
    },
    async start() {
      agenda = await startAgenda(db, deps.jobs, log, run);
      for (const job of deps.jobs) {
        if (job.atStart === false) continue;
        // A failed first run is reported by `execute`; the schedule tries again.
        await run(job.name).catch(() => undefined);
      }
    },
    async stop(graceMs) {
      // A look for work that is under way fails when the database is closed; it would have been the last one.
      agenda?.removeAllListeners('error').on('error', () => undefined);
      await agenda?.drain(graceMs);
      await agenda?.stop(false);
      await Promise.race([Promise.allSettled(running), setTimeout(graceMs, undefined, { ref: false })]);
    },
  };
}

async function startAgenda(
  db: Database,
  jobs: readonly Job[],
  log: Log,
  run: (name: JobName) => Promise<JobReport>,
): Promise<Agenda> {
  const mongo = db.connection.db;
  if (mongo === undefined) throw new Error('jobs need a connected database');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo, collection: 'jobs' }),
    processEvery: '2 seconds',
    defaultLockLifetime: LOCK_MS,
  });
  agenda.on('error', (error: unknown) => log.error({ error: messageOf(error) }, 'job schedule'));
  for (const job of jobs) {
    agenda.define(
      job.name,
      async () => {
        await run(job.name);
      },
      { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_MS },
    );
  }
  await agenda.start();
  for (const job of jobs) await agenda.every(`${job.everySeconds} seconds`, job.name);
  return agenda;
}

type RunRow = Omit<JobRun, 'id' | 'job' | 'outcome' | 'finishedAt' | 'failures'> & {
  _id: string;
  job: string;
  outcome: string;
  finishedAt?: Date | null;
  failures: { subject?: string | null; message?: string | null }[];
};

function toJobRun(row: RunRow): JobRun {
  const job = JOB_NAMES.find((name) => name === row.job);
  if (job === undefined) throw new Error(`a run of the unknown job ${row.job}`);
  return {
    id: row._id,
    job,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? null,
    examined: row.examined,
    changed: row.changed,
    failures: row.failures.map(({ subject, message }) => ({
      subject: subject ?? '',
      message: message ?? '',
    })),
    outcome: row.outcome === 'running' || row.outcome === 'ok' ? row.outcome : 'failed',
  };
}
