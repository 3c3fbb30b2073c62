import { setTimeout as delay } from 'node:timers/promises';

import type { Section } from './console.types.js';
import { problemOf } from './problems.js';

/** Longer than a look at healthy databases takes; a page that waits for this still feels alive. */
const ANSWER_MS = 1_500;

/** Something that is read again and again, and may fail to be read. */
export type Reader<T> = {
  /** What is known now. Never rejects and never waits for long: what could not be read anew is what was read last. */
  look(): Promise<Section<T>>;
  /** What was read counts no more: the next look reads anew. */
  expire(): void;
};

type Reading = { since: number; done: Promise<void> };

/**
 * Reads at most once at a time and once in `freshMs`, however many pages are open: a database that hangs is not asked
 * again before it has answered, or failed to.
 */
export function createReader<T>(read: () => Promise<T>, freshMs = 700): Reader<T> {
  let known: Section<T> = { data: null, problem: null };
  let readAt = -Infinity;
  let underWay: Reading | undefined;

  const begin = (): Reading => {
    const reading: Reading = { since: performance.now(), done: Promise.resolve() };
    reading.done = read().then(
      (data) => settle(reading, { data, problem: null }),
      (error: unknown) => settle(reading, { data: known.data, problem: problemOf(error).words }),
    );
    return reading;
  };

  // A reading that was given up on in the meantime says nothing any more.
  const settle = (reading: Reading, section: Section<T>): void => {
    if (underWay !== reading) return;
    known = section;
    readAt = performance.now();
    underWay = undefined;
  };

  return {
    async look() {
      if (performance.now() - readAt < freshMs) return known;
      const reading = (underWay ??= begin());
      await Promise.race([reading.done, delay(ANSWER_MS, undefined, { ref: false })]);
      if (underWay !== reading) return known;
      const seconds = Math.max(1, Math.round((performance.now() - reading.since) / 1_000));
      return { data: known.data, problem: `No answer for ${seconds} s.` };
    },
    expire() {
      readAt = -Infinity;
      underWay = undefined;
    },
  };
}
