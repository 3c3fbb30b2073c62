import fc from 'fast-check';
import { among, bought, decreased, held, job, ordered, paid, present, received, upTo } from './mix.actors.js';
import { type Before, type Mix, orTold, storyOf } from './mix.plans.js';
import {
  MINUTE,
  advance,
  dump,
  flush,
  forget,
  lost,
  on,
  sleepsBefore,
  some,
  toItsEnd,
  told,
  turn,
  turnsAround,
} from './mix.turns.js';
import type { Turn } from './model.js';

// What happens when Redis loses something while others are at work.

export const decreases: Mix = {
  name: 'an admin takes stock away while Redis forgets',
  weight: 4,
  plan: orTold(
    fc.record({
      units: among([2], [3]),
      before: among<Before>([held(0, 1)], [held(0, 1), dump]),
      actors: present([decreased(1), held(1, 1)], decreased(2), bought(2, 1)),
      turns: lost.chain((event) =>
        turnsAround(6, sleepsBefore('adjustments.insert', 'transaction', 'give'), event),
      ),
    }),
    storyOf(
      [decreased(1), held(1, 1)],
      fc
        .tuple(lost, among('adjustments.insert', 'adjustments.insert', 'transaction'))
        .chain(([event, about]) => told(on(0, about), event, toItsEnd(1), toItsEnd(0))),
    ),
  ),
};

export const payments: Mix = {
  name: 'Redis is lost during a payment',
  weight: 2,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: among<Before>([ordered(0, 1)], [dump, ordered(0, 1)], [ordered(0, 1), dump]),
    actors: present([paid(0), held(1, 1)], bought(1, 1), job('rollback'), paid(0), job('sweep')),
    turns: lost.chain((event) => turnsAround(10, sleepsBefore('transaction', 'give', 'load'), event)),
    exact: fc.constant(true),
  }),
};

export const rollbacks: Mix = {
  name: 'Redis is lost during a rollback',
  weight: 3,
  plan: orTold(
    fc.record({
      units: upTo(2).map((n) => [n]),
      before: fc.constant<Before>([ordered(0, 1), advance(16 * MINUTE)]),
      actors: present([job('rollback'), held(1, 1)], paid(0), job('rollback')),
      turns: lost.chain((event) =>
        some(sleepsBefore('load', 'give'), 6).map((turns): Turn[] => [event, ...turns]),
      ),
      exact: fc.constant(true),
    }),
    storyOf(
      [held(1, 1), job('rollback')],
      lost.chain((event) => told(event, on(0, 'load'), toItsEnd(1), toItsEnd(0))),
    ),
  ),
};

export const lostTwice: Mix = {
  name: 'Redis is lost while one loads',
  weight: 3,
  plan: orTold(
    fc.record({
      units: upTo(3).map((n) => [n]),
      before: among<Before>([], [flush], [held(0, 1), dump, forget]),
      actors: present([held(1, 1), bought(2, 1)], received(1, 1), job('rollback')),
      turns: fc
        .array(lost, { minLength: 1, maxLength: 2 })
        .chain((events) => turnsAround(8, sleepsBefore('load', 'snapshot', 'mark', 'take'), ...events)),
    }),
    storyOf(
      [held(1, 1), bought(2, 1)],
      lost.chain((event) => told(on(0, 'load'), toItsEnd(1), event, toItsEnd(0))),
    ),
  ),
};

export const forgotten: Mix = {
  name: 'Redis restarts from an older file',
  weight: 2,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: fc.constant<Before>([held(0, 1), dump]),
    actors: present([bought(1, 1), held(2, 1)], held(0, 2), paid(0), received(1, 1), job('sweep')),
    turns: turnsAround(12, fc.oneof(turn, sleepsBefore('take', 'transaction', 'give')), forget),
    exact: fc.constant(true),
  }),
};

export const vanishing: Mix = {
  name: 'the hold of an order vanishes',
  weight: 1,
  plan: fc.record({
    units: fc.constant([1]),
    before: among<Before>(
      [ordered(0, 1), { event: 'evict' }, job('reconcile')],
      [ordered(0, 1), { event: 'evict' }, job('reconcile'), bought(1, 1)],
    ),
    actors: present([paid(0), bought(1, 1)], held(2, 1), job('rollback')),
    turns: some(sleepsBefore('transaction', 'peek', 'take'), 8),
    damaged: fc.constant(true),
  }),
};

export const receipts: Mix = {
  name: 'stock comes in while Redis is lost',
  weight: 2,
  plan: orTold(
    fc.record({
      units: among([0], [1]),
      before: among<Before>([], [held(0, 1)], [dump]),
      actors: present(
        [received(1, 1), received(2, 2)],
        job('sweep'),
        job('reconcile'),
        held(0, 1),
        bought(1, 1),
      ),
      turns: fc.oneof(
        some(sleepsBefore('increase', 'look', 'load'), 8),
        lost.chain((event) => turnsAround(8, sleepsBefore('increase', 'load'), event)),
      ),
    }),
    storyOf([received(1, 1), job('reconcile')], told(on(0, 'increase'), toItsEnd(1), toItsEnd(0))).map(
      (story) => ({ ...story, before: [held(0, 1)] }),
    ),
  ),
};
