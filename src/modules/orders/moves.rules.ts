import { AppError } from '../../platform/errors.js';
import {
  isAllReturned,
  net,
  transitions,
  type MoneyState,
  type OrderStatus,
  type PublicStatus,
} from './orders.rules.js';

/** What an admin may set by hand, or a shipment brings about. */
export type Stage = 'processing' | 'shipped' | 'delivered';

/** What may be asked for. Every other move follows from money, stock or time. */
const BY_HAND: Readonly<Record<'customer' | 'admin', readonly PublicStatus[]>> = {
  customer: ['cancelled'],
  admin: ['processing', 'shipped', 'delivered', 'cancelled'],
};

/** What of an order decides who may move it where. */
type Movable = { status: OrderStatus; shipping: boolean; money: MoneyState; total: number };

/**
 * The moves that somebody may ask for. A customer gives an order up while it waits for its first money; nobody does once it
 * has a shipment, and nobody sends what the customer has all the money back for.
 */
export function movesFor(order: Movable, asker: 'customer' | 'admin'): PublicStatus[] {
  if (asker === 'customer' && (order.status !== 'pending' || net(order.money) > 0)) return [];
  return BY_HAND[asker].filter(
    (to) =>
      transitions[order.status].includes(to) &&
      !(to === 'cancelled' && order.shipping) &&
      !(isAllReturned(order) && (to === 'processing' || to === 'shipped')),
  );
}

/** The refusal of a move, with what could be asked for instead, and why where the status alone does not say it. */
export function illegalMove(
  from: PublicStatus,
  to: PublicStatus,
  legal: PublicStatus[],
  why?: string,
): AppError {
  const what = `This order is ${from} and cannot become ${to}.`;
  const choices = legal.length === 0 ? 'There is no move for you from there.' : `Legal: ${legal.join(', ')}.`;
  const message = [what, why, choices].filter((part) => part !== undefined).join(' ');
  return new AppError('illegal_transition', message, { details: { status: from, legal } });
}
