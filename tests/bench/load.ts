import autocannon from 'autocannon';
import type { MeasuredServer } from './processes.js';

export const CONNECTIONS = 32;

/** One request of a load. Without a body it is sent without a content type. */
export type Shot = { method: string; path: string; headers?: Record<string, string>; body?: string };

/** `cpuMs`: time of the server on its core for one request; NaN where the system does not tell. */
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; cpuMs: number };

/**
 * Sends what `next` gives, over 32 connections unless told otherwise, for so many seconds or until so many were answered. Throws where one answer
 * was none of 2xx: a server that refuses is fast, and its figures would say nothing.
 */
export async function fire(
  { url, cpuMs }: Pick<MeasuredServer, 'url' | 'cpuMs'>,
  next: () => Shot,
  until: { connections?: number } & ({ seconds: number } | { amount: number }),
): Promise<Measured> {
  const times: number[] = [];
  const statuses = new Set<number>();
  const started = performance.now();
  const spentBefore = cpuMs() ?? NaN;
  const result = await autocannon({
    url,
    connections: until.connections ?? CONNECTIONS,
    ...('amount' in until ? { amount: until.amount } : { duration: until.seconds }),
    requests: [{ setupRequest: (request) => asRequest(request, next()) }],
    setupClient: (client) => {
      client.on('response', (status: number, _bytes: number, ms: number) => {
        statuses.add(status);
        times.push(ms);
      });
    },
  });
  // With an amount autocannon still ends on its next tick of a second; the last answer came before.
  const spent = (cpuMs() ?? NaN) - spentBefore;
  const seconds = 'amount' in until ? (performance.now() - started) / 1000 : result.duration;
  if (result.errors + result.timeouts + result.non2xx > 0) {
    throw new Error(
      `${url}: ${result.non2xx} answers were no success (${[...statuses].join(', ')}), ${result.errors} requests failed (${result.timeouts} by time)`,
    );
  }
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMs: spent / times.length,
  };
}

function asRequest<T extends object>(request: T, { method, path, headers, body }: Shot) {
  const typed = body === undefined ? {} : { 'content-type': 'application/json' };
  return { ...request, method, path, headers: { ...typed, ...headers }, ...(body !== undefined && { body }) };
}

/** Of values in order; 0 where there are none. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** Figure by figure the middle one of several rounds. */
export function medianOf(rounds: readonly Measured[]): Measured {
  const middle = (pick: (one: Measured) => number): number =>
    quantile(
      rounds.map(pick).sort((a, b) => a - b),
      0.5,
    );
  return {
    perSecond: middle((one) => one.perSecond),
    p50Ms: middle((one) => one.p50Ms),
    p99Ms: middle((one) => one.p99Ms),
    cpuMs: middle((one) => one.cpuMs),
  };
}
