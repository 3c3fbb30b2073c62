import { formatMoney, type Money } from '../../platform/money.js';
import type { MoneyState, PaymentStatus } from '../orders/orders.rules.js';
import type { Order } from '../orders/orders.types.js';
import type { Refund } from '../payments/refunds.schema.js';
import type { StockAccount } from '../stock/stock.accounts.js';

/** How it stands with a product or an order, from well to worst. */
export type BalanceState = 'balanced' | 'in_flight' | 'needs_action' | 'unexplained';

export type FindingKind =
  | 'available_drifts'
  | 'on_hand_drifts'
  | 'order_holds_missing'
  | 'receipt_not_applied'
  | 'hold_not_deleted'
  | 'moving'
  | 'money_miscounted'
  | 'payment_status_wrong'
  | 'sale_missing'
  | 'sale_unexpected'
  | 'money_kept'
  | 'refund_stuck'
  | 'refund_failed'
  | 'payout_waiting'
  | 'over_refunded'
  | 'unsettled';

/** One thing that is to be explained, and whether it is. */
export type Finding = { kind: FindingKind; state: Exclude<BalanceState, 'balanced'>; message: string };

const STATES: readonly BalanceState[] = ['balanced', 'in_flight', 'needs_action', 'unexplained'];

/** The worst of what was found. */
export function stateOf(findings: readonly Finding[]): BalanceState {
  return findings.reduce<BalanceState>(
    (worst, { state }) => (STATES.indexOf(state) > STATES.indexOf(worst) ? state : worst),
    'balanced',
  );
}

/** What is to be explained of a product's numbers. */
export function productFindings(account: StockAccount): Finding[] {
  if (account.isMoving) {
    const message = 'The product changed each time while it was looked at. Look again in a moment.';
    return [{ kind: 'moving', state: 'in_flight', message }];
  }
  const { available, expected, onHand, ledger, openOrderUnits, heldForSale, inFlight } = account;
  const found: Finding[] = [];
  const add = (when: boolean, kind: FindingKind, state: Finding['state'], message: string): void => {
    if (when) found.push({ kind, state, message });
  };
  const missing = account.isLoaded && heldForSale < openOrderUnits;
  add(
    account.drift !== 0,
    'available_drifts',
    'unexplained',
    `${available} units are available, ${expected} should be.`,
  );
  add(
    ledger !== onHand,
    'on_hand_drifts',
    'unexplained',
    `${onHand} units are on hand, but the movements add up to ${ledger}.`,
  );
  add(
    missing,
    'order_holds_missing',
    'needs_action',
    `Pending orders are for ${openOrderUnits} units and hold ${heldForSale}. Those without a hold take their units again, or are refunded, when they are paid.`,
  );
  add(
    inFlight.notApplied > 0,
    'receipt_not_applied',
    'in_flight',
    `${inFlight.notApplied} units that were received are not on sale yet.`,
  );
  add(
    inFlight.consumed > 0,
    'hold_not_deleted',
    'in_flight',
    `${inFlight.consumed} units are sold, and their hold is not deleted yet.`,
  );
  return found;
}

/** An order with the rows that its numbers follow from, and what these say that its numbers are. */
export type OrderBooks = {
  order: Order;
  expected: { money: MoneyState; paymentStatus: PaymentStatus };
  refunds: readonly Refund[];
  /** Those of them that payments call stuck: tried too often for a hiccup. */
  stuck: ReadonlySet<Refund>;
  /** What its payments gave back beyond what they had brought, minor units. */
  overRefunded: number;
  /** What was captured in other currencies than the order's, and has not gone back. */
  foreignMoney: readonly Money[];
  /** Signed units of its sales in the ledger. */
  sales: readonly { productId: string; units: number }[];
  /** The next step that the order's own row asks for. */
  nextStep: string;
};

/** What is to be explained of an order's money and sales. */
export function orderFindings(books: OrderBooks): Finding[] {
  const { order, expected, refunds, sales, nextStep } = books;
  const found: Finding[] = [];
  const money = (amount: number): string => formatMoney({ amount, currency: order.currency });
  const sumsDiffer =
    order.money.captured !== expected.money.captured ||
    order.money.refunded !== expected.money.refunded ||
    order.money.refundCommitted !== expected.money.refundCommitted ||
    order.money.granted !== expected.money.granted;
  if (sumsDiffer) {
    const message =
      `The order says ${money(order.money.captured)} paid and ${money(order.money.refunded)} refunded; ` +
      `its rows say ${money(expected.money.captured)} and ${money(expected.money.refunded)}.`;
    found.push({ kind: 'money_miscounted', state: 'unexplained', message });
  }
  if (order.paymentStatus !== expected.paymentStatus) {
    const message = `The payment status is ${order.paymentStatus}; the rows say ${expected.paymentStatus}.`;
    found.push({ kind: 'payment_status_wrong', state: 'unexplained', message });
  }
  if (books.overRefunded > 0) {
    const message = `${money(books.overRefunded)} more went back than was paid: a refund was made twice, by two ways.`;
    found.push({ kind: 'over_refunded', state: 'needs_action', message });
  }
  for (const kept of books.foreignMoney) {
    const message = `${formatMoney(kept)} came in another currency and counts for nothing. Refund it in Razorpay's dashboard.`;
    found.push({ kind: 'money_kept', state: 'needs_action', message });
  }
  return [
    ...found,
    ...saleFindings(order, sales),
    ...refunds.flatMap((refund) => refundFindings(refund, books.stuck)),
    ...stepFindings(),
  ];

  function stepFindings(): Finding[] {
    if (nextStep === 'nothing') return [];
    if (order.attention) {
      const message = `The next step of the order (${nextStep}) is due and will be taken by a job.`;
      return [{ kind: 'unsettled', state: 'in_flight', message }];
    }
    const message = `The next step of the order (${nextStep}) is due, and no job looks for it.`;
    return [{ kind: nextStep === 'refund' ? 'money_kept' : 'unsettled', state: 'unexplained', message }];
  }
}

/** An order whose holds are consumed has left on hand; no other one has. */
function saleFindings(order: Order, sales: OrderBooks['sales']): Finding[] {
  const sold = new Map(sales.map(({ productId, units }) => [productId, -units]));
  const isSold = order.holds === 'consumed';
  return order.lines.flatMap(({ productId, sku, quantity }): Finding[] => {
    const units = sold.get(productId) ?? 0;
    if (isSold && units !== quantity) {
      const message = `${quantity} of ${sku} are paid; ${units} were taken off on hand.`;
      return [{ kind: 'sale_missing', state: 'unexplained', message }];
    }
    if (isSold || units === 0) return [];
    const message = `${units} of ${sku} were taken off on hand for an order that is not paid.`;
    return [{ kind: 'sale_unexpected', state: 'unexplained', message }];
  });
}

function refundFindings(refund: Refund, stuck: ReadonlySet<Refund>): Finding[] {
  const what = `A refund of ${formatMoney(refund)}`;
  const why = refund.lastError === null ? '' : `: ${refund.lastError}`;
  if (refund.state === 'failed') {
    const message = `${what} failed. Pay it out another way, and confirm the payout.`;
    return [{ kind: 'refund_failed', state: 'needs_action', message }];
  }
  if (refund.state === 'to_be_paid_out') {
    const message = `${what} waits to be paid out by hand.`;
    return [{ kind: 'payout_waiting', state: 'needs_action', message }];
  }
  if (refund.doubleOf !== null && refund.state !== 'withdrawn') {
    const message = `${what} was paid out by hand, and Razorpay has made it too. Ask the customer for one of the two.`;
    return [{ kind: 'over_refunded', state: 'needs_action', message }];
  }
  if (refund.withdrawnAt !== null && (refund.state === 'pending' || isMadeByGateway(refund))) {
    const message = `${what} was withdrawn, and Razorpay has made it all the same. See that it is not made again.`;
    return [{ kind: 'over_refunded', state: 'needs_action', message }];
  }
  if (stuck.has(refund)) {
    const message = `${what} has been tried ${refund.attempts} times${why}`.slice(0, 300);
    return [{ kind: 'refund_stuck', state: 'needs_action', message }];
  }
  return [];
}

function isMadeByGateway({ state, gatewayRefundId, reference }: Refund): boolean {
  return state === 'processed' && gatewayRefundId !== null && reference === null;
}
