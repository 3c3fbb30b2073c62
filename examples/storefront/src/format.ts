import type { Money, OrderStatus, PaymentStatus, ShipmentStatus } from '../../../generated/openapi.js';

const moneyFormat = (currency: string) => new Intl.NumberFormat('en-IN', { style: 'currency', currency });
const timeFormat = new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium', timeStyle: 'short' });

/** How many minor units make one, as a power of ten: 2 for rupees. */
export function decimalsOf(currency: string): number {
  return moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

export function money({ amount, currency }: Money): string {
  return moneyFormat(currency).format(amount / 10 ** decimalsOf(currency));
}

export function time(at: string): string {
  return timeFormat.format(new Date(at));
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const ORDER_WORDS: Readonly<Record<OrderStatus, string>> = {
  pending: 'Waits for payment',
  paid: 'Paid',
  processing: 'Being packed',
  shipped: 'On its way',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
  failed: 'Failed',
  pending_stock_rolledback: 'Not paid in time',
  failed_stock_rolledback: 'Failed',
};

export const PAYMENT_WORDS: Readonly<Record<PaymentStatus, string>> = {
  pending: 'Not paid',
  partially_paid: 'Paid in part',
  completed: 'Paid in full',
  partially_refunded: 'Refunded in part',
  refunded: 'Refunded',
};

export const SHIPMENT_WORDS: Readonly<Record<ShipmentStatus, string>> = {
  created: 'Handed to the carrier',
  in_transit: 'In transit',
  out_for_delivery: 'Out for delivery',
  exception: 'Something is in the way',
  delivered: 'Delivered',
  returned: 'Returned to the shop',
};
