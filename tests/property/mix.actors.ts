import fc from 'fast-check';
import type { Actor, Item } from './actors.js';

/** One of the values, each as often as it stands here. */
export const among = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** From one to that many. */
export const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });

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

/** Anybody who does anything to any product. */
export const anyActor = {
  set: fc.record({ act: fc.constant('set' as const), user, product, units }),
  remove: fc.record({ act: fc.constant('remove' as const), user, product }),
  guest: fc.record({ act: fc.constant('guest' as const), guest: fc.nat(1), product, units }),
  login: fc.record({ act: fc.constant('login' as const), user, guest: fc.nat(1) }),
  place: fc.record({ act: fc.constant('place' as const), user, key: fc.nat(2) }),
  buy: fc.record({ act: fc.constant('place' as const), user, key: fc.nat(3), items }),
  pay: fc.record({
    act: fc.constant('pay' as const),
    order,
    part: among('full', 'full', 'half', 'other half', 'again'),
  }),
  cancel: fc.record({ act: fc.constant('cancel' as const), order, by: among('user', 'admin') }),
  refund: fc.record({
    act: fc.constant('refund' as const),
    order,
    key: fc.nat(2),
    share: among('all', 'half'),
  }),
  receive: fc.record({ act: fc.constant('receive' as const), product, units, ref: fc.nat(9) }),
  decrease: fc.record({ act: fc.constant('decrease' as const), product, units }),
  rollback: fc.constant<Actor>({ act: 'rollback' }),
  sweep: fc.constant<Actor>({ act: 'sweep' }),
  reconcile: fc.constant<Actor>({ act: 'reconcile' }),
};

/** An order of the only product, by the user of that number. */
export const ordered = (by: number, count: number): Actor => ({
  act: 'place',
  user: by,
  key: by,
  items: [{ product: 0, units: count }],
});
/** A line of that user's cart. */
export const held = (by: number, count: number): Actor => ({
  act: 'set',
  user: by,
  product: 0,
  units: count,
});
/** An order of that user, paid at once. */
export const bought = (by: number, count: number): Actor => ({
  act: 'purchase',
  user: by,
  key: by,
  product: 0,
  units: count,
});
/** Money for the order that was placed at that place. */
export const paid = (place: number, part: 'full' | 'again' | 'half' | 'other half' = 'full'): Actor => ({
  act: 'pay',
  order: place,
  part,
});
/** The order that was placed at that place is given up. */
export const cancelled = (place: number, by: 'user' | 'admin'): Actor => ({
  act: 'cancel',
  order: place,
  by,
});
/** Money of that order goes back by an admin's wish; `key` tells one wish from another. */
export const refunded = (place: number, share: 'all' | 'half', key: number): Actor => ({
  act: 'refund',
  order: place,
  key,
  share,
});
/** That user's line goes. */
export const removed = (by: number): Actor => ({ act: 'remove', user: by, product: 0 });
/** A delivery; `ref` tells it from others. */
export const received = (count: number, ref: number): Actor => ({
  act: 'receive',
  product: 0,
  units: count,
  ref,
});
/** An admin takes units away. */
export const decreased = (count: number): Actor => ({ act: 'decrease', product: 0, units: count });
/** One run of a job. */
export const job = (act: 'rollback' | 'sweep' | 'reconcile'): Actor => ({ act });

/** Those that are always there, in any order, and some of the others. */
export function present(always: Actor[], ...others: Actor[]): fc.Arbitrary<Actor[]> {
  return fc
    .subarray(others)
    .map((some) => [...always, ...some])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

/** Some of these kinds, each as often as it comes. */
export const rounds = (most: number, ...kinds: fc.Arbitrary<Actor>[]): fc.Arbitrary<Actor[]> =>
  fc.array(fc.oneof(...kinds), { minLength: Math.min(2, most), maxLength: most });
