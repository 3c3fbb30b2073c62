import { expect, it } from '@jest/globals';
import { offsetAfter } from '../../src/platform/clock.js';

it.each([
  ['a quick answer that says otherwise is believed', 0, { offsetMs: 40, eitherWayMs: 2 }, 40],
  ['and one that says otherwise backwards', 40, { offsetMs: -3, eitherWayMs: 2 }, -3],
  ['a quick answer that says the same changes nothing', 40, { offsetMs: 41, eitherWayMs: 2 }, 40],
  [
    'the late answer of a database that was asleep moves no time',
    0,
    { offsetMs: 1_500, eitherWayMs: 1_501 },
    0,
  ],
  [
    'a late answer that cannot be explained so is believed',
    0,
    { offsetMs: 9_000, eitherWayMs: 1_501 },
    9_000,
  ],
])('O5: the offset of the clock: %s', (_, known, measured, expected) => {
  expect(offsetAfter(known, measured)).toBe(expected);
});
