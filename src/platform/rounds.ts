import type { AppError } from './errors.js';

/** Whoever loses so often in a row has met no chance: somebody changes the same thing all the time. */
const MOST_ROUNDS = 5;

/**
 * Reads, decides and writes, and begins anew where somebody was quicker: runs `round` (counted from 1) until it answers
 * anything but undefined, and answers that. After `most` rounds without an answer it throws `refusal`; what a round throws
 * ends it at once.
 */
export async function inRounds<T>(
  round: (count: number) => Promise<T | undefined>,
  { refusal, most = MOST_ROUNDS }: { refusal: () => AppError; most?: number },
): Promise<T> {
  for (let count = 1; count <= most; count += 1) {
    const outcome = await round(count);
    if (outcome !== undefined) return outcome;
  }
  throw refusal();
}
