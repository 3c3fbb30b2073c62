import { newId } from '../../platform/ids.js';
import type { RedisStore } from '../../platform/redis.js';
import * as scripts from './product.scripts.js';
import { stockKeys } from './stock.keys.js';
import { asHoldWithAge, asList, int, text } from './stock.replies.js';
import { OWNER_CHECK_MS } from './stock.rules.js';
import { onProductOf } from './stock.scripts.js';
import type { LoadRequest, Moved, NotLoaded, Picture } from './stock.types.js';

/** The steps of a product as a whole: loaded, increased, looked at, repaired. */
export function createProductSteps(redis: Pick<RedisStore, 'run'>) {
  const onProduct = onProductOf(redis);

  return {
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

    /** Sets available, unless anything has changed since the picture of that `rev` was taken. */
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
  };
}
