import type { RedisStore, Script, ScriptReply } from '../../platform/redis.js';
import { stockKeys } from './stock.keys.js';
import { asList } from './stock.replies.js';

/*
 * What the scripts of `holds.scripts` and `product.scripts` have in common. Every change of a product's numbers is one of
 * them, so that it happens whole or not at all. Keys: `stock`, `due`, `meta`, then `hold:<productId>:<cartId>` where one
 * hold is meant. Never a bare DECRBY or INCRBY: the wanted quantity is said, not a difference, so that a repeated call
 * changes nothing.
 */

/** Not loaded, or loaded by an older incarnation of Redis, is neither zero nor infinite: the caller loads it first. */
const LOADED = `
local STOCK, DUE, META, HOLD = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local function loaded()
  return redis.call('EXISTS', STOCK) == 1 and tonumber(redis.call('HGET', META, 'epoch')) == EPOCH
end
local function hold()
  local h = redis.call('HMGET', HOLD, 'q', 'gen', 'owner', 'lapse')
  if not h[1] then return nil end
  return { q = tonumber(h[1]), gen = h[2], owner = h[3], lapse = tonumber(h[4]) }
end
local function available() return tonumber(redis.call('GET', STOCK)) end
local function changed() return redis.call('HINCRBY', META, 'rev', 1) end
`;

/** A script that may use the names above. */
export const script = (name: string, text: string): Script => ({ name, text: LOADED + text });

/** Runs a script on a product and, where one is meant, the hold of a cart. */
export type OnProduct = (
  script: Script,
  productId: string,
  cartId: string,
  args?: readonly (string | number)[],
) => Promise<ScriptReply[]>;

export function onProductOf(redis: Pick<RedisStore, 'run'>): OnProduct {
  return async (script, productId, cartId, args = []) => {
    const keys = stockKeys(productId);
    return asList(await redis.run(script, [keys.stock, keys.due, keys.meta, keys.holds + cartId], args));
  };
}
