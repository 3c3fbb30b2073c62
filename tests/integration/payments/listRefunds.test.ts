import { describe, expect, it } from '@jest/globals';
import type { RefundPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin } from '../../support/flows.js';
import { paidOrder, recordOutside, refund, unpaidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const online = await paidOrder(app);
await refund(boss, online.order.id, { amount: 1_000, reason: 'First' }).expect(201);
await app.quiet();
const cash = await unpaidOrder(app);
await recordOutside(boss, cash.order.id).expect(201);
app.holdfast.clock.advance(1_000);
await refund(boss, cash.order.id, { amount: 2_000, reason: 'Second' }).expect(201);

const list = async (query: object) =>
  bodyOf<RefundPage>(await boss.get('/v1/admin/refunds').query(query).expect(200));

describe('200', () => {
  it('M7: every refund is listed, the newest first, with where it stands', async () => {
    const { data, pagination } = await list({});
    expect(pagination.total).toBe(2);
    expect(data).toMatchObject([
      { orderId: cash.order.id, state: 'to_be_paid_out', reason: 'Second', razorpayRefundId: null },
      {
        orderId: online.order.id,
        state: 'processed',
        reason: 'First',
        amount: { amount: 1_000, currency: 'INR' },
      },
    ]);
    expect(data[1]?.razorpayRefundId).toMatch(/^rfnd_/);
    expect(data[1]?.settledAt).not.toBeNull();
  });

  it('M7: they are found by order and by state, and paged', async () => {
    expect((await list({ orderId: online.order.id })).data).toHaveLength(1);
    expect((await list({ state: 'to_be_paid_out' })).data).toMatchObject([{ orderId: cash.order.id }]);
    expect((await list({ state: 'failed' })).data).toEqual([]);
    const second = await list({ page: 2, limit: 1 });
    expect(second.data).toMatchObject([{ orderId: online.order.id }]);
    expect(second.pagination).toEqual({ page: 2, limit: 1, total: 2, pages: 2 });
  });
});
