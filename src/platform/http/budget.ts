import { unavailable } from '../errors.js';

/** Runs a piece of work within what is left of the time. */
export type Budget = <T>(work: () => Promise<T>) => Promise<T>;

/** What became of work that nobody waits for any more. */
export type LateOutcome = { outcome: 'answered' } | { outcome: 'failed'; error: unknown };

/**
 * The time that one request may take of us, over all its pieces; the time in which the client sends its body does not
 * count. When it is used up, the caller gets `service_unavailable`; the piece goes on by itself and `onLate` hears of its end.
 */
export function createBudget(limitMs: number, onLate: (outcome: LateOutcome) => void): Budget {
  let leftMs = limitMs;
  return async (work) => {
    const started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const timeUp = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        over = true;
        reject(unavailable('The service', { cause: new Error(`no answer within ${limitMs} ms`) }));
      }, leftMs);
      // The connection that waits for the answer keeps the process running; a timer alone need not.
      timer.unref();
    });
    const running = work();
    running.then(
      () => over && onLate({ outcome: 'answered' }),
      (error: unknown) => over && onLate({ outcome: 'failed', error }),
    );
    try {
      return await Promise.race([running, timeUp]);
    } finally {
      clearTimeout(timer);
      leftMs = Math.max(0, leftMs - (performance.now() - started));
    }
  };
}
