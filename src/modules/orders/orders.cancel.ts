import type { Database, Session } from '../../platform/db.js';
import { unavailable } from '../../platform/errors.js';
import { inRounds } from '../../platform/rounds.js';
import type { Stock } from '../stock/stock.service.js';
import { illegalMove, movesFor } from './moves.rules.js';
import { net } from './orders.rules.js';
import type { OrderReads, PlacedOrder, Reader } from './orders.service.js';
import type { DecidedRefund, RefundRequests } from './orders.settlement.js';
import type { OrderStore } from './orders.store.js';
import type { Actor, Order } from './orders.types.js';

/** The mail of a cancellation; `refund` is what goes back, 0 where nothing was paid. */
export type CancellationMails = {
  cancelled(
    order: Order,
    cancellation: { reason: string; refund: number; refunds: readonly DecidedRefund[] },
    session: Session,
  ): Promise<void>;
};

/** Ends orders before they are shipped: units and money go back. */
export type Cancelling = ReturnType<typeof createCancelling>;

export function createCancelling(deps: {
  orders: Pick<OrderStore, 'change'>;
  reads: Pick<OrderReads, 'get'>;
  stock: Pick<Stock, 'receive'>;
  refunds: RefundRequests;
  mails: CancellationMails;
  /** Finishes what a committed change has begun, or leaves it to the rollback job. */
  settle: (orderId: string) => Promise<unknown>;
  /** Called when mails or refunds were committed. */
  wake: () => void;
  db: Pick<Database, 'transaction'>;
}) {
  const { orders, reads } = deps;

  /**
   * One transaction: cancelled, units sold are on hand again, refunds, mail. The holds of an order that is not paid are
   * released afterwards; those of a paid one stay consumed, since their units come back by the movements. False, and
   * nothing is changed, where somebody changed the order since it was read.
   */
  const cancelOnce = async (order: Order, actor: Actor, reason: string): Promise<boolean> => {
    const cancelled = await deps.db.transaction(async (session) => {
      const sold = order.holds === 'consumed';
      const patch = { status: 'cancelled', settled: false, attention: true } as const;
      const holds = sold ? {} : ({ holds: 'released' } as const);
      const changed = await orders.change(order, { ...patch, ...holds }, { actor, reason }, session);
      if (changed === undefined) return false;
      for (const { productId, quantity } of sold ? order.lines : []) {
        const what = { productId, units: quantity, kind: 'return', ref: order.id } as const;
        await deps.stock.receive({ ...what, reason: 'order cancelled' }, session);
      }
      const refund = Math.max(0, net(changed.money));
      const wanted = { orderId: order.id, amount: refund, reason };
      const refunds = refund > 0 ? await deps.refunds.request(wanted, session) : [];
      await deps.mails.cancelled(changed, { reason, refund, refunds }, session);
      return true;
    });
    if (!cancelled) return false;
    deps.wake();
    await deps.settle(order.id);
    return true;
  };

  /** Throws illegal_transition where this caller cannot cancel the order as it is. */
  const refuse = (order: PlacedOrder, asker: 'customer' | 'admin'): void => {
    const legal = movesFor(order, asker);
    if (legal.includes('cancelled')) return;
    throw illegalMove(order.status, 'cancelled', legal, whyNot(order, asker));
  };

  return {
    /**
     * Cancels the order of a customer that waits for its first money, or any order that an admin may still cancel. An order
     * that is cancelled already is answered as it is. Throws not_found, illegal_transition, service_unavailable.
     */
    async cancel(orderId: string, caller: Reader, reason: string | undefined): Promise<PlacedOrder> {
      const asker = caller.role === 'admin' ? 'admin' : 'customer';
      const why = reason ?? (asker === 'admin' ? 'cancelled by the shop' : 'cancelled by the customer');
      const round = async (): Promise<PlacedOrder | undefined> => {
        const order = await reads.get(orderId, caller);
        if (order.status === 'cancelled') return order;
        refuse(order, asker);
        const isDone = await cancelOnce(order, { kind: asker, id: caller.userId }, why);
        return isDone ? reads.get(orderId, caller) : undefined;
      };
      return inRounds(round, { refusal: () => unavailable('The order') });
    },

    /** Ends an order whose rest was not paid in time. False where it is paid after all, or was changed since it was read. */
    async endPartPaid(order: Order): Promise<boolean> {
      // All of it has come, and only has to be settled.
      if (net(order.money) >= order.total) return false;
      const reason = 'the rest was not paid in time';
      return cancelOnce(order, { kind: 'system', id: null }, reason);
    },
  };
}

/** Why an order cannot be cancelled, as far as its status does not say it, and who can help a customer. */
function whyNot({ status, shipping }: PlacedOrder, asker: 'customer' | 'admin'): string | undefined {
  const shipped = shipping ? 'It has a shipment.' : undefined;
  if (asker === 'admin') return shipped;
  const reason = shipped ?? (status === 'pending' ? 'A part of it is paid.' : undefined);
  const isPaid = status === 'pending' || status === 'paid' || status === 'processing';
  const help = isPaid && !shipping ? 'Please write to the shop, which can still cancel it.' : undefined;
  const contact =
    isPaid || status === 'shipped' || status === 'delivered' ? 'Please write to the shop.' : undefined;
  return [reason, help ?? contact].filter((part) => part !== undefined).join(' ') || undefined;
}
