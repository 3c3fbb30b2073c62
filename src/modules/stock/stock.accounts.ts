import type { Database } from '../../platform/db.js';
import type { StockLedger } from './stock.ledger.js';
import { explain } from './stock.rules.js';
import type { StockStore } from './stock.store.js';
import type { JudgeOwner } from './stock.sweep.js';
import type { Hold, Picture } from './stock.types.js';

/**
 * All numbers of a product, taken so that they belong to one moment. `expected` is what should be available, and `drift`
 * what is available beyond it; `ledger` is what the movements add up to.
 */
export type StockAccount = {
  productId: string;
  onHand: number;
  ledger: number;
  stockVersion: number;
  /** Whether Redis knows the product. Where it does not, nothing is available or held yet, and nothing can drift. */
  isLoaded: boolean;
  /** Whether it changed each time while it was looked at: then nothing below says anything. */
  isMoving: boolean;
  rev: number;
  available: number;
  heldByCarts: number;
  heldByOrders: number;
  heldByAdjustments: number;
  /** Units of those holds whose orders have not sold them yet. */
  heldForSale: number;
  /** Units that pending orders should hold. */
  openOrderUnits: number;
  expected: number;
  drift: number;
  inFlight: { notApplied: number; consumed: number };
};

/** How many units of these products pending orders should hold. */
export type OpenUnits = (productIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

const ROUNDS = 3;

/** Takes accounts of products; it only looks. */
export type StockAccounts = ReturnType<typeof createStockAccounts>;

export function createStockAccounts(deps: {
  store: StockStore;
  ledger: StockLedger;
  judge: JudgeOwner;
  openUnits: OpenUnits;
  db: Pick<Database, 'snapshot'>;
}) {
  const { store, ledger, judge } = deps;

  /** The counter and its movements, at one moment. */
  const booksOf = (productId: string) =>
    deps.db.snapshot(async (session) => {
      const counter = await ledger.read(productId, session);
      const sums = await ledger.sums([productId], session);
      return { ...counter, ledger: sums.get(productId) ?? 0 };
    });

  const consumedOf = async (picture: Picture): Promise<Set<string>> => {
    const consumed = new Set<string>();
    for (const { owner, gen } of picture.holds) {
      if (owner !== 'cart' && (await judge(owner, gen)) === 'consumed') consumed.add(gen);
    }
    return consumed;
  };

  /**
   * The picture of Redis is taken first, and the version of on hand is read again at the end: a product that moved
   * meanwhile is never judged by two moments.
   */
  const attempt = async (productId: string): Promise<StockAccount> => {
    const seen = await store.look(productId);
    const isLoaded = seen.kind === 'ok';
    const picture: Picture = isLoaded ? seen : { available: 0, rev: 0, seq: 0, holds: [] };
    const books = await booksOf(productId);
    const notApplied = isLoaded ? await ledger.increasesAfter(productId, picture.seq) : [];
    const consumed = await consumedOf(picture);
    const openOrderUnits = (await deps.openUnits([productId])).get(productId) ?? 0;
    const after = await ledger.read(productId);
    const verdict = explain(picture, {
      onHand: books.onHand,
      notApplied,
      isConsumed: ({ gen }) => consumed.has(gen),
    });
    const held = (of: (hold: Hold) => boolean): number =>
      picture.holds.filter(of).reduce((total, hold) => total + hold.units, 0);
    const isOrders = ({ owner }: Hold): boolean => owner.startsWith('order:');
    const heldForSale = held((hold) => isOrders(hold) && !consumed.has(hold.gen));
    // An order may have been placed between the picture and the reading of the orders.
    const hasOutdatedPicture =
      isLoaded && heldForSale < openOrderUnits && revOf(await store.look(productId)) !== seen.rev;
    return {
      productId,
      onHand: books.onHand,
      ledger: books.ledger,
      stockVersion: books.stockVersion,
      isLoaded,
      isMoving: after.stockVersion !== books.stockVersion || hasOutdatedPicture,
      rev: picture.rev,
      available: picture.available,
      heldByCarts: held(({ owner }) => owner === 'cart'),
      heldByOrders: held(isOrders),
      heldByAdjustments: held(({ owner }) => owner.startsWith('adjustment:')),
      heldForSale,
      openOrderUnits,
      expected: isLoaded ? verdict.expected : 0,
      drift: isLoaded ? verdict.drift : 0,
      inFlight: verdict.inFlight,
    };
  };

  return {
    /** Throws not_found for a product that does not exist, and what keeps it from being looked at. */
    async account(productId: string): Promise<StockAccount> {
      for (let round = 1; ; round += 1) {
        const account = await attempt(productId);
        if (!account.isMoving || round === ROUNDS) return account;
      }
    },

    /**
     * Whether the numbers of these products add up at a glance, with nothing on its way. Those that do need no account;
     * the others are answered.
     */
    async suspects(page: readonly { productId: string; onHand: number; seq: number }[]): Promise<Glance> {
      const ids = page.map(({ productId }) => productId);
      const [sums, open, pictures] = await Promise.all([
        ledger.sums(ids),
        deps.openUnits(ids),
        Promise.all(ids.map(store.look)),
      ]);
      const glance: Glance = { suspects: [], heldByCarts: 0, heldByOrders: 0 };
      for (const [index, { productId, onHand, seq }] of page.entries()) {
        const picture = pictures[index];
        if (picture?.kind !== 'ok') {
          // What its orders hold as soon as somebody asks for it.
          glance.heldByOrders += open.get(productId) ?? 0;
          if ((sums.get(productId) ?? 0) !== onHand) glance.suspects.push(productId);
          continue;
        }
        const carts = unitsOf(picture.holds.filter(({ owner }) => owner === 'cart'));
        const orders = unitsOf(picture.holds.filter(({ owner }) => owner.startsWith('order:')));
        glance.heldByCarts += carts;
        glance.heldByOrders += orders;
        const addsUp =
          picture.seq === seq &&
          picture.available + unitsOf(picture.holds) === onHand &&
          (sums.get(productId) ?? 0) === onHand &&
          orders >= (open.get(productId) ?? 0);
        if (!addsUp) glance.suspects.push(productId);
      }
      return glance;
    },
  };
}

/** What a quick look at a page of products gives. */
export type Glance = { suspects: string[]; heldByCarts: number; heldByOrders: number };

function unitsOf(holds: readonly Hold[]): number {
  return holds.reduce((total, { units }) => total + units, 0);
}

function revOf(look: { kind: 'notloaded' } | ({ kind: 'ok' } & Picture)): number {
  return look.kind === 'ok' ? look.rev : 0;
}
