import { describe, expect, it } from '@jest/globals';
import type { PaymentPage, WebhookEventPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { paymentEvent, sendEvent } from '../../support/events.js';
import { admin } from '../../support/flows.js';
import { paidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const paid = await paidOrder(app);
app.holdfast.clock.advance(60_000);
const between = app.holdfast.clock.now().toISOString();
app.holdfast.clock.advance(60_000);
await sendEvent(
  app,
  { entity: 'event', event: 'settlement.processed', payload: {} },
  { eventId: 'evt-settled' },
);
const strange = { id: 'pay_Strange1', order_id: 'order_Strange1', amount: 100, currency: 'INR' };
const event = paymentEvent('payment.captured', { ...strange, status: 'captured' });
await sendEvent(app, event, { eventId: 'of no/address? ' });
await app.quiet();

const list = async (query: object) =>
  bodyOf<WebhookEventPage>(await boss.get('/v1/admin/webhook-events').query(query).expect(200));
const events = async (query: object) => (await list(query)).data.map(({ event }) => event);

describe('200', () => {
  it('M9: every event is listed, the newest first, with what came of it', async () => {
    const { data, pagination } = await list({});
    expect(pagination.total).toBe(data.length);
    expect(data.slice(0, 2)).toMatchObject([
      { event: 'payment.captured', state: 'done', verdict: 'no order of ours', attempts: 1, orderId: null },
      {
        id: 'evt-settled',
        event: 'settlement.processed',
        state: 'done',
        verdict: 'nothing for us',
        nextAttemptAt: null,
      },
    ]);
    // An id that can stand in no address is known by another one.
    expect(data[0]?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(data.slice(2).every(({ orderId, state }) => orderId === paid.order.id && state === 'done')).toBe(
      true,
    );
  });

  it('M9: they are found by type, state, order and time', async () => {
    expect(await events({ event: 'settlement.processed' })).toEqual(['settlement.processed']);
    expect(await events({ state: 'failing' })).toEqual([]);
    expect(await events({ orderId: paid.order.id })).toContain('order.paid');
    expect(await events({ from: between })).toEqual(['payment.captured', 'settlement.processed']);
    expect(await events({ to: between })).not.toContain('settlement.processed');
    expect(await events({ state: 'done', event: 'payment.captured', from: between })).toEqual([
      'payment.captured',
    ]);
  });

  it('M9: they are found by Razorpay’s ids of what they are about', async () => {
    const answer = await boss.get('/v1/admin/payments').query({ orderId: paid.order.id }).expect(200);
    const [payment] = bodyOf<PaymentPage>(answer).data;
    const found = await list({ q: payment?.razorpayPaymentId ?? '' });
    expect(found.data.length).toBeGreaterThan(0);
    expect(found.data.every(({ orderId }) => orderId === paid.order.id)).toBe(true);
    expect(await events({ q: 'order_Strange1' })).toEqual(['payment.captured']);
  });

  it('M9: they are paged', async () => {
    const { data, pagination } = await list({ page: 2, limit: 1 });
    expect(data).toMatchObject([{ id: 'evt-settled' }]);
    expect(pagination).toMatchObject({ page: 2, limit: 1 });
  });
});
