import type { Clock } from '../../platform/clock.js';
import { duplicateKey, type Session } from '../../platform/db.js';
import { AppError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { withoutOuterSpaces } from '../../platform/text.js';
import type { NewAccount, Role, User, UserStore } from '../users/users.store.js';
import type { Passwords } from './auth.passwords.js';

export type AccountInput = { name: string; email: string; password: string; phone?: string | undefined };

export type Accounts = {
  /** Everything of a new account, its password hashed. Slow on purpose, so never inside a transaction. */
  prepare(input: AccountInput, role: Role): Promise<NewAccount>;
  /** Writes a prepared account; throws email_taken where the address has one. */
  insert(account: NewAccount, session?: Session): Promise<User>;
};

/** How accounts come into being: by registration, and by the command that makes an admin. */
export function createAccounts(deps: {
  users: Pick<UserStore, 'insert'>;
  passwords: Pick<Passwords, 'hash'>;
  clock: Pick<Clock, 'now'>;
}): Accounts {
  return {
    async prepare({ name, email, password, phone }, role) {
      const passwordHash = await deps.passwords.hash(password);
      const createdAt = deps.clock.now();
      return {
        id: newId(),
        name: withoutOuterSpaces(name),
        email,
        phone: phone === undefined ? null : withoutOuterSpaces(phone),
        role,
        passwordHash,
        createdAt,
        lastSignInAt: null,
      };
    },

    async insert(account, session) {
      try {
        return await deps.users.insert(account, session);
      } catch (error) {
        throw duplicateKey(error)?.includes('email') === true ? emailTaken() : error;
      }
    },
  };
}

function emailTaken(): AppError {
  const message = 'There is an account with this e-mail address already.';
  return new AppError('email_taken', message, { errors: [{ path: '/body/email', code: 'unique', message }] });
}
