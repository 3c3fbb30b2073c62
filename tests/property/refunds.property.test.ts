import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { surplusOf } from '../../src/modules/orders/orders.rules.js';
import {
  countMoney,
  furtherRefund,
  leftToReturnOf,
  overReturnedOf,
  refundableOf,
  returnedOf,
  spreadRefund,
  type CountedPayment,
  type CountedRefund,
} from '../../src/modules/payments/payments.rules.js';
import { refusePayout, refuseWithdrawal, waitsForPayout } from '../../src/modules/payments/refunds.rules.js';

/*
 * One captured payment, and whatever admins, Razorpay and its dashboard do about its refunds, in any order. `real` is the
 * money that left: it is known here, and has to follow from the rows.
 */

const AMOUNT = 1_000;

type Row = CountedRefund & {
  attempts: number;
  lastOutcome: 'refused' | 'unknown' | null;
  withdrawnAt: Date | null;
  isMade: boolean;
  /** What Razorpay has to say of it so far; each is heard some time, in whatever order. */
  news: ('pending' | 'processed' | 'failed')[];
};
type World = { rows: Row[]; figure: number; highest: number; byHand: number; made: number };

const command = fc.oneof(
  fc.record({ do: fc.constant('decide' as const), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  fc.record({
    do: fc.constantFrom(
      'try: refused',
      'try: nothing is heard, nothing is done',
      'try: nothing is heard, it is done',
      'try: accepted',
      'an earlier try is made late',
      'settle: processed',
      'settle: failed',
      'hear the first',
      'hear the last',
      'withdraw',
      'withdraw, pay out by hand',
      'pay out by hand',
    ),
    which: fc.nat(5),
  }),
  fc.record({ do: fc.constant('dashboard' as const), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const paymentIn = (world: World): CountedPayment => ({
  id: 'p',
  amount: AMOUNT,
  currency: 'INR',
  status: 'captured',
  method: 'upi',
  amountRefunded: world.highest,
  errorDescription: null,
});

/** Razorpay makes it, if it still holds so much. */
function make(world: World, row: Row): boolean {
  if (row.isMade || world.figure + row.amount > AMOUNT) return row.isMade;
  row.isMade = true;
  row.news.push('pending');
  world.figure += row.amount;
  world.highest = Math.max(world.highest, world.figure);
  world.made += row.amount;
  return true;
}

const hear = (row: Row, index: number, news: Row['news'][number] = 'pending'): void => {
  row.state = furtherRefund(row, news);
  row.gatewayRefundId = `rfnd${index}`;
};

/** What is decided by asking Razorpay first: all that it knows is heard. */
function ask(world: World): void {
  for (const [index, row] of world.rows.entries()) for (const news of row.news) hear(row, index, news);
}

function act(world: World, step: Command): void {
  if (step.do === 'decide') {
    const left = refundableOf(paymentIn(world), world.rows, 'INR');
    const amount = Math.ceil(left * step.share);
    if (amount > 0) world.rows.push({ ...DECIDED, news: [], amount });
    return;
  }
  if (step.do === 'dashboard') {
    const amount = Math.ceil((AMOUNT - world.figure) * step.share);
    if (amount <= 0) return;
    const row: Row = {
      ...DECIDED,
      news: [],
      amount,
      state: 'processed',
      gatewayRefundId: `dash${world.rows.length}`,
    };
    make(world, row);
    world.rows.push(row);
    return;
  }
  const row = world.rows[step.which];
  if (row === undefined) return;
  const sendable = row.state === 'requested';
  switch (step.do) {
    case 'try: refused':
    case 'try: nothing is heard, nothing is done':
    case 'try: nothing is heard, it is done':
    case 'try: accepted': {
      if (!sendable) return;
      row.attempts += 1;
      // What was made by an earlier try is found before anything is sent.
      if (row.isMade) {
        hear(row, step.which);
        return;
      }
      if (step.do === 'try: refused') row.lastOutcome = 'refused';
      else if (step.do === 'try: accepted') {
        if (make(world, row)) hear(row, step.which);
        else row.lastOutcome = 'refused';
      } else {
        if (step.do === 'try: nothing is heard, it is done') make(world, row);
        row.lastOutcome = 'unknown';
      }
      return;
    }
    case 'an earlier try is made late':
      if (row.attempts > 0 && row.reference === null && row.state !== 'processed') make(world, row);
      return;
    case 'settle: processed':
      if (row.isMade && row.news.at(-1) === 'pending') row.news.push('processed');
      return;
    case 'settle: failed':
      if (!row.isMade || row.news.at(-1) !== 'pending') return;
      row.news.push('failed');
      world.figure -= row.amount;
      world.made -= row.amount;
      return;
    case 'hear the first':
    case 'hear the last': {
      const news = row.news.at(step.do === 'hear the first' ? 0 : -1);
      if (news !== undefined && row.reference === null) hear(row, step.which, news);
      return;
    }
    case 'withdraw':
    case 'withdraw, pay out by hand': {
      if (refuseWithdrawal(row) !== undefined) return;
      ask(world);
      if (refuseWithdrawal(row) !== undefined) return;
      const isFreed = step.do === 'withdraw';
      if (!isFreed && refusePayout({ ...row, currency: 'INR' }, leftOf(world)) !== undefined) return;
      row.state = isFreed ? 'withdrawn' : 'to_be_paid_out';
      row.isFreed = isFreed;
      row.withdrawnAt = new Date(0);
      return;
    }
    case 'pay out by hand':
      if (!waitsForPayout(row.state)) return;
      if (refusePayout({ ...row, currency: 'INR' }, leftOf(world)) !== undefined) return;
      row.state = 'processed';
      row.reference = 'UTR';
      world.byHand += row.amount;
  }
}

const DECIDED: Row = {
  paymentId: 'p',
  amount: 0,
  state: 'requested',
  gatewayRefundId: null,
  reference: null,
  attempts: 0,
  lastOutcome: null,
  isGranted: true,
  isFreed: false,
  withdrawnAt: null,
  isMade: false,
  news: [],
};

const leftOf = (world: World): number => leftToReturnOf(paymentIn(world), world.rows);

const run = (steps: readonly Command[]): World => {
  const world: World = { rows: [], figure: 0, highest: 0, byHand: 0, made: 0 };
  for (const step of steps) {
    act(world, step);
    const sums = countMoney([paymentIn(world)], world.rows, 'INR');
    expect(sums.refunded).toBeLessThanOrEqual(AMOUNT);
    expect(sums.refundCommitted).toBeLessThanOrEqual(AMOUNT);
    expect(sums.refunded).toBeLessThanOrEqual(sums.refundCommitted);
  }
  return world;
};
/** What Razorpay does behind our back can only be told, not prevented. */
const isBehindOurBack = (step: Command): boolean =>
  step.do === 'dashboard' || step.do === 'an earlier try is made late';

describe('M7, M8: the refunds of a payment', () => {
  it('give back no more than came in, whatever is withdrawn, paid out by hand and asked anew', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (steps) => {
        const world = run(steps.filter((step) => !isBehindOurBack(step)));
        expect(world.made + world.byHand).toBeLessThanOrEqual(AMOUNT);
        expect(overReturnedOf(paymentIn(world), world.rows)).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('say how much went back, and how much of it too much, though Razorpay refunds behind our back', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (steps) => {
        // A figure that went down again is not remembered exactly: refunds that fail are another test.
        const world = run(steps.filter((step) => step.do !== 'settle: failed'));
        const payment = paymentIn(world);
        const told = returnedOf(payment, world.rows) + overReturnedOf(payment, world.rows);
        expect(told).toBe(world.made + world.byHand);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stand the same once all news are heard, in whatever order and however often', () => {
    const standing = fc.record({
      state: fc.constantFrom('requested' as const, 'withdrawn' as const, 'to_be_paid_out' as const),
      isLost: fc.boolean(),
    });
    const told = fc.constantFrom(
      ['pending', 'failed'] as const,
      ['pending', 'processed'] as const,
      ['pending', 'failed', 'processed'] as const,
    );
    fc.assert(
      fc.property(standing, told, fc.array(fc.nat(2), { maxLength: 6 }), ({ state, isLost }, news, order) => {
        const isFreed = state === 'withdrawn';
        const row = {
          state: state as CountedRefund['state'],
          isFreed,
          gatewayRefundId: null as string | null,
        };
        const listen = (one: 'pending' | 'failed' | 'processed' | undefined): void => {
          if (one === undefined) return;
          row.state = furtherRefund(row, one);
          row.gatewayRefundId = 'rfnd';
        };
        for (const at of order) listen(news[at]);
        // The last is always heard at last; one in between may be lost.
        for (const one of isLost ? news.slice(-1) : news.toReversed()) listen(one);
        const last = news[news.length - 1];
        expect(row.state).toBe(last === 'failed' && isFreed ? 'withdrawn' : last);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave the amount of one that was withdrawn, made late and failed free to be refunded anew, and to nobody to pay out', () => {
    const lateAndFailed: CountedRefund = {
      paymentId: 'p',
      amount: 400,
      state: 'withdrawn',
      gatewayRefundId: 'rfnd',
      reference: null,
      isGranted: true,
      isFreed: true,
    };
    // Razorpay's figure had it in for a while, or it never did.
    for (const amountRefunded of [0, 400]) {
      const payment = { ...paymentIn(run([])), amountRefunded };
      expect(refundableOf(payment, [lateAndFailed], 'INR')).toBe(AMOUNT);
      expect(returnedOf(payment, [lateAndFailed])).toBe(0);
    }
    expect(waitsForPayout('withdrawn')).toBe(false);
  });
});

/*
 * A sold order: payments come, admins grant refunds of it, somebody refunds in the dashboard, and what is too much goes back
 * whenever somebody settles.
 */

const TOTAL = 1_000;

type Sold = { payments: CountedPayment[]; rows: Row[]; meant: number };
type Event =
  | { do: 'capture' | 'grant' | 'dashboard'; amount: number }
  | { do: 'tell' | 'withdraw' | 'made late'; which: number }
  | { do: 'settle' };

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

const amounts = fc.integer({ min: 1, max: TOTAL });
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constantFrom('capture' as const, 'grant', 'grant', 'dashboard'), amount: amounts }),
  fc.record({ do: fc.constantFrom('tell' as const, 'withdraw', 'made late'), which: fc.nat(5) }),
  fc.constant<Event>({ do: 'settle' }),
);

const moneyOf = ({ payments, rows }: Sold) => countMoney(payments, rows, 'INR');
const keptOf = (sold: Sold): number => moneyOf(sold).captured - moneyOf(sold).refundCommitted;
const surplusIn = (sold: Sold): number => surplusOf({ status: 'paid', money: moneyOf(sold), total: TOTAL });

const captured = (sold: Sold, amount: number): void => {
  sold.payments.push({ ...paymentIn(run([])), id: `p${sold.payments.length}`, amount });
};

const decide = (sold: Sold, amount: number, isGranted: boolean): void => {
  // Throws where that much is not there.
  const parts = spreadRefund(amount, sold.payments, sold.rows, 'INR');
  for (const part of parts) sold.rows.push({ ...DECIDED, ...part, news: [], isGranted });
};

/** What is too much goes back, exactly. */
const settleSold = (sold: Sold): void => {
  const before = keptOf(sold);
  const surplus = surplusIn(sold);
  if (surplus > 0) decide(sold, surplus, false);
  expect(keptOf(sold)).toBe(Math.min(before, TOTAL - sold.meant));
};

function happen(sold: Sold, step: Event): void {
  switch (step.do) {
    case 'capture':
      captured(sold, step.amount);
      return;
    case 'grant':
      settleSold(sold);
      if (step.amount > keptOf(sold)) return;
      decide(sold, step.amount, true);
      sold.meant += step.amount;
      return;
    case 'dashboard': {
      const of = sold.payments.findLast((payment) => refundableOf(payment, sold.rows, 'INR') >= step.amount);
      if (of === undefined) return;
      const made = {
        state: 'processed',
        gatewayRefundId: `dash${sold.rows.length}`,
        isGranted: false,
      } as const;
      sold.rows.push({ ...DECIDED, ...made, paymentId: of.id, amount: step.amount, news: [] });
      return;
    }
    case 'settle':
      settleSold(sold);
      return;
    case 'tell':
    case 'withdraw':
    case 'made late': {
      const row = sold.rows[step.which];
      if (row === undefined || row.gatewayRefundId !== null) return;
      if (step.do === 'tell' && row.state === 'requested') hear(row, step.which, 'processed');
      if (step.do === 'withdraw' && row.state === 'requested') {
        Object.assign(row, { state: 'withdrawn', isFreed: true, withdrawnAt: new Date(0) });
        if (row.isGranted) sold.meant -= row.amount;
      }
      if (step.do === 'made late' && row.state === 'withdrawn') {
        const payment = sold.payments.find(({ id }) => id === row.paymentId);
        const left = payment === undefined ? 0 : refundableOf(payment, sold.rows, 'INR');
        if (left >= row.amount) hear(row, step.which, 'processed');
      }
    }
  }
}

const sell = (steps: readonly Event[]): Sold => {
  const sold: Sold = { payments: [], rows: [], meant: 0 };
  captured(sold, TOTAL);
  for (const step of steps) {
    happen(sold, step);
    const { captured: came, refundCommitted } = moneyOf(sold);
    expect(refundCommitted).toBeLessThanOrEqual(came);
    expect(moneyOf(sold).granted).toBe(sold.meant);
  }
  settleSold(sold);
  expect(surplusIn(sold)).toBe(0);
  return sold;
};
/** What is given back without a decision of ours can make it less than is to be kept, and is never asked back. */
const isUnasked = (step: Event): boolean => step.do === 'dashboard' || step.do === 'made late';

describe('M7, M8: a sold order', () => {
  it('keeps its total less what was granted, whatever comes, is withdrawn and is settled when', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (steps) => {
        const sold = sell(steps.filter((step) => !isUnasked(step)));
        expect(keptOf(sold)).toBe(TOTAL - sold.meant);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back by itself no more than is too much, though money goes back unasked', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (steps) => {
        const sold = sell(steps);
        expect(keptOf(sold)).toBeLessThanOrEqual(TOTAL - sold.meant);
        const unasked = sum(
          sold.rows
            .filter(
              (row) =>
                row.gatewayRefundId !== null && (row.isFreed || row.gatewayRefundId.startsWith('dash')),
            )
            .map((row) => row.amount),
        );
        expect(keptOf(sold)).toBeGreaterThanOrEqual(TOTAL - sold.meant - unasked);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back the same, in whatever order payments and refunds come and are settled', () => {
    const steps = fc
      .array(
        fc.oneof(
          fc.record({ do: fc.constant('capture' as const), amount: amounts }),
          fc.record({ do: fc.constant('grant' as const), amount: fc.integer({ min: 1, max: TOTAL / 8 }) }),
          fc.constant<Event>({ do: 'settle' }),
        ),
        { maxLength: 8 },
      )
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(steps, ([one, other]) => {
        expect(moneyOf(sell(other))).toEqual(moneyOf(sell(one)));
      }),
      { numRuns: 1_000 },
    );
  });
});
