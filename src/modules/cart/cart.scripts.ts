import type { Script } from '../../platform/redis.js';

/**
 * A cart is one hash: `user`, `frozen` (an idempotency key), `frozenAt`, `line:<productId>` = `<units>:<price seen>`, and what
 * merging leaves: `left:<productId>` = `<units>:<reason>`, `from:<guest's cart>` = the products that came from there (or `*<ms>`
 * when all of it has), on the guest's cart `into` = where its lines go, and `retired` on one that is over.
 */
const FROZEN = `
local CART = KEYS[1]
local function frozen()
  local f = redis.call('HMGET', CART, 'frozen', 'frozenAt')
  if not f[1] then return nil end
  return { 'frozen', f[1], now() - tonumber(f[2]) }
end
local function retired() return redis.call('HEXISTS', CART, 'retired') == 1 end
local function isOf(user)
  local owner = redis.call('HGET', CART, 'user')
  return not owner or owner == user
end
local function count(prefix)
  local found = 0
  for _, name in ipairs(redis.call('HKEYS', CART)) do
    if string.sub(name, 1, #prefix) == prefix then found = found + 1 end
  end
  return found
end
local function line(productId)
  local value = redis.call('HGET', CART, 'line:' .. productId)
  if not value then return 0, nil end
  local units, price = string.match(value, '^(%d+):(%d+)$')
  return tonumber(units), tonumber(price)
end
`;

/** What is over keeps what came from guests' carts, so that nothing comes a second time. */
const RETIRE = `
local function retire(ms)
  for _, name in ipairs(redis.call('HKEYS', CART)) do
    if string.sub(name, 1, 5) ~= 'from:' then redis.call('HDEL', CART, name) end
  end
  redis.call('HSET', CART, 'retired', now())
  redis.call('PEXPIRE', CART, ms)
end
`;

/**
 * ARGV: productId, line ('' removes it), most lines, ms the cart is kept, user ('' for a guest), units that the line must have
 * ('' for any). A cart that is over, or has become somebody else's, takes nothing.
 */
export const writeLine: Script = {
  name: 'cart-line',
  text: `${FROZEN}
if retired() or not isOf(ARGV[5]) then return { 'moved' } end
local f = frozen()
if f then return f end
if ARGV[6] ~= '' and line(ARGV[1]) ~= tonumber(ARGV[6]) then return { 'changed' } end
local field = 'line:' .. ARGV[1]
if ARGV[2] == '' then
  redis.call('HDEL', CART, field, 'left:' .. ARGV[1])
else
  if redis.call('HEXISTS', CART, field) == 0 and count('line:') >= tonumber(ARGV[3]) then return { 'full' } end
  redis.call('HSET', CART, field, ARGV[2])
  redis.call('HDEL', CART, 'left:' .. ARGV[1])
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

/** ARGV: userId. A guest's cart becomes the user's; a cart of another user stays theirs, one that is being merged goes its way. */
export const adopt: Script = {
  name: 'cart-adopt',
  text: `${FROZEN}
if redis.call('EXISTS', CART) == 0 or retired() then return 'none' end
if not isOf(ARGV[1]) then return 'foreign' end
if redis.call('HEXISTS', CART, 'into') == 1 then return 'merging' end
redis.call('HSET', CART, 'user', ARGV[1])
return 'adopted'
`,
};

/** ARGV: ms that it is remembered that the cart is over. */
export const retire: Script = { name: 'cart-retire', text: `${FROZEN}${RETIRE}\nretire(ARGV[1])\nreturn 1` };

/**
 * KEYS: the guest's cart. ARGV: userId, the user's cart. From here on no guest writes it, and its lines go into one cart only.
 * Answers that cart and the lines.
 */
export const beginMerge: Script = {
  name: 'cart-begin-merge',
  text: `${FROZEN}
if redis.call('EXISTS', CART) == 0 or retired() then return { 'none' } end
if not isOf(ARGV[1]) then return { 'foreign' } end
local f = frozen()
if f then return f end
redis.call('HSET', CART, 'user', ARGV[1])
redis.call('HSETNX', CART, 'into', ARGV[2])
return { 'ok', redis.call('HGET', CART, 'into'), redis.call('HGETALL', CART) }
`,
};

/** KEYS: the guest's cart. ARGV: the cart that its lines went into, the one that the others go into. */
export const aimMerge: Script = {
  name: 'cart-aim-merge',
  text: `${FROZEN}
if redis.call('HGET', CART, 'into') == ARGV[1] then redis.call('HSET', CART, 'into', ARGV[2]) end
return 1
`,
};

/**
 * KEYS: the user's cart. ARGV: userId, the guest's cart, productId, units, price seen, most units, most lines, most left out, ms
 * the cart is kept. Adds the units once, however often it is asked, and notes what does not fit.
 */
export const mergeLine: Script = {
  name: 'cart-merge-line',
  text: `${FROZEN}
local mark, productId = 'from:' .. ARGV[2], ARGV[3]
local came = redis.call('HGET', CART, mark) or ''
local units, price = line(productId)
if string.sub(came, 1, 1) == '*' or string.find(came .. ' ', ' ' .. productId .. ' ', 1, true) then
  return { 'ok' }
end
if retired() or not isOf(ARGV[1]) then return { 'gone' } end
local f = frozen()
if f then return f end
local room = tonumber(ARGV[6]) - units
if units == 0 and count('line:') >= tonumber(ARGV[7]) then room = 0 end
local added = math.max(0, math.min(tonumber(ARGV[4]), room))
local left = tonumber(ARGV[4]) - added
if left > 0 then
  local field = 'left:' .. productId
  local before = redis.call('HGET', CART, field)
  if not before and count('left:') >= tonumber(ARGV[8]) then return { 'full' } end
  if before then left = left + tonumber(string.match(before, '^%d+')) end
  redis.call('HSET', CART, field, string.format('%d:%s', left, units + added > 0 and 'line_full' or 'cart_full'))
end
if added > 0 then
  local seen = math.min(tonumber(ARGV[5]), price or tonumber(ARGV[5]))
  redis.call('HSET', CART, 'line:' .. productId, string.format('%d:%d', units + added, seen))
end
redis.call('HSET', CART, 'user', ARGV[1], mark, came .. ' ' .. productId)
redis.call('PEXPIRE', CART, ARGV[9])
return { 'ok' }
`,
};

/** KEYS: the guest's cart. ARGV: ms that it is remembered that the cart is over. Only a cart without lines is over. */
export const endMerge: Script = {
  name: 'cart-end-merge',
  text: `${FROZEN}${RETIRE}
if redis.call('EXISTS', CART) == 0 or retired() then return 1 end
if count('line:') > 0 then return 0 end
retire(ARGV[1])
return 1
`,
};

/** KEYS: the user's cart. ARGV: the guest's cart, ms that its end is remembered. What ended longer ago is forgotten. */
export const closeMerge: Script = {
  name: 'cart-close-merge',
  text: `${FROZEN}
if redis.call('EXISTS', CART) == 0 then return 0 end
local fields = redis.call('HGETALL', CART)
for i = 1, #fields, 2 do
  local ended = string.sub(fields[i], 1, 5) == 'from:' and string.match(fields[i + 1], '^%*(%d+)$')
  if ended and now() - tonumber(ended) > tonumber(ARGV[2]) then redis.call('HDEL', CART, fields[i]) end
end
redis.call('HSET', CART, 'from:' .. ARGV[1], '*' .. string.format('%d', now()))
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

/**
 * ARGV: most in the window, ms of the window. Counts one more, unless the window is full. Replies whether it did, how many
 * there are now, and how long the window still lasts, ms.
 */
export const countNew: Script = {
  name: 'cart-count-new',
  text: `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count >= tonumber(ARGV[1]) then return {0, count, redis.call('PTTL', KEYS[1])} end
redis.call('SET', KEYS[1], count + 1, 'KEEPTTL')
if count == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {1, count + 1, redis.call('PTTL', KEYS[1])}
`,
};

/** One that was counted has not been opened after all. */
export const uncountNew: Script = {
  name: 'cart-uncount-new',
  text: `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count > 0 then redis.call('SET', KEYS[1], count - 1, 'KEEPTTL') end
return 1
`,
};
