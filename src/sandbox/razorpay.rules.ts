import type { Fields } from './fields.js';
import type { Notes, Order, Payment, Refund } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import type { Happening, PaymentMethod } from './razorpay.entities.js';

/** What a transition made of the entities, and what there is to tell about it. Nothing is changed in place. */
export interface Change {
  order?: Order;
  payment?: Payment;
  refund?: Refund;
  happenings: Happening[];
}

const MIN_AMOUNT = 100;
const FEE_RATE = 0.02;
const TAX_RATE = 0.18;

/** A new order from the body of a request. `now` is in seconds. */
export function newOrder(body: Fields, id: string, now: number): Order {
  const amount = body.integer('amount');
  if (amount < MIN_AMOUNT) {
    throw new Refusal('Order amount less than minimum amount allowed', { field: 'amount' });
  }
  const currency = body.text('currency');
  if (!/^[A-Z]{3}$/.test(currency))
    throw new Refusal('The currency is not supported.', { field: 'currency' });
  const receipt = body.optionalText('receipt') ?? null;
  if (receipt !== null && receipt.length > 40) {
    throw new Refusal('The receipt may not be greater than 40 characters.', { field: 'receipt' });
  }
  return {
    ...{ id, entity: 'order', amount, amount_paid: 0, amount_due: amount, currency, receipt, offer_id: null },
    ...{ status: 'created', attempts: 0, notes: readNotes(body), created_at: now },
    ...readPartialPayment(body, amount),
  };
}

function readPartialPayment(
  body: Fields,
  amount: number,
): Pick<Order, 'partial_payment' | 'first_payment_min_amount'> {
  const partial = body.optionalBoolean('partial_payment');
  const first = body.optionalInteger('first_payment_min_amount');
  if (first === undefined) return partial === undefined ? {} : { partial_payment: partial };
  const field = 'first_payment_min_amount';
  if (partial !== true) {
    throw new Refusal('The first payment min amount is only allowed with partial payment.', { field });
  }
  if (first < MIN_AMOUNT || first >= amount) {
    throw new Refusal('The first payment min amount must be less than the order amount.', { field });
  }
  return { partial_payment: true, first_payment_min_amount: first };
}

/** The notes of a request; an empty list when there are none. */
export function readNotes(body: Fields): Notes {
  const value = body.raw('notes');
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('The notes must be an array.', { field: 'notes' });
  }
  const pairs = Object.entries(value).map(([key, note]) => [key, String(note)] as const);
  if (pairs.length > 15) throw new Refusal('The notes may not have more than 15 items.', { field: 'notes' });
  if (pairs.some(([key, note]) => key.length > 256 || note.length > 256)) {
    throw new Refusal('The notes may not be greater than 256 characters.', { field: 'notes' });
  }
  return pairs.length === 0 ? [] : Object.fromEntries(pairs);
}

/** What a customer tries to do in Checkout. */
export interface Attempt {
  /** The id of the payment: a new one, or that of a failed payment tried again, as UPI apps do. */
  paymentId: string;
  amount: number | undefined;
  method: PaymentMethod;
  /** Past everything that Checkout would refuse: paid orders, other amounts, a second payment under way. */
  force: boolean;
  now: number;
}

/** A payment is authorised: the customer's bank has promised the money, nobody has taken it yet. */
export function authorized(order: Order, others: Payment[], attempt: Attempt): Change {
  const earlier = others.find((payment) => payment.id === attempt.paymentId);
  if (earlier !== undefined && earlier.status !== 'failed') {
    throw new Refusal('Only a failed payment can be tried again.');
  }
  const amount =
    attempt.amount ?? earlier?.amount ?? (order.amount_due > 0 ? order.amount_due : order.amount);
  if (!attempt.force) refuseAtCheckout(order, others, amount);
  const payment: Payment = {
    ...newPayment(order, { ...attempt, amount }),
    ...(earlier === undefined ? {} : { created_at: earlier.created_at }),
    status: 'authorized',
  };
  return {
    order: earlier === undefined ? attempted(order) : order,
    payment,
    happenings: [{ event: 'payment.authorized', payment }],
  };
}

function refuseAtCheckout(order: Order, others: Payment[], amount: number): void {
  if (order.status === 'paid') throw new Refusal('Payment already done for this order.');
  if (others.some((payment) => payment.status === 'authorized')) {
    throw new Refusal('Payment processing is already in progress for this order.');
  }
  if (amount === order.amount_due) return;
  if (order.partial_payment !== true || amount > order.amount_due) {
    throw new Refusal('Your payment amount is different from your order amount.', { field: 'amount' });
  }
  if (amount < Math.max(MIN_AMOUNT, order.amount_paid === 0 ? (order.first_payment_min_amount ?? 0) : 0)) {
    throw new Refusal('Your payment amount is less than the minimum for this order.', { field: 'amount' });
  }
}

function attempted(order: Order): Order {
  return { ...order, attempts: order.attempts + 1, status: order.status === 'paid' ? 'paid' : 'attempted' };
}

/** A payment fails: a new one, or one that was only authorised. The order stays open to further tries. */
export function failed(order: Order, others: Payment[], attempt: Attempt): Change {
  const earlier = others.find((payment) => payment.id === attempt.paymentId);
  if (earlier !== undefined && earlier.status !== 'authorized') {
    throw new Refusal('Only a payment that is not captured yet can fail.');
  }
  const amount =
    attempt.amount ?? earlier?.amount ?? (order.amount_due > 0 ? order.amount_due : order.amount);
  const payment: Payment = {
    ...(earlier ?? newPayment(order, { ...attempt, amount })),
    status: 'failed',
    error_code: 'BAD_REQUEST_ERROR',
    error_description: 'Payment was unsuccessful as it was declined by the bank.',
    error_source: 'bank',
    error_step: 'payment_authorization',
    error_reason: 'payment_failed',
  };
  return {
    order: earlier === undefined ? attempted(order) : order,
    payment,
    happenings: [{ event: 'payment.failed', payment }],
  };
}

/** The authorised money is taken. Only the whole amount can be. */
export function captured(
  order: Order,
  payment: Payment,
  asked: { amount: number; currency: string },
): Change {
  if (payment.captured) throw new Refusal('This payment has already been captured');
  if (payment.status !== 'authorized') {
    throw new Refusal('Only payments which have been authorized and not yet captured can be captured');
  }
  if (asked.amount !== payment.amount) {
    throw new Refusal('Capture amount must be equal to the amount authorized', { field: 'amount' });
  }
  if (asked.currency !== payment.currency) {
    throw new Refusal('The currency must be that of the payment.', { field: 'currency' });
  }
  const fee = Math.round(payment.amount * FEE_RATE * (1 + TAX_RATE));
  const tax = Math.round(payment.amount * FEE_RATE * TAX_RATE);
  const taken: Payment = { ...payment, status: 'captured', captured: true, fee, tax };
  const paid = order.amount_paid + payment.amount;
  const after: Order = {
    ...order,
    amount_paid: paid,
    amount_due: Math.max(0, order.amount - paid),
    status: paid >= order.amount ? 'paid' : 'attempted',
  };
  const happenings: Happening[] = [{ event: 'payment.captured', payment: taken }];
  if (after.status === 'paid' && order.status !== 'paid') {
    happenings.push({ event: 'order.paid', payment: taken, order: after });
  }
  return { order: after, payment: taken, happenings };
}

function newPayment(order: Order, attempt: Attempt & { amount: number }): Payment {
  return {
    id: attempt.paymentId,
    entity: 'payment',
    amount: attempt.amount,
    currency: order.currency,
    status: 'created',
    order_id: order.id,
    invoice_id: null,
    international: false,
    method: attempt.method,
    amount_refunded: 0,
    refund_status: null,
    captured: false,
    description: null,
    card_id: null,
    bank: null,
    wallet: null,
    vpa: null,
    email: 'customer@example.com',
    contact: '+919000090000',
    notes: order.notes,
    fee: null,
    tax: null,
    error_code: null,
    error_description: null,
    error_source: null,
    error_step: null,
    error_reason: null,
    created_at: attempt.now,
    ...METHOD_FIELDS[attempt.method](attempt.paymentId.replace('pay_', '')),
  };
}

type MethodFields = Pick<Payment, 'acquirer_data'> & Partial<Payment>;

const METHOD_FIELDS: Record<PaymentMethod, (id: string) => MethodFields> = {
  upi: (id) => ({
    vpa: 'success@razorpay',
    upi: { vpa: 'success@razorpay', flow: 'collect', payer_account_type: 'bank_account' },
    acquirer_data: { rrn: id, upi_transaction_id: id },
  }),
  card: (id) => ({
    card_id: `card_${id}`,
    card: {
      ...{ id: `card_${id}`, entity: 'card', name: '', last4: '1111', network: 'Visa', type: 'debit' },
      ...{ issuer: null, international: false, emi: false, sub_type: 'consumer' },
    },
    acquirer_data: { auth_code: id.slice(0, 6) },
  }),
  netbanking: (id) => ({ bank: 'HDFC', acquirer_data: { bank_transaction_id: id } }),
  wallet: () => ({ wallet: 'payzapp', acquirer_data: { transaction_id: null } }),
};
