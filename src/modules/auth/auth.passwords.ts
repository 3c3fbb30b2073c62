import bcrypt from 'bcrypt';
import { invalid } from '../../platform/errors.js';

export type Passwords = {
  /** A hash to store. Throws validation_failed at /body/password for more than 72 bytes: bcrypt would ignore the rest. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password belongs to the hash. Without a hash (an unknown account) the answer is false, and takes the
   * same time.
   */
  matches(password: string, hash: string | undefined): Promise<boolean>;
};

/** bcrypt reads this many bytes of a password and ignores what follows. */
const BYTES_READ = 72;

/** Hashing runs off the main thread. `cost` is bcrypt's: one more doubles the time. */
export function createPasswords({ cost }: { cost: number }): Passwords {
  const hashOfNobody = `$2b$${String(cost).padStart(2, '0')}$${'u'.repeat(22)}${'v'.repeat(31)}`;

  return {
    async hash(password) {
      if (isTooLong(password)) {
        const message = `A password can have at most ${BYTES_READ} bytes.`;
        throw invalid([{ path: '/body/password', code: 'maxBytes', message }], message);
      }
      return bcrypt.hash(password, cost);
    },

    async matches(password, hash) {
      // Compared in any case, so that the time tells nothing about the account.
      const matched = await bcrypt.compare(password, hash ?? hashOfNobody);
      return matched && hash !== undefined && !isTooLong(password);
    },
  };
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > BYTES_READ;
}
