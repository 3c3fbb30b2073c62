import type { HandlersFor } from '../../platform/http/operation.js';
import type { Users } from './users.service.js';
import { toUserBody } from './users.view.js';

export const userHandlers = (users: Users): HandlersFor<'users'> => ({
  async getOwnProfile({ principal }) {
    return { status: 200, body: toUserBody(await users.profile(principal.userId)) };
  },
});
