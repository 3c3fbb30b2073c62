import { formatMoney } from '../../platform/money.js';
import { sum } from '../../platform/money.js';
import type { GatewayPayment } from './razorpay.answers.js';

export type PaymentState = GatewayPayment['status'];

/**
 * A refund. `requested`: decided, not yet with Razorpay; `failed`: Razorpay will not do it; `to_be_paid_out`: it goes to
 * Razorpay never, or no more. An admin pays these two out, and then they are `processed` too. `withdrawn`: it is not made, and
 * its amount can be refunded anew.
 */
export type RefundState = 'requested' | 'pending' | 'processed' | 'failed' | 'to_be_paid_out' | 'withdrawn';

export type PaymentFacts = {
  amount: number;
  currency: string;
  status: PaymentState;
  method: string | null;
  amountRefunded: number;
  errorDescription: string | null;
};

/** How far along a payment is. A snapshot of the past never takes it back; a failed one can still come through (UPI). */
const RANK: Readonly<Record<PaymentState, number>> = {
  created: 0,
  failed: 1,
  authorized: 2,
  returned: 3,
  captured: 4,
  refunded: 5,
};

/** What is known after hearing `news`, in whatever order the news comes, and however often. */
export function learn(known: PaymentFacts | undefined, news: PaymentFacts): PaymentFacts {
  if (known === undefined) return news;
  const further = RANK[news.status] > RANK[known.status];
  const taken = RANK[known.status] >= RANK.captured;
  return {
    // What was captured is what counts, whatever a later snapshot says of the amount.
    amount: taken ? known.amount : news.amount,
    currency: taken ? known.currency : news.currency,
    status: further ? news.status : known.status,
    method: news.method ?? known.method,
    amountRefunded: Math.max(known.amountRefunded, news.amountRefunded),
    errorDescription: further ? news.errorDescription : known.errorDescription,
  };
}

export function sameFacts(a: PaymentFacts, b: PaymentFacts): boolean {
  return (
    a.amount === b.amount &&
    a.currency === b.currency &&
    a.status === b.status &&
    a.method === b.method &&
    a.amountRefunded === b.amountRefunded &&
    a.errorDescription === b.errorDescription
  );
}

const REFUND_RANK: Readonly<Record<RefundState, number>> = {
  requested: 0,
  to_be_paid_out: 0,
  withdrawn: 0,
  pending: 1,
  failed: 2,
  processed: 3,
};

/** What decides where a refund goes next: how it stands, whether its amount was freed, and whether Razorpay has told of it. */
export type RefundStanding = {
  state: RefundState;
  /** It was withdrawn, and its amount may have been refunded anew. */
  isFreed: boolean;
  gatewayRefundId: string | null;
};

/**
 * A refund only goes forward; Razorpay's `failed` can still be followed by `processed`, never the other way. One whose amount
 * was freed, and that Razorpay took on and failed to make, is withdrawn as before: nobody has to pay it out. In whatever
 * order the news come, the same is left at their end.
 */
export function furtherRefund(known: RefundStanding, news: RefundState): RefundState {
  const rank = isFailedAfterFreed(known) ? REFUND_RANK.failed : REFUND_RANK[known.state];
  if (REFUND_RANK[news] <= rank) return known.state;
  return news === 'failed' && known.isFreed ? 'withdrawn' : news;
}

/** Razorpay has told of it, and yet it stands as withdrawn: what was told is that it failed. */
function isFailedAfterFreed({
  state,
  gatewayRefundId,
}: Pick<RefundStanding, 'state' | 'gatewayRefundId'>): boolean {
  return state === 'withdrawn' && gatewayRefundId !== null;
}

export type CountedPayment = PaymentFacts & { id: string };
/**
 * `reference`: of a payout by hand; `gatewayRefundId`: once Razorpay has taken it on. Both: Razorpay failed first.
 * `isGranted`: an admin gave it back of a sold order; `isFreed`: nobody means it any more, whatever Razorpay makes of it.
 */
export type CountedRefund = {
  paymentId: string;
  amount: number;
  state: RefundState;
  gatewayRefundId: string | null;
  reference: string | null;
  isGranted: boolean;
  isFreed: boolean;
};

/** Whether the money is, or once was, ours. */
export const isTaken = (payment: Pick<PaymentFacts, 'status'>): boolean =>
  RANK[payment.status] >= RANK.captured;

/**
 * The sums of an order, counted from its rows. Only captured money in the order's currency counts. Razorpay may refund by
 * itself, so per payment the larger of our rows and its own figure is what went back.
 */
export function countMoney(
  payments: readonly CountedPayment[],
  refunds: readonly CountedRefund[],
  currency: string,
): { captured: number; refundCommitted: number; refunded: number; granted: number } {
  const counted = payments.filter((payment) => isTaken(payment) && payment.currency === currency);
  return {
    captured: sum(counted.map((payment) => payment.amount)),
    refundCommitted: sum(counted.map((payment) => committedOf(payment, refunds))),
    refunded: sum(counted.map((payment) => returnedOf(payment, refunds))),
    granted: sum(refunds.filter((one) => one.isGranted && !one.isFreed).map((one) => one.amount)),
  };
}

/**
 * The refunds of a payment by what became of them. `failed` ones may since be paid out by hand, and are in both; `undone`
 * ones failed too, and their amounts are free again. What Razorpay's own figure of the payment can never have in it is
 * `unheard`.
 */
function sortRefunds(payment: CountedPayment, refunds: readonly CountedRefund[]) {
  const ours = refunds.filter((refund) => refund.paymentId === payment.id);
  const amountOf = (which: (refund: CountedRefund) => boolean): number =>
    sum(ours.filter(which).map((refund) => refund.amount));
  const byHand = (refund: CountedRefund): boolean => refund.reference !== null;
  return {
    accepted: amountOf((one) => !byHand(one) && (one.state === 'pending' || one.state === 'processed')),
    failed: amountOf((one) => one.state === 'failed' || (byHand(one) && one.gatewayRefundId !== null)),
    undone: amountOf(isFailedAfterFreed),
    unheard: amountOf(
      (one) =>
        one.state === 'requested' ||
        one.state === 'to_be_paid_out' ||
        (byHand(one) && one.gatewayRefundId === null),
    ),
    byHand: amountOf(byHand),
  };
}

/**
 * What the customer got back. Razorpay counts a refund while it is under way and takes it off again when it fails, but its
 * figures come in no order, so the largest is kept and our failed refunds are taken off here.
 */
export function returnedOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  return Math.min(payment.amount, allReturnedOf(payment, refunds));
}

/** What of a payment goes back, or went, by refunds that Razorpay has told of one by one. */
export function acceptedOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  return sortRefunds(payment, refunds).accepted;
}

/** What went back of a payment beyond what it brought: by Razorpay and by hand, both. */
export function overReturnedOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  return isTaken(payment) ? Math.max(0, allReturnedOf(payment, refunds) - payment.amount) : 0;
}

/**
 * What was captured in another currency than the order's, and has not gone back: it counts for nothing, so that no refund of ours
 * will ever return it.
 */
export function foreignMoney(
  payments: readonly CountedPayment[],
  refunds: readonly CountedRefund[],
  currency: string,
): { amount: number; currency: string }[] {
  return payments
    .filter((payment) => isTaken(payment) && payment.currency !== currency)
    .map((payment) => ({ amount: leftToReturnOf(payment, refunds), currency: payment.currency }))
    .filter(({ amount }) => amount > 0);
}

/** What of a payment has not gone back yet, by Razorpay or by hand: more than this nobody may pay out. */
export function leftToReturnOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  return Math.max(0, payment.amount - allReturnedOf(payment, refunds));
}

function allReturnedOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  const { accepted, failed, undone, byHand } = sortRefunds(payment, refunds);
  return Math.max(payment.amountRefunded - failed - undone, accepted) + byHand;
}

/**
 * What of a payment is not free to be refunded any more. Razorpay's figure has the refunds that it has heard of, ours and
 * those that were made there; what it may not have heard of yet comes on top. So for a moment a refund can count twice
 * here, and never not at all.
 */
function committedOf(payment: CountedPayment, refunds: readonly CountedRefund[]): number {
  const { accepted, failed, undone, unheard } = sortRefunds(payment, refunds);
  return Math.min(payment.amount, Math.max(payment.amountRefunded - undone, accepted + failed) + unheard);
}

/** What of a payment can still be refunded. */
export function refundableOf(
  payment: CountedPayment,
  refunds: readonly CountedRefund[],
  currency: string,
): number {
  if (!isTaken(payment) || payment.currency !== currency) return 0;
  return payment.amount - committedOf(payment, refunds);
}

/**
 * Spreads a refund over the payments it can come from, the newest (last) first. Throws RangeError where they do not hold
 * that much: nothing is refunded that was not captured.
 */
export function spreadRefund(
  amount: number,
  payments: readonly CountedPayment[],
  refunds: readonly CountedRefund[],
  currency: string,
): { paymentId: string; amount: number }[] {
  const parts: { paymentId: string; amount: number }[] = [];
  let left = amount;
  for (const payment of payments.toReversed()) {
    const part = Math.min(left, refundableOf(payment, refunds, currency));
    if (part <= 0) continue;
    parts.push({ paymentId: payment.id, amount: part });
    left -= part;
  }
  if (left > 0) throw new RangeError(`${left} more would be refunded than was captured`);
  return parts;
}

/** Razorpay takes no payment of less, and gives no less back (minor units). */
export const LEAST_PAYMENT = 100;

/** Why an amount cannot be paid now; undefined where it can. No rest may stay that is too small to be paid. */
export function refuseAmount(amount: number, due: number, currency: string): string | undefined {
  const words = (minorUnits: number): string => formatMoney({ amount: minorUnits, currency });
  if (amount > due) return `Only ${words(due)} is due.`;
  if (amount < LEAST_PAYMENT) return `A payment is at least ${words(LEAST_PAYMENT)}.`;
  const rest = due - amount;
  if (rest > 0 && rest < LEAST_PAYMENT)
    return `The rest of ${words(rest)} would be too small to be paid. Pay ${words(due)} instead.`;
  return undefined;
}

const MINUTE = 60_000;

/** So many tries of a refund are no hiccup (about five minutes): somebody should know. It is tried on, hourly at last. */
export const STUCK_ATTEMPTS = 6;

/** Whether somebody should see to a refund, since it has been tried so often and Razorpay has not taken it. */
export function isStuck({ state, attempts }: { state: RefundState; attempts: number }): boolean {
  return state === 'requested' && attempts >= STUCK_ATTEMPTS;
}

/** A refund that Razorpay has accepted is looked up so often, ms, until it is processed. */
export const REFUND_LOOKUP_MS = 60 * MINUTE;

/** How long after `ageMs` a started payment is looked up at Razorpay again; undefined when nothing can come any more. */
export function nextLookupMs(ageMs: number): number | undefined {
  if (ageMs > 7 * 24 * 60 * MINUTE) return undefined;
  return Math.min(Math.max(MINUTE, Math.round(ageMs / 4)), 60 * MINUTE);
}

/** How long to wait after the n-th failure (n from 1): 5 s, doubled each time, an hour at most. */
export function backoffMs(failures: number): number {
  return Math.min(5_000 * 2 ** (failures - 1), 60 * MINUTE);
}
