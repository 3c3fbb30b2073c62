import fc from 'fast-check';
import type { Actor, Item } from './actors.js';
import type { Event, Plan, Turn } from './model.js';

/** A kind of trouble that the model looks for, with its share of the runs. */
export type Mix = { name: string; weight: number; plan: fc.Arbitrary<Plan> };

const MINUTE = 60_000;
const among = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const actor = <T extends Actor>(spec: T): T => spec;

const user = fc.nat(2);
const product = fc.nat(1);
const units = among(1, 1, 2, 3);
const order = fc.nat(3);
const items: fc.Arbitrary<Item[]> = fc.oneof(
  fc.record({ product, units }).map((item) => [item]),
  fc.tuple(units, units).map(([a, b]) => [
    { product: 0, units: a },
    { product: 1, units: b },
  ]),
);

const set = fc.record({ act: fc.constant('set' as const), user, product, units });
const remove = fc.record({ act: fc.constant('remove' as const), user, product });
const place = fc.record({ act: fc.constant('place' as const), user, key: fc.nat(2) });
const buy = fc.record({ act: fc.constant('place' as const), user, key: fc.nat(3), items });
const pay = fc.record({ act: fc.constant('pay' as const), order, part: among('full', 'full', 'half', 'other half', 'again') });
const receive = fc.record({ act: fc.constant('receive' as const), product, units, ref: fc.nat(9) });
const decrease = fc.record({ act: fc.constant('decrease' as const), product, units });
const rollback = fc.constant(actor({ act: 'rollback' }));
const sweep = fc.constant(actor({ act: 'sweep' }));
const reconcile = fc.constant(actor({ act: 'reconcile' }));

const flush: Event = { event: 'flush' };
const dump: Event = { event: 'dump' };
const forget: Event = { event: 'forget' };
const advance = (ms: number): Event => ({ event: 'advance', ms });

/** Some turns are single steps, some long sleeps of everybody else. */
const turn: fc.Arbitrary<Turn> = fc.record({ who: fc.nat(8), steps: among(1, 1, 2, 2, 3, 5, 8, 99) });
const crash: fc.Arbitrary<Turn> = fc.record({ who: fc.nat(8), crash: fc.constant(true as const) });
const trouble: fc.Arbitrary<Turn> = fc.record({
  who: fc.nat(8),
  steps: fc.constant(1),
  how: among('answer lost', 'not done'),
});
const passing: fc.Arbitrary<Turn> = among(20_000, 61_000, 11 * MINUTE, 16 * MINUTE, 31 * MINUTE).map(advance);

/** Turns with some of `events` in between, each with its weight among ten. */
function turns(most: number, ...events: [number, fc.Arbitrary<Turn>][]): fc.Arbitrary<Turn[]> {
  const weighted = events.map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return fc.array(fc.oneof({ weight: 10, arbitrary: turn }, ...weighted), { minLength: most / 2, maxLength: most });
}

/** The events, in order, each at some moment between the turns. */
function turnsAround(most: number, ...events: Event[]): fc.Arbitrary<Turn[]> {
  const cuts = fc.array(fc.array(turn, { minLength: 1, maxLength: most / (events.length + 1) }), {
    minLength: events.length + 1,
    maxLength: events.length + 1,
  });
  return cuts.map((parts) => parts.flatMap((part, i) => [...part, ...events.slice(i, i + 1)]));
}

const few = fc.array(among(0, 1, 2, 3, 4), { minLength: 1, maxLength: 2 });
const rounds = (most: number, ...kinds: fc.Arbitrary<Actor>[]): fc.Arbitrary<Actor[]> =>
  fc.array(fc.oneof(...kinds), { minLength: Math.min(2, most), maxLength: most });

const general: Mix = {
  name: 'everything at once',
  weight: 3,
  plan: fc.record({
    units: few,
    before: rounds(4, set, buy, receive, pay),
    actors: rounds(9, set, remove, place, buy, pay, pay, receive, decrease, rollback, sweep, reconcile),
    turns: turns(40, [1, passing], [1, crash], [1, among<Turn>(flush, dump, forget)], [1, trouble]),
    exact: fc.constant(false),
  }),
};

/** An order of the only product, by the user of that number. */
const ordered = (by: number, count: number): Actor => ({
  act: 'place',
  user: by,
  key: by,
  items: [{ product: 0, units: count }],
});
const held = (by: number, count: number): Actor => ({ act: 'set', user: by, product: 0, units: count });
const bought = (by: number, count: number): Actor => ({ act: 'purchase', user: by, key: by, product: 0, units: count });
const paid = (place: number, part: 'full' | 'again' | 'half' = 'full'): Actor => ({ act: 'pay', order: place, part });
const received = (count: number, ref: number): Actor => ({ act: 'receive', product: 0, units: count, ref });
const decreased = (count: number): Actor => ({ act: 'decrease', product: 0, units: count });
const job = (act: 'rollback' | 'sweep' | 'reconcile'): Actor => ({ act });
const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });

/** Those that are always there, in any order, and some of the others. */
function present(always: Actor[], ...others: Actor[]): fc.Arbitrary<Actor[]> {
  return fc
    .subarray(others)
    .map((some) => [...always, ...some])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

const lost = among(flush, forget);

const decreases: Mix = {
  name: 'an admin takes stock away while Redis forgets',
  weight: 3,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: among<(Actor | Event)[]>([], [held(0, 1)], [dump]),
    actors: present([decreased(1), held(1, 2)], decreased(2), held(2, 1), bought(2, 1), job('sweep')),
    turns: fc.oneof(lost.chain((event) => turnsAround(16, event)), turns(16, [2, passing])),
    exact: fc.constant(false),
  }),
};

const paymentAndLoss: Mix = {
  name: 'Redis is lost during a payment',
  weight: 3,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: among<(Actor | Event)[]>([ordered(0, 1)], [dump, ordered(0, 1)], [ordered(0, 1), dump]),
    actors: present([paid(0), held(1, 1)], bought(1, 1), job('rollback'), paid(0), job('sweep'), held(2, 1)),
    turns: lost.chain((event) => turnsAround(20, event)),
    exact: fc.constant(true),
  }),
};

const overdueAndLoss: Mix = {
  name: 'Redis is lost during a rollback',
  weight: 3,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: fc.constant([ordered(0, 1), advance(16 * MINUTE)]),
    actors: present([job('rollback'), held(1, 1)], paid(0), job('rollback'), held(2, 1)),
    turns: lost.chain((event) => turnsAround(16, event)),
    exact: fc.constant(true),
  }),
};

const lostTwice: Mix = {
  name: 'Redis is lost twice while one sleeps',
  weight: 3,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: among<(Actor | Event)[]>([], [dump], [held(0, 1), dump]),
    actors: present([held(1, 1), bought(2, 1)], bought(0, 1), received(1, 1), job('rollback')),
    turns: fc.tuple(lost, lost).chain((events) => turnsAround(24, ...events)),
    exact: fc.constant(false),
  }),
};

const repeats: Mix = {
  name: 'one order is sent twice, and paid',
  weight: 3,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: among<(Actor | Event)[]>([], [held(0, 1)]),
    actors: present([bought(0, 1), ordered(0, 1)], job('sweep'), job('rollback'), held(1, 1), paid(0)),
    turns: turns(24, [1, passing], [1, crash]),
    exact: fc.constant(false),
  }),
};

const lateMoney: Mix = {
  name: 'money comes after the rollback',
  weight: 3,
  plan: fc.record({
    units: fc.constant([1]),
    before: among<(Actor | Event)[]>(
      [ordered(0, 1), advance(16 * MINUTE), job('rollback')],
      [ordered(0, 1), advance(16 * MINUTE), job('rollback'), held(1, 1)],
      [ordered(0, 1), advance(16 * MINUTE)],
    ),
    actors: present([paid(0), job('rollback')], paid(0), paid(0, 'again'), held(1, 1), received(1, 1), job('sweep')),
    turns: turns(24, [1, passing], [1, crash]),
    exact: fc.constant(false),
  }),
};

const repairs: Mix = {
  name: 'a reconciliation sleeps while others buy',
  weight: 3,
  plan: fc.record({
    units: among([2], [3]),
    before: among<(Actor | Event)[]>([], [held(2, 1)]),
    actors: present([job('reconcile'), bought(0, 1), held(1, 1)], received(1, 1)),
    turns: turns(16),
    exact: fc.constant(true),
  }),
};

const forgotten: Mix = {
  name: 'Redis restarts from an older file',
  weight: 2,
  plan: fc.record({
    units: upTo(3).map((n) => [n]),
    before: fc.constant([held(0, 1), dump]),
    actors: present([bought(1, 1), held(2, 1)], held(0, 2), paid(0), received(1, 1), job('sweep')),
    turns: turnsAround(20, forget),
    exact: fc.constant(true),
  }),
};

const receipts: Mix = {
  name: 'stock comes in while Redis is lost',
  weight: 2,
  plan: fc.record({
    units: among([0], [1]),
    before: among<(Actor | Event)[]>([], [held(0, 1)], [dump]),
    actors: present([received(1, 1), received(2, 2)], job('sweep'), job('reconcile'), held(0, 1), bought(1, 1)),
    turns: fc.oneof(turns(16, [1, crash]), lost.chain((event) => turnsAround(16, event))),
    exact: fc.constant(false),
  }),
};

const sweeps: Mix = {
  name: 'a sweep meets holds whose owner is at work',
  weight: 3,
  plan: fc.record({
    units: among([1], [2]),
    before: among<(Actor | Event)[]>([ordered(0, 1), advance(11 * MINUTE)], [ordered(0, 1), paid(0, 'half'), advance(16 * MINUTE)]),
    actors: present([job('sweep'), paid(0)], held(1, 1), job('sweep'), job('rollback'), bought(2, 1)),
    turns: turns(20, [1, passing], [1, crash]),
    exact: fc.constant(false),
  }),
};

const crashes: Mix = {
  name: 'processes die at any step',
  weight: 2,
  plan: fc.record({
    units: among([1], [2], [2, 2]),
    before: fc.constant([]),
    actors: present([held(0, 1), bought(1, 1)], bought(2, 1), held(2, 2), { act: 'remove', user: 0, product: 0 }),
    turns: turns(14, [4, crash]),
    exact: fc.constant(false),
  }),
};

/** All of them always run; each shows one kind of trouble often enough. */
export const mixes: readonly Mix[] = [
  general,
  decreases,
  paymentAndLoss,
  overdueAndLoss,
  lostTwice,
  repeats,
  lateMoney,
  repairs,
  forgotten,
  receipts,
  sweeps,
  crashes,
];
