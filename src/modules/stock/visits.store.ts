import type { RedisStore, Script } from '../../platform/redis.js';
import { VISIT_KEY } from './stock.keys.js';
import { int, text } from './stock.replies.js';

/** KEYS: the visit set. ARGV: productId. Answers Redis's time, the mark that a take must show. */
const mark: Script = {
  name: 'mark',
  text: `
local t = now()
redis.call('ZADD', KEYS[1], t, ARGV[1])
return t
`,
};

/** KEYS: the visit set. ARGV: productId, score seen, least age. A product leaves only if nobody marked it since. */
const unmark: Script = {
  name: 'unmark',
  text: `
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
if now() - tonumber(score) < tonumber(ARGV[3]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
`,
};

/** The list of products that the sweep visits: those whose due index may have entries. */
export function createVisits(redis: Pick<RedisStore, 'run' | 'client'>) {
  return {
    /** Puts the product on the list of those that the sweep visits; answers Redis's time. */
    async mark(productId: string): Promise<number> {
      return int(await redis.run(mark, [VISIT_KEY], [productId]));
    },

    /** Products to visit, `limit` at a time, those marked longest ago first. */
    async marked(offset: number, limit: number): Promise<{ productId: string; markedAt: number }[]> {
      const flat = await redis.client.zrange(VISIT_KEY, offset, String(offset + limit - 1), 'WITHSCORES');
      const found: { productId: string; markedAt: number }[] = [];
      for (let i = 0; i + 1 < flat.length; i += 2) {
        found.push({ productId: text(flat[i]), markedAt: Number(flat[i + 1]) });
      }
      return found;
    },

    /** Takes the product off that list if nobody marked it since, and not within `leastAgeMs`. */
    async unmark(productId: string, markedAt: number, leastAgeMs: number): Promise<void> {
      await redis.run(unmark, [VISIT_KEY], [productId, markedAt, leastAgeMs]);
    },
  };
}
