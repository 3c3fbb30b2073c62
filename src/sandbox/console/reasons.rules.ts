import type { PublicStatus } from '../../modules/orders/orders.rules.js';
import { refuseAmount } from '../../modules/payments/payments.rules.js';
import type { Cannot, EventAction, OrderAction } from './console.types.js';

/** An order at Razorpay that was made to pay one of ours. Minor units. */
export type GatewayOrder = { id: string; amount: number; isPaid: boolean };

/** What of an order decides which buttons it can take. `due` in minor units; not above zero once it is paid. */
export type OrderFacts = {
  status: PublicStatus;
  due: number;
  currency: string;
  /** What was started for it at Razorpay, oldest first; null where Razorpay is not the sandbox's. */
  gatewayOrders: readonly GatewayOrder[] | null;
};

const RAZORPAY_ELSEWHERE =
  'Razorpay is not the sandbox’s here (RAZORPAY_API_URL), so nobody can pay for the customer.';

/** What is said of an order that takes no payment any more. */
const NOT_PAYABLE: Record<Exclude<PublicStatus, 'pending'>, string> = {
  paid: 'It is paid.',
  processing: 'It is paid and being packed.',
  shipped: 'It is paid and on its way.',
  delivered: 'It is paid and delivered.',
  cancelled: 'It is cancelled.',
  failed: 'It has failed, and its units are about to go back.',
  pending_stock_rolledback: 'Nobody paid it in time, and its units went back.',
  failed_stock_rolledback: 'It has failed, and its units went back.',
};

const PAID: readonly PublicStatus[] = ['paid', 'processing', 'shipped', 'delivered'];

type Rule = (facts: OrderFacts & { gatewayOrders: readonly GatewayOrder[] }) => string | null;

/** An amount of a new payment, or why there cannot be one. */
const newPayment =
  (amountOf: (due: number) => number): Rule =>
  ({ status, due, currency }) => {
    if (status !== 'pending') return `${NOT_PAYABLE[status]} It takes no new payment.`;
    return refuseAmount(amountOf(due), due, currency) ?? null;
  };

const inFull = newPayment((due) => due);

const late: Rule = (facts) => {
  const { status } = facts;
  if (status === 'pending') return inFull(facts);
  if (PAID.includes(status)) return `${NOT_PAYABLE[status]} Nothing of it can come late.`;
  if (facts.gatewayOrders.some(({ isPaid }) => !isPaid)) return null;
  return `${NOT_PAYABLE[status]} No payment that was started before waits at Razorpay, so none can come late.`;
};

const tooMuch: Rule = (facts) => {
  const { status, gatewayOrders } = facts;
  if (status === 'pending') return inFull(facts);
  if (!PAID.includes(status)) return `${NOT_PAYABLE[status]} To send money all the same, pay late.`;
  if (gatewayOrders.length > 0) return null;
  return `${NOT_PAYABLE[status]} It was paid outside Razorpay, so nothing can be paid there twice.`;
};

const RULES: Record<OrderAction, Rule> = {
  pay: inFull,
  payHalf: newPayment(halfOf),
  fail: inFull,
  payLate: late,
  overPay: tooMuch,
  payUnheard: inFull,
  payHeld: inFull,
};

export const ORDER_ACTIONS = Object.keys(RULES) as readonly OrderAction[];

/** Half of what is due, in whole units of the currency's hundredths; what is paid when half is paid. */
export function halfOf(due: number): number {
  return Math.floor(due / 2);
}

/** Why this order cannot take that action now; null where it can. */
export function whyNot(action: OrderAction, facts: OrderFacts): string | null {
  const { gatewayOrders } = facts;
  return gatewayOrders === null ? RAZORPAY_ELSEWHERE : RULES[action]({ ...facts, gatewayOrders });
}

export function reasonsOf(facts: OrderFacts): Cannot<OrderAction> {
  return Object.fromEntries(
    ORDER_ACTIONS.map((action) => [action, whyNot(action, facts)]),
  ) as Cannot<OrderAction>;
}

/** Why an event cannot be delivered (again); null where it can. Anything that happened can be told twice. */
export function eventReasons(status: string): Cannot<EventAction> {
  const isHeld = status === 'held';
  return {
    deliver: isHeld ? null : `It is not held back: it is ${WORDS[status] ?? status}.`,
    deliverTwice: null,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  due: 'being delivered',
  delivered: 'delivered already',
  silenced: 'one that Razorpay keeps to itself; deliver it twice to have it arrive',
  given_up: 'given up after a day of tries',
};

/** Why no held events can be delivered; null where there are some. */
export function heldReason(held: number): string | null {
  return held > 0 ? null : 'No event is held back. “Pay, hold webhooks” of an order holds some back.';
}
