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
