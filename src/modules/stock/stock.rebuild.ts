import type { StockLedger } from './stock.ledger.js';
import type { StockStore } from './stock.store.js';
import type { LoadRequest } from './stock.types.js';

/** What MongoDB knows of a product at one moment: on hand, and the holds that its pending orders own. */
export type Books = {
  /** Aborts the product's unfinished placements and ends its attempts, so that no late step of theirs counts any more. */
  endUnfinished(productId: string): Promise<void>;
  /** One snapshot. Throws not_found for a product that does not exist. */
  snapshot(productId: string): Promise<Pick<LoadRequest, 'onHand' | 'seq' | 'wanted'> & { rev: number }>;
};

/** Makes the product loaded, from MongoDB; does nothing where it is loaded already. */
export type Rebuild = (productId: string) => Promise<void>;

export function createRebuild(deps: {
  store: StockStore;
  books: Books;
  ledger: Pick<StockLedger, 'hintSoldOut'>;
}): Rebuild {
  const { store, books, ledger } = deps;
  const underWay = new Map<string, Promise<void>>();

  const rebuild = async (productId: string): Promise<void> => {
    const token = await store.beginLoad(productId);
    if (token === undefined) return;
    // Every hold needs its product on the visit list, also one of a `take` whose mark is from before the loss. The token
    // comes first: Redis cannot lose the mark and keep the token.
    await store.mark(productId);
    await books.endUnfinished(productId);
    const { onHand, seq, wanted, rev } = await books.snapshot(productId);
    const outcome = await store.load({ productId, token, onHand, seq, wanted, lowestRev: rev });
    if (outcome.kind === 'ok') await ledger.hintSoldOut(productId, outcome.after <= 0, outcome.rev);
  };

  return (productId) => {
    const running = underWay.get(productId);
    if (running !== undefined) return running;
    const started = rebuild(productId).finally(() => underWay.delete(productId));
    underWay.set(productId, started);
    return started;
  };
}
