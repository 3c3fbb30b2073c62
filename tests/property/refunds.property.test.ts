import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countMoney,
  furtherRefund,
  overReturnedOf,
  refundableOf,
  returnedOf,
  type CountedPayment,
  type CountedRefund,
} from '../../src/modules/payments/payments.rules.js';
import { refuseWithdrawal, waitsForPayout } from '../../src/modules/payments/refunds.rules.js';

/*
 * One captured payment, and whatever admins, Razorpay and its dashboard do about its refunds, in any order. `real` is the
 * money that left: it is known here, and has to follow from the rows.
 */

const AMOUNT = 1_000;

type Row = CountedRefund & { attempts: number; lastOutcome: 'refused' | 'unknown' | null; isMade: boolean };
type World = { rows: Row[]; figure: number; highest: number; byHand: number; made: number };

const command = fc.oneof(
  fc.record({ do: fc.constant('decide' as const), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  fc.record({
    do: fc.constantFrom(
      'try: refused',
      'try: nothing is heard, nothing is done',
      'try: nothing is heard, it is done',
      'try: accepted',
      'settle: processed',
      'settle: failed',
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
  world.figure += row.amount;
  world.highest = Math.max(world.highest, world.figure);
  world.made += row.amount;
  return true;
}

const hear = (row: Row, index: number): void => {
  row.state = furtherRefund(row.state, 'pending');
  row.gatewayRefundId = `rfnd${index}`;
};

function act(world: World, step: Command): void {
  if (step.do === 'decide') {
    const left = refundableOf(paymentIn(world), world.rows, 'INR');
    const amount = Math.ceil(left * step.share);
    if (amount > 0) world.rows.push({ ...DECIDED, amount });
    return;
  }
  if (step.do === 'dashboard') {
    const amount = Math.ceil((AMOUNT - world.figure) * step.share);
    if (amount <= 0) return;
    const row: Row = { ...DECIDED, amount, state: 'processed', gatewayRefundId: `dash${world.rows.length}` };
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
    case 'settle: processed':
      if (row.state === 'pending') row.state = furtherRefund(row.state, 'processed');
      return;
    case 'settle: failed':
      if (row.state !== 'pending') return;
      row.state = furtherRefund(row.state, 'failed');
      world.figure -= row.amount;
      world.made -= row.amount;
      return;
    case 'withdraw':
    case 'withdraw, pay out by hand':
      if (refuseWithdrawal(row) !== undefined) return;
      // Razorpay is asked.
      if (row.isMade) {
        hear(row, step.which);
        return;
      }
      row.state = step.do === 'withdraw' ? 'withdrawn' : 'to_be_paid_out';
      return;
    case 'pay out by hand':
      if (!waitsForPayout(row.state)) return;
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
  isMade: false,
};

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
const isFromDashboard = (step: Command): boolean => step.do === 'dashboard';

describe('M7, M8: the refunds of a payment', () => {
  it('give back no more than came in, whatever is withdrawn, paid out by hand and asked anew', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (steps) => {
        const world = run(steps.filter((step) => !isFromDashboard(step)));
        expect(world.made + world.byHand).toBeLessThanOrEqual(AMOUNT);
        expect(overReturnedOf(paymentIn(world), world.rows)).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('say how much went back, and how much of it too much, though the dashboard refunds behind our back', () => {
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
});
