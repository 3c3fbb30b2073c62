import { AppError, invalid } from '../../platform/errors.js';
import type { Hold } from './stock.store.js';

/** What MongoDB says of a product, read after the picture of Redis was taken. */
export type Expectation = {
  onHand: number;
  /** Increases that MongoDB has and Redis has not applied yet. */
  notApplied: readonly { units: number }[];
  /** Whether the sale of that hold is in on hand already, so that only the hold's deletion is missing. */
  isConsumed: (hold: Hold) => boolean;
};

/** The difference between what is available and what should be, and how much of the holds is explained by work under way. */
export type Verdict = { expected: number; drift: number; inFlight: { notApplied: number; consumed: number } };

/**
 * The one equation: on hand = available + holds. Two things may be under way: an increase that Redis has yet to get, and
 * a paid order whose hold is yet to be deleted (its units have left on hand already).
 */
export function explain(picture: { available: number; holds: readonly Hold[] }, books: Expectation): Verdict {
  const units = (holds: readonly { units: number }[]): number =>
    holds.reduce((total, { units: n }) => total + n, 0);
  const notApplied = units(books.notApplied);
  const consumed = units(picture.holds.filter(books.isConsumed));
  const expected = books.onHand - notApplied - (units(picture.holds) - consumed);
  return { expected, drift: picture.available - expected, inFlight: { notApplied, consumed } };
}

/** The refusal of a decrease that takes more than what nobody holds. */
export function tooFewFree(productId: string, requested: number, available: number): AppError {
  const free = available === 1 ? 'Only 1 unit is' : `Only ${available} units are`;
  return new AppError('insufficient_stock', `${free} free; the others are held by carts and orders.`, {
    details: { lines: [{ productId, requested, available }] },
  });
}

/** The refusal of a receipt or adjustment that no number of the contract could say any more. */
export function onHandTooLarge(kind: 'receipt' | 'adjustment'): AppError {
  const path = kind === 'receipt' ? '/body/units' : '/body/difference';
  const message = 'There would be more units on hand than can be counted.';
  return invalid([{ path, code: 'maximum', message }], message);
}

/** Throws validation_failed for an adjustment that adjusts nothing. */
export function refuseNoDifference(difference: number): void {
  if (difference !== 0) return;
  const message = 'An adjustment changes on hand: the difference must not be 0.';
  throw invalid([{ path: '/body/difference', code: 'not', message }], message);
}
