import { describe, expect, it } from '@jest/globals';
import type { Timeline, TimelineEntry } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  later,
  pay,
  placeOrder,
  startPayment,
  type Agent,
} from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const timelineOf = async (agent: Agent, orderId: string): Promise<TimelineEntry[]> =>
  bodyOf<Timeline>(await agent.get(`/v1/orders/${orderId}/timeline`).expect(200)).data;
const moves = (entries: TimelineEntry[]) => entries.map(({ from, to, actor }) => [from, to, actor.kind]);

describe('200', () => {
  it('O4: tells who placed the order, what the gateway said of each try, and who settled it', async () => {
    const product = await aProduct(app);
    const buyer = await customer(app);
    const { id } = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    const { razorpayOrderId } = await startPayment(buyer, id);
    await app.razorpay.control.fail({ razorpayOrderId });
    await app.quiet();
    await pay(app, buyer, id);
    const entries = await timelineOf(buyer, id);
    expect(moves(entries).at(0)).toEqual([null, 'pending', 'customer']);
    expect(moves(entries).at(-1)).toEqual(['pending', 'paid', 'system']);
    const reasons = entries.map(({ reason }) => reason);
    expect(reasons.some((reason) => /failed: .*declined by the bank/.test(reason))).toBe(true);
    expect(reasons.filter((reason) => reason.includes('captured'))).toHaveLength(1);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('O4, O5: tells why an order was rolled back, to its customer and to an admin alike', async () => {
    const product = await aProduct(app);
    const buyer = await customer(app);
    const { id } = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    await later(app, 16 * 60_000);
    const entries = await timelineOf(buyer, id);
    expect(moves(entries)).toEqual([
      [null, 'pending', 'customer'],
      ['pending', 'pending_stock_rolledback', 'system'],
    ]);
    expect(entries.at(-1)?.reason).toBe('not paid in time; its stock goes back');
    expect(await timelineOf(await admin(app), id)).toEqual(entries);
  });
});

describe('404', () => {
  it("O4: a stranger's order has no timeline", async () => {
    const product = await aProduct(app);
    const order = await placeOrder(await customer(app), [{ productId: product.id, quantity: 1 }]);
    const stranger = await customer(app);
    await stranger.get(`/v1/orders/${order.id}/timeline`).expect(404);
    await stranger.get('/v1/orders/no-such-order/timeline').expect(404);
  });
});
