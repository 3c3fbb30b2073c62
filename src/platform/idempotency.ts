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
