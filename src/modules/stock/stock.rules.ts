import { AppError, invalid } from '../../platform/errors.js';
import type { Hold, Owner } from './stock.types.js';

/** A `take` that started longer ago is refused: the product may have left the list of those that are visited. */
export const MARK_VALID_MS = 60_000;
/** How long an order's hold rests before the sweep asks its owner again. */
export const OWNER_CHECK_MS = 10 * 60_000;
/** A decrease by an admin is a matter of moments; its hold is asked about sooner. */
const ADJUSTMENT_CHECK_MS = 30_000;

/** How long a hold of this owner rests before its owner is asked (again), ms. */
export function checkAfterMs(owner: Exclude<Owner, 'cart'>): number {
  return owner.startsWith('adjustment:') ? ADJUSTMENT_CHECK_MS : OWNER_CHECK_MS;
}

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
