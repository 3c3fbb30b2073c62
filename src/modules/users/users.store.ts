import type { Model } from 'mongoose';
import { countRows, type Database, type Session } from '../../platform/db.js';
import type { PageWindow } from '../../platform/page.js';
import { prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import { keysOf, type Details, type Role } from './users.rules.js';
import { userModel, type UserRow } from './users.schema.js';

export type { Role };

/** An account as the shop knows it. Never holds anything that opens it. */
export type User = {
  id: string;
  name: string;
  /** Lower case, without spaces around it: two spellings of an address are one account. */
  email: string;
  phone: string | null;
  role: Role;
  /** It cannot sign in, and its sessions are over. */
  blocked: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
};

/** What is needed to check a password, read by nothing but signing in and changing it. */
export type Credentials = { user: User; passwordHash: string; tokenVersion: number };

/** What decides about a token at the moment of its use. */
export type Authority = {
  role: Role;
  blocked: boolean;
  tokenVersion: number;
  revokedTokenIds: readonly string[];
};

export type NewAccount = Omit<User, 'updatedAt' | 'blocked' | 'version'> & { passwordHash: string };

export type UserSort = 'newest' | 'oldest' | 'name' | 'email';

/** Which accounts a list shows. All that is given must hold. */
export type UserFilter = {
  q?: string | undefined;
  role?: Role | undefined;
  blocked?: boolean | undefined;
};

/** What an edit writes. `endSessions` ends every session and forgets an open link for a new password. */
export type UserEdit = Details & { role: Role; blocked: boolean; endSessions: boolean };

export type UserStore = {
  /** Throws the database's duplicate key error on `email` where the address has an account. */
  insert(account: NewAccount, session?: Session): Promise<User>;
  find(userId: string, session?: Session): Promise<User | undefined>;
  findByEmail(email: string): Promise<User | undefined>;
  findCredentials(email: string): Promise<Credentials | undefined>;
  findCredentialsOf(userId: string): Promise<Credentials | undefined>;
  findAuthority(userId: string): Promise<Authority | undefined>;
  list(query: {
    filter: UserFilter;
    sort: UserSort;
    window: PageWindow;
  }): Promise<{ rows: User[]; total: number }>;
  /** Notes that a password has opened the account. */
  recordSignIn(userId: string, at: Date): Promise<void>;
  /** Writes an edit, but only where the account still has the version of the one given; undefined elsewhere. */
  edit(change: { user: User; edit: UserEdit; at: Date }, session?: Session): Promise<User | undefined>;
  /** Erases an account. False where there is none. */
  remove(userId: string, session: Session): Promise<boolean>;
  /**
   * Whether this account is an admin that is not blocked. Holds until the transaction commits: one that ends it in the
   * meantime collides with this one.
   */
  vouch(userId: string, session: Session): Promise<boolean>;
  /**
   * From now on the token is refused; repeating changes nothing. An account remembers 100 revoked tokens that have not
   * expired yet; one more ends all tokens of the account, so that none is forgotten.
   */
  revokeToken(token: { userId: string; tokenId: string; expiresAt: Date; at: Date }): Promise<void>;
};

const REVOKED_TOKENS_KEPT = 100;

/** One index for each; each list states `role`, see `conditions`. */
const SORTS: Record<UserSort, Record<string, 1 | -1>> = {
  newest: { createdAt: -1, _id: -1 },
  oldest: { createdAt: 1, _id: 1 },
  name: { nameKey: 1, _id: 1 },
  email: { email: 1 },
};

/** How an address is written in the store, whatever its spelling was. */
export function normalizedEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function createUserStore(db: Database): UserStore {
  const Users = userModel(db);
  const totals = createTotals();

  return {
    async insert({ id, ...fields }, session) {
      const email = normalizedEmail(fields.email);
      const row = { ...fields, ...keysOf({ ...fields, email }), _id: id, email, updatedAt: fields.createdAt };
      const [created] = await Users.create([row], session === undefined ? {} : { session });
      if (created === undefined) throw new Error('an account was written and not given back');
      return toUser(created.toObject());
    },

    async find(userId, session) {
      const row = await Users.findById(userId, SHOWN)
        .session(session ?? null)
        .lean();
      return row === null ? undefined : toUser(row);
    },

    async findByEmail(email) {
      const row = await Users.findOne({ email: normalizedEmail(email) }, SHOWN).lean();
      return row === null ? undefined : toUser(row);
    },

    async findCredentials(email) {
      return toCredentials(await Users.findOne({ email: normalizedEmail(email) }, WITH_CREDENTIALS).lean());
    },

    async findCredentialsOf(userId) {
      return toCredentials(await Users.findById(userId, WITH_CREDENTIALS).lean());
    },

    async findAuthority(userId) {
      const row = await Users.findById(userId, {
        role: 1,
        blocked: 1,
        tokenVersion: 1,
        revokedTokens: 1,
      }).lean();
      if (row === null) return undefined;
      return {
        role: row.role,
        blocked: row.blocked,
        tokenVersion: row.tokenVersion,
        revokedTokenIds: row.revokedTokens.map((token) => token.id),
      };
    },

    async list({ filter, sort, window }) {
      const where = conditions(filter);
      const { rows, total } = await totals.page({
        filter: where,
        window,
        rows: () => Users.find(where, SHOWN).sort(SORTS[sort]).skip(window.skip).limit(window.limit).lean(),
        count: (atMost) => countRows(Users, where, atMost),
      });
      return { rows: rows.map(toUser), total };
    },

    async recordSignIn(userId, at) {
      await Users.updateOne({ _id: userId }, { $set: { lastSignInAt: at } });
    },

    async edit({ user, edit: { endSessions, ...fields }, at }, session) {
      const row = await Users.findOneAndUpdate(
        { _id: user.id, version: user.version },
        {
          $set: {
            ...fields,
            ...keysOf({ ...fields, email: user.email }),
            updatedAt: at,
            ...(endSessions && { revokedTokens: [], passwordReset: null }),
          },
          $inc: { version: 1, ...(endSessions && { tokenVersion: 1 }) },
        },
        { returnDocument: 'after', projection: SHOWN, session: session ?? null },
      ).lean();
      return row === null ? undefined : toUser(row);
    },

    async remove(userId, session) {
      return (await Users.deleteOne({ _id: userId }, { session })).deletedCount > 0;
    },

    async vouch(userId, session) {
      const touched = await Users.updateOne(
        { _id: userId, role: 'admin', blocked: false },
        { $inc: { vouched: 1 } },
        { session },
      );
      return touched.matchedCount > 0;
    },

    revokeToken: (token) => revokeToken(Users, token),
  };
}

async function revokeToken(
  Users: Model<UserRow>,
  { userId, tokenId, expiresAt, at }: Parameters<UserStore['revokeToken']>[0],
): Promise<void> {
  await Users.updateOne({ _id: userId }, { $pull: { revokedTokens: { expiresAt: { $lte: at } } } });
  const lastPlace = `revokedTokens.${REVOKED_TOKENS_KEPT - 1}`;
  const notYet = { _id: userId, 'revokedTokens.id': { $ne: tokenId } };
  const added = await Users.updateOne(
    { ...notYet, [lastPlace]: { $exists: false } },
    { $push: { revokedTokens: { id: tokenId, expiresAt } } },
  );
  if (added.matchedCount > 0) return;
  // Too many to remember (or there were, a moment ago): all sessions end, which ends this one.
  await Users.updateOne(notYet, { $inc: { tokenVersion: 1 }, $set: { revokedTokens: [] } });
}

/** `role` always stands in the filter, with both values where both are wanted: every index of the list begins with it. */
function conditions({ q, role, blocked }: UserFilter) {
  return {
    role: role ?? { $in: ['user' as const, 'admin' as const] },
    ...(blocked !== undefined && { blocked }),
    ...(q !== undefined && prefixFilter(q)),
  };
}

const SHOWN = {
  name: 1,
  email: 1,
  phone: 1,
  role: 1,
  blocked: 1,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  lastSignInAt: 1,
} as const;
const WITH_CREDENTIALS = { ...SHOWN, passwordHash: 1, tokenVersion: 1 } as const;

type ShownRow = Pick<UserRow, '_id' | keyof typeof SHOWN>;

function toUser(row: ShownRow): User {
  return {
    id: row._id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    role: row.role,
    blocked: row.blocked,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    lastSignInAt: row.lastSignInAt,
  };
}

function toCredentials(row: Pick<UserRow, '_id' | keyof typeof WITH_CREDENTIALS> | null) {
  if (row === null) return undefined;
  return { user: toUser(row), passwordHash: row.passwordHash, tokenVersion: row.tokenVersion };
}
