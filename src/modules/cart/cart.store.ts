import type { RedisStore, ScriptReply } from '../../platform/redis.js';
import * as scripts from './cart.scripts.js';

/** What a customer put into the cart: units, and the price (minor units) that was shown then. */
export type CartLine = { productId: string; units: number; priceSeen: number };

/** `frozen`: an order is being placed from it, under that idempotency key; changes wait. */
export type StoredCart = {
  id: string;
  userId: string | undefined;
  frozen: string | undefined;
  lines: CartLine[];
};

export type Frozen = { kind: 'frozen'; key: string; ageMs: number };

/** A cart without changes is forgotten after this time; its holds lapsed long before. */
const KEPT_MS = 30 * 24 * 3600_000;
/** A freeze older than this belongs to a placement that died. */
export const FREEZE_MS = 60_000;
const HOUR_MS = 3600_000;

/** Carts in Redis. Losing one loses a list of wishes, never stock: that is what holds are for. */
export type CartStore = ReturnType<typeof createCartStore>;

export function createCartStore(redis: RedisStore) {
  const cartKey = (cartId: string): string => `cart:${cartId}`;
  const pointerKey = (userId: string): string => `usercart:${userId}`;

  return {
    async read(cartId: string): Promise<StoredCart | undefined> {
      const fields = await redis.client.hgetall(cartKey(cartId));
      return Object.keys(fields).length === 0 ? undefined : toCart(cartId, new Map(Object.entries(fields)));
    },

    /**
     * Writes or (with no units) removes a line, unless the cart is frozen, a further line is too many (`full`), or the
     * line has other units than `unitsBefore` by now (`changed`).
     */
    async writeLine(
      cartId: string,
      line: CartLine,
      bounds: { maxLines: number; unitsBefore?: number },
    ): Promise<Frozen | { kind: 'ok' | 'full' | 'changed' }> {
      const value = line.units === 0 ? '' : `${line.units}:${line.priceSeen}`;
      const reply = await redis.run(
        scripts.writeLine,
        [cartKey(cartId)],
        [line.productId, value, bounds.maxLines, KEPT_MS, bounds.unitsBefore ?? ''],
      );
      if (!Array.isArray(reply)) throw new TypeError('unexpected reply of a cart script');
      if (reply[0] === 'frozen') return asFrozen(reply);
      return { kind: reply[0] === 'full' || reply[0] === 'changed' ? reply[0] : 'ok' };
    },

    /** Freezes the cart for one key; the same key may freeze again. Another key waits until that freeze is old. */
    async freeze(cartId: string, key: string): Promise<Frozen | { kind: 'ok'; cart: StoredCart }> {
      const reply = await redis.run(scripts.freeze, [cartKey(cartId)], [key, FREEZE_MS]);
      if (!Array.isArray(reply)) throw new TypeError('unexpected reply of a cart script');
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
      await redis.client.del(cartKey(cartId));
    },

    /** Whether the cart is the user's now. False for another user's cart and for one that does not exist. */
    async adopt(cartId: string, userId: string): Promise<boolean> {
      return (await redis.run(scripts.adopt, [cartKey(cartId)], [userId])) === 1;
    },

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

    /** Counts a new cart of an address; false where the hour's number is used up. */
    async countNew(address: string, mostHourly: number): Promise<boolean> {
      return (await redis.run(scripts.countNew, [`carts-from:${address}`], [mostHourly, HOUR_MS])) === 1;
    },
  };
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
  return { id, userId: fields.get('user'), frozen: fields.get('frozen'), lines };
}
