import type { JobRun as JobRunBody, Readiness } from '../../../generated/openapi.js';
import type { JobRun, JobRuns } from '../jobs.js';
import { pageWindow, pagination } from '../page.js';
import { documentationHandlers } from './documentation.js';
import type { Documents } from './documents.js';
import { etagOf, matchesEtag } from './etag.js';
import type { Metrics } from './metrics.js';
import type { HandlersFor } from './operation.js';
import { prepareJson } from './prepared.js';

export type SystemDeps = {
  readiness: () => Promise<Readiness>;
  metrics: Pick<Metrics, 'text' | 'contentType'>;
  documents: Documents;
  jobRuns: Pick<JobRuns, 'list'>;
};

const RETRY_SECONDS = '2';
/** The contract changes with a release only. */
const DOCUMENT_CACHING = { 'Cache-Control': 'public, max-age=300' };

/** The operations tagged `system`: health, metrics, the contract itself, and the runs of the background jobs. */
export function systemHandlers(deps: SystemDeps): HandlersFor<'system'> {
  const { readiness, metrics, documents, jobRuns } = deps;
  const [json, yaml, json30] = [
    unlessKnown(documents.json),
    unlessKnown(documents.yaml),
    unlessKnown(documents.json30),
  ];
  return {
    getLiveness: () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
    async getReadiness() {
      const body = await readiness();
      return body.status === 'ok'
        ? { status: 200, body }
        : { status: 503, headers: { 'Retry-After': RETRY_SECONDS }, body };
    },
    async getMetrics() {
      return { status: 200, headers: { 'Content-Type': metrics.contentType }, body: await metrics.text() };
    },
    getOpenApiJson: async ({ headers }) => json(headers['If-None-Match']),
    getOpenApiYaml: async ({ headers }) => yaml(headers['If-None-Match']),
    getOpenApi30: async ({ headers }) => json30(headers['If-None-Match']),
    ...documentationHandlers(documents.site),
    async listJobRuns({ query: { job, outcome, page, limit } }) {
      const window = pageWindow({ page, limit });
      const { rows, total } = await jobRuns.list({ job, outcome, skip: window.skip, limit });
      return { status: 200, body: { data: rows.map(toJobRunBody), pagination: pagination(window, total) } };
    },
  };
}

/** Answers a document, or that the copy which the caller has is right. */
function unlessKnown<Body extends object | string>(body: Body) {
  const { etag } = typeof body === 'string' ? { etag: etagOf(body) } : prepareJson(body);
  const headers = { ...DOCUMENT_CACHING, ETag: etag };
  return (known: string | undefined) =>
    matchesEtag(known, etag) ? { status: 304 as const, headers } : { status: 200 as const, headers, body };
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
