import { expect, it } from '@jest/globals';
import { offsetAfter } from '../../src/platform/clock.js';

const measured = (offsetMs: number, eitherWayMs: number) => ({ offsetMs, eitherWayMs });

it.each([
  ['a quick answer that says otherwise is believed', measured(0, 2), measured(40, 2), 40],
  ['and one that says otherwise backwards', measured(40, 2), measured(-3, 2), -3],
  ['a quick answer that says the same changes nothing', measured(40, 2), measured(41, 2), 40],
  ['a more exact answer is believed', measured(200, 250), measured(0, 2), 0],
  ['the late answer of a database that was asleep moves no time', measured(0, 2), measured(1_500, 1_501), 0],
  ['not even where the known one is a little wrong', measured(-1, 2), measured(1_500, 1_500), -1],
  ['a late answer that cannot be explained so is believed', measured(0, 2), measured(9_000, 1_501), 9_000],
])('O5: the offset of the clock: %s', (_, known, now, expected) => {
  expect(offsetAfter(known, now).offsetMs).toBe(expected);
});
