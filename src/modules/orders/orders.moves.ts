import type { Session } from '../../platform/db.js';
import { unavailable } from '../../platform/errors.js';
import { inRounds } from '../../platform/rounds.js';
import { illegalMove, movesFor, type Stage } from './moves.rules.js';
import { isLegalMove } from './orders.rules.js';
import { placedOrder, type PlacedOrder } from './orders.service.js';
import type { OrderStore } from './orders.store.js';

/** Who moves an order on: an admin by hand, or what happens to its shipments. */
export type Mover = { kind: 'admin'; id: string } | { kind: 'system' };

/** Moving paid orders on to their customers. */
export type OrderMoves = ReturnType<typeof createOrderMoves>;

export function createOrderMoves(deps: { orders: Pick<OrderStore, 'find' | 'change'> }) {
  const { orders } = deps;

  return {
    /**
     * Moves an order along the table of legal moves: a compare-and-set and a row in its timeline, in the caller's
     * transaction where there is one. An order that is there already is answered as it is. Throws not_found,
     * illegal_transition, service_unavailable.
     */
    async advance(
      orderId: string,
      to: Stage,
      by: Mover,
      reason: string,
      session?: Session,
    ): Promise<PlacedOrder> {
      const actor = { kind: by.kind, id: by.kind === 'admin' ? by.id : null };
      const round = async (): Promise<PlacedOrder | undefined> => {
        const order = placedOrder(await orders.find(orderId, session));
        if (order.status === to) return order;
        const byHand = movesFor(order, 'admin');
        const isLegal = by.kind === 'admin' ? byHand.includes(to) : isLegalMove(order.status, to);
        if (!isLegal) throw illegalMove(order.status, to, byHand);
        const moved = await orders.change(order, { status: to }, { actor, reason }, session);
        return moved && { ...moved, status: to };
      };
      return inRounds(round, { refusal: () => unavailable('The order') });
    },
  };
}
