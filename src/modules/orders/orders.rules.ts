/** What an order can be. The first two are not public: such a row is not an order yet, or never became one. */
export type OrderStatus =
  | 'placing'
  | 'aborted'
  | 'pending'
  | 'paid'
  | 'processing'
  | 'shipped'
  | 'delivered'
  | 'cancelled'
  | 'failed'
  | 'pending_stock_rolledback'
  | 'failed_stock_rolledback';

export type PublicStatus = Exclude<OrderStatus, 'placing' | 'aborted'>;

/** Where an order's units are: held for it, given back, or sold (and gone from on hand). */
export type Holds = 'open' | 'released' | 'consumed';

export type PaymentStatus = 'pending' | 'partially_paid' | 'completed' | 'partially_refunded' | 'refunded';

/**
 * Money of an order, in minor units of its currency, counted from the payment and refund rows and never added to.
 * `refundCommitted`: refunds that are decided, sent or done, so that none is decided twice; `refunded`: those that the
 * gateway has accepted; `granted`: what of the committed ones admins gave back on purpose, of an order that was sold.
 */
export type MoneyState = { captured: number; refundCommitted: number; refunded: number; granted: number };

/** Every legal move. A status that no move leads to, or that is missing here, is refused at start. */
export const transitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placing: ['pending', 'aborted'],
  aborted: [],
  pending: ['paid', 'failed', 'cancelled', 'pending_stock_rolledback'],
  paid: ['processing', 'shipped', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
  failed: ['failed_stock_rolledback'],
  pending_stock_rolledback: ['paid'],
  failed_stock_rolledback: ['paid'],
};

/** Every public status, in the order of an order's life. */
export const publicStatuses: readonly PublicStatus[] = [
  'pending',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'failed',
  'pending_stock_rolledback',
  'failed_stock_rolledback',
];

/** Whether a row is an order that its customer may see. */
export function isPublic(status: OrderStatus): status is PublicStatus {
  return status !== 'placing' && status !== 'aborted';
}

export function isLegalMove(from: OrderStatus, to: OrderStatus): boolean {
  return transitions[from].includes(to);
}

/** Throws where a status can never be reached from `placing`: a mistake in the table stops the start. */
export function checkTransitions(
  table: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = transitions,
): void {
  const reached = new Set<OrderStatus>(['placing']);
  for (const status of reached) for (const next of table[status]) reached.add(next);
  const unreachable = publicStatuses.filter((status) => !reached.has(status));
  if (unreachable.length > 0)
    throw new Error(`order statuses that no move reaches: ${unreachable.join(', ')}`);
}

/** What the customer has paid and will keep paid, in minor units. */
export function net(money: MoneyState): number {
  return money.captured - money.refundCommitted;
}

const SOLD: readonly OrderStatus[] = ['paid', 'processing', 'shipped', 'delivered'];

/** Whether an order has got its money and its units are the customer's. */
export function isSold(status: OrderStatus): boolean {
  return SOLD.includes(status);
}

/**
 * What a sold order has too much, in minor units. It keeps its total less what was granted: a customer who pays a second time
 * gets all of that back, and what the shop has given back on purpose stays given. A refund that nobody asked for here
 * (made in Razorpay's dashboard) does not say why; it counts for what is too much.
 */
export function surplusOf({ status, money, total }: Pick<Situation, 'status' | 'money' | 'total'>): number {
  if (!isSold(status)) return 0;
  const toKeep = Math.max(0, total - money.granted);
  return Math.max(0, net(money) - toKeep);
}

/**
 * Whether money has come that is not settled yet: it pays the order in full, perhaps late, or is too much. Settling it
 * takes a moment, or as long as Redis is away.
 */
export function isUnsettled(order: Pick<Situation, 'status' | 'money' | 'total' | 'decision'>): boolean {
  const { status, money, total, decision } = order;
  if (isSold(status)) return surplusOf(order) > 0;
  return status !== 'cancelled' && decision === null && isAllThere(money, total);
}

function isAllThere(money: MoneyState, total: number): boolean {
  return net(money) > 0 && net(money) >= total;
}

/** Whether the customer has all the money back, or will have it once what is too much has gone back too. */
export function isAllReturned(order: Pick<Situation, 'status' | 'money' | 'total'>): boolean {
  return order.money.captured > 0 && net(order.money) - surplusOf(order) <= 0;
}

/** The payment status follows from the sums; it is never set by hand. */
export function paymentStatusOf(money: MoneyState, total: number): PaymentStatus {
  const kept = money.captured - money.refunded;
  if (money.captured === 0) return 'pending';
  if (kept <= 0) return 'refunded';
  if (kept >= total) return 'completed';
  return money.refunded > 0 ? 'partially_refunded' : 'partially_paid';
}

/** Whether an order still waits for money after what has come. */
export function awaitsMoney(order: { status: OrderStatus; money: MoneyState; total: number }): boolean {
  return order.status === 'pending' && net(order.money) < order.total;
}

/** How long an order waits for its money, ms: for the first of it, and from the first for the rest. */
export type Patience = { pendingMs: number; partPaidMs: number };

/**
 * When an order that waits for money stops waiting (ms since 1970); null where it waits for none. What is paid of it
 * makes it wait longer, unless all of that went back.
 */
export function waitsUntil(
  order: Pick<Situation, 'status' | 'money'> & { placedAt: Date; moneySince: Date | null },
  { pendingMs, partPaidMs }: Patience,
): number | null {
  if (order.status !== 'pending') return null;
  const { captured, refunded } = order.money;
  return order.moneySince === null || captured - refunded <= 0
    ? order.placedAt.getTime() + pendingMs
    : order.moneySince.getTime() + partPaidMs;
}

/** What of an order decides what is to be done with it next. */
export type Situation = {
  status: OrderStatus;
  holds: Holds;
  settled: boolean;
  attempt: { id: string; until: Date } | null;
  decision: 'refund' | null;
  money: MoneyState;
  total: number;
};

export type Step =
  | { kind: 'nothing' }
  /** Another worker has an attempt under way until then. */
  | { kind: 'wait' }
  | { kind: 'finish-release' | 'finish-consume' | 'pay' | 'mark-rolled-back' | 'attempt' | 'end-attempt' }
  | { kind: 'refund'; amount: number; reason: string; decide: boolean };

/**
 * The next step of an order, from its row alone. Whoever comes by (a webhook, a sweep, a restart) takes it; each is a
 * compare-and-set, so that two who come at once do it once.
 */
export function nextStep(order: Situation, now: Date): Step {
  const kept = net(order.money);
  if (!order.settled && order.holds === 'consumed') return { kind: 'finish-consume' };
  if (!order.settled && order.holds === 'released') return { kind: 'finish-release' };
  switch (order.status) {
    case 'placing':
    case 'aborted':
      return { kind: 'nothing' };
    case 'pending':
      return isAllThere(order.money, order.total) ? { kind: 'pay' } : { kind: 'nothing' };
    case 'failed':
      return { kind: 'mark-rolled-back' };
    case 'pending_stock_rolledback':
    case 'failed_stock_rolledback':
      return lateStep(order, kept, now);
    case 'cancelled':
      return refundOf(kept, 'money for a cancelled order');
    case 'paid':
    case 'processing':
    case 'shipped':
    case 'delivered':
      return refundOf(surplusOf(order), 'paid more than the order costs');
  }
}

/** Money came after the stock went back: take the stock again, or give the money back; decided once. */
function lateStep(order: Situation, kept: number, now: Date): Step {
  if (order.attempt !== null && order.attempt.until > now) return { kind: 'wait' };
  if (order.decision === null && isAllThere(order.money, order.total)) return { kind: 'attempt' };
  // An attempt that died has open holds; they are given back before anything else is decided.
  if (order.holds === 'open') return { kind: 'end-attempt' };
  if (kept <= 0) return { kind: 'nothing' };
  if (order.decision === 'refund') return refundOf(kept, 'money for an order whose refund was decided');
  const reason = 'a part payment came after the stock of the order had gone back';
  return { kind: 'refund', amount: kept, reason, decide: true };
}

function refundOf(amount: number, reason: string): Step {
  return amount > 0 ? { kind: 'refund', amount, reason, decide: false } : { kind: 'nothing' };
}
