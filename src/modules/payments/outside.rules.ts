import { formatMoney } from '../../platform/money.js';
import { LEAST_PAYMENT } from './payments.rules.js';
import type { Order } from '../orders/orders.types.js';

type Refusal = { code: 'order_not_payable' | 'amount_not_payable'; message: string };

/**
 * Why money from outside cannot be counted for this order; undefined where it can. `due`: what is still to be paid. An
 * order whose stock went back takes all of it or nothing: a part would only go back at once.
 */
export function refuseOutside(
  order: Pick<Order, 'status' | 'decision' | 'currency'>,
  amount: number,
  due: number,
): Refusal | undefined {
  const late = order.status === 'pending_stock_rolledback' || order.status === 'failed_stock_rolledback';
  if (due <= 0 || (order.status !== 'pending' && (!late || order.decision === 'refund')))
    return { code: 'order_not_payable', message: `This order is ${order.status} and takes no payment.` };
  if (amount > due)
    return {
      code: 'amount_not_payable',
      message: `Only ${formatMoney({ amount: due, currency: order.currency })} is due.`,
    };
  if (due - amount > 0 && due - amount < LEAST_PAYMENT)
    return {
      code: 'amount_not_payable',
      message: `The rest would be less than ${formatMoney({ amount: LEAST_PAYMENT, currency: order.currency })}, which nobody can pay online.`,
    };
  if (late && amount < due)
    return {
      code: 'amount_not_payable',
      message: `The stock of this order went back; only all of ${formatMoney({ amount: due, currency: order.currency })} counts.`,
    };
  return undefined;
}
