import type { RedisStore, Script } from './redis.js';

/** How often something was done in the current window, this time included, and how long that window still lasts, ms. */
export type Hits = { hits: number; resetMs: number };

/**
 * Counts one more under `key`. A window begins with the first one that is counted and lasts `windowMs`; then the count
 * begins anew.
 */
export type CountHit = (key: string, windowMs: number) => Promise<Hits>;

/** The window is measured on the clock that can be set ahead; the key's own end of life only cleans up. */
const countHit: Script = {
  name: 'count-hit',
  text: `
local window = tonumber(ARGV[1])
local at = now()
local start = tonumber(redis.call('HGET', KEYS[1], 'start') or '0')
if at < start or at >= start + window then
  start = at
  redis.call('HSET', KEYS[1], 'start', start, 'hits', 0)
  redis.call('PEXPIRE', KEYS[1], window)
end
return {redis.call('HINCRBY', KEYS[1], 'hits', 1), start + window - at}
`,
};

/** Counts in Redis, so that all processes count together. */
export function createHitCounter(redis: Pick<RedisStore, 'run'>): CountHit {
  return async (key, windowMs) => {
    const reply = await redis.run(countHit, [key], [windowMs]);
    if (!Array.isArray(reply)) throw new TypeError('unexpected reply of the script that counts hits');
    const [hits, resetMs] = reply;
    return { hits: Number(hits), resetMs: Number(resetMs) };
  };
}
