import { unavailable } from './errors.js';

/** Runs pieces of work, so many at once, the others in the order of their coming. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * `atOnce` run, `waiting` wait; whoever comes then is refused with service_unavailable rather than made to wait longer
 * than a caller does.
 */
export function createTurns(options: { atOnce: number; waiting: number; what: string }): Turns {
  const { atOnce, waiting, what } = options;
  const queue: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw unavailable(what);
      // Whoever ends hands its turn on, so `running` stays as it is.
      await new Promise<void>((turn) => queue.push(turn));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
