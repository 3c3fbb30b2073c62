import { describe, expect, test } from '@jest/globals';
import {
  afterFailure,
  MOST_ATTEMPTS,
  pauseAfter,
} from '../../src/modules/notifications/notifications.rules.js';

describe('N6: a mail that could not be sent', () => {
  test.each([
    [1, 30_000],
    [2, 60_000],
    [4, 240_000],
    [8, 3_840_000],
    [9, 7_200_000],
    [23, 7_200_000],
  ])('waits, after attempt %d, at most %d ms and at least half of that', (attempt, longest) => {
    expect(pauseAfter(attempt, 0)).toBe(longest);
    expect(pauseAfter(attempt, 0.5)).toBe(longest * 0.75);
    expect(pauseAfter(attempt, 0.999_999)).toBeGreaterThanOrEqual(longest / 2);
  });

  test('is tried again, until the last attempt', () => {
    const failed = { permanent: false, chance: 0 };
    expect(afterFailure({ ...failed, attempts: 1 })).toEqual({ state: 'queued', pauseMs: 30_000 });
    expect(afterFailure({ ...failed, attempts: MOST_ATTEMPTS - 1 }).state).toBe('queued');
    expect(afterFailure({ ...failed, attempts: MOST_ATTEMPTS })).toEqual({ state: 'dead' });
  });

  test('is given up about a day after its first attempt', () => {
    const pauses = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, n) => pauseAfter(n + 1, 0.5));
    const hours = pauses.reduce((total, ms) => total + ms, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(28);
  });

  test('is given up at once when it is refused for good', () => {
    expect(afterFailure({ permanent: true, attempts: 1, chance: 0 })).toEqual({ state: 'dead' });
  });
});
