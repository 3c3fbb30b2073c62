import { createHmac } from 'node:crypto';

import type { Fields } from './fields.js';
import type { CheckoutAnswer, Order, Payment, Refund } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import type { PaymentMethod } from './razorpay.entities.js';
import type { Ledger } from './razorpay.ledger.js';
import { refundAccepted, refundSettled, returnedUncaptured } from './razorpay.refund.rules.js';
import type { RefundOutcome, RefundRequest } from './razorpay.refund.rules.js';
import {
  authorized,
  captured,
  failed,
  newOrder,
  readNotes,
  type Attempt,
  type Change,
} from './razorpay.rules.js';
import type { SendMode, Webhooks } from './razorpay.webhooks.js';

/** Overrides, for the events of this one action, what the webhook's mode says. */
interface Told {
  webhooks?: SendMode | undefined;
}

export interface PayInput extends Told {
  razorpayOrderId: string;
  /** Minor units. Default: what is due. */
  amount?: number | undefined;
  /** Default: upi. */
  method?: PaymentMethod | undefined;
  /** A failed payment of this order to try again under the same id. Default: a new payment. */
  paymentId?: string | undefined;
  /** Past what Checkout would refuse: a paid order, another amount, a second payment under way. */
  force?: boolean | undefined;
}

/** Everything that changes orders, payments and refunds, whoever asks for it. Each throws a `Refusal` when it may not. */
export interface RazorpayActions {
  createOrder(body: Fields): Order;
  editOrder(orderId: string, body: Fields): Order;
  authorize(input: PayInput): CheckoutAnswer;
  pay(input: PayInput): CheckoutAnswer;
  fail(input: PayInput): Payment;
  capture(
    input: Told & { paymentId: string; amount?: number | undefined; currency?: string | undefined },
  ): Payment;
  refund(paymentId: string, request: RefundRequest, told?: Told): Refund;
  returnUncaptured(input: Told & { paymentId: string }): Refund;
  settleRefund(input: Told & { refundId: string; outcome: 'processed' | 'failed' }): Refund;
  setRefundOutcome(outcome: RefundOutcome): void;
}

export function makeActions(options: {
  ledger: Ledger;
  webhooks: Webhooks;
  keySecret: string;
  newId: () => string;
  now: () => number;
}): RazorpayActions {
  const { ledger, webhooks, keySecret, newId } = options;
  const seconds = (): number => Math.floor(options.now() / 1_000);
  let refundOutcome: RefundOutcome = 'processed';

  function commit(change: Change, { webhooks: mode }: Told): void {
    ledger.commit(change);
    webhooks.emit(change.happenings, mode);
  }

  function attemptOf(input: PayInput): [Order, Payment[], Attempt] {
    const { razorpayOrderId, amount, method = 'upi', paymentId, force = false } = input;
    const order = ledger.order(razorpayOrderId);
    if (paymentId !== undefined && ledger.payment(paymentId).order_id !== order.id) {
      throw new Refusal('The payment belongs to another order.');
    }
    if (amount !== undefined && amount < 1)
      throw new Refusal('The amount must be positive.', { field: 'amount' });
    const id = paymentId ?? `pay_${newId()}`;
    return [order, ledger.payments(order.id), { paymentId: id, amount, method, force, now: seconds() }];
  }

  function checkoutAnswer(orderId: string, paymentId: string): CheckoutAnswer {
    const signature = createHmac('sha256', keySecret).update(`${orderId}|${paymentId}`).digest('hex');
    return { razorpay_payment_id: paymentId, razorpay_order_id: orderId, razorpay_signature: signature };
  }

  function authorize(input: PayInput): CheckoutAnswer {
    const [order, others, attempt] = attemptOf(input);
    commit(authorized(order, others, attempt), input);
    return checkoutAnswer(order.id, attempt.paymentId);
  }

  const capture: RazorpayActions['capture'] = (input) => {
    const payment = ledger.payment(input.paymentId);
    const { amount = payment.amount, currency = payment.currency } = input;
    commit(captured(ledger.order(payment.order_id), payment, { amount, currency }), input);
    return ledger.payment(payment.id);
  };

  const settleRefund: RazorpayActions['settleRefund'] = (input) => {
    const refund = ledger.refund(input.refundId);
    commit(refundSettled(ledger.payment(refund.payment_id), refund, input.outcome), input);
    return ledger.refund(refund.id);
  };

  /** A refund that fails is answered as pending first: Razorpay learns of it from the bank, after its answer. */
  function begun(change: Change, refundId: string, told: Told): Refund {
    commit(change, told);
    const accepted = ledger.refund(refundId);
    if (refundOutcome === 'pending') return accepted;
    const settled = settleRefund({ refundId, outcome: refundOutcome, ...told });
    return refundOutcome === 'failed' ? accepted : settled;
  }

  return {
    createOrder: (body) => {
      const order = newOrder(body, `order_${newId()}`, seconds());
      if (body.optionalBoolean('unique_receipt') === true) {
        const twin = ledger.orders().find((other) => other.receipt === order.receipt);
        if (twin !== undefined) return twin;
      }
      ledger.commit({ order });
      return order;
    },
    editOrder: (orderId, body) => {
      const order: Order = { ...ledger.order(orderId), notes: readNotes(body) };
      ledger.commit({ order });
      return order;
    },
    authorize,
    pay: (input) => {
      const answer = authorize(input);
      capture({ paymentId: answer.razorpay_payment_id, webhooks: input.webhooks });
      return answer;
    },
    fail: (input) => {
      const [order, others, attempt] = attemptOf(input);
      commit(failed(order, others, attempt), input);
      return ledger.payment(attempt.paymentId);
    },
    capture,
    refund: (paymentId, request, told = {}) => {
      const id = `rfnd_${newId()}`;
      return begun(refundAccepted(ledger.payment(paymentId), request, id, seconds()), id, told);
    },
    returnUncaptured: (input) => {
      const id = `rfnd_${newId()}`;
      return begun(returnedUncaptured(ledger.payment(input.paymentId), id, seconds()), id, input);
    },
    settleRefund,
    setRefundOutcome: (outcome) => {
      refundOutcome = outcome;
    },
  };
}
