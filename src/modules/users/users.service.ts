import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { AppError, notFound, unavailable, versionConflict } from '../../platform/errors.js';
import { pageWindow, pagination, type PageQuery, type Pagination } from '../../platform/page.js';
import { inRounds } from '../../platform/rounds.js';
import {
  editedDetails,
  endsSessions,
  refuseOwnFall,
  type AccountChange,
  type Details,
} from './users.rules.js';
import type { User, UserFilter, UserSort, UserStore } from './users.store.js';

export type UserQuery = UserFilter & PageQuery & { sort: UserSort };

/** What an owner may change of an account. What is undefined stays. */
export type ProfileChange = { [Field in keyof Details]?: Details[Field] | undefined };

export type Users = {
  /** The account of whoever is signed in; throws unauthenticated where it has been deleted meanwhile. */
  profile(userId: string): Promise<User>;
  changeProfile(userId: string, change: ProfileChange): Promise<User>;
  /** Any accounts, a page at a time. */
  list(query: UserQuery): Promise<{ rows: User[]; pagination: Pagination }>;
  /** These two throw not_found. */
  get(userId: string): Promise<User>;
  getByEmail(email: string): Promise<User>;
  /**
   * What an admin changes of an account. Throws not_found; version_conflict where it has been changed since that version;
   * own_account where an admin would fall by it; forbidden where whoever asks is no admin any more at that moment.
   */
  update(adminId: string, userId: string, change: AccountChange & { version: number }): Promise<User>;
  /** Erases an account; what depends on it ends with it. Throws not_found, own_account or forbidden. */
  remove(adminId: string, userId: string): Promise<void>;
};

export function createUsers(deps: {
  db: Pick<Database, 'transaction'>;
  users: Pick<UserStore, 'find' | 'findByEmail' | 'list' | 'edit' | 'remove' | 'vouch'>;
  /** Gives back what the account's cart holds, and with `cart` its lines; what cannot be given back now lapses by itself. */
  letGo: (userId: string, what: 'cart' | 'holds') => Promise<void>;
  clock: Pick<Clock, 'now'>;
}): Users {
  const { db, users, clock } = deps;

  const profile = async (userId: string): Promise<User> => {
    const user = await users.find(userId);
    if (user === undefined) throw new AppError('unauthenticated', 'This account does not exist any more.');
    return user;
  };

  return {
    profile,

    async changeProfile(userId, change) {
      const editOnce = async (): Promise<User | undefined> => {
        const user = await profile(userId);
        const { role, blocked } = user;
        const edit = { ...editedDetails(user, change), role, blocked, endSessions: false };
        return users.edit({ user, edit, at: clock.now() });
      };
      return inRounds(editOnce, { refusal: () => unavailable('The account') });
    },

    async list({ sort, page, limit, ...filter }) {
      const window = pageWindow({ page, limit });
      const { rows, total } = await users.list({ filter, sort, window });
      return { rows, pagination: pagination(window, total) };
    },

    async get(userId) {
      return existing(await users.find(userId));
    },

    async getByEmail(email) {
      return existing(await users.findByEmail(email));
    },

    async update(adminId, userId, { version, ...change }) {
      if (userId === adminId) refuseOwnFall(change);
      const after = await db.transaction(async (session) => {
        if (!(await users.vouch(adminId, session))) throw noAdminAnyMore();
        const user = existing(await users.find(userId, session));
        if (user.version !== version) throw versionConflict('The account');
        const edit = {
          ...editedDetails(user, change),
          role: change.role ?? user.role,
          blocked: change.blocked ?? user.blocked,
          endSessions: endsSessions(user, change),
        };
        const changed = await users.edit({ user, edit, at: clock.now() }, session);
        if (changed === undefined) throw versionConflict('The account');
        return changed;
      });
      if (change.blocked === true) await deps.letGo(userId, 'holds');
      return after;
    },

    async remove(adminId, userId) {
      if (userId === adminId) {
        throw new AppError('own_account', 'You cannot delete your own account. Another admin can.');
      }
      await db.transaction(async (session) => {
        if (!(await users.vouch(adminId, session))) throw noAdminAnyMore();
        if (!(await users.remove(userId, session))) throw notFound('The account');
      });
      await deps.letGo(userId, 'cart');
    },
  };
}

function existing(user: User | undefined): User {
  if (user === undefined) throw notFound('The account');
  return user;
}

function noAdminAnyMore(): AppError {
  return new AppError('forbidden', 'This account is no admin any more.');
}
