import { derivedId } from '../../platform/ids.js';
import type { Adjustment } from './adjustments.store.js';
import type { HoldWithAge } from './stock.types.js';

export type HolderKind = 'cart' | 'order' | 'adjustment';

/** What orders tell of one that holds units. `payBefore`: when it is given up unless it is paid. */
export type HoldingOrder = { id: string; number: string; status: string; payBefore: Date | undefined };

/** Units of a product, and who holds them. The order is missing while it is being placed. */
export type Holder<Order extends HoldingOrder> = { units: number; since: Date | undefined } & (
  | { kind: 'cart'; label: string; lapsesAt: Date }
  | { kind: 'order'; order: Order | undefined }
  | { kind: 'adjustment'; adjustment: Pick<Adjustment, 'id' | 'reason' | 'adminId'> | undefined }
);

export type HolderQuery = { productId: string; kind?: HolderKind | undefined; skip: number; limit: number };

/** Says who holds the units of a product, the longest held first. */
export type Holders<Order extends HoldingOrder> = ReturnType<typeof createHolders<Order>>;

export function createHolders<Order extends HoldingOrder>(deps: {
  stock: { holds(productId: string): Promise<HoldWithAge[]> };
  orders: (ids: readonly string[]) => Promise<Order[]>;
  adjustments: (ids: readonly string[]) => Promise<Adjustment[]>;
}) {
  const byId = <Row extends { id: string }>(rows: Row[]): Map<string, Row> =>
    new Map(rows.map((row) => [row.id, row]));

  return async (query: HolderQuery): Promise<{ rows: Holder<Order>[]; total: number }> => {
    const { productId, kind, skip, limit } = query;
    const all = (await deps.stock.holds(productId)).filter(
      ({ owner }) => kind === undefined || kindOf(owner) === kind,
    );
    const page = all.toSorted(longestHeldFirst).slice(skip, skip + limit);
    const idsOf = (wanted: HolderKind): string[] =>
      page.flatMap(({ owner }) => (kindOf(owner) === wanted ? [idOf(owner)] : []));
    const orders = byId(await deps.orders(idsOf('order')));
    const adjustments = byId(await deps.adjustments(idsOf('adjustment')));

    const toHolder = ({ cartId, owner, units, since: heldSince, lapsesAt }: HoldWithAge): Holder<Order> => {
      const since = heldSince === undefined ? undefined : new Date(heldSince);
      switch (kindOf(owner)) {
        case 'cart':
          return { units, since, kind: 'cart', label: labelOf(cartId), lapsesAt: new Date(lapsesAt) };
        case 'order':
          return { units, since, kind: 'order', order: orders.get(idOf(owner)) };
        case 'adjustment':
          return { units, since, kind: 'adjustment', adjustment: adjustments.get(idOf(owner)) };
      }
    };
    return { rows: page.map(toHolder), total: all.length };
  };
}

function kindOf(owner: HoldWithAge['owner']): HolderKind {
  if (owner === 'cart') return 'cart';
  return owner.startsWith('order:') ? 'order' : 'adjustment';
}

function idOf(owner: string): string {
  return owner.slice(owner.indexOf(':') + 1);
}

/** A cart's id opens it for a guest, so what is shown does not lead back to it. */
function labelOf(cartId: string): string {
  return derivedId('cart-label', cartId).slice(0, 12);
}

/** What is not known to have begun began before Redis was loaded, so before all that is. */
function longestHeldFirst(a: HoldWithAge, b: HoldWithAge): number {
  return (a.since ?? 0) - (b.since ?? 0) || (a.cartId < b.cartId ? -1 : 1);
}
