import { describe, expect, it } from '@jest/globals';
import type { Order, Timeline } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { kindsOf, orderAccount } from '../../support/drift.js';
import { admin, later, orderOf } from '../../support/flows.js';
import { overpaidOrder } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const SHOP = 'admin@holdfast.example';
const noticesOf = async ({ number }: Order) => {
  await app.holdfast.jobs.run('mail');
  return app.ses.mails(SHOP).filter(({ subject }) => /refund/.test(subject) && subject.includes(number));
};

describe('M8, N5: a refund that Razorpay refuses again and again', () => {
  it('stands in the timeline once, is told to the shop once, and is tried on, hourly, until it goes through', async () => {
    await app.razorpay.control.trouble({ mode: 'reject', path: '/v1/payments/:id/refund', method: 'POST' });
    const { buyer, order } = await overpaidOrder(app);
    for (let minute = 0; minute < 30; minute += 1) await later(app, 60_000);
    const notes = async () =>
      bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200)).data.filter(
        ({ reason }) => /is refused and tried again/.test(reason),
      );
    expect(await notes()).toHaveLength(1);
    expect(await noticesOf(order)).toHaveLength(1);
    expect(kindsOf(await orderAccount(boss, order.id))).toEqual(['refund_stuck']);

    const attemptsBefore = Number((await rows.one('refunds', { orderId: order.id }))['attempts']);
    for (let hour = 0; hour < 4; hour += 1) await later(app, 61 * 60_000);
    const { attempts } = await rows.one('refunds', { orderId: order.id });
    expect(Number(attempts) - attemptsBefore).toBeGreaterThanOrEqual(3);
    expect(Number(attempts) - attemptsBefore).toBeLessThanOrEqual(5);

    await app.razorpay.control.trouble({ mode: 'none' });
    await later(app, 61 * 60_000);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountRefunded: { amount: 5_000 } });
    expect(await notes()).toHaveLength(1);
    expect(await noticesOf(order)).toHaveLength(1);
    expect(await orderAccount(boss, order.id)).toMatchObject({ state: 'balanced' });
  }, 120_000);
});

describe('M8, N5: a refund that fails for good', () => {
  it('is told to the shop once, and stands in the report until somebody has acted', async () => {
    await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
    const { order } = await overpaidOrder(app);
    await later(app, 60_000);
    await later(app, 60_000);
    const told = await noticesOf(order);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/pay it out another way/);
    const account = await orderAccount(boss, order.id);
    expect([account.state, kindsOf(account)]).toEqual(['needs_action', ['refund_failed']]);
  });
});
