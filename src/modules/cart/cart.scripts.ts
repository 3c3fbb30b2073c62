import type { Script } from '../../platform/redis.js';

/** A cart is one hash: `user`, `frozen` (an idempotency key), `frozenAt`, and `line:<productId>` = `<units>:<price seen>`. */
const FROZEN = `
local CART = KEYS[1]
local function frozen()
  local f = redis.call('HMGET', CART, 'frozen', 'frozenAt')
  if not f[1] then return nil end
  return { 'frozen', f[1], now() - tonumber(f[2]) }
end
`;

/**
 * ARGV: productId, line ('' removes it), most lines, ms the cart is kept, the units that the line must have ('' for any).
 * Whoever counted from the units of before finds out that somebody else was quicker.
 */
export const writeLine: Script = {
  name: 'cart-line',
  text: `${FROZEN}
local f = frozen()
if f then return f end
local field = 'line:' .. ARGV[1]
local units = string.match(redis.call('HGET', CART, field) or '0', '^%d+')
if ARGV[5] ~= '' and ARGV[5] ~= units then return { 'changed' } end
if ARGV[2] == '' then
  redis.call('HDEL', CART, field)
else
  if redis.call('HEXISTS', CART, field) == 0 then
    local lines = 0
    for _, name in ipairs(redis.call('HKEYS', CART)) do
      if string.sub(name, 1, 5) == 'line:' then lines = lines + 1 end
    end
    if lines >= tonumber(ARGV[3]) then return { 'full' } end
  end
  redis.call('HSET', CART, field, ARGV[2])
  redis.call('PEXPIRE', CART, ARGV[4])
end
return { 'ok' }
`,
};

/** ARGV: idempotency key, ms after which a freeze of another key counts no more. Answers the cart as it is now frozen. */
export const freeze: Script = {
  name: 'cart-freeze',
  text: `${FROZEN}
local f = frozen()
if f and f[2] ~= ARGV[1] and f[3] < tonumber(ARGV[2]) then return f end
redis.call('HSET', CART, 'frozen', ARGV[1], 'frozenAt', now())
return { 'ok', redis.call('HGETALL', CART) }
`,
};

/** ARGV: idempotency key. Only the freeze of that key is lifted. */
export const thaw: Script = {
  name: 'cart-thaw',
  text: `
if redis.call('HGET', KEYS[1], 'frozen') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'frozen', 'frozenAt')
  if redis.call('HLEN', KEYS[1]) == 0 then redis.call('DEL', KEYS[1]) end
end
return 1
`,
};

/** ARGV: userId. A guest's cart becomes the user's; a cart of another user stays theirs. */
export const adopt: Script = {
  name: 'cart-adopt',
  text: `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'user', ARGV[1])
return 1
`,
};

/** ARGV: cartId. The user's pointer is deleted only while it names that cart. */
export const unpoint: Script = {
  name: 'cart-unpoint',
  text: `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`,
};

/** ARGV: most in the window, ms of the window. Counts one more, unless the window is full. */
export const countNew: Script = {
  name: 'cart-count-new',
  text: `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count >= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], count + 1, 'KEEPTTL')
if count == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1
`,
};
