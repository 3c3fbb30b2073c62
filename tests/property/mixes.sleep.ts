import fc from 'fast-check';
import {
  among,
  anyActor,
  bought,
  decreased,
  held,
  job,
  ordered,
  paid,
  present,
  received,
  removed,
  rounds,
  upTo,
} from './mix.actors.js';
import { type Before, type Mix, orTold, storyOf } from './mix.plans.js';
import {
  MINUTE,
  advance,
  crash,
  dump,
  flush,
  forget,
  on,
  passing,
  sleepsBefore,
  some,
  toItsEnd,
  told,
  trouble,
  turns,
} from './mix.turns.js';
import type { Turn } from './model.js';

// What happens when somebody sleeps, dies or does not hear the answer.

export const general: Mix = {
  name: 'everything at once',
  weight: 3,
  plan: fc.record({
    units: fc.array(among(0, 1, 2, 3, 4), { minLength: 1, maxLength: 2 }),
    before: rounds(4, anyActor.set, anyActor.guest, anyActor.buy, anyActor.receive, anyActor.pay),
    actors: rounds(9, ...Object.values(anyActor), anyActor.pay),
    turns: turns(40, [1, passing], [1, crash], [1, among<Turn>(flush, dump, forget)], [1, trouble]),
  }),
};

export const repeats: Mix = {
  name: 'one order is sent twice, and paid',
  weight: 3,
  plan: orTold(
    fc.record({
      units: upTo(3).map((n) => [n]),
      before: among<Before>([], [held(0, 1)]),
      actors: present([bought(0, 1), ordered(0, 1)], job('rollback'), held(1, 1), paid(0)),
      turns: fc
        .tuple(some(sleepsBefore('claim', 'orders.change', 'transaction'), 8), some(passing, 2))
        .map(([first, later]) => [...first, ...later.slice(1)]),
    }),
    storyOf([ordered(0, 1), bought(0, 1)], told(on(0, 'claim'), toItsEnd(1), toItsEnd(0))),
  ),
};

export const sleepingReleases: Mix = {
  name: 'a release sleeps while money comes late',
  weight: 4,
  plan: orTold(
    fc.record({
      units: among([1], [2]),
      before: fc.constant<Before>([ordered(0, 1), advance(16 * MINUTE)]),
      actors: present([job('rollback'), paid(0)], job('rollback'), job('sweep'), held(1, 1)),
      turns: some(sleepsBefore('give', 'transaction', 'give'), 9),
    }),
    storyOf(
      [job('rollback'), paid(0)],
      told(on(0, 'give'), on(1, 'transaction'), on(1, 'transaction'), toItsEnd(0)),
    ),
  ),
};

export const lateMoney: Mix = {
  name: 'money comes after the rollback',
  weight: 3,
  plan: fc.record({
    units: fc.constant([1]),
    before: among<Before>(
      [ordered(0, 1), advance(16 * MINUTE), job('rollback')],
      [ordered(0, 1), advance(16 * MINUTE), job('rollback'), held(1, 1)],
      [ordered(0, 1), advance(16 * MINUTE), job('rollback'), held(1, 1), paid(0), removed(1)],
    ),
    actors: present([paid(0), job('rollback')], paid(0), paid(0, 'again'), held(1, 1), received(1, 1)),
    turns: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: sleepsBefore('take', 'transaction', 'orders.change', 'give') },
        { weight: 1, arbitrary: passing },
        { weight: 1, arbitrary: crash },
      ),
      { minLength: 3, maxLength: 14 },
    ),
  }),
};

export const repairs: Mix = {
  name: 'a reconciliation sleeps while others buy',
  weight: 2,
  plan: orTold(
    fc.record({
      units: among([2], [3]),
      before: among<Before>([held(2, 1)], [held(2, 2)]),
      actors: present([job('reconcile'), bought(0, 1), held(1, 1)], received(1, 1)),
      turns: some(sleepsBefore('ledger', 'repair', 'look'), 10),
      exact: fc.constant(true),
    }),
    // What it is about to write was right when it looked: one has bought since, and then another fills a cart.
    storyOf(
      [job('reconcile'), bought(0, 1), held(1, 1)],
      told(on(0, 'snapshot'), toItsEnd(1), on(0, 'repair'), toItsEnd(2), toItsEnd(0)),
    ),
  ),
};

export const sweeps: Mix = {
  name: 'a sweep meets holds whose owner is at work',
  weight: 2,
  plan: fc.record({
    units: among([1], [2]),
    before: among<Before>(
      [ordered(0, 1), advance(11 * MINUTE)],
      [ordered(0, 1), paid(0, 'half'), advance(16 * MINUTE)],
    ),
    actors: present([job('sweep'), paid(0)], held(1, 1), job('sweep'), job('rollback'), bought(2, 1)),
    turns: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: sleepsBefore('give', 'orders.find', 'transaction', 'postpone') },
        { weight: 1, arbitrary: passing },
        { weight: 1, arbitrary: crash },
      ),
      { minLength: 3, maxLength: 14 },
    ),
  }),
};

export const decreasesAsleep: Mix = {
  name: 'a decrease by an admin sleeps or dies, and is asked for again',
  weight: 2,
  plan: orTold(
    fc.record({
      units: among([2], [3]),
      before: among<Before>([], [held(0, 1)]),
      actors: present(
        [decreased(1), decreased(1), job('sweep')],
        held(1, 1),
        bought(2, 1),
        decreased(2),
        job('reconcile'),
        job('sweep'),
      ),
      turns: fc.array(
        fc.oneof(
          { weight: 12, arbitrary: sleepsBefore('take', 'transaction', 'give', 'adjustments') },
          { weight: 2, arbitrary: passing },
          { weight: 2, arbitrary: crash },
          { weight: 2, arbitrary: trouble },
        ),
        { minLength: 4, maxLength: 16 },
      ),
    }),
    storyOf(
      [decreased(1), job('sweep'), held(1, 1)],
      told(on(0, 'transaction'), on(0, 'give'), { who: 0, crash: true }, advance(31 * MINUTE), toItsEnd(0)),
    ),
  ),
};

export const crashes: Mix = {
  name: 'processes die at any step',
  weight: 2,
  plan: orTold(
    fc.record({
      units: among([1], [2], [2, 2]),
      before: fc.constant<Before>([held(2, 1)]),
      actors: present([held(0, 1), bought(1, 1), held(2, 2)], ordered(0, 1), removed(2), decreased(1)),
      turns: fc
        .array(fc.record({ who: fc.nat(5), steps: upTo(20) }), { minLength: 3, maxLength: 6 })
        .map((lives) =>
          lives.flatMap(({ who, steps }): Turn[] => [
            { who, steps },
            { who, crash: true },
          ]),
        ),
    }),
    storyOf([held(0, 1), held(1, 1)], told(on(0, 'take'), { who: 0, steps: 1 }, { who: 0, crash: true })),
  ),
};

export const lostAnswers: Mix = {
  name: 'answers are lost, and what was asked may have been done',
  weight: 2,
  plan: fc.record({
    units: among([1], [2], [2, 2]),
    before: among<Before>([], [ordered(0, 1)], [ordered(0, 1), advance(16 * MINUTE), job('rollback')]),
    actors: present(
      [bought(1, 1), paid(0), held(2, 1)],
      bought(1, 1),
      decreased(1),
      received(1, 1),
      removed(2),
      job('rollback'),
    ),
    turns: turns(24, [5, trouble]),
  }),
};
