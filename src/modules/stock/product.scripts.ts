import { script } from './stock.scripts.js';

/* What happens to the numbers of a product as a whole. */

/** ARGV: seq, units. Increases are numbered per product and applied in order, each once. */
export const increase = script(
  'increase',
  `
if not loaded() then return { 'notloaded' } end
local applied = tonumber(redis.call('HGET', META, 'seq'))
local seq = tonumber(ARGV[1])
if seq <= applied then return { 'done' } end
if seq > applied + 1 then return { 'early' } end
local before = available()
local after = before + tonumber(ARGV[2])
redis.call('SET', STOCK, after)
redis.call('HSET', META, 'seq', seq)
return { 'applied', before, after, changed() }
`,
);

/** ARGV: prefix of the product's holds. One consistent picture of a product, with every hold and since when it is held. */
export const look = script(
  'look',
  `
if not loaded() then return { 'notloaded' } end
local holds = {}
for _, cart in ipairs(redis.call('ZRANGE', DUE, 0, -1)) do
  local h = redis.call('HMGET', ARGV[1] .. cart, 'q', 'gen', 'owner', 'lapse', 'since')
  if h[1] then holds[#holds + 1] = { cart, tonumber(h[1]), h[2], h[3], tonumber(h[4]), tonumber(h[5] or '0') } end
end
return { 'ok', available(), tonumber(redis.call('HGET', META, 'rev') or '0'), tonumber(redis.call('HGET', META, 'seq')), holds }
`,
);

/**
 * ARGV: a fresh token. Opens a time in which the product is being loaded, or joins the one that is open. Its token goes
 * with whatever Redis loses, so that a loader who slept through a loss cannot write what was true before it.
 */
export const beginLoad = script(
  'begin-load',
  `
if loaded() then return { 'loaded' } end
local open = redis.call('HMGET', META, 'loading', 'loadingEpoch')
if open[1] and tonumber(open[2]) == EPOCH then return { 'ok', open[1] } end
redis.call('HSET', META, 'loading', ARGV[1], 'loadingEpoch', EPOCH)
return { 'ok', ARGV[1] }
`,
);

/**
 * ARGV: prefix of holds, token, on hand, seq, lowest rev, ms until a wanted hold is looked at again, then per wanted hold
 * cartId, units, gen, owner. Writes a product that is not loaded: what orders own comes from MongoDB, carts keep what fits.
 */
export const load = script(
  'load',
  `
local epoch = tonumber(redis.call('HGET', META, 'epoch'))
if epoch and epoch > EPOCH then return { 'newer' } end
if loaded() then return { 'loaded' } end
local open = redis.call('HMGET', META, 'loading', 'loadingEpoch')
if open[1] ~= ARGV[2] or tonumber(open[2]) ~= EPOCH then return { 'late' } end
local prefix, left, due = ARGV[1], tonumber(ARGV[3]), now() + tonumber(ARGV[6])
local wanted, carts, inCarts = {}, {}, 0
for i = 7, #ARGV - 1, 4 do
  wanted[ARGV[i]] = true
  left = left - tonumber(ARGV[i + 1])
end
for _, cart in ipairs(redis.call('ZRANGE', DUE, 0, -1)) do
  local h = redis.call('HMGET', prefix .. cart, 'q', 'owner')
  if h[1] and h[2] == 'cart' and not wanted[cart] then
    carts[#carts + 1] = cart
    inCarts = inCarts + tonumber(h[1])
  else
    redis.call('DEL', prefix .. cart)
    redis.call('ZREM', DUE, cart)
  end
end
for i = 7, #ARGV - 1, 4 do
  redis.call('HSET', prefix .. ARGV[i], 'q', ARGV[i + 1], 'gen', ARGV[i + 2], 'owner', ARGV[i + 3], 'lapse', due)
  redis.call('ZADD', DUE, due, ARGV[i])
end
if inCarts > left then
  for _, cart in ipairs(carts) do
    redis.call('DEL', prefix .. cart)
    redis.call('ZREM', DUE, cart)
  end
  inCarts = 0
end
left = left - inCarts
redis.call('SET', STOCK, left)
redis.call('HDEL', META, 'loading', 'loadingEpoch')
redis.call('HSET', META, 'seq', ARGV[4], 'epoch', EPOCH, 'rev', math.max(tonumber(redis.call('HGET', META, 'rev') or '0'), tonumber(ARGV[5])) + 1)
return { 'ok', left, tonumber(redis.call('HGET', META, 'rev')) }
`,
);

/** ARGV: rev seen, available. Writes only what was computed from the picture that still is the present one. */
export const repair = script(
  'repair',
  `
if not loaded() then return { 'notloaded' } end
if tonumber(redis.call('HGET', META, 'rev') or '0') ~= tonumber(ARGV[1]) then return { 'changed' } end
local before = available()
redis.call('SET', STOCK, ARGV[2])
return { 'repaired', before, tonumber(ARGV[2]), changed() }
`,
);
