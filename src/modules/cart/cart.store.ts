import type { RedisStore, ScriptReply } from '../../platform/redis.js';
import type { Standing } from '../../platform/standing.js';
import * as scripts from './cart.scripts.js';

/** What a customer put into the cart: units, and the price (minor units) that was shown then. */
export type CartLine = { productId: string; units: number; priceSeen: number };

/** `frozen`: an order is being placed from it, under that idempotency key; changes wait. */
export type StoredCart = {
  id: string;
  userId: string | undefined;
  frozen: string | undefined;
  lines: CartLine[];
  leftOut: LeftOut[];
};

/** Why units of a guest's cart did not fit: the line has as many units as one may have, or the cart as many lines. */
export type LeftReason = 'line_full' | 'cart_full';

/** Units of a guest's cart that did not fit when it was merged; remembered until the customer decides about that product. */
export type LeftOut = { productId: string; units: number; reason: LeftReason };

export type Frozen = { kind: 'frozen'; key: string; ageMs: number };

/** A cart without changes is forgotten after this time; its holds lapsed long before. */
const KEPT_MS = 30 * 24 * 3600_000;
/** A freeze older than this belongs to a placement that died. */
export const FREEZE_MS = 60_000;
const HOUR_MS = 3600_000;
/** Longer than any request sleeps: until then a cart that is over, or has been merged, is known to be. */
const OVER_MS = 24 * HOUR_MS;
/** The most products of which a cart remembers that units did not fit. */
const MOST_LEFT_OUT = 50;

/** Carts in Redis. Losing one loses a list of wishes, never stock: that is what holds are for. */
export type CartStore = ReturnType<typeof createCartStore>;

export function createCartStore(redis: RedisStore) {
  const cartKey = (cartId: string): string => `cart:${cartId}`;
  const pointerKey = (userId: string): string => `usercart:${userId}`;

  return {
    /** Undefined for a cart that does not exist, or is over. */
    async read(cartId: string): Promise<StoredCart | undefined> {
      const fields = await redis.client.hgetall(cartKey(cartId));
      const isOver = Object.keys(fields).length === 0 || fields['retired'] !== undefined;
      return isOver ? undefined : toCart(cartId, new Map(Object.entries(fields)));
    },

    /**
     * Writes or (with no units) removes a line, unless the cart is frozen or a further line is too many. `changed`: the line
     * has not the units (any more) that `ifUnits` says. `moved`: the cart is over, or has become somebody else's.
     */
    async writeLine(
      cart: { id: string; userId: string | undefined },
      line: CartLine,
      limits: { maxLines: number; ifUnits?: number },
    ): Promise<Frozen | { kind: 'ok' | 'full' | 'changed' | 'moved' }> {
      const value = line.units === 0 ? '' : `${line.units}:${line.priceSeen}`;
      const args = [line.productId, value, limits.maxLines, KEPT_MS, cart.userId ?? '', limits.ifUnits ?? ''];
      const reply = asReply(await redis.run(scripts.writeLine, [cartKey(cart.id)], args));
      const [kind] = reply;
      if (kind === 'frozen') return asFrozen(reply);
      return { kind: kind === 'full' || kind === 'changed' || kind === 'moved' ? kind : 'ok' };
    },

    /** Freezes the cart for one key; the same key may freeze again. Another key waits until that freeze is old. */
    async freeze(cartId: string, key: string): Promise<Frozen | { kind: 'ok'; cart: StoredCart }> {
      const reply = asReply(await redis.run(scripts.freeze, [cartKey(cartId)], [key, FREEZE_MS]));
      if (reply[0] === 'frozen') return asFrozen(reply);
      return { kind: 'ok', cart: toCart(cartId, pairs(reply[1])) };
    },

    async thaw(cartId: string, key: string): Promise<void> {
      await redis.run(scripts.thaw, [cartKey(cartId)], [key]);
    },

    /** The cart's lines have become an order: it is gone, and the user starts with a fresh one. */
    async retire(cartId: string, userId: string | undefined): Promise<void> {
      // The pointer first: a crash in between leaves a cart that nobody reaches, not one that is about to vanish.
      if (userId !== undefined) await redis.run(scripts.unpoint, [pointerKey(userId)], [cartId]);
      await redis.run(scripts.retire, [cartKey(cartId)], [OVER_MS]);
    },

    /** The user has that cart no longer; another one that they have stays. */
    async unpoint(userId: string, cartId: string): Promise<void> {
      await redis.run(scripts.unpoint, [pointerKey(userId)], [cartId]);
    },

    /** Makes a guest's cart the user's. `merging`: its lines are on their way into another cart of the user. */
    async adopt(cartId: string, userId: string): Promise<'adopted' | 'none' | 'foreign' | 'merging'> {
      const kind = await redis.run(scripts.adopt, [cartKey(cartId)], [userId]);
      if (kind === 'adopted' || kind === 'foreign' || kind === 'merging') return kind;
      return 'none';
    },

    merging: mergeSteps(redis, cartKey),

    async cartOf(userId: string): Promise<string | undefined> {
      return (await redis.client.getex(pointerKey(userId), 'PX', KEPT_MS)) ?? undefined;
    },

    /** Points the user at the cart unless they have one; answers the one they have. */
    async point(userId: string, cartId: string): Promise<string> {
      const set = await redis.client.set(pointerKey(userId), cartId, 'PX', KEPT_MS, 'NX');
      return set === 'OK' ? cartId : ((await redis.client.get(pointerKey(userId))) ?? cartId);
    },

    async claimFor(cartId: string, userId: string): Promise<void> {
      await redis.client.hset(cartKey(cartId), 'user', userId);
      await redis.client.pexpire(cartKey(cartId), KEPT_MS);
    },

    /** Counts a new cart of an address, unless the hour's number is used up. */
    async countNew(address: string, mostHourly: number): Promise<{ isAllowed: boolean; standing: Standing }> {
      const reply = await redis.run(scripts.countNew, [`carts-from:${address}`], [mostHourly, HOUR_MS]);
      if (!Array.isArray(reply)) throw new TypeError('unexpected reply of the script that counts new carts');
      const [counted, used, resetMs] = reply.map(Number);
      return {
        isAllowed: counted === 1,
        standing: {
          name: 'new-carts-address',
          most: mostHourly,
          windowMs: HOUR_MS,
          used: used ?? 0,
          resetMs: resetMs ?? HOUR_MS,
        },
      };
    },

    /** The cart that was counted last has not come about. */
    async uncountNew(address: string): Promise<void> {
      await redis.run(scripts.uncountNew, [`carts-from:${address}`], []);
    },
  };
}

/** The steps by which the lines of a guest's cart get into the user's. Each may be repeated, and changes nothing then. */
function mergeSteps(redis: RedisStore, cartKey: (cartId: string) => string) {
  return {
    /** No guest writes the cart from here on. `into`: the cart that its lines go into, perhaps one from before. */
    async begin(
      guestId: string,
      to: { cartId: string; userId: string },
    ): Promise<
      Frozen | { kind: 'none' } | { kind: 'foreign' } | { kind: 'ok'; into: string; lines: CartLine[] }
    > {
      const reply = asReply(await redis.run(scripts.beginMerge, [cartKey(guestId)], [to.userId, to.cartId]));
      if (reply[0] === 'frozen') return asFrozen(reply);
      if (reply[0] === 'none' || reply[0] === 'foreign') return { kind: reply[0] };
      return { kind: 'ok', into: String(reply[1]), lines: toCart(guestId, pairs(reply[2])).lines };
    },

    /** The lines that `from` has not got go into `to`. */
    async aim(guestId: string, from: string, to: string): Promise<void> {
      await redis.run(scripts.aimMerge, [cartKey(guestId)], [from, to]);
    },

    /** Whether the cart has (had) the guest's line of a product. */
    async hasGot(cartId: string, guestId: string, productId: string): Promise<boolean> {
      const came = (await redis.client.hget(cartKey(cartId), `from:${guestId}`)) ?? '';
      return came.startsWith('*') || came.split(' ').includes(productId);
    },

    /**
     * Adds the guest's line, once. `gone`: the cart is over. `full`: not even what does not fit can be remembered.
     */
    async addLine(
      to: { cartId: string; userId: string },
      guestId: string,
      line: CartLine,
      most: { units: number; lines: number },
    ): Promise<Frozen | { kind: 'ok' | 'gone' | 'full' }> {
      const { productId, units, priceSeen } = line;
      const limits = [most.units, most.lines, MOST_LEFT_OUT, KEPT_MS];
      const args = [to.userId, guestId, productId, units, priceSeen, ...limits];
      const reply = asReply(await redis.run(scripts.mergeLine, [cartKey(to.cartId)], args));
      if (reply[0] === 'frozen') return asFrozen(reply);
      return { kind: reply[0] === 'gone' || reply[0] === 'full' ? reply[0] : 'ok' };
    },

    /** Units of a line; 0 where there is none. */
    async unitsIn(cartId: string, productId: string): Promise<number> {
      const line = await redis.client.hget(cartKey(cartId), `line:${productId}`);
      return line === null ? 0 : Number(line.split(':')[0]);
    },

    /** The guest's cart has the line no longer. */
    async dropLine(guestId: string, productId: string): Promise<void> {
      await redis.client.hdel(cartKey(guestId), `line:${productId}`);
    },

    /** The guest's cart is over, if it has no line left; answers whether it is. */
    async end(guestId: string, cartId: string): Promise<boolean> {
      if ((await redis.run(scripts.endMerge, [cartKey(guestId)], [OVER_MS])) !== 1) return false;
      await redis.run(scripts.closeMerge, [cartKey(cartId)], [guestId, OVER_MS]);
      return true;
    },
  };
}

function asReply(reply: ScriptReply): ScriptReply[] {
  if (Array.isArray(reply)) return reply;
  throw new TypeError('unexpected reply of a cart script');
}

function asFrozen(reply: ScriptReply[]): Frozen {
  return { kind: 'frozen', key: String(reply[1]), ageMs: Number(reply[2]) };
}

function pairs(reply: ScriptReply | undefined): Map<string, string> {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  const found = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) found.set(flat[i] ?? '', flat[i + 1] ?? '');
  return found;
}

function toCart(id: string, fields: Map<string, string>): StoredCart {
  const lines = [...fields]
    .filter(([field]) => field.startsWith('line:'))
    .map(([field, value]) => {
      const [units, priceSeen] = value.split(':').map(Number);
      return { productId: field.slice('line:'.length), units: units ?? 0, priceSeen: priceSeen ?? 0 };
    })
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
  const leftOut = [...fields]
    .filter(([field]) => field.startsWith('left:'))
    .map(([field, value]): LeftOut => {
      const [units, reason] = value.split(':');
      const why = reason === 'cart_full' ? 'cart_full' : 'line_full';
      return { productId: field.slice('left:'.length), units: Number(units), reason: why };
    })
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
  return { id, userId: fields.get('user'), frozen: fields.get('frozen'), lines, leftOut };
}
