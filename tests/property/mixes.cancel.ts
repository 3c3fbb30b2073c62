import fc from 'fast-check';
import {
  among,
  anyActor,
  bought,
  cancelled,
  held,
  job,
  ordered,
  paid,
  present,
  refunded,
  rounds,
} from './mix.actors.js';
import { type Before, type Mix, orTold, storyOf } from './mix.plans.js';
import {
  advance,
  crash,
  lost,
  MINUTE,
  on,
  passing,
  sleepsBefore,
  some,
  toItsEnd,
  told,
  trouble,
  turns,
} from './mix.turns.js';

// What happens when somebody gives an order up, or its money goes back.

const DAY = 24 * 60 * MINUTE;

export const cancellations: Mix = {
  name: 'an order is cancelled while it is paid',
  weight: 3,
  plan: fc.record({
    units: among([1], [2]),
    before: among<Before>(
      [ordered(0, 1)],
      [ordered(0, 1), paid(0, 'half')],
      [ordered(0, 1), advance(16 * MINUTE)],
    ),
    actors: present(
      [cancelled(0, 'admin'), paid(0)],
      cancelled(0, 'user'),
      paid(0, 'again'),
      job('rollback'),
      job('sweep'),
      held(1, 1),
    ),
    turns: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: sleepsBefore('transaction', 'give', 'orders.change', 'orders.find') },
        { weight: 1, arbitrary: passing },
        { weight: 1, arbitrary: crash },
        { weight: 1, arbitrary: trouble },
      ),
      { minLength: 4, maxLength: 14 },
    ),
  }),
};

export const cancelledSales: Mix = {
  name: 'a paid order is cancelled before its holds are gone',
  weight: 4,
  plan: orTold(
    fc.record({
      units: among([1], [2]),
      before: among<Before>([ordered(0, 1)], [ordered(0, 1), paid(0)]),
      actors: present(
        [paid(0), cancelled(0, 'admin'), held(1, 1)],
        cancelled(0, 'admin'),
        bought(2, 1),
        job('rollback'),
        job('sweep'),
        job('reconcile'),
      ),
      turns: fc.oneof(
        some(sleepsBefore('give', 'transaction', 'increase', 'take'), 12),
        fc
          .tuple(
            some(sleepsBefore('give', 'transaction', 'increase'), 6),
            lost,
            some(sleepsBefore('give', 'load'), 6),
          )
          .map(([first, event, then]) => [...first, event, ...then]),
      ),
    }),
    storyOf(
      [paid(0), cancelled(0, 'admin'), held(1, 1)],
      told(on(0, 'transaction'), on(0, 'transaction'), on(0, 'give'), toItsEnd(1), toItsEnd(1), toItsEnd(0)),
    ).map((story) => ({ ...story, before: [ordered(0, 1)] })),
  ),
};

export const partPaid: Mix = {
  name: 'the rest of a part-paid order comes too late, or just in time',
  weight: 2,
  plan: fc.record({
    units: among([1], [2]),
    before: among<Before>(
      [ordered(0, 1), paid(0, 'half'), advance(DAY + MINUTE)],
      [ordered(0, 1), paid(0, 'half'), advance(DAY - MINUTE), advance(2 * MINUTE)],
    ),
    actors: present(
      [job('rollback'), paid(0, 'other half')],
      paid(0, 'again'),
      job('rollback'),
      job('sweep'),
      cancelled(0, 'user'),
      cancelled(0, 'admin'),
      held(1, 1),
    ),
    turns: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: sleepsBefore('transaction', 'give', 'orders.change', 'orders.find') },
        { weight: 1, arbitrary: crash },
        { weight: 1, arbitrary: trouble },
      ),
      { minLength: 3, maxLength: 14 },
    ),
  }),
};

export const refunds: Mix = {
  name: 'admins give money back, beside everything else',
  weight: 3,
  plan: orTold(
    fc.record({
      units: among([1], [2]),
      before: among<Before>(
        [ordered(0, 1), paid(0)],
        [ordered(0, 1), paid(0, 'half'), paid(0, 'other half')],
        [ordered(0, 1), paid(0, 'half')],
        [ordered(0, 1), advance(16 * MINUTE), job('rollback')],
      ),
      actors: present(
        [refunded(0, 'half', 0), refunded(0, 'all', 1), paid(0, 'again')],
        refunded(0, 'half', 0),
        refunded(0, 'half', 2),
        paid(0),
        cancelled(0, 'admin'),
        job('rollback'),
      ),
      turns: turns(24, [2, crash], [2, trouble], [1, passing]),
    }),
    // All is refunded of an order that has just been paid a second time, before anybody has settled that.
    storyOf(
      [refunded(0, 'all', 1), paid(0, 'again')],
      told(on(0, 'transaction'), on(1, 'transaction'), on(1, 'transaction'), toItsEnd(0), toItsEnd(0)),
    ).map((story) => ({ ...story, before: [ordered(0, 1), paid(0)] })),
  ),
};

export const givenUp: Mix = {
  name: 'everything at once, and orders are given up',
  weight: 3,
  plan: fc.record({
    units: fc.array(among(1, 2, 3), { minLength: 1, maxLength: 2 }),
    before: rounds(4, anyActor.buy, anyActor.buy, anyActor.pay, anyActor.set),
    actors: rounds(
      8,
      anyActor.cancel,
      anyActor.cancel,
      anyActor.pay,
      anyActor.buy,
      anyActor.refund,
      anyActor.set,
      anyActor.rollback,
      anyActor.sweep,
      anyActor.reconcile,
    ),
    turns: turns(40, [1, passing], [1, crash], [1, lost], [1, trouble]),
  }),
};
