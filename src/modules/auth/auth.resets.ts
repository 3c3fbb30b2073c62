import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { AppError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Outbox } from '../notifications/notifications.service.js';
import type { SecretStore } from '../users/users.secrets.store.js';
import type { ResetLinks } from './auth.links.js';
import type { Passwords } from './auth.passwords.js';

export type Resets = {
  /**
   * Has a link sent to the address, if it has an account; ends the one before. Does the same work whether there is an account
   * or not: what it writes for nobody is found out, and forgotten, when the mail would be sent.
   */
  request(email: string): Promise<void>;
  /** Sets a new password and ends every session; throws reset_token_invalid for any token but an open one. */
  confirm(reset: { token: string; password: string }): Promise<void>;
};

export function createResets(deps: {
  db: Pick<Database, 'transaction'>;
  secrets: Pick<SecretStore, 'openReset' | 'findReset' | 'useReset'>;
  links: Pick<ResetLinks, 'create' | 'hashOf'>;
  passwords: Pick<Passwords, 'hash'>;
  outbox: Outbox;
  clock: Pick<Clock, 'now'>;
}): Resets {
  const { db, secrets, links, passwords, outbox, clock } = deps;

  return {
    async request(email) {
      // As the account has it, not as it was typed: there are servers for which the two are two mailboxes.
      const to = email.toLowerCase();
      const { seed, tokenHash, expiresAt } = links.create();
      await db.transaction(async (session) => {
        await secrets.openReset({ email, tokenHash, expiresAt }, session);
        await outbox.add(
          { kind: 'password_reset', to, data: { seed }, dedupeKey: `password-reset:${newId()}` },
          session,
        );
      });
      outbox.wake();
    },

    async confirm({ token, password }) {
      const tokenHash = links.hashOf(token);
      // Looked at before the slow part, and decided after it.
      const open = await secrets.findReset(tokenHash);
      if (open === undefined || open.expiresAt <= clock.now()) throw tokenInvalid();
      const passwordHash = await passwords.hash(password);
      if (!(await secrets.useReset({ tokenHash, passwordHash, at: clock.now() }))) throw tokenInvalid();
    },
  };
}

function tokenInvalid(): AppError {
  return new AppError('reset_token_invalid', 'This link is not valid any more. Please ask for a new one.');
}
