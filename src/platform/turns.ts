import { unavailable } from './errors.js';

/** Runs pieces of work, so many at once, the others in the order of their coming. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * `atOnce` run, at most `waiting` wait, and nobody longer than `waitMs`: whoever would is refused with
 * service_unavailable, and its work is never begun. So a rush leaves no work behind that nobody waits for any more.
 */
export function createTurns(options: {
  atOnce: number;
  waiting: number;
  waitMs: number;
  what: string;
}): Turns {
  const { atOnce, waiting, waitMs, what } = options;
  const queue = new Set<() => void>();
  let running = 0;

  /** Resolves when it is the caller's turn. Whoever ends hands its turn on, so `running` stays as it is. */
  const turn = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.delete(begin);
        reject(unavailable(what));
      }, waitMs);
      queue.add(begin);
    });

  return async (work) => {
    if (running < atOnce) running += 1;
    else if (queue.size < waiting) await turn();
    else throw unavailable(what);
    try {
      return await work();
    } finally {
      const [next] = queue;
      if (next === undefined) running -= 1;
      else {
        queue.delete(next);
        next();
      }
    }
  };
}
