import fc from 'fast-check';
import { among } from './mix.actors.js';
import type { Event, Turn } from './model.js';

export const MINUTE = 60_000;
/** Redis loses all, or goes back to where it was dumped last, as another incarnation. */
export const flush: Event = { event: 'flush' };
export const dump: Event = { event: 'dump' };
export const forget: Event = { event: 'forget' };
/** So much time passes for everybody. */
export const advance = (ms: number): Event => ({ event: 'advance', ms });

/** Some turns are single steps, some long sleeps of everybody else. */
export const turn: fc.Arbitrary<Turn> = fc.record({ who: fc.nat(8), steps: among(1, 1, 2, 2, 3, 5, 8, 99) });
/** The actor's last moment. */
export const crash: fc.Arbitrary<Turn> = fc.record({ who: fc.nat(8), crash: fc.constant(true as const) });
/** One step, of which the actor only hears that the connection is closed. */
export const trouble: fc.Arbitrary<Turn> = fc.record({
  who: fc.nat(8),
  steps: fc.constant(1),
  how: among('answer lost', 'not done'),
});
/** A lease, a freeze, an overdue order or a cart's hold runs out. */
export const passing: fc.Arbitrary<Turn> = among(20_000, 61_000, 11 * MINUTE, 16 * MINUTE, 31 * MINUTE).map(
  advance,
);

/** Turns with some of `events` in between, each with its weight among ten. */
export function turns(most: number, ...events: [number, fc.Arbitrary<Turn>][]): fc.Arbitrary<Turn[]> {
  const weighted = events.map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return fc.array(fc.oneof({ weight: 10, arbitrary: turn }, ...weighted), {
    minLength: most / 2,
    maxLength: most,
  });
}

/** Somebody goes on until just before one of these steps, or to the end, or for some steps. */
export function sleepsBefore(...labels: string[]): fc.Arbitrary<Turn> {
  const who = fc.nat(5);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ who, about: fc.constantFrom(...labels) }) },
    { weight: 3, arbitrary: fc.record({ who, steps: fc.constant(99) }) },
    { weight: 2, arbitrary: fc.record({ who, steps: among(1, 2, 3, 5, 8) }) },
  );
}

/** The events, in order, each at some moment between the turns. */
export function turnsAround(
  most: number,
  turn: fc.Arbitrary<Turn>,
  ...events: Event[]
): fc.Arbitrary<Turn[]> {
  const cuts = fc.array(fc.array(turn, { minLength: 1, maxLength: Math.floor(most / (events.length + 1)) }), {
    minLength: events.length + 1,
    maxLength: events.length + 1,
  });
  return cuts.map((parts) => parts.flatMap((part, i) => [...part, ...events.slice(i, i + 1)]));
}

/** One way to lose what Redis knew. */
export const lost = among(flush, forget);
/** A few such turns. */
export const some = (arbitrary: fc.Arbitrary<Turn>, most: number): fc.Arbitrary<Turn[]> =>
  fc.array(arbitrary, { minLength: 2, maxLength: most });

/**
 * One way in which it could go wrong, told turn by turn; each may be left out, or something else may come in between.
 * Whoever has ended is not counted, so the numbers of the others move up.
 */
export function told(...turns: Turn[]): fc.Arbitrary<Turn[]> {
  const told = turns.map((one) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constant([one]) },
      { weight: 1, arbitrary: turn.map((other) => [one, other]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  );
  return fc.tuple(...told).map((parts) => parts.flat());
}
/** That actor goes on until it is about to do this. */
export const on = (who: number, about: string): Turn => ({ who, about });
/** That actor goes on to its end. */
export const toItsEnd = (who: number): Turn => ({ who, steps: 99 });
