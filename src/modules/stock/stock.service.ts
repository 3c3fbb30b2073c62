import { AppError, unavailable } from '../../platform/errors.js';
import type { Clock } from '../../platform/clock.js';
import type { PageWindow } from '../../platform/page.js';
import { inRounds } from '../../platform/rounds.js';
import type { MovementQuery } from './movements.store.js';
import type { StockLedger } from './stock.ledger.js';
import { createMarks } from './stock.marks.js';
import type { Rebuild } from './stock.rebuild.js';
import { checkAfterMs } from './stock.rules.js';
import type { StockStore } from './stock.store.js';
import type {
  ClaimRequest,
  Given,
  Glimpse,
  Hold,
  HoldRef,
  Moved,
  NotLoaded,
  Owner,
  Picture,
} from './stock.types.js';

export type TakeInput = {
  productId: string;
  cartId: string;
  /** Units to be held in all, not in addition. */
  units: number;
  owner: Owner;
  gen: string;
};

/** `short`: how many units are left beside those that the cart holds already. `owned`: an order has the hold. */
export type TakeOutcome =
  | { kind: 'held'; gen: string; lapsesAt: number }
  | { kind: 'short'; available: number; held: number }
  | { kind: 'owned'; owner: Owner };

export type StockFigures = {
  onHand: number;
  available: number;
  held: number;
  carts: number;
  orders: number;
  adjustments: number;
};

/**
 * Stock as the other modules see it. Every call loads a product that Redis does not know (or knows from before a
 * restart) and then does its one step; where that cannot be done it throws service_unavailable and nothing is changed.
 */
export type Stock = ReturnType<typeof createStock>;

/** How often a product may be lost again while it is loaded, or its mark be too old. */
const ROUNDS = 4;
/** More than carts that are merged into one at the same moment. */
const MERGE_ROUNDS = 10;

export function createStock(deps: {
  store: StockStore;
  ledger: StockLedger;
  rebuild: Rebuild;
  clock: Pick<Clock, 'aheadMs'>;
  /** How long a cart's hold lasts, ms. */
  cartHoldMs: number;
  /** Milliseconds of a clock that never jumps, to tell how old a mark is. */
  elapsedMs?: () => number;
}) {
  const { store, ledger, rebuild } = deps;
  const markFor = createMarks(store, deps.clock, deps.elapsedMs ?? (() => performance.now()));

  /** Runs a step; a product that is not loaded is loaded and the step run again. */
  const loaded = async <T extends { kind: string }>(
    productId: string,
    step: () => Promise<NotLoaded | T>,
  ): Promise<T> => {
    const round = async (): Promise<T | undefined> => {
      const outcome = await step();
      if (!isNotLoaded(outcome)) return outcome;
      await rebuild(productId);
      return undefined;
    };
    return inRounds(round, { refusal: cannotTell, most: ROUNDS });
  };

  /** Keeps the hint by which lists filter: written only by the step that made available zero, or more than zero. */
  const hint = async (productId: string, moved: Moved): Promise<void> => {
    if (moved.before > 0 === moved.after > 0) return;
    // The hint serves lists alone; the sweep writes it again where this write is lost.
    await ledger.hintSoldOut(productId, moved.after <= 0, moved.rev).catch(() => undefined);
  };

  const hinted = async (productId: string, given: Given): Promise<Given> => {
    if (given.kind === 'done') await hint(productId, given);
    return given;
  };

  const apply = async (productId: string): Promise<void> => {
    const picture = await store.look(productId);
    // A product that is not loaded gets its increases when it is loaded.
    if (picture.kind === 'notloaded') return;
    for (const { seq, units } of await ledger.increasesAfter(productId, picture.seq)) {
      const outcome = await store.increase(productId, seq, units);
      if (outcome === 'notloaded' || outcome === 'early') return;
      if (outcome !== 'done') await hint(productId, outcome);
    }
  };

  return {
    /** Holds exactly `units` for the cart and owner; a repeat changes nothing but when the hold lapses. */
    async take(input: TakeInput): Promise<TakeOutcome> {
      const lapseMs = input.owner === 'cart' ? deps.cartHoldMs : checkAfterMs(input.owner);
      const round = async (count: number): Promise<TakeOutcome | undefined> => {
        const mark = await markFor(input.productId, count > 1);
        const taken = await loaded(input.productId, () => store.take({ ...input, lapseMs, mark }));
        if (taken.kind === 'held') await hint(input.productId, taken);
        return taken.kind === 'stale' ? undefined : taken;
      };
      return inRounds(round, { refusal: cannotTell, most: ROUNDS });
    },

    /** Makes a cart's hold an order's. False where it is not there (any more); then nothing is changed. */
    claim: async (request: ClaimRequest): Promise<boolean> => (await store.claim(request)) === 'claimed',

    /**
     * Makes one cart's hold of a product part of another cart's, so that no third can come between: the other line gets
     * what it wants (`wantedNow`, in all), the rest goes back. A repeat finds nothing to move and changes nothing.
     */
    async merge(
      from: { productId: string; cartId: string },
      toCartId: string,
      wantedNow: () => Promise<number>,
    ): Promise<void> {
      const { productId, cartId } = from;
      let heldBefore: number | undefined;
      const round = async (): Promise<'merged' | undefined> => {
        const { hold } = await loaded<{ kind: 'ok' } & Glimpse>(productId, () =>
          store.peek(productId, cartId),
        );
        if (hold?.owner !== 'cart') return 'merged';
        const ref = { productId, cartId, gen: hold.gen };
        const wanted = await wantedNow();
        const moved = await loaded(productId, () => store.move({ ...ref, toCartId, wanted, heldBefore }));
        if (moved.kind === 'moved') await hint(productId, moved);
        if (moved.kind !== 'surplus') return 'merged';
        heldBefore = moved.held;
        return undefined;
      };
      await inRounds(round, { refusal: cannotTell, most: MERGE_ROUNDS });
    },

    /** Gives back that generation of the hold. `notloaded`: nothing was done, try again later. */
    release: async (ref: HoldRef, only?: { onlyDue?: boolean; onlyOwner?: Owner }): Promise<Given> =>
      hinted(ref.productId, await store.release(ref, only)),

    /** Deletes that generation of the hold without giving back. `notloaded`: nothing was done, try again later. */
    consume: (ref: HoldRef): Promise<Given> => store.consume(ref),

    /** The cart's hold of a product, if it has one, and what is available beside it. */
    holdOf: (productId: string, cartId: string): Promise<Glimpse> =>
      loaded<{ kind: 'ok' } & Glimpse>(productId, () => store.peek(productId, cartId)),

    /** Makes sure that Redis knows the product; nothing else changes. */
    async load(productId: string): Promise<void> {
      await loaded(productId, () => store.peek(productId, ''));
    },

    /** Available units of each product; products that do not exist are left out. */
    async available(productIds: readonly string[]): Promise<Map<string, number>> {
      const found = await Promise.all(
        productIds.map(async (id): Promise<[string, number] | undefined> => {
          try {
            return [id, (await loaded(id, () => store.peek(id, ''))).available];
          } catch (error) {
            if (error instanceof AppError && error.code === 'not_found') return undefined;
            throw error;
          }
        }),
      );
      return new Map(found.filter((entry) => entry !== undefined));
    },

    /** The product's equation: on hand = available + held, but for what a request or job is in the middle of. */
    async figures(productId: string): Promise<StockFigures> {
      const picture = await loaded<{ kind: 'ok' } & Picture>(productId, () => store.look(productId));
      const { onHand } = await ledger.read(productId);
      const units = (of: Hold[]): number => of.reduce((total, hold) => total + hold.units, 0);
      const of = (kind: string): number =>
        units(picture.holds.filter(({ owner }) => owner.split(':')[0] === kind));
      const [carts, orders, adjustments] = [of('cart'), of('order'), of('adjustment')];
      return { onHand, available: picture.available, held: units(picture.holds), carts, orders, adjustments };
    },

    /** Every hold of the product at one moment. Throws not_found for a product that does not exist. */
    async holds(productId: string): Promise<Picture['holds']> {
      await ledger.read(productId);
      return (await loaded<{ kind: 'ok' } & Picture>(productId, () => store.look(productId))).holds;
    },

    /** What has changed on hand, the newest first. Throws not_found for a product that does not exist. */
    async movements(query: MovementQuery, window: PageWindow): ReturnType<StockLedger['movements']> {
      await ledger.read(query.productId);
      return ledger.movements(query, window);
    },

    receive: ledger.receive,
    sell: ledger.sell,

    /** Applies in Redis, in order, what was received in MongoDB. To be called after the commit; a sweep repeats it. */
    apply,
  };
}

function cannotTell(): AppError {
  return unavailable('The stock of this product');
}

function isNotLoaded(outcome: { kind: string }): outcome is NotLoaded {
  return outcome.kind === 'notloaded';
}
