import type { User as UserBody } from '../../../generated/openapi.js';
import type { HandlersFor, SetCookie } from '../../platform/http/operation.js';
import type { User } from '../users/users.store.js';
import type { Resets } from './auth.resets.js';
import type { Auth } from './auth.service.js';
import type { IssuedToken } from './auth.tokens.js';

const SESSION = 'holdfast_session';

/** Accounts are shown here as the users module shows them, so that there is one such function. */
type Deps = { auth: Auth; resets: Resets; toUserBody: (user: User) => UserBody };

export const authHandlers = ({ auth, resets, toUserBody }: Deps): HandlersFor<'auth'> => ({
  async register({ body }) {
    const { user, access } = await auth.register(body);
    return {
      status: 201,
      headers: { Location: '/v1/users/me' },
      cookies: [sessionCookie(access)],
      body: toUserBody(user),
    };
  },

  async login({ body }) {
    const { user, access } = await auth.signIn(body);
    return { status: 200, cookies: [sessionCookie(access)], body: toUserBody(user) };
  },

  async logout({ principal }) {
    await auth.signOut(principal);
    return { status: 204, cookies: [{ name: SESSION, clear: true }] };
  },

  async requestPasswordReset({ body }) {
    await resets.request(body.email);
    return { status: 202, body: { accepted: true } };
  },

  async resetPassword({ body }) {
    await resets.confirm(body);
    return { status: 204 };
  },

  async issueToken({ body }) {
    const { access } = await auth.signIn(body);
    return {
      status: 200,
      body: { token: access.token, tokenType: 'Bearer', expiresAt: access.expiresAt.toISOString() },
    };
  },
});

function sessionCookie({ token, lifetimeMs }: IssuedToken): SetCookie {
  return { name: SESSION, value: token, maxAgeMs: lifetimeMs };
}
