import { describe, expect, it } from '@jest/globals';
import {
  checkTransitions,
  isLegalMove,
  isUnsettled,
  nextStep,
  paymentStatusOf,
  publicStatuses,
  surplusOf,
  transitions,
  type OrderStatus,
  type Situation,
} from '../../src/modules/orders/orders.rules.js';

const now = new Date('2026-01-01T00:00:00Z');
const statuses: readonly OrderStatus[] = ['placing', 'aborted', ...publicStatuses];

const situation = (change: Partial<Situation>): Situation => ({
  status: 'pending',
  holds: 'open',
  settled: true,
  attempt: null,
  decision: null,
  money: { captured: 0, refundCommitted: 0, refunded: 0, granted: 0 },
  total: 1000,
  ...change,
});
const captured = (amount: number, refundCommitted = 0, granted = 0) => ({
  captured: amount,
  refundCommitted,
  refunded: 0,
  granted,
});

describe('O3: the table of moves', () => {
  const legal = new Set([
    'placing pending',
    'placing aborted',
    'pending paid',
    'pending failed',
    'pending cancelled',
    'pending pending_stock_rolledback',
    'paid processing',
    'paid shipped',
    'paid cancelled',
    'processing shipped',
    'processing cancelled',
    'shipped delivered',
    'failed failed_stock_rolledback',
    'pending_stock_rolledback paid',
    'failed_stock_rolledback paid',
  ]);
  const moves = statuses.flatMap((from) => statuses.map((to) => ({ from, to })));

  it.each(moves)('$from -> $to is legal exactly where the life of an order says so', ({ from, to }) => {
    expect(isLegalMove(from, to)).toBe(legal.has(`${from} ${to}`));
  });

  it('is refused at start where a status cannot be reached', () => {
    expect(() => checkTransitions()).not.toThrow();
    expect(() => checkTransitions({ ...transitions, shipped: [] })).toThrow('delivered');
  });
});

describe('the payment status follows from the sums', () => {
  it.each([
    { money: { captured: 0, refundCommitted: 0, refunded: 0, granted: 0 }, is: 'pending' },
    { money: { captured: 400, refundCommitted: 0, refunded: 0, granted: 0 }, is: 'partially_paid' },
    { money: { captured: 1000, refundCommitted: 0, refunded: 0, granted: 0 }, is: 'completed' },
    { money: { captured: 1000, refundCommitted: 300, refunded: 0, granted: 0 }, is: 'completed' },
    { money: { captured: 1000, refundCommitted: 300, refunded: 300, granted: 0 }, is: 'partially_refunded' },
    { money: { captured: 1500, refundCommitted: 500, refunded: 500, granted: 0 }, is: 'completed' },
    { money: { captured: 1000, refundCommitted: 1000, refunded: 1000, granted: 0 }, is: 'refunded' },
  ])('$money is $is', ({ money, is }) => {
    expect(paymentStatusOf(money, 1000)).toBe(is);
  });
});

describe('M8: what a sold order has too much', () => {
  it.each([
    ['nothing, paid once', captured(1000), 0],
    ['all of a second payment', captured(2000), 1000],
    ['all of it, though a part was given back before', captured(2000, 200, 200), 1000],
    ['and nothing any more once that is decided', captured(2000, 1200, 200), 0],
    ['all of it, though everything was given back before', captured(2000, 1000, 1000), 1000],
    ['what is left of it, where somebody gave back in the dashboard', captured(2000, 200), 800],
    ['nothing, where that was more', captured(2000, 1200), 0],
    ['what it has granted is gone already', captured(1000, 300, 300), 0],
    ['never more than is there', captured(1000, 900, 1500), 100],
  ])('%s', (_, money, surplus) => {
    for (const status of ['paid', 'processing', 'shipped', 'delivered'] as const)
      expect(surplusOf({ status, money, total: 1000 })).toBe(surplus);
    for (const status of ['pending', 'pending_stock_rolledback', 'cancelled'] as const)
      expect(surplusOf({ status, money, total: 1000 })).toBe(0);
  });
});

describe('M7: money is to be settled before a part of it is refunded', () => {
  const late = { status: 'pending_stock_rolledback', holds: 'released' } as const;
  it.each<[string, Partial<Situation>, boolean]>([
    ['nothing has come', {}, false],
    ['a part has come', { money: captured(999) }, false],
    ['all has come', { money: captured(1000) }, true],
    ['all has come, and a part is on its way back', { money: captured(1000, 1) }, false],
    ['it is paid', { status: 'paid', money: captured(1000) }, false],
    ['it is paid twice', { status: 'shipped', money: captured(2000) }, true],
    ['all has come late', { ...late, money: captured(1000) }, true],
    ['and is to go back', { ...late, decision: 'refund', money: captured(1000) }, false],
    ['it is cancelled', { status: 'cancelled', money: captured(1000) }, false],
  ])('%s', (_, order, is) => {
    expect(isUnsettled(situation(order))).toBe(is);
  });
});

describe('the next step of an order', () => {
  const attempt = (ms: number) => ({ id: 'a', until: new Date(now.getTime() + ms) });
  const rolledBack = { status: 'pending_stock_rolledback', holds: 'released' } as const;

  it.each<{ name: string; order: Partial<Situation>; step: string }>([
    { name: 'waits for its money', order: {}, step: 'nothing' },
    { name: 'does not become paid by a part', order: { money: captured(999) }, step: 'nothing' },
    { name: 'becomes paid by all of it', order: { money: captured(1000) }, step: 'pay' },
    {
      name: 'does not become paid by money that is being refunded',
      order: { money: captured(1000, 1000) },
      step: 'nothing',
    },
    {
      name: 'deletes the holds of a paid order before anything else',
      order: { status: 'paid', holds: 'consumed', settled: false, money: captured(1500) },
      step: 'finish-consume',
    },
    {
      name: 'gives back what is over',
      order: { status: 'paid', holds: 'consumed', money: captured(1500) },
      step: 'refund',
    },
    {
      name: 'gives back what is over what it has not granted',
      order: { status: 'delivered', holds: 'consumed', money: captured(1500, 600, 600) },
      step: 'refund',
    },
    {
      name: 'finishes a rollback before it looks at late money',
      order: { ...rolledBack, settled: false, money: captured(1000) },
      step: 'finish-release',
    },
    {
      name: 'takes the stock again for late money',
      order: { ...rolledBack, money: captured(1000) },
      step: 'attempt',
    },
    {
      name: 'leaves an attempt that is under way alone',
      order: { ...rolledBack, holds: 'open', attempt: attempt(1), money: captured(1000) },
      step: 'wait',
    },
    {
      name: 'tries again when the lease of an attempt is over',
      order: { ...rolledBack, holds: 'open', attempt: attempt(-1), money: captured(1000) },
      step: 'attempt',
    },
    {
      name: 'ends an attempt whose money has gone back meanwhile',
      order: { ...rolledBack, holds: 'open', attempt: attempt(-1), money: captured(1000, 1000) },
      step: 'end-attempt',
    },
    { name: 'refunds a late part', order: { ...rolledBack, money: captured(400) }, step: 'refund' },
    {
      name: 'refunds further money once the refund is decided',
      order: { ...rolledBack, decision: 'refund', money: captured(2000, 1000) },
      step: 'refund',
    },
    {
      name: 'rolls a failed order back',
      order: { status: 'failed', holds: 'released' },
      step: 'mark-rolled-back',
    },
    {
      name: 'refunds a cancelled order',
      order: { status: 'cancelled', money: captured(10) },
      step: 'refund',
    },
  ])('$name', ({ order, step }) => {
    expect(nextStep(situation(order), now).kind).toBe(step);
  });
});
