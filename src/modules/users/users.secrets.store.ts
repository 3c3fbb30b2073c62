import type { Database, Session } from '../../platform/db.js';
import { userModel } from './users.schema.js';
import { normalizedEmail, type User } from './users.store.js';

/** An open link for a new password, and whose it is. */
export type OpenReset = { name: string; expiresAt: Date };

/** What opens accounts. Every change of a password ends all sessions of its account, and its open link, in the same write. */
export type SecretStore = {
  /** Writes a new password where the old one is still the one given. Answers the new token version, or undefined elsewhere. */
  changePassword(change: {
    userId: string;
    from: string;
    to: string;
  }): Promise<{ tokenVersion: number } | undefined>;
  /** The account's one open link from now on, where the address has an account that is not blocked. */
  openReset(reset: { email: string; tokenHash: string; expiresAt: Date }, session: Session): Promise<void>;
  /** Undefined where the link was used, or another one has replaced it. */
  findReset(tokenHash: string): Promise<OpenReset | undefined>;
  /** Sets the password by an open link, once, and closes it. False where none is open at that time. */
  useReset(reset: { tokenHash: string; passwordHash: string; at: Date }): Promise<boolean>;
  /**
   * Makes an account an admin's, with this password in place of the one that it had: whoever has got into it before is out. False
   * where it is blocked, or has been changed since it was read.
   */
  appoint(change: { user: User; passwordHash: string; at: Date }): Promise<boolean>;
};

export function createSecretStore(db: Database): SecretStore {
  const Users = userModel(db);
  const newPassword = (passwordHash: string) => ({
    $set: { passwordHash, passwordReset: null, revokedTokens: [] },
    $inc: { tokenVersion: 1 },
  });

  return {
    async changePassword({ userId, from, to }) {
      const row = await Users.findOneAndUpdate({ _id: userId, passwordHash: from }, newPassword(to), {
        returnDocument: 'after',
        projection: { tokenVersion: 1 },
      }).lean();
      return row === null ? undefined : { tokenVersion: row.tokenVersion };
    },

    async openReset({ email, tokenHash, expiresAt }, session) {
      await Users.updateOne(
        { email: normalizedEmail(email), blocked: false },
        { $set: { passwordReset: { tokenHash, expiresAt } } },
        { session },
      );
    },

    async findReset(tokenHash) {
      const row = await Users.findOne(
        { 'passwordReset.tokenHash': tokenHash },
        { name: 1, passwordReset: 1 },
      ).lean();
      if (row === null || row.passwordReset === null) return undefined;
      return { name: row.name, expiresAt: row.passwordReset.expiresAt };
    },

    async useReset({ tokenHash, passwordHash, at }) {
      const used = await Users.updateOne(
        { 'passwordReset.tokenHash': tokenHash, 'passwordReset.expiresAt': { $gt: at } },
        newPassword(passwordHash),
      );
      return used.matchedCount > 0;
    },

    async appoint({ user, passwordHash, at }) {
      const { $set, $inc } = newPassword(passwordHash);
      const appointed = await Users.updateOne(
        { _id: user.id, version: user.version, blocked: false },
        { $set: { ...$set, role: 'admin', updatedAt: at }, $inc: { ...$inc, version: 1 } },
      );
      return appointed.matchedCount > 0;
    },
  };
}
