import type { Hold, Picture } from './stock.store.js';

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
export function explain(picture: Pick<Picture, 'available' | 'holds'>, books: Expectation): Verdict {
  const units = (holds: readonly { units: number }[]): number =>
    holds.reduce((total, { units: n }) => total + n, 0);
  const notApplied = units(books.notApplied);
  const consumed = units(picture.holds.filter(books.isConsumed));
  const expected = books.onHand - notApplied - (units(picture.holds) - consumed);
  return { expected, drift: picture.available - expected, inFlight: { notApplied, consumed } };
}
