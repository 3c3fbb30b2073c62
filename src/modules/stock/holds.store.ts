import { newId } from '../../platform/ids.js';
import type { RedisStore } from '../../platform/redis.js';
import * as scripts from './holds.scripts.js';
import { stockKeys } from './stock.keys.js';
import { asHold, asList, asOwner, int, text } from './stock.replies.js';
import { MARK_VALID_MS, OWNER_CHECK_MS } from './stock.rules.js';
import { onProductOf } from './stock.scripts.js';
import type {
  ClaimRequest,
  Given,
  Glimpse,
  Hold,
  HoldRef,
  Moved,
  MoveRequest,
  NotLoaded,
  Owner,
  Taken,
  TakeRequest,
} from './stock.types.js';

/** The steps of a hold: taken, claimed, moved, given back or consumed, and looked at when it is due. */
export function createHoldSteps(redis: Pick<RedisStore, 'run'>) {
  const onProduct = onProductOf(redis);

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

    /** One cart's hold and what is available beside it, at one moment. */
    async peek(productId: string, cartId: string): Promise<NotLoaded | ({ kind: 'ok' } & Glimpse)> {
      const reply = await onProduct(scripts.peek, productId, cartId);
      if (reply[0] === 'notloaded') return { kind: 'notloaded' };
      const hold = reply.length > 3 ? asHold([cartId, ...reply.slice(3)]) : undefined;
      return { kind: 'ok', at: int(reply[1]), available: int(reply[2]), hold };
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

    /** The hold stays, and is due again after so many ms. */
    async postpone(ref: HoldRef, ms: number): Promise<void> {
      await onProduct(scripts.postpone, ref.productId, ref.cartId, [ref.cartId, ref.gen, ms]);
    },
  };
}
