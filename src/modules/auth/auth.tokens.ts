import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../platform/clock.js';
import { newId } from '../../platform/ids.js';

/** What a genuine token says. Whether it still opens anything is for the store to tell. */
export type TokenClaims = { userId: string; tokenId: string; tokenVersion: number; expiresAt: Date };

export type IssuedToken = { token: string; expiresAt: Date; lifetimeMs: number };

export type Tokens = {
  issue(account: { userId: string; tokenVersion: number }): IssuedToken;
  /** The claims of a token that this shop signed and that has not expired; undefined for any other text. */
  read(token: string): TokenClaims | undefined;
};

const ISSUER = 'holdfast';
const AUDIENCE = 'holdfast-api';
const ALGORITHM = 'HS256';

/** Signs and checks access tokens with one key. `lifetimeMs` is whole seconds. Times come from the clock, never from this process's own. */
export function createTokens(options: {
  key: string;
  lifetimeMs: number;
  clock: Pick<Clock, 'now'>;
}): Tokens {
  const { lifetimeMs, clock } = options;
  // A text would be tried as a public key at every check first, which takes longer than everything else of it.
  const key = createSecretKey(options.key, 'utf8');
  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1000);

  return {
    issue({ userId, tokenVersion }) {
      const issuedAt = nowSeconds();
      const expiresAt = issuedAt + lifetimeMs / 1000;
      const claims = { iss: ISSUER, aud: AUDIENCE, sub: userId, jti: newId(), iat: issuedAt, exp: expiresAt };
      const token = jwt.sign({ ...claims, tv: tokenVersion }, key, { algorithm: ALGORITHM });
      return { token, expiresAt: new Date(expiresAt * 1000), lifetimeMs };
    },

    read(token) {
      try {
        // The library stumbles over a payload that is no object, though it is signed.
        if (!isObject(jwt.decode(token))) return undefined;
        const payload = jwt.verify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTimestamp: nowSeconds(),
        });
        return claimsOf(payload);
      } catch (error) {
        // Expired and not-yet-valid tokens are kinds of the first error; a payload that is not JSON gives the second, before
        // the signature is looked at. Anything else is a fault of ours.
        if (error instanceof jwt.JsonWebTokenError || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
  };
}

function isObject(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null;
}

/** A token without one of the claims that we always sign is none of ours. */
function claimsOf(payload: string | jwt.JwtPayload): TokenClaims | undefined {
  if (typeof payload === 'string') return undefined;
  const { sub, jti, exp } = payload;
  const tokenVersion: unknown = payload['tv'];
  if (sub === undefined || jti === undefined || exp === undefined || typeof tokenVersion !== 'number')
    return undefined;
  return { userId: sub, tokenId: jti, tokenVersion, expiresAt: new Date(exp * 1000) };
}
