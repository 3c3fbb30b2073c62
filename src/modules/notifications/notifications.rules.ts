/** A mail is given up after so many attempts, about a day after the first (between 16 and 33 hours, by chance). */
export const MOST_ATTEMPTS = 24;

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 2 * 3_600_000;

/**
 * How long to wait after a failed attempt (1 for the first), ms: doubling from 30 s to two hours, less up to a half of it
 * by chance, so that the mails of an outage do not all come back at once. `chance` is from 0 to below 1.
 */
export function pauseAfter(attempt: number, chance: number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.round(longest * (1 - chance / 2));
}

/** What becomes of a mail after an attempt. */
export type Verdict = { state: 'queued'; pauseMs: number } | { state: 'dead' };

/** A refusal for good, or the last attempt, is the end; anything else is tried again. */
export function afterFailure(failure: { permanent: boolean; attempts: number; chance: number }): Verdict {
  if (failure.permanent || failure.attempts >= MOST_ATTEMPTS) return { state: 'dead' };
  return { state: 'queued', pauseMs: pauseAfter(failure.attempts, failure.chance) };
}

/** Whether a mail waits for a further attempt after one that failed. */
export function isRetrying(mail: { state: string; lastError: string | null }): boolean {
  return mail.state === 'queued' && mail.lastError !== null;
}

/** Whether an admin may have a mail sent again: it was given up, or its last attempt failed. */
export function isRetryable(mail: { state: string; lastError: string | null }): boolean {
  return mail.state === 'dead' || isRetrying(mail);
}
