import type { Change, Order } from '../../src/modules/orders/orders.types.js';

/** What the run has done so far, seen at the ports; the invariants read it. */
export function createJournal() {
  const orders: string[] = [];
  const violations: string[] = [];
  let repairIsRight = false;

  return {
    /** Ids in the order of their insertion: actors name an order by its place here. */
    orders,
    violations,
    mayRepair(right: boolean): void {
      repairIsRight = right;
    },

    inserted: (orderId: string): number => orders.push(orderId),

    repaired(productId: string, available: number): void {
      if (!repairIsRight) violations.push(`reconciliation had to repair ${productId} to ${available}`);
    },

    /** A compare-and-set that went through. */
    changed(before: Order, change: Change, now: Date): void {
      const running = before.attempt;
      if (
        running !== null &&
        change.attempt !== undefined &&
        change.attempt !== null &&
        running.until > now
      ) {
        violations.push(`order ${before.id}: a second attempt began while one was under way`);
      }
      if (before.status === 'cancelled' && change.status !== undefined) {
        violations.push(`order ${before.id}: ${change.status} after it was cancelled`);
      }
      if (change.status === 'paid' && before.decision === 'refund') {
        violations.push(`order ${before.id}: paid although its refund was decided`);
      }
    },

    clear(): void {
      orders.length = 0;
      violations.length = 0;
    },
  };
}
