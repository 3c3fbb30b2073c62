import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { invalid } from '../../platform/errors.js';
import { createTurns } from '../../platform/turns.js';

export type Passwords = {
  /**
   * A hash to store. Throws validation_failed at the path (of /body/password if none is given) for more than 72 bytes:
   * bcrypt would ignore the rest.
   */
  hash(password: string, path?: string): Promise<string>;
  /**
   * Whether the password belongs to the hash. Without a hash (an unknown account) the answer is false, and takes the
   * same time.
   */
  matches(password: string, hash: string | undefined): Promise<boolean>;
};

/** bcrypt reads this many bytes of a password and ignores what follows. */
const BYTES_READ = 72;

/**
 * Hashing runs in the pool of threads (four, where nobody has set another number) in which files are read and names looked up, too:
 * one stays free for those.
 */
const AT_ONCE = Math.min(3, availableParallelism());
/** Well within the time that a request has. */
const WAIT_MS = 3_000;
const WAITING = 100;

/**
 * Hashing runs off the main thread, in turns; both throw service_unavailable rather than wait longer than a caller does.
 * `cost` is bcrypt's: one more doubles the time.
 */
export function createPasswords({ cost }: { cost: number }): Passwords {
  const turns = createTurns({ atOnce: AT_ONCE, waiting: WAITING, waitMs: WAIT_MS, what: 'Signing in' });
  const hashOfNobody = `$2b$${String(cost).padStart(2, '0')}$${'u'.repeat(22)}${'v'.repeat(31)}`;

  return {
    async hash(password, path = '/body/password') {
      if (isTooLong(password)) {
        const message = `A password can have at most ${BYTES_READ} bytes.`;
        throw invalid([{ path, code: 'maxBytes', message }], message);
      }
      return turns(() => bcrypt.hash(password, cost));
    },

    async matches(password, hash) {
      // Compared in any case, so that the time tells nothing about the account.
      const matched = await turns(() => bcrypt.compare(password, hash ?? hashOfNobody));
      return matched && hash !== undefined && !isTooLong(password);
    },
  };
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > BYTES_READ;
}
