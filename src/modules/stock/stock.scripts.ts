import type { Script } from '../../platform/redis.js';

/**
 * Every change of a product's numbers is one of these scripts, so that it happens whole or not at all. Keys: `stock`,
 * `due`, `meta`, then `hold:<productId>:<cartId>` where one hold is meant. Never a bare DECRBY or INCRBY: the wanted
 * quantity is said, not a difference, so that a repeated call changes nothing.
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

const script = (name: string, text: string): Script => ({ name, text: LOADED + text });

/** ARGV: cartId, wanted units, owner, gen, ms until the hold lapses, mark (Redis time), oldest mark that is taken. */
export const take = script(
  'take',
  `
local cart, wanted, owner, gen = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local t = now()
if not loaded() then return { 'notloaded' } end
if t - tonumber(ARGV[6]) > tonumber(ARGV[7]) then return { 'stale' } end
local h, left = hold(), available()
local held = 0
if h then
  held = h.q
  if h.owner == owner then
    if owner == 'cart' then gen = h.gen elseif h.gen ~= gen then return { 'owned', h.owner } end
  elseif not (h.owner == 'cart' and string.sub(owner, 1, 6) == 'order:') then
    return { 'owned', h.owner }
  end
end
if wanted - held > left then return { 'short', left, held } end
local lapse = t + tonumber(ARGV[5])
local after = left - (wanted - held)
redis.call('SET', STOCK, after)
redis.call('HSET', HOLD, 'q', wanted, 'gen', gen, 'owner', owner, 'lapse', lapse)
redis.call('HSETNX', HOLD, 'since', t)
redis.call('ZADD', DUE, lapse, cart)
return { 'held', gen, lapse, left, after, changed() }
`,
);

/**
 * ARGV: cartId, units, owner, gen, generation that the cart's hold has, ms until the hold is looked at again. Only that
 * very hold can be claimed, and only once: a claim that comes after the hold was sold or given back finds nothing.
 */
export const claim = script(
  'claim',
  `
if not loaded() then return { 'notloaded' } end
local h = hold()
if not h or h.q ~= tonumber(ARGV[2]) then return { 'gone' } end
if h.owner == ARGV[3] and h.gen == ARGV[4] then return { 'claimed' } end
if h.owner ~= 'cart' or h.gen ~= ARGV[5] then return { 'gone' } end
local lapse = now() + tonumber(ARGV[6])
redis.call('HSET', HOLD, 'gen', ARGV[4], 'owner', ARGV[3], 'lapse', lapse)
redis.call('ZADD', DUE, lapse, ARGV[1])
changed()
return { 'claimed' }
`,
);

/**
 * KEYS[5]: the hold to move the units to. ARGV: cartId, gen, cart to move to, units that its line wants, gen for a hold that
 * is not there yet, units that were held there before the line was read ('' if nobody looked). Only a cart's hold moves, that
 * generation of it, and only to a cart. What the other line does not want goes back, in the same step, but only if
 * nothing came in there since (`surplus`): another cart may be merged into it at the same moment. A third never finds
 * units in between, and a repeat finds nothing to move.
 */
export const move = script(
  'move',
  `
if not loaded() then return { 'notloaded' } end
local h = hold()
if not h or h.owner ~= 'cart' or h.gen ~= ARGV[2] then return { 'nothing' } end
local to = redis.call('HMGET', KEYS[5], 'q', 'gen', 'owner', 'lapse')
local held, gen, lapse, moved = tonumber(to[1] or '0'), to[2] or ARGV[5], h.lapse, 0
if not to[1] or to[3] == 'cart' then
  moved = math.max(0, math.min(h.q, tonumber(ARGV[4]) - held))
  if to[1] then lapse = math.max(lapse, tonumber(to[4])) end
  if moved < h.q and held ~= tonumber(ARGV[6]) then return { 'surplus', held } end
end
local before = available()
local after = before + h.q - moved
redis.call('SET', STOCK, after)
redis.call('DEL', HOLD)
redis.call('ZREM', DUE, ARGV[1])
if moved > 0 then
  redis.call('HSET', KEYS[5], 'q', held + moved, 'gen', gen, 'owner', 'cart', 'lapse', lapse)
  redis.call('ZADD', DUE, lapse, ARGV[3])
end
return { 'moved', moved, before, after, changed() }
`,
);

/** ARGV: cartId, gen, '1' to give back (release) or '0' to delete only (consume), '1' only if due, owner or ''. */
export const give = script(
  'give',
  `
if not loaded() then return { 'notloaded' } end
local h = hold()
if not h or h.gen ~= ARGV[2] then return { 'nothing' } end
if ARGV[4] == '1' and h.lapse > now() then return { 'nothing' } end
if ARGV[5] ~= '' and h.owner ~= ARGV[5] then return { 'nothing' } end
local before = available()
local after = before
if ARGV[3] == '1' then
  after = before + h.q
  redis.call('SET', STOCK, after)
end
redis.call('DEL', HOLD)
redis.call('ZREM', DUE, ARGV[1])
return { 'done', h.q, before, after, changed() }
`,
);

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

/** One consistent picture of Redis's time, available units and one cart's hold. */
export const peek = script(
  'peek',
  `
if not loaded() then return { 'notloaded' } end
local h = hold()
if not h then return { 'ok', now(), available() } end
return { 'ok', now(), available(), h.q, h.gen, h.owner, h.lapse }
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

/** ARGV: prefix of holds, most entries. What is due now; entries without a hold are dropped here, where they are seen. */
export const due = script(
  'due',
  `
if not loaded() then return { 'notloaded' } end
local found, t = {}, now()
for _, cart in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', t, 'LIMIT', 0, tonumber(ARGV[2]))) do
  local h = redis.call('HMGET', ARGV[1] .. cart, 'q', 'gen', 'owner', 'lapse')
  if h[1] then
    found[#found + 1] = { cart, tonumber(h[1]), h[2], h[3], tonumber(h[4]) }
  else
    redis.call('ZREM', DUE, cart)
  end
end
return { 'ok', redis.call('ZCARD', DUE), found }
`,
);

/** ARGV: cartId, gen, ms. The hold stays; it is looked at again later. */
export const postpone = script(
  'postpone',
  `
if not loaded() then return { 'notloaded' } end
local h = hold()
if not h or h.gen ~= ARGV[2] then return { 'nothing' } end
local lapse = now() + tonumber(ARGV[3])
redis.call('HSET', HOLD, 'lapse', lapse)
redis.call('ZADD', DUE, lapse, ARGV[1])
return { 'done' }
`,
);

/** KEYS: the visit set. ARGV: productId. Answers Redis's time, the mark that a take must show. */
export const mark: Script = {
  name: 'mark',
  text: `
local t = now()
redis.call('ZADD', KEYS[1], t, ARGV[1])
return t
`,
};

/** KEYS: the visit set. ARGV: productId, score seen, least age. A product leaves only if nobody marked it since. */
export const unmark: Script = {
  name: 'unmark',
  text: `
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
if now() - tonumber(score) < tonumber(ARGV[3]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
`,
};
