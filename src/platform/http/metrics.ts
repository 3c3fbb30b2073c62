import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What is counted of the HTTP server, beside the process's own figures (memory, event loop, garbage collection). */
export type Metrics = {
  /** One answered request. `operation` is an operationId, or `unmatched` for addresses that the contract does not know. */
  observe(request: { operation: string; status: number; seconds: number }): void;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  /** The media type of `text`, version included. */
  readonly contentType: string;
};

/** From a memory lookup to our own time limit. */
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counts into a registry of its own, so that two servers in one process do not share figures. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answered = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['operation'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    observe({ operation, status, seconds }) {
      answered.inc({ operation, status });
      duration.observe({ operation }, seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
