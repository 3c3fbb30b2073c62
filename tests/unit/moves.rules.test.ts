import { describe, expect, it } from '@jest/globals';
import { illegalMove, movesFor } from '../../src/modules/orders/moves.rules.js';
import {
  awaitsMoney,
  isLegalMove,
  publicStatuses,
  waitsUntil,
  type PublicStatus,
} from '../../src/modules/orders/orders.rules.js';

const order = (status: PublicStatus, more: Partial<Parameters<typeof movesFor>[0]> = {}) => ({
  status,
  shipping: false,
  total: 100,
  money: { captured: 0, refundCommitted: 0, refunded: 0, granted: 0 },
  ...more,
});

describe('O3: the moves that may be asked for', () => {
  it.each([
    ['pending', ['cancelled']],
    ['paid', ['processing', 'shipped', 'cancelled']],
    ['processing', ['shipped', 'cancelled']],
    ['shipped', ['delivered']],
    ['delivered', []],
    ['cancelled', []],
    ['failed', []],
    ['pending_stock_rolledback', []],
    ['failed_stock_rolledback', []],
  ] as const)('by an admin, from %s: %j', (from, moves) => {
    expect(movesFor(order(from), 'admin')).toEqual(moves);
    for (const to of moves) expect(isLegalMove(from, to)).toBe(true);
  });

  it('by a customer: to cancel, while the order is pending', () => {
    for (const from of publicStatuses)
      expect(movesFor(order(from), 'customer')).toEqual(from === 'pending' ? ['cancelled'] : []);
  });

  it('by a customer: nothing once a part is paid, unless that went back', () => {
    const money = { captured: 100, refundCommitted: 0, refunded: 0, granted: 0 };
    expect(movesFor(order('pending', { money }), 'customer')).toEqual([]);
    expect(movesFor(order('pending', { money }), 'admin')).toEqual(['cancelled']);
    const returned = { money: { ...money, refundCommitted: 100 } };
    expect(movesFor(order('pending', returned), 'customer')).toEqual(['cancelled']);
  });

  it('S1, M8: nothing is sent that the customer has all the money back for, though a second payment has just come', () => {
    const all = { captured: 100, refundCommitted: 100, refunded: 100, granted: 100 };
    for (const money of [all, { ...all, captured: 200 }])
      expect(movesFor(order('paid', { money }), 'admin')).toEqual(['cancelled']);
    const part = { ...all, refundCommitted: 99, granted: 99 };
    expect(movesFor(order('paid', { money: part }), 'admin')).toContain('shipped');
  });

  it('S1: nobody cancels an order that has a shipment', () => {
    expect(movesFor(order('paid', { shipping: true }), 'admin')).toEqual(['processing', 'shipped']);
  });

  it('a refusal names where the order is, what is legal, and why', () => {
    const error = illegalMove('paid', 'cancelled', ['processing', 'shipped'], 'It has a shipment.');
    expect(error.code).toBe('illegal_transition');
    expect(error.details).toEqual({ status: 'paid', legal: ['processing', 'shipped'] });
    expect(error.message).toBe(
      'This order is paid and cannot become cancelled. It has a shipment. Legal: processing, shipped.',
    );
    expect(illegalMove('delivered', 'shipped', []).message).toMatch(/no move for you/);
  });
});

describe('M4: how long an order waits for its money', () => {
  const placedAt = new Date('2026-01-01T00:00:00Z');
  const moneySince = new Date('2026-01-01T00:10:00Z');
  const patience = { pendingMs: 900_000, partPaidMs: 86_400_000 };
  const money = (captured: number, refundCommitted = 0, refunded = 0) => ({
    captured,
    refundCommitted,
    refunded,
    granted: 0,
  });
  const until = (order: Partial<Parameters<typeof waitsUntil>[0]>) => {
    const ms = waitsUntil(
      { status: 'pending', placedAt, moneySince: null, money: money(0), ...order },
      patience,
    );
    return ms === null ? null : new Date(ms).toISOString();
  };

  it.each([
    ['nothing is paid', {}, '2026-01-01T00:15:00.000Z'],
    ['a part is paid', { moneySince, money: money(5) }, '2026-01-02T00:10:00.000Z'],
    ['a part of the part went back', { moneySince, money: money(5, 2, 2) }, '2026-01-02T00:10:00.000Z'],
    ['a part is on its way back', { moneySince, money: money(5, 5, 0) }, '2026-01-02T00:10:00.000Z'],
    ['all of it went back', { moneySince, money: money(5, 5, 5) }, '2026-01-01T00:15:00.000Z'],
    ['it is paid', { status: 'paid', moneySince, money: money(9) }, null],
    ['it is cancelled', { status: 'cancelled' }, null],
  ] as const)('%s', (_, order, expected) => {
    expect(until(order)).toBe(expected);
  });

  it('waits for money only while it is pending and not all has come', () => {
    const order = { status: 'pending', money: money(900), total: 1_000 } as const;
    expect(awaitsMoney(order)).toBe(true);
    expect(awaitsMoney({ ...order, money: money(1_000) })).toBe(false);
    expect(awaitsMoney({ ...order, money: money(1_000, 1) })).toBe(true);
    expect(awaitsMoney({ ...order, status: 'cancelled' })).toBe(false);
  });
});
