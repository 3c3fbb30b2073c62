import type { JobRun as JobRunBody } from '../../../generated/openapi.js';
import type { JobRun, JobRuns } from '../jobs.js';
import { pageWindow, pagination } from '../page.js';
import { documentationHandlers } from './documentation.js';
import type { Documents } from './documents.js';
import type { Metrics } from './metrics.js';
import type { HandlersFor } from './operation.js';

export type SystemDeps = {
  /** Each resolves while its part answers. */
  checks: { database: () => Promise<void>; redis: () => Promise<void> };
  metrics: Pick<Metrics, 'text' | 'contentType'>;
  documents: Documents;
  jobRuns: Pick<JobRuns, 'list'>;
  /** False while the server shuts down: no new requests should be sent to it. */
  accepting?: () => boolean;
};

/** A probe gives up waiting before whoever asks does. */
const PROBE_MS = 2_000;
const RETRY_SECONDS = '2';
/** The contract changes with a release only. */
const DOCUMENT_CACHING = { 'Cache-Control': 'public, max-age=300' };

/** The operations tagged `system`: health, metrics, the contract itself, and the runs of the background jobs. */
export function systemHandlers(deps: SystemDeps): HandlersFor<'system'> {
  const { checks, metrics, documents, jobRuns, accepting = () => true } = deps;
  return {
    getLiveness: () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
    async getReadiness() {
      const [database, redis] = await Promise.all([probe(checks.database), probe(checks.redis)]);
      if (database === 'ok' && redis === 'ok' && accepting()) {
        return { status: 200, body: { status: 'ok', checks: { database, redis } } };
      }
      return {
        status: 503,
        headers: { 'Retry-After': RETRY_SECONDS },
        body: { status: 'unavailable', checks: { database, redis } },
      };
    },
    async getMetrics() {
      return { status: 200, headers: { 'Content-Type': metrics.contentType }, body: await metrics.text() };
    },
    getOpenApiJson: () => Promise.resolve({ status: 200, headers: DOCUMENT_CACHING, body: documents.json }),
    getOpenApiYaml: () => Promise.resolve({ status: 200, headers: DOCUMENT_CACHING, body: documents.yaml }),
    getOpenApi30: () => Promise.resolve({ status: 200, headers: DOCUMENT_CACHING, body: documents.json30 }),
    ...documentationHandlers(documents.site),
    async listJobRuns({ query: { job, outcome, page, limit } }) {
      const window = pageWindow({ page, limit });
      const { rows, total } = await jobRuns.list({ job, outcome, skip: window.skip, limit });
      return { status: 200, body: { data: rows.map(toJobRunBody), pagination: pagination(window, total) } };
    },
  };
}

async function probe(check: () => Promise<void>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), PROBE_MS);
  });
  const answered = check().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  try {
    return await Promise.race([answered, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}

function toJobRunBody(run: JobRun): JobRunBody {
  const { id, job, startedAt, finishedAt, examined, changed, failures, outcome } = run;
  return {
    id,
    job,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    // A clock that was set back does not make a run shorter than nothing.
    durationMs: finishedAt === null ? null : Math.max(0, finishedAt.getTime() - startedAt.getTime()),
    examined,
    changed,
    failures,
    outcome,
  };
}
