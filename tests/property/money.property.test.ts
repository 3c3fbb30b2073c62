import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  nextStep,
  transitions,
  type Holds,
  type OrderStatus,
  type Situation,
} from '../../src/modules/orders/orders.rules.js';
import {
  countMoney,
  learn,
  spreadRefund,
  type CountedPayment,
  type CountedRefund,
  type PaymentFacts,
  type PaymentState,
} from '../../src/modules/payments/payments.rules.js';
import { explain } from '../../src/modules/stock/stock.rules.js';

const CURRENCY = 'INR';
const TAKEN: readonly PaymentState[] = ['captured', 'refunded'];
const paymentState = fc.constantFrom<PaymentState>('created', 'failed', 'authorized', 'captured', 'refunded');
const amount = fc.integer({ min: 1, max: 10_000 });
const sumOf = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How a refund of ours may stand: with Razorpay, or paid out by hand, perhaps after Razorpay had failed. */
const standing: fc.Arbitrary<Pick<CountedRefund, 'state' | 'gatewayRefundId' | 'reference'>> =
  fc.constantFrom(
    { state: 'requested', gatewayRefundId: null, reference: null },
    { state: 'pending', gatewayRefundId: 'rfnd', reference: null },
    { state: 'processed', gatewayRefundId: 'rfnd', reference: null },
    { state: 'failed', gatewayRefundId: 'rfnd', reference: null },
    { state: 'to_be_paid_out', gatewayRefundId: null, reference: null },
    { state: 'withdrawn', gatewayRefundId: null, reference: null },
    { state: 'withdrawn', gatewayRefundId: 'rfnd', reference: null },
    { state: 'processed', gatewayRefundId: null, reference: 'UTR' },
    { state: 'processed', gatewayRefundId: 'rfnd', reference: 'UTR' },
  );

/** Payments of an order, some in another currency, with refunds of ours that never exceed the payment. */
const books = fc
  .array(
    fc.record({
      amount,
      currency: fc.constantFrom(CURRENCY, CURRENCY, 'USD'),
      status: paymentState,
      parts: fc.array(standing, { maxLength: 3 }),
      isGranted: fc.boolean(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      byItself: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 4 },
  )
  .map((rows) => {
    const payments = rows.map((row, i): CountedPayment => ({
      id: `p${i}`,
      amount: row.amount,
      currency: row.currency,
      status: row.status,
      method: 'upi',
      amountRefunded: TAKEN.includes(row.status) ? Math.floor(row.amount * row.byItself) : 0,
      errorDescription: null,
    }));
    const refunds = rows.flatMap((row, i) =>
      row.parts.map((stands): CountedRefund => {
        const part = Math.floor((row.amount * row.share) / row.parts.length);
        const given = { isGranted: row.isGranted, isFreed: stands.state === 'withdrawn' };
        return { paymentId: `p${i}`, amount: TAKEN.includes(row.status) ? part : 0, ...given, ...stands };
      }),
    );
    return { payments, refunds };
  });

describe('sums of money', () => {
  it('never say that more went back than came in', () => {
    fc.assert(
      fc.property(books, ({ payments, refunds }) => {
        const sums = countMoney(payments, refunds, CURRENCY);
        expect(sums.refundCommitted).toBeLessThanOrEqual(sums.captured);
        expect(sums.refunded).toBeLessThanOrEqual(sums.refundCommitted);
        expect(sums.refunded).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(books, ({ payments, refunds }) => {
        const sums = countMoney(payments, refunds, CURRENCY);
        expect(countMoney(payments.toReversed(), refunds.toReversed(), CURRENCY)).toEqual(sums);
      }),
    );
  });

  it('a refund is spread whole, and over no payment more than it still holds', () => {
    fc.assert(
      fc.property(books, fc.nat(40_000), ({ payments, refunds }, wanted) => {
        const before = countMoney(payments, refunds, CURRENCY);
        const left = before.captured - before.refundCommitted;
        if (wanted > left) {
          expect(() => spreadRefund(wanted, payments, refunds, CURRENCY)).toThrow(RangeError);
          return;
        }
        const parts = spreadRefund(wanted, payments, refunds, CURRENCY);
        expect(sumOf(parts.map((part) => part.amount))).toBe(wanted);
        for (const part of parts) expect(part.amount).toBeGreaterThan(0);
        const decided = parts.map((part): CountedRefund => ({
          ...part,
          state: 'requested',
          gatewayRefundId: null,
          reference: null,
          isGranted: false,
          isFreed: false,
        }));
        const after = countMoney(payments, [...refunds, ...decided], CURRENCY);
        // Whatever Razorpay knows of by itself, a decision counts at once and whole.
        expect(after.refundCommitted).toBe(before.refundCommitted + wanted);
        expect(after.refunded).toBe(before.refunded);
        expect(after.refundCommitted).toBeLessThanOrEqual(after.captured);
      }),
    );
  });
});

/** Snapshots of one payment, as a gateway may send them: what was captured can differ from what was asked for. */
const snapshots: fc.Arbitrary<PaymentFacts[]> = fc
  .record({
    asked: amount,
    captured: amount,
    history: fc.array(fc.record({ status: paymentState, back: fc.nat(100) }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ asked, captured, history }) =>
    history.map(({ status, back }) => ({
      amount: TAKEN.includes(status) ? captured : asked,
      currency: CURRENCY,
      status,
      method: status === 'created' ? null : 'upi',
      amountRefunded: TAKEN.includes(status) ? back : 0,
      errorDescription: status === 'failed' ? 'declined by the bank' : null,
    })),
  );

describe('what is learnt of a payment', () => {
  const learnAll = (news: readonly PaymentFacts[]): PaymentFacts | undefined =>
    news.reduce<PaymentFacts | undefined>((known, one) => learn(known, one), undefined);

  it('is the same in whatever order and however often the news comes', () => {
    const shuffled = snapshots.chain((news) =>
      fc.tuple(
        fc.constant(news),
        fc.shuffledSubarray(news, { minLength: news.length }),
        fc.array(fc.constantFrom(...news), { maxLength: 4 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([news, otherwise, again]) => {
        expect(learnAll([...otherwise, ...again])).toEqual(learnAll(news));
        expect(learnAll([...again, ...otherwise])).toEqual(learnAll(news));
      }),
    );
  });

  it('never goes back', () => {
    const reached: PaymentState[] = ['created', 'failed', 'authorized', 'captured', 'refunded'];
    fc.assert(
      fc.property(snapshots, snapshots, (first, later) => {
        const known = learnAll(first);
        const after = learnAll([...first, ...later]);
        const rank = (facts: PaymentFacts | undefined): number => reached.indexOf(facts?.status ?? 'created');
        expect(rank(after)).toBeGreaterThanOrEqual(rank(known));
        expect(after?.amountRefunded).toBeGreaterThanOrEqual(known?.amountRefunded ?? 0);
      }),
    );
  });
});

const statuses = Object.keys(transitions) as OrderStatus[];

describe('the life of an order', () => {
  it('reaches every status, and none is left that ends it', () => {
    const reached = new Set<OrderStatus>(['placing']);
    for (const status of reached) for (const next of transitions[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...statuses].sort());
    for (const end of ['aborted', 'delivered', 'cancelled'] as const) expect(transitions[end]).toEqual([]);
  });

  const NOW = new Date('2026-01-01T00:00:00Z');
  const LATER = new Date(NOW.getTime() + 60_000);
  const situation: fc.Arbitrary<Situation> = fc
    .record({
      status: fc.constantFrom(...statuses),
      holds: fc.constantFrom<Holds>('open', 'released', 'consumed'),
      settled: fc.boolean(),
      attempt: fc.option(fc.record({ id: fc.constant('a'), until: fc.constantFrom(NOW, LATER) })),
      decision: fc.option(fc.constant('refund' as const)),
      total: fc.integer({ min: 0, max: 300 }),
      captured: fc.integer({ min: 0, max: 700 }),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
      meant: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ captured, back, meant, ...rest }) => {
      const refundCommitted = Math.floor(captured * back);
      const granted = Math.floor(refundCommitted * meant);
      return { ...rest, money: { captured, refundCommitted, refunded: refundCommitted, granted } };
    });

  it('comes to rest from any situation, whatever becomes of each step, and keeps no money for nothing', () => {
    fc.assert(
      fc.property(situation, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (start, lucks) => {
        let order = start;
        for (const lucky of lucks) {
          const step = nextStep(order, LATER);
          if (step.kind === 'nothing') {
            expectRest(order);
            return;
          }
          order = { ...order, ...outcomeOf(order, step, lucky) };
          expect(order.money.refundCommitted).toBeLessThanOrEqual(order.money.captured);
        }
        throw new Error(`still moving: ${JSON.stringify(order)}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What settling writes for a step. Without luck the holds are gone, or the stock is short. */
function outcomeOf(order: Situation, step: ReturnType<typeof nextStep>, lucky: boolean): Partial<Situation> {
  const refunded = (back: number) => ({
    money: { ...order.money, refundCommitted: order.money.refundCommitted + back },
  });
  const kept = order.money.captured - order.money.refundCommitted;
  switch (step.kind) {
    case 'finish-release':
    case 'finish-consume':
      return { settled: true };
    case 'pay':
      return lucky
        ? { status: 'paid', holds: 'consumed', settled: false, attempt: null }
        : { status: 'failed', holds: 'released', settled: false };
    case 'attempt':
      return lucky
        ? { status: 'paid', holds: 'consumed', settled: false, attempt: null }
        : { decision: 'refund', holds: 'released', settled: false, attempt: null, ...refunded(kept) };
    case 'mark-rolled-back':
      return { status: 'failed_stock_rolledback', holds: 'released', settled: false };
    case 'end-attempt':
      return { holds: 'released', settled: false, attempt: null };
    case 'refund':
      return { ...(step.decide && { decision: 'refund' as const }), ...refunded(step.amount) };
    case 'wait':
    case 'nothing':
      return {};
  }
}

function expectRest({ status, money, total, holds, settled }: Situation): void {
  const kept = money.captured - money.refundCommitted;
  if (holds !== 'open') expect(settled).toBe(true);
  if (['paid', 'processing', 'shipped', 'delivered'].includes(status)) {
    expect(kept).toBeLessThanOrEqual(Math.max(0, total - money.granted));
  } else if (status === 'pending') {
    if (kept > 0) expect(kept).toBeLessThan(total);
  } else if (status !== 'placing' && status !== 'aborted') {
    expect(kept).toBe(0);
  }
}

describe('the equation of a product', () => {
  const hold = fc.record({ units: fc.integer({ min: 1, max: 9 }), sold: fc.boolean() });
  const product = fc.record({
    available: fc.nat(50),
    holds: fc.array(hold, { maxLength: 5 }),
    notApplied: fc.array(fc.record({ units: fc.integer({ min: 1, max: 9 }) }), { maxLength: 3 }),
  });

  it('explains what is under way and finds every other difference, to the unit', () => {
    fc.assert(
      fc.property(product, fc.integer({ min: -20, max: 20 }), ({ available, holds, notApplied }, lost) => {
        const stored = holds.map(({ units, sold }, i) => ({
          ...{ cartId: `c${i}`, units, gen: `g${i}`, owner: 'cart' as const, lapsesAt: 0 },
          sold,
        }));
        const unsold = sumOf(stored.filter(({ sold }) => !sold).map(({ units }) => units));
        const onHand = available + unsold + sumOf(notApplied.map(({ units }) => units));
        const verdict = explain(
          { available: available + lost, holds: stored },
          {
            onHand,
            notApplied,
            isConsumed: ({ gen }) => stored.find((one) => one.gen === gen)?.sold === true,
          },
        );
        expect(verdict.drift).toBe(lost);
        expect(verdict.expected).toBe(available);
      }),
    );
  });
});
