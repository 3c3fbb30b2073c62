import type { Session } from '../../platform/db.js';
import type { Owner } from '../stock/stock.types.js';
import type { OwnerVerdict } from '../stock/stock.sweep.js';
import type { Placing } from './orders.placing.js';
import { waitsUntil, type Patience } from './orders.rules.js';
import { isPlaced } from './orders.service.js';
import type { Settlement } from './orders.settlement.js';
import type { OrderStore } from './orders.store.js';

/** What stock asks of orders: whose a hold is, and which holds a product should have. */
export type OrderBooks = ReturnType<typeof createOrderBooks>;

export function createOrderBooks(deps: {
  orders: OrderStore;
  placing: Pick<Placing, 'abort'>;
  settlement: Pick<Settlement, 'endAttempt'>;
  patience: Patience;
}) {
  const { orders } = deps;
  return {
    /** Those of these orders that have been placed, with the moment at which they are given up unless they are paid. */
    async holding(ids: readonly string[]) {
      return (await orders.findAll(ids)).filter(isPlaced).map((order) => {
        const { id, number, status } = order;
        const until = waitsUntil({ ...order, placedAt: order.placedAt ?? order.createdAt }, deps.patience);
        return { id, number, status, payBefore: until === null ? undefined : new Date(until) };
      });
    },

    /** What the order's row says of that generation of its holds. An order that is not there holds nothing. */
    async judge(owner: Exclude<Owner, 'cart'>, gen: string): Promise<OwnerVerdict> {
      const [kind, id] = owner.split(':');
      const order = kind === 'order' && id !== undefined ? await orders.find(id) : undefined;
      return order?.gen === gen ? order.holds : 'released';
    },

    /** Ends placements and late attempts that hold the product, so that none of their later steps counts. */
    async endUnfinished(productId: string): Promise<void> {
      for (;;) {
        const unfinished = (await orders.withOpenHolds(productId)).filter(
          (order) => order.status !== 'pending',
        );
        if (unfinished.length === 0) return;
        for (const order of unfinished) {
          if (order.status === 'placing') await deps.placing.abort(order);
          else await deps.settlement.endAttempt(order);
        }
      }
    },

    /** The holds of a product that pending orders own. */
    async wantedHolds(productId: string, session: Session) {
      const pending = (await orders.withOpenHolds(productId, session)).filter(
        ({ status }) => status === 'pending',
      );
      return pending.flatMap(({ id, cartId, gen, lines }) =>
        lines
          .filter((line) => line.productId === productId)
          .map(({ quantity }) => ({ cartId, units: quantity, gen, owner: `order:${id}` as const })),
      );
    },
  };
}
