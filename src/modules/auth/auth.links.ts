import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { after, type Clock } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import type { OpenReset } from '../users/users.secrets.store.js';

/** A link that is not made yet: what it is made of, what is kept to know it again, and until when it works. */
export type ResetSeed = { seed: string; tokenHash: string; expiresAt: Date };

/** A link, ready to be sent, and to whom. */
export type ResetLink = { name: string; url: string; expiresAt: Date };

export type ResetLinks = {
  /** A new one. Without the key, neither the seed nor the hash gives the token. */
  create(): ResetSeed;
  /** The link of a seed, at the moment of sending it; undefined where it opens nothing (any more). */
  linkOf(seed: string): Promise<ResetLink | undefined>;
  /** How a token is known again. */
  hashOf(token: string): string;
};

const LIFETIME_MS = 30 * 60_000;
const SEED_BYTES = 32;

/**
 * Links for new passwords. The token is an HMAC of a random seed under a key of this process: the database holds seeds and
 * hashes, so who reads it has no token, and no token stands anywhere before its mail is sent.
 */
export function createResetLinks(options: {
  /** The secret of the configuration; the links' own key is derived from it. */
  key: string;
  /** The page that the token stands behind. */
  page: string;
  findReset: (tokenHash: string) => Promise<OpenReset | undefined>;
  clock: Pick<Clock, 'now'>;
}): ResetLinks {
  const { page, findReset, clock } = options;
  const key = Buffer.from(hkdfSync('sha256', options.key, '', 'holdfast password reset links', 32));
  const tokenOf = (seed: string): string => createHmac('sha256', key).update(seed).digest('base64url');

  return {
    create() {
      const seed = randomBytes(SEED_BYTES).toString('base64url');
      return { seed, tokenHash: sha256(tokenOf(seed)), expiresAt: after(clock.now(), LIFETIME_MS) };
    },

    async linkOf(seed) {
      const token = tokenOf(seed);
      const open = await findReset(sha256(token));
      if (open === undefined || open.expiresAt <= clock.now()) return undefined;
      const url = new URL(page);
      // Browsers keep what stands behind the # to themselves: it is in no server's log and in no Referer.
      url.hash = `token=${token}`;
      return { name: open.name, url: url.href, expiresAt: open.expiresAt };
    },

    hashOf: sha256,
  };
}
