import { unavailable } from './errors.js';

/** Runs a piece of work when it is its turn. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets so many pieces of heavy work run at once and so many wait, in order. Throws service_unavailable (and does nothing)
 * where more would wait, or where one has waited for too long to be done in time.
 */
export function createTurns(limits: { atOnce: number; waiting: number; patienceMs: number }): Turns {
  const { atOnce, waiting, patienceMs } = limits;
  const queue: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw unavailable('The service');
      const cameAt = performance.now();
      // Whoever ends hands its place over.
      await new Promise<void>((resolve) => queue.push(resolve));
      if (performance.now() - cameAt > patienceMs) {
        leave();
        throw unavailable('The service');
      }
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      leave();
    }
  };

  function leave(): void {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
