import type { User as UserBody } from '../../../generated/openapi.js';
import type { HandlersFor, SetCookie } from '../../platform/http/operation.js';
import type { User } from '../users/users.store.js';
import type { Resets } from './auth.resets.js';
import type { Auth } from './auth.service.js';
import type { IssuedToken } from './auth.tokens.js';

const SESSION = 'holdfast_session';

/** Who begins a session, and the cart that they had as a guest. */
export type Arrival = {
  userId: string;
  cookies: { holdfast_cart?: string };
  context: { address: string };
};

type Deps = {
  auth: Auth;
  resets: Resets;
  /** Accounts are shown here as the users module shows them, so that there is one such function. */
  toUserBody: (user: User) => UserBody;
  /** Brings the guest's cart into the user's; answers what becomes of its cookie. Never throws: signing in does not wait for a cart. */
  bringCart: (arrival: Arrival) => Promise<SetCookie[]>;
};

export const authHandlers = ({ auth, resets, toUserBody, bringCart }: Deps): HandlersFor<'auth'> => ({
  async register({ body, cookies, context }) {
    const { user, access } = await auth.register(body);
    const cart = await bringCart({ userId: user.id, cookies, context });
    return {
      status: 201,
      headers: { Location: '/v1/users/me' },
      cookies: [sessionCookie(access), ...cart],
      body: toUserBody(user),
    };
  },

  async login({ body, cookies, context }) {
    const { user, access } = await auth.signIn(body);
    const cart = await bringCart({ userId: user.id, cookies, context });
    return { status: 200, cookies: [sessionCookie(access), ...cart], body: toUserBody(user) };
  },

  async logout({ principal, context }) {
    await auth.signOut(principal, context.besideBearer);
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
