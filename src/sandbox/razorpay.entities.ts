/** Up to fifteen pairs; Razorpay answers an empty list where there are none. */
export type Notes = Record<string, string> | [];

/** Amounts are integers in minor units, times whole seconds since 1970, both as on the wire. */
export interface Order {
  id: string;
  entity: 'order';
  amount: number;
  /** All that was captured; more than `amount` after an over-payment. Refunds do not lower it. */
  amount_paid: number;
  amount_due: number;
  currency: string;
  receipt: string | null;
  offer_id: string | null;
  status: 'created' | 'attempted' | 'paid';
  attempts: number;
  notes: Notes;
  created_at: number;
  /** Only there when it was asked for. */
  partial_payment?: boolean;
  first_payment_min_amount?: number;
}

export type PaymentMethod = 'upi' | 'card' | 'netbanking' | 'wallet';

export const PAYMENT_METHODS: readonly PaymentMethod[] = ['upi', 'card', 'netbanking', 'wallet'];

export interface Payment {
  id: string;
  entity: 'payment';
  amount: number;
  currency: string;
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed';
  order_id: string;
  invoice_id: null;
  international: boolean;
  method: PaymentMethod;
  amount_refunded: number;
  refund_status: null | 'partial' | 'full';
  captured: boolean;
  description: string | null;
  card_id: string | null;
  card?: Record<string, unknown>;
  bank: string | null;
  wallet: string | null;
  vpa: string | null;
  email: string;
  contact: string;
  notes: Notes;
  fee: number | null;
  tax: number | null;
  error_code: string | null;
  error_description: string | null;
  error_source: string | null;
  error_step: string | null;
  error_reason: string | null;
  acquirer_data: Record<string, string | null>;
  upi?: Record<string, string>;
  created_at: number;
}

export interface Refund {
  id: string;
  entity: 'refund';
  amount: number;
  currency: string;
  payment_id: string;
  notes: Notes;
  receipt: string | null;
  acquirer_data: { arn: string | null };
  created_at: number;
  batch_id: null;
  status: 'pending' | 'processed' | 'failed';
  speed_processed: 'normal' | 'instant';
  speed_requested: 'normal' | 'optimum';
}

export type EventName =
  | 'payment.authorized'
  | 'payment.captured'
  | 'payment.failed'
  | 'order.paid'
  | 'refund.created'
  | 'refund.processed'
  | 'refund.failed';

/** What an event tells: the entities as they were when it happened, in the order that `contains` lists. */
export interface Happening {
  event: EventName;
  payment?: Payment;
  order?: Order;
  refund?: Refund;
}

/** What Razorpay's Checkout hands to the page after an authorised payment. */
export interface CheckoutAnswer {
  razorpay_payment_id: string;
  razorpay_order_id: string;
  razorpay_signature: string;
}
