import { duplicateKey } from './db.js';
import { AppError } from './errors.js';

/** Who asked for something, with which key. The `fingerprint` tells one request from another. */
export type Asked = { by: string; key: string; fingerprint: string };

/** The same key means the same request; throws idempotency_key_reused where it was used for another `what`. */
export function refuseOtherRequest(earlier: string, now: string, what: string): void {
  if (earlier === now) return;
  throw new AppError(
    'idempotency_key_reused',
    `This Idempotency-Key was used for another ${what}. Use a new one.`,
  );
}

/**
 * The answer that the request has already (`known`), or the one that it gets now (`make`). Where the same request was quicker
 * at the same moment, so that `make` ends in a duplicate key, both have that one's answer. Throws what the two throw.
 */
export async function answerOnce<T>(known: () => Promise<T | undefined>, make: () => Promise<T>): Promise<T> {
  const earlier = await known();
  if (earlier !== undefined) return earlier;
  try {
    return await make();
  } catch (error) {
    const quicker = duplicateKey(error) === undefined ? undefined : await known();
    if (quicker === undefined) throw error;
    return quicker;
  }
}
