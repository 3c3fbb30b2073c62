import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A figure that is asked for at each scrape: one value, or one for each value of a label. */
export type Figure = {
  name: string;
  help: string;
  /** The label that tells its values apart; absent where there is one value. */
  label?: string;
  /** Quick, and by an index. What is undefined is left out of the answer. */
  read: () => Promise<number | undefined | ReadonlyMap<string, number>>;
};

/** What is counted of the HTTP server, beside the process's own figures (memory, event loop, garbage collection). */
export type Metrics = {
  /** One answered request. `operation` is an operationId, or `unmatched` for addresses that the contract does not know. */
  observe(request: { operation: string; status: number; seconds: number }): void;
  /** One refusal by the server itself, of what became no request of an operation; `reason` is a code of the contract. */
  refuse(reason: string): void;
  /**
   * Everything in the text format of Prometheus. A figure that cannot be had within 800 ms is left out, and
   * `holdfast_figures_missing` counts it: a database that is away takes no other figure with it.
   */
  text(): Promise<string>;
  /** The media type of `text`, version included. */
  readonly contentType: string;
};

/** From a memory lookup to our own time limit. */
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const FIGURE_MS = 800;

/** Counts into a registry of its own, so that two servers in one process do not share figures. */
export function createMetrics(figures: readonly Figure[] = []): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answered = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const refusedAtTheDoor = new Counter({
    name: 'http_requests_refused_total',
    help: 'Refused by the server itself, before they became requests of an operation',
    labelNames: ['reason'],
    registers: [registry],
  });
  const unavailable = new Counter({
    name: 'http_requests_unavailable_total',
    help: 'Requests refused with 503 because something that they need was away or slow',
    labelNames: ['operation'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['operation'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const gauges = createGauges(registry, figures);
  return {
    observe({ operation, status, seconds }) {
      answered.inc({ operation, status });
      if (status === 503) unavailable.inc({ operation });
      duration.observe({ operation }, seconds);
    },
    refuse: (reason) => refusedAtTheDoor.inc({ reason }),
    async text() {
      await gauges.read();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function createGauges(registry: Registry, figures: readonly Figure[]): { read(): Promise<void> } {
  const missing = new Gauge({
    name: 'holdfast_figures_missing',
    help: 'Figures that could not be had for this answer',
    registers: [registry],
  });
  const gauges = figures.map(({ name, help, label, read }) => {
    const gauge = new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
    });
    // A scrape that comes while an earlier one still waits does not ask a second time.
    let underWay: Promise<void> | undefined;
    const empty = (): void => {
      if (label === undefined) gauge.remove();
      else gauge.reset();
    };
    const refresh = async (): Promise<void> => {
      const value = await read();
      empty();
      if (value === undefined) return;
      if (typeof value === 'number') gauge.set(value);
      else for (const [key, one] of value) gauge.set({ [label ?? name]: key }, one);
    };
    return async (): Promise<boolean> => {
      underWay ??= refresh().finally(() => (underWay = undefined));
      const isRead = await withinTime(underWay);
      // What was true at an earlier scrape is not told as if it were true now.
      if (!isRead) empty();
      return isRead;
    };
  });
  return {
    async read() {
      const read = await Promise.all(gauges.map((gauge) => gauge()));
      missing.set(read.filter((isRead) => !isRead).length);
    },
  };
}

async function withinTime(work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), FIGURE_MS);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
