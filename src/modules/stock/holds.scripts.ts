import { script } from './stock.scripts.js';

/* What happens to one hold, or is asked of holds one by one. */

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
