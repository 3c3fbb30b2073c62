import { newId } from '../../platform/ids.js';
import type { RedisStore, Script } from '../../platform/redis.js';
import { stockKeys, VISIT_KEY } from './stock.keys.js';
import { asHold, asHoldWithAge, asList, asOwner, int, text } from './stock.replies.js';
import * as scripts from './stock.scripts.js';

/** Who a hold belongs to. Only the owner's generation of it can be released or consumed. */
export type Owner = 'cart' | `order:${string}` | `adjustment:${string}`;

/** Units of a product that are held for a cart. `lapsesAt`: Redis's time, ms. */
export type Hold = { cartId: string; units: number; gen: string; owner: Owner; lapsesAt: number };

/** A hold with the time since when units are held, which is not known of one that was loaded. Redis's time, ms. */
export type HoldWithAge = Hold & { since: number | undefined };

/** The keys of the product are absent, or older than this incarnation of Redis: load it first. */
export type NotLoaded = { kind: 'notloaded' };

/** How available changed in one step; `rev` orders the steps of a product. */
export type Moved = { before: number; after: number; rev: number };

export type TakeRequest = {
  productId: string;
  cartId: string;
  units: number;
  owner: Owner;
  gen: string;
  lapseMs: number;
  /** Redis's time at which the product was last marked for visiting. */
  mark: number;
};

/** A cart's hold that becomes an order's: exactly these units of exactly that generation. */
export type ClaimRequest = {
  productId: string;
  cartId: string;
  units: number;
  cartGen: string;
  owner: Exclude<Owner, 'cart'>;
  gen: string;
};

export type Taken =
  | NotLoaded
  | { kind: 'stale' }
  | { kind: 'owned'; owner: Owner }
  | { kind: 'short'; available: number; held: number }
  | ({ kind: 'held'; gen: string; lapsesAt: number } & Moved);

export type Given = NotLoaded | { kind: 'nothing' } | ({ kind: 'done'; units: number } & Moved);

/**
 * A cart's hold that goes over to another cart. `wanted`: units of the other line, in all. `heldBefore`: what was held there
 * before that line was read.
 */
export type MoveRequest = HoldRef & { toCartId: string; wanted: number; heldBefore: number | undefined };

/** Which hold is meant: never just "the hold of that cart", always that generation of it. */
export type HoldRef = { productId: string; cartId: string; gen: string };

export type Picture = { available: number; rev: number; seq: number; holds: HoldWithAge[] };

/** One cart's hold and what is available beside it. `at`: Redis's time, ms, by which the hold lapses. */
export type Glimpse = { at: number; available: number; hold: Hold | undefined };

export type LoadRequest = {
  productId: string;
  /** What `beginLoad` answered before anything of this was read. */
  token: string;
  onHand: number;
  seq: number;
  /** The revision from which the product goes on counting, so that hints written by revision stay in order. */
  lowestRev: number;
  wanted: { cartId: string; units: number; gen: string; owner: Owner }[];
};

/** A `take` that started longer ago is refused: the product may have left the list of those that are visited. */
export const MARK_VALID_MS = 60_000;
/** How long an order's hold rests before the sweep asks its owner again. */
export const OWNER_CHECK_MS = 10 * 60_000;
/** A decrease by an admin is a matter of moments; its hold is asked about sooner. */
const ADJUSTMENT_CHECK_MS = 30_000;

/** How long a hold of this owner rests before its owner is asked (again), ms. */
export function checkAfterMs(owner: Exclude<Owner, 'cart'>): number {
  return owner.startsWith('adjustment:') ? ADJUSTMENT_CHECK_MS : OWNER_CHECK_MS;
}

/** The scripts of the stock protocol with types. Each call is one step: it happened whole, or not at all. */
export type StockStore = ReturnType<typeof createStockStore>;

export function createStockStore(redis: RedisStore) {
  const onProduct = (script: Script, productId: string, cartId: string, args: (string | number)[] = []) => {
    const keys = stockKeys(productId);
    return redis.run(script, [keys.stock, keys.due, keys.meta, keys.holds + cartId], args).then(asList);
  };

  const give = async (
    ref: HoldRef,
    how: { back: boolean; onlyDue?: boolean; onlyOwner?: Owner },
  ): Promise<Given> => {
    const reply = await onProduct(scripts.give, ref.productId, ref.cartId, [
      ref.cartId,
      ref.gen,
      how.back ? 1 : 0,
      how.onlyDue === true ? 1 : 0,
      how.onlyOwner ?? '',
    ]);
    const kind = text(reply[0]);
    if (kind === 'notloaded' || kind === 'nothing') return { kind };
    return {
      kind: 'done',
      units: int(reply[1]),
      before: int(reply[2]),
      after: int(reply[3]),
      rev: int(reply[4]),
    };
  };

  return {
    /** Holds `units` in all (not in addition) for the cart, moving the difference; a repeat changes nothing. */
    async take(request: TakeRequest): Promise<Taken> {
      const reply = await onProduct(scripts.take, request.productId, request.cartId, [
        request.cartId,
        request.units,
        request.owner,
        request.gen,
        request.lapseMs,
        request.mark,
        MARK_VALID_MS,
      ]);
      const kind = text(reply[0]);
      switch (kind) {
        case 'notloaded':
        case 'stale':
          return { kind };
        case 'owned':
          return { kind, owner: asOwner(reply[1]) };
        case 'short':
          return { kind, available: int(reply[1]), held: int(reply[2]) };
        default:
          return {
            kind: 'held',
            gen: text(reply[1]),
            lapsesAt: int(reply[2]),
            before: int(reply[3]),
            after: int(reply[4]),
            rev: int(reply[5]),
          };
      }
    },

    /** Makes the cart's hold the owner's. Nothing is taken: where that hold is not there any more it is `gone`. */
    async claim(request: ClaimRequest): Promise<'notloaded' | 'gone' | 'claimed'> {
      const { productId, cartId, units, owner, gen, cartGen } = request;
      const args = [cartId, units, owner, gen, cartGen, OWNER_CHECK_MS];
      const kind = text((await onProduct(scripts.claim, productId, cartId, args))[0]);
      return kind === 'notloaded' || kind === 'gone' ? kind : 'claimed';
    },

    /**
     * Moves units from one cart's hold to another's, in one step; `units` have moved, what is not wanted has gone back. `surplus`:
     * something is not wanted, and nothing was done: read the line again, and say that so many units were held before.
     */
    async move(
      request: MoveRequest,
    ): Promise<
      | NotLoaded
      | { kind: 'nothing' }
      | { kind: 'surplus'; held: number }
      | ({ kind: 'moved'; units: number } & Moved)
    > {
      const { productId, cartId, gen, toCartId, wanted, heldBefore } = request;
      const keys = stockKeys(productId);
      const both = [keys.stock, keys.due, keys.meta, keys.holds + cartId, keys.holds + toCartId];
      const reply = asList(
        await redis.run(scripts.move, both, [cartId, gen, toCartId, wanted, newId(), heldBefore ?? '']),
      );
      const kind = text(reply[0]);
      if (kind === 'notloaded' || kind === 'nothing') return { kind };
      if (kind === 'surplus') return { kind, held: int(reply[1]) };
      return {
        kind: 'moved',
        units: int(reply[1]),
        before: int(reply[2]),
        after: int(reply[3]),
        rev: int(reply[4]),
      };
    },

    /** Gives back what that generation of the hold says and deletes it; a second release changes nothing. */
    release: (ref: HoldRef, only: { onlyDue?: boolean; onlyOwner?: Owner } = {}) =>
      give(ref, { back: true, ...only }),

    /** Deletes that generation of the hold; its units were sold, so nothing goes back. */
    consume: (ref: HoldRef) => give(ref, { back: false }),

    /** Adds an increase of on hand to available if it is the next one in order. */
    async increase(
      productId: string,
      seq: number,
      units: number,
    ): Promise<'notloaded' | 'done' | 'early' | Moved> {
      const reply = await onProduct(scripts.increase, productId, '', [seq, units]);
      const kind = text(reply[0]);
      if (kind === 'notloaded' || kind === 'done' || kind === 'early') return kind;
      return { before: int(reply[1]), after: int(reply[2]), rev: int(reply[3]) };
    },

    async peek(productId: string, cartId: string): Promise<NotLoaded | ({ kind: 'ok' } & Glimpse)> {
      const reply = await onProduct(scripts.peek, productId, cartId);
      if (reply[0] === 'notloaded') return { kind: 'notloaded' };
      const hold = reply.length > 3 ? asHold([cartId, ...reply.slice(3)]) : undefined;
      return { kind: 'ok', at: int(reply[1]), available: int(reply[2]), hold };
    },

    /** One consistent picture of a product, with every hold. */
    async look(productId: string): Promise<NotLoaded | ({ kind: 'ok' } & Picture)> {
      const reply = await onProduct(scripts.look, productId, '', [stockKeys(productId).holds]);
      if (reply[0] === 'notloaded') return { kind: 'notloaded' };
      const holds = asList(reply[4]).map(asHoldWithAge);
      return { kind: 'ok', available: int(reply[1]), rev: int(reply[2]), seq: int(reply[3]), holds };
    },

    /** Before anything is read for a load. Answers the token that the load must show, or undefined: it is loaded. */
    async beginLoad(productId: string): Promise<string | undefined> {
      const reply = await onProduct(scripts.beginLoad, productId, '', [newId()]);
      return reply[0] === 'loaded' ? undefined : text(reply[1]);
    },

    /**
     * Writes a product that is not loaded. `late`: Redis lost something since the load began.
     */
    async load(
      request: LoadRequest,
    ): Promise<{ kind: 'loaded' | 'late' } | { kind: 'ok'; after: number; rev: number }> {
      const wanted = request.wanted.flatMap(({ cartId, units, gen, owner }) => [cartId, units, gen, owner]);
      const reply = await onProduct(scripts.load, request.productId, '', [
        stockKeys(request.productId).holds,
        request.token,
        request.onHand,
        request.seq,
        request.lowestRev,
        OWNER_CHECK_MS,
        ...wanted,
      ]);
      const kind = text(reply[0]);
      if (kind === 'loaded' || kind === 'late') return { kind };
      return { kind: 'ok', after: int(reply[1]), rev: int(reply[2]) };
    },

    async repair(
      productId: string,
      rev: number,
      available: number,
    ): Promise<'notloaded' | 'changed' | Moved> {
      const reply = await onProduct(scripts.repair, productId, '', [rev, available]);
      const kind = text(reply[0]);
      if (kind === 'notloaded' || kind === 'changed') return kind;
      return { before: int(reply[1]), after: int(reply[2]), rev: int(reply[3]) };
    },

    /** Holds that are due now, at most `limit`, and how many entries the due index has. */
    async due(
      productId: string,
      limit: number,
    ): Promise<NotLoaded | { kind: 'ok'; entries: number; holds: Hold[] }> {
      const reply = await onProduct(scripts.due, productId, '', [stockKeys(productId).holds, limit]);
      if (reply[0] === 'notloaded') return { kind: 'notloaded' };
      return { kind: 'ok', entries: int(reply[1]), holds: asList(reply[2]).map(asHold) };
    },

    async postpone(ref: HoldRef, ms: number): Promise<void> {
      await onProduct(scripts.postpone, ref.productId, ref.cartId, [ref.cartId, ref.gen, ms]);
    },

    /** Puts the product on the list of those that the sweep visits; answers Redis's time. */
    async mark(productId: string): Promise<number> {
      return int(await redis.run(scripts.mark, [VISIT_KEY], [productId]));
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
      await redis.run(scripts.unmark, [VISIT_KEY], [productId, markedAt, leastAgeMs]);
    },
  };
}
