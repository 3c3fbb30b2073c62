import { messageOf } from './errors.js';
import type { Log } from './log.js';

/** Runs a piece of work soon, without anybody waiting for it. */
export type Waker = {
  /** Returns at once and never throws. A wake during a run leads to exactly one further run. */
  wake(): void;
  /** Resolves when no run is under way. */
  idle(): Promise<void>;
};

/** One run at a time. An error is logged: what a run could not do, the schedule does. */
export function createWaker(work: () => Promise<unknown>, log: Log, what: string): Waker {
  let wanted = 0;
  let running: Promise<void> | undefined;

  const rounds = async (): Promise<void> => {
    for (let done = 0; done < wanted;) {
      done = wanted;
      await work().catch((error: unknown) =>
        log.error({ error: messageOf(error) }, `${what} could not be done`),
      );
    }
    wanted = 0;
    running = undefined;
  };

  return {
    wake() {
      wanted += 1;
      running ??= rounds();
    },
    idle: async () => running,
  };
}
