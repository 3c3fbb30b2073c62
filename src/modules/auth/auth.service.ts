import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { AppError } from '../../platform/errors.js';
import type { Outbox } from '../notifications/notifications.service.js';
import type { SecretStore } from '../users/users.secrets.store.js';
import type { Role, User, UserStore } from '../users/users.store.js';
import type { AccountInput, Accounts } from './auth.accounts.js';
import type { Passwords } from './auth.passwords.js';
import type { IssuedToken, Tokens } from './auth.tokens.js';

/** Who makes a request, and by which token. The same shape as `Principal` of `platform/http/operation.ts`. */
export type Principal = { userId: string; role: Role; tokenId: string; tokenExpiresAt: Date };

export type SignedIn = { user: User; access: IssuedToken };

export type Auth = {
  /** A new account with the role `user`, signed in, with its welcome mail on the way; throws email_taken. */
  register(input: AccountInput): Promise<SignedIn>;
  /**
   * Throws invalid_credentials, in the same words and time for an unknown address and for a wrong password; account_blocked
   * for a blocked account, to whoever knows its password.
   */
  signIn(credentials: { email: string; password: string }): Promise<SignedIn>;
  /**
   * Changes the password and ends every session; the answer opens the only new one. Throws wrong_password where the current
   * one is another.
   */
  changePassword(
    userId: string,
    change: { currentPassword: string; newPassword: string },
  ): Promise<IssuedToken>;
  /**
   * Ends the token that the request came with, wherever it is used, and the other one that may have come with it; further
   * tokens of the account go on.
   */
  signOut(principal: Principal, besides?: string): Promise<void>;
  /** Who a token stands for at this moment; throws unauthenticated unless it opens an account. */
  authenticate(token: string): Promise<Principal>;
};

export function createAuth(deps: {
  db: Pick<Database, 'transaction'>;
  users: Pick<
    UserStore,
    'findCredentials' | 'findCredentialsOf' | 'findAuthority' | 'recordSignIn' | 'revokeToken'
  >;
  secrets: Pick<SecretStore, 'changePassword'>;
  accounts: Accounts;
  passwords: Passwords;
  tokens: Tokens;
  outbox: Outbox;
  clock: Pick<Clock, 'now'>;
}): Auth {
  const { db, users, secrets, accounts, passwords, tokens, outbox, clock } = deps;

  const revoke = ({ userId, tokenId, expiresAt }: { userId: string; tokenId: string; expiresAt: Date }) =>
    users.revokeToken({ userId, tokenId, expiresAt, at: clock.now() });

  return {
    async register(input) {
      const account = await accounts.prepare(input, 'user');
      const user = await db.transaction(async (session) => {
        const created = await accounts.insert({ ...account, lastSignInAt: account.createdAt }, session);
        await outbox.add(
          {
            kind: 'welcome',
            to: created.email,
            data: { name: created.name },
            dedupeKey: `welcome:${created.id}`,
          },
          session,
        );
        return created;
      });
      outbox.wake();
      return { user, access: tokens.issue({ userId: user.id, tokenVersion: 0 }) };
    },

    async signIn({ email, password }) {
      const found = await users.findCredentials(email);
      const matched = await passwords.matches(password, found?.passwordHash);
      if (found === undefined || !matched) {
        throw new AppError('invalid_credentials', 'The e-mail address or the password is wrong.');
      }
      const { user, tokenVersion } = found;
      if (user.blocked) {
        throw new AppError('account_blocked', 'This account is blocked. Please write to the shop.');
      }
      await users.recordSignIn(user.id, clock.now());
      return { user, access: tokens.issue({ userId: user.id, tokenVersion }) };
    },

    async changePassword(userId, { currentPassword, newPassword }) {
      const found = await users.findCredentialsOf(userId);
      const matched = await passwords.matches(currentPassword, found?.passwordHash);
      if (found === undefined || !matched) throw wrongPassword();
      const to = await passwords.hash(newPassword, '/body/newPassword');
      const changed = await secrets.changePassword({ userId, from: found.passwordHash, to });
      // Somebody else has changed it in the meantime, so what was checked is not the current one any more.
      if (changed === undefined) throw wrongPassword();
      return tokens.issue({ userId, tokenVersion: changed.tokenVersion });
    },

    async signOut(principal, besides) {
      const claims = besides === undefined ? undefined : tokens.read(besides);
      if (claims !== undefined) await revoke(claims);
      await revoke({ ...principal, expiresAt: principal.tokenExpiresAt });
    },

    async authenticate(token) {
      const claims = tokens.read(token);
      const authority = claims && (await users.findAuthority(claims.userId));
      if (
        claims === undefined ||
        authority === undefined ||
        authority.blocked ||
        authority.tokenVersion !== claims.tokenVersion ||
        authority.revokedTokenIds.includes(claims.tokenId)
      ) {
        throw new AppError(
          'unauthenticated',
          'You are not signed in, or the session has ended. Please sign in.',
        );
      }
      const { userId, tokenId, expiresAt } = claims;
      return { userId, role: authority.role, tokenId, tokenExpiresAt: expiresAt };
    },
  };
}

function wrongPassword(): AppError {
  const message = 'The current password is wrong.';
  return new AppError('wrong_password', message, {
    errors: [{ path: '/body/currentPassword', code: 'wrong', message }],
  });
}
