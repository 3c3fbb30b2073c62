import type { ErrorCode } from '../errors.js';
import type { Log } from '../log.js';
import type { Metrics } from './metrics.js';

/** What the server refused before it became a request of an operation. */
export type Refusals = {
  /** One more. `address`: of the connection, which may be a proxy's. */
  note(code: ErrorCode, address: string | undefined): void;
  /** Tells what has not been told yet, and nothing afterwards. */
  stop(): void;
};

/** Whoever sends garbage sends much of it: a line for each would be as much work as answering. */
const EVERY_MS = 60_000;

/** Counts each of them in the metrics. The log has the first one at once, and then how many there were, at most every `everyMs`. */
export function createRefusals(deps: {
  metrics: Pick<Metrics, 'refuse'>;
  log: Pick<Log, 'info'>;
  everyMs?: number;
}): Refusals {
  const { metrics, log, everyMs = EVERY_MS } = deps;
  let refused: Partial<Record<ErrorCode, number>> = {};
  let latest: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    timer = undefined;
    if (Object.keys(refused).length === 0) return;
    log.info({ refused, address: latest }, 'refused before they became requests');
    refused = {};
    timer = setTimeout(tell, everyMs);
    timer.unref();
  };

  return {
    note(code, address) {
      metrics.refuse(code);
      refused[code] = (refused[code] ?? 0) + 1;
      latest = address;
      if (timer === undefined) tell();
    },
    stop() {
      clearTimeout(timer);
      tell();
      clearTimeout(timer);
    },
  };
}
