import { AppError } from '../../platform/errors.js';
import type { User, UserStore } from './users.store.js';

export type Users = {
  /** The account of whoever is signed in; throws unauthenticated where it has been deleted meanwhile. */
  profile(userId: string): Promise<User>;
};

export function createUsers(deps: { users: Pick<UserStore, 'find'> }): Users {
  return {
    async profile(userId) {
      const user = await deps.users.find(userId);
      if (user === undefined) throw new AppError('unauthenticated', 'This account does not exist any more.');
      return user;
    },
  };
}
