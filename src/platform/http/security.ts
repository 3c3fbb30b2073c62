import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.js';
import { operationOf } from './exchange.js';
import type { Principal } from './operation.js';
import type { Operation } from './routes.js';

/** How a token was sent: in the session cookie, or as a bearer. */
export type TokenSource = 'cookie' | 'bearer';

/** Says who a token stands for at this moment; throws `AppError('unauthenticated')` where it stands for nobody. */
export type Authenticate = (token: string, source: TokenSource) => Promise<Principal>;

const SESSION_COOKIE = 'holdfast_session';

type Credential = { token: string; source: TokenSource };

/**
 * Lets through whom the contract's `security` of the operation lets through, and notes who it is.
 *
 * One credential decides: the bearer, or the cookie where no bearer was sent. So a role that an operation asks for is the
 * role of exactly this account, and a worse credential is never made good by another.
 */
export function createSecurity(deps: { authenticate: Authenticate; metricsToken: string }): RequestHandler {
  const isMetricsToken = constantTimeEquals(deps.metricsToken);

  const identify = async (request: Request, operation: Operation): Promise<Principal | undefined> => {
    const credential = credentialOf(request);
    if (operation.access === 'metrics') {
      if (credential?.source === 'bearer' && isMetricsToken(credential.token)) return undefined;
      throw new AppError('unauthenticated', 'This needs the token for metrics.');
    }
    if (credential === undefined) {
      if (operation.access === 'optional') return undefined;
      throw new AppError('unauthenticated', 'Please sign in.');
    }
    const principal = await principalOf(credential, operation);
    if (operation.access === 'admin' && principal?.role !== 'admin') {
      throw new AppError('forbidden', 'This needs the role admin.');
    }
    return principal;
  };

  /**
   * Where signing in is optional, an ended session is no session: its cookie cannot be removed by the page, and would
   * otherwise lock the visitor out of what guests may do. A bearer was sent on purpose, so a bad one is told.
   */
  const principalOf = async (
    credential: Credential,
    operation: Operation,
  ): Promise<Principal | undefined> => {
    try {
      return await deps.authenticate(credential.token, credential.source);
    } catch (error) {
      const ended = error instanceof AppError && error.code === 'unauthenticated';
      if (ended && operation.access === 'optional' && credential.source === 'cookie') return undefined;
      throw error;
    }
  };

  return async (request, _response, next) => {
    const { exchange } = request;
    const operation = operationOf(request);
    if (operation.access !== 'public') {
      exchange.principal = await exchange.budget(() => identify(request, operation));
      if (credentialOf(request)?.source === 'bearer') exchange.besideBearer = sessionOf(request)?.token;
    }
    next();
  };
}

function credentialOf(request: Request): Credential | undefined {
  const bearer = /^bearer(?: +(.*))?$/i.exec(request.headers.authorization ?? '');
  return bearer === null ? sessionOf(request) : { token: bearer[1]?.trim() ?? '', source: 'bearer' };
}

function sessionOf(request: Request): Credential | undefined {
  const cookies: unknown = request.cookies;
  const session: unknown =
    typeof cookies === 'object' && cookies !== null ? Reflect.get(cookies, SESSION_COOKIE) : undefined;
  return typeof session === 'string' && session !== '' ? { token: session, source: 'cookie' } : undefined;
}

/** Compares digests, which are of one length, so that neither the time nor the length tells anything of the secret. */
function constantTimeEquals(secret: string): (given: string) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}
