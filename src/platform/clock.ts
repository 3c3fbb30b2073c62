/**
 * The time that decides: the database's clock, never a process's own, so that two processes with clocks apart agree on
 * what is overdue.
 */
export type Clock = {
  now(): Date;
  /** How far this clock is set ahead of real time, ms. 0 but in tests and the sandbox, where time can be moved. */
  aheadMs(): number;
};

/** A clock that also can be set ahead. Redis scripts get `aheadMs` too, so that holds lapse on the same time. */
export type MovableClock = Clock & { advance(ms: number): void };

/** How far the database's clock is ahead of this process's, ms. */
export type ClockOffset = () => number;

/**
 * The offset to go by after measuring it: `measured` may be wrong by `eitherWayMs`. Where the known one lies within that, the
 * measurement tells nothing against it, as when a database answers late that was asleep.
 */
export function offsetAfter(known: number, measured: { offsetMs: number; eitherWayMs: number }): number {
  return Math.abs(measured.offsetMs - known) <= measured.eitherWayMs ? known : measured.offsetMs;
}

/** Starts at the database's present; `advance` moves it (forward only) for tests and the sandbox. */
export function createClock(offset: ClockOffset): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + offset() + ahead),
    aheadMs: () => ahead,
    advance(ms) {
      if (ms < 0) throw new RangeError('a clock only moves forward');
      ahead += ms;
    },
  };
}

/** `at` plus `ms`. */
export function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
