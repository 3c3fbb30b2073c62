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

/** That offset as it was measured: it may be wrong by `eitherWayMs`. */
export type MeasuredOffset = { offsetMs: number; eitherWayMs: number };

/**
 * The offset to go by after measuring it once more. Where both may be true the more exact one is kept, so that the late answer
 * of a database that was asleep moves no time. Where they cannot, a clock was set, and the new one counts.
 */
export function offsetAfter(known: MeasuredOffset, measured: MeasuredOffset): MeasuredOffset {
  const apartMs = Math.abs(measured.offsetMs - known.offsetMs);
  const mayBothBeTrue = apartMs <= known.eitherWayMs + measured.eitherWayMs;
  return mayBothBeTrue && known.eitherWayMs <= measured.eitherWayMs ? known : measured;
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
