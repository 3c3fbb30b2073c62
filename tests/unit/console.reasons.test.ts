import { describe, expect, it } from '@jest/globals';
import { publicStatuses, type PublicStatus } from '../../src/modules/orders/orders.rules.js';
import type { OrderAction } from '../../src/sandbox/console/console.types.js';
import {
  eventReasons,
  heldReason,
  ORDER_ACTIONS,
  reasonsOf,
  whyNot,
  type OrderFacts,
} from '../../src/sandbox/console/reasons.rules.js';

const UNPAID = { id: 'order_1', amount: 50_000, isPaid: false };
const PAID = { id: 'order_1', amount: 50_000, isPaid: true };

const facts = (change: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ status: 'pending', due: 50_000, currency: 'INR', gatewayOrders: [UNPAID] },
  ...change,
});

/** Which buttons an order takes. */
const takes = (change: Partial<OrderFacts>): OrderAction[] =>
  ORDER_ACTIONS.filter((action) => whyNot(action, facts(change)) === null);

describe('X7: which buttons an order can take', () => {
  it('a pending order takes all of them', () => {
    expect(takes({})).toEqual(ORDER_ACTIONS);
    expect(takes({ gatewayOrders: [] })).toEqual(ORDER_ACTIONS);
  });

  it.each<PublicStatus>(['paid', 'processing', 'shipped', 'delivered'])(
    '%s: only to be paid twice',
    (status) => {
      expect(takes({ status, due: 0, gatewayOrders: [PAID] })).toEqual(['overPay']);
      expect(takes({ status, due: 0, gatewayOrders: [] })).toEqual([]);
    },
  );

  it.each<PublicStatus>(['pending_stock_rolledback', 'failed_stock_rolledback', 'cancelled', 'failed'])(
    '%s: only what was started before can be paid late',
    (status) => {
      expect(takes({ status })).toEqual(['payLate']);
      expect(takes({ status, gatewayOrders: [PAID] })).toEqual([]);
    },
  );

  it('a rest that is too small for Razorpay is told with the amounts', () => {
    expect(takes({ due: 50 })).toEqual([]);
    expect(takes({ due: 150 })).toEqual(ORDER_ACTIONS.filter((action) => action !== 'payHalf'));
    expect(whyNot('payHalf', facts({ due: 150 }))).toBe('A payment is at least ₹1.00.');
  });

  it('every refusal says why, in a sentence', () => {
    for (const status of publicStatuses) {
      for (const gatewayOrders of [null, [], [PAID]]) {
        const reasons = Object.values(reasonsOf(facts({ status, due: 0, gatewayOrders })));
        for (const reason of reasons) if (reason !== null) expect(reason).toMatch(/^[A-Z].{10,}\.$/);
      }
    }
  });

  it('somebody else’s Razorpay cannot be played', () => {
    const { pay } = reasonsOf(facts({ gatewayOrders: null }));
    expect(pay).toContain('RAZORPAY_API_URL');
  });
});

describe('X7: which buttons an event can take', () => {
  it('held ones are delivered once; every one can come twice', () => {
    expect(eventReasons('held')).toEqual({ deliver: null, deliverTwice: null });
    for (const status of ['due', 'delivered', 'silenced', 'given_up']) {
      const { deliver, deliverTwice } = eventReasons(status);
      expect(deliver).toMatch(/^It is not held back: .+\.$/);
      expect(deliverTwice).toBeNull();
    }
  });

  it('where none is held, none is delivered', () => {
    expect(heldReason(0)).toContain('No event is held back');
    expect(heldReason(1)).toBeNull();
  });
});
