import { AppError } from '../../platform/errors.js';
import { transitions, type OrderStatus, type PublicStatus } from './orders.rules.js';

/** What an admin may set by hand, or a shipment brings about. */
export type Stage = 'processing' | 'shipped' | 'delivered';

/** What may be asked for. Every other move follows from money, stock or time. */
const BY_HAND: Readonly<Record<'customer' | 'admin', readonly PublicStatus[]>> = {
  customer: ['cancelled'],
  admin: ['processing', 'shipped', 'delivered', 'cancelled'],
};

/** The moves that somebody may ask for from this status. A customer gives up an order only while it waits for money. */
export function movesFor(status: OrderStatus, asker: 'customer' | 'admin'): PublicStatus[] {
  if (asker === 'customer' && status !== 'pending') return [];
  return BY_HAND[asker].filter((to) => transitions[status].includes(to));
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
