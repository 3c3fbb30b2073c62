import { Schema } from 'mongoose';
import type { Database, Session } from '../../platform/db.js';

export type Role = 'user' | 'admin';

/** An account as the shop knows it. Never holds anything that opens it. */
export type User = {
  id: string;
  name: string;
  /** Lower case, without spaces around it: two spellings of an address are one account. */
  email: string;
  phone: string | null;
  role: Role;
  createdAt: Date;
  updatedAt: Date;
};

/** What is needed to check a password, read by nothing but signing in. */
export type Credentials = { user: User; passwordHash: string; tokenVersion: number };

/** What decides about a token at the moment of its use. */
export type Authority = { role: Role; tokenVersion: number; revokedTokenIds: readonly string[] };

export type NewAccount = Omit<User, 'updatedAt'> & { passwordHash: string };

export type UserStore = {
  /** Throws the database's duplicate key error on `email` where the address has an account. */
  insert(account: NewAccount, session?: Session): Promise<User>;
  find(userId: string): Promise<User | undefined>;
  findCredentials(email: string): Promise<Credentials | undefined>;
  findAuthority(userId: string): Promise<Authority | undefined>;
  /**
   * From now on the token is refused; repeating changes nothing. An account remembers 100 revoked tokens that have not
   * expired yet; one more ends all tokens of the account, so that none is forgotten.
   */
  revokeToken(token: { userId: string; tokenId: string; expiresAt: Date; at: Date }): Promise<void>;
};

const REVOKED_TOKENS_KEPT = 100;

type UserRow = Omit<User, 'id'> & {
  _id: string;
  passwordHash: string;
  tokenVersion: number;
  revokedTokens: { id: string; expiresAt: Date }[];
};

const userSchema = new Schema<UserRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    phone: { type: String, default: null },
    passwordHash: { type: String, required: true },
    role: { type: String, enum: ['user', 'admin'] as const, required: true },
    tokenVersion: { type: Number, default: 0 },
    revokedTokens: {
      type: [{ _id: false, id: { type: String, required: true }, expiresAt: { type: Date, required: true } }],
      default: [],
    },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'users' },
);
userSchema.index({ email: 1 }, { unique: true });

/** How an address is written in the store, whatever its spelling was. */
export function normalizedEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function createUserStore(db: Database): UserStore {
  const Users = db.connection.model('User', userSchema);

  return {
    async insert(account, session) {
      const { id, email, ...fields } = account;
      const row = { _id: id, ...fields, email: normalizedEmail(email), updatedAt: account.createdAt };
      const [created] = await Users.create([row], session === undefined ? {} : { session });
      if (created === undefined) throw new Error('an account was written and not given back');
      return toUser(created.toObject());
    },

    async find(userId) {
      const row = await Users.findById(userId).lean();
      return row === null ? undefined : toUser(row);
    },

    async findCredentials(email) {
      const row = await Users.findOne({ email: normalizedEmail(email) }).lean();
      if (row === null) return undefined;
      return { user: toUser(row), passwordHash: row.passwordHash, tokenVersion: row.tokenVersion };
    },

    async findAuthority(userId) {
      const row = await Users.findById(userId, { role: 1, tokenVersion: 1, revokedTokens: 1 }).lean();
      if (row === null) return undefined;
      return {
        role: row.role,
        tokenVersion: row.tokenVersion,
        revokedTokenIds: row.revokedTokens.map((token) => token.id),
      };
    },

    async revokeToken({ userId, tokenId, expiresAt, at }) {
      await Users.updateOne({ _id: userId }, { $pull: { revokedTokens: { expiresAt: { $lte: at } } } });
      const lastPlace = `revokedTokens.${REVOKED_TOKENS_KEPT - 1}`;
      const notYet = { _id: userId, 'revokedTokens.id': { $ne: tokenId } };
      const added = await Users.updateOne(
        { ...notYet, [lastPlace]: { $exists: false } },
        { $push: { revokedTokens: { id: tokenId, expiresAt } } },
      );
      if (added.matchedCount > 0) return;
      await Users.updateOne(
        { ...notYet, [lastPlace]: { $exists: true } },
        { $inc: { tokenVersion: 1 }, $set: { revokedTokens: [] } },
      );
    },
  };
}

function toUser(row: UserRow): User {
  return {
    id: row._id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    role: row.role,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
