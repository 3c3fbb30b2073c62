import { describe, expect, it } from '@jest/globals';
import type { WebhookEvent, WebhookEventPage } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, equation, later, orderOf } from '../../support/flows.js';
import { paidOrder, partPaidOrder } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const replay = (eventId: string) => boss.post(`/v1/admin/webhook-events/${eventId}/replay`);
const eventsOf = async (orderId: string): Promise<WebhookEvent[]> =>
  bodyOf<WebhookEventPage>(await boss.get('/v1/admin/webhook-events').query({ orderId }).expect(200)).data;

describe('202', () => {
  it('M9: an event is worked off anew, and what it says counts once, however often', async () => {
    const { buyer, order, productId } = await paidOrder(app);
    const events = await eventsOf(order.id);
    expect(events.length).toBeGreaterThan(1);
    for (const { id } of [...events, ...events]) {
      const answer = bodyOf<WebhookEvent>(await replay(id).expect(202));
      expect(answer).toMatchObject({ id, state: 'received', verdict: null, attempts: 0 });
    }
    await app.quiet();
    for (const event of await eventsOf(order.id))
      expect(event).toMatchObject({ state: 'done', verdict: 'unchanged', attempts: 1 });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', amountPaid: { amount: 20_000 } });
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
    expect(await rows.all('stockmovements', { ref: order.id })).toHaveLength(1);
  });

  it('M8, M9: what a lost row would have told is told again', async () => {
    const { buyer, order } = await partPaidOrder(app, 5_000);
    const [event] = await eventsOf(order.id);
    const [payment] = await rows.all('payments', { orderId: order.id });
    // As if the payment had never been recorded.
    await rows.set('payments', payment?._id ?? '', { $set: { status: 'authorized', capturedAt: null } });
    await rows.set('orders', order.id, { $set: { 'money.captured': 0, paymentStatus: 'pending' } });
    await replay(event?.id ?? '').expect(202);
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      paymentStatus: 'partially_paid',
      amountPaid: { amount: 5_000 },
    });
  });

  it('M9: one that fails says why, is tried again later, and a replay does not wait for that', async () => {
    const { order } = await paidOrder(app);
    const [event] = await eventsOf(order.id);
    const id = event?.id ?? '';
    const { body } = (await rows.one('webhookevents', { _id: id })) as { body?: string };
    await rows.set('webhookevents', id, { $set: { body: 'not JSON any more' } });
    await replay(id).expect(202);
    await app.quiet();
    const failing = (await eventsOf(order.id)).find((one) => one.id === id);
    expect(failing).toMatchObject({ state: 'failing', attempts: 1 });
    expect(failing?.lastError).toMatch(/JSON/);
    expect(Date.parse(failing?.nextAttemptAt ?? '')).toBeGreaterThan(app.holdfast.clock.now().getTime());
    const found = await boss.get('/v1/admin/webhook-events').query({ state: 'failing' }).expect(200);
    expect(bodyOf<WebhookEventPage>(found).data.map((one) => one.id)).toEqual([id]);
    await rows.set('webhookevents', id, { $set: { body } });
    await replay(id).expect(202);
    await app.quiet();
    expect((await eventsOf(order.id)).find((one) => one.id === id)).toMatchObject({
      state: 'done',
      lastError: null,
    });
  });

  it('M9: a replay while the event is being worked off is not lost', async () => {
    const { order } = await paidOrder(app);
    const [event] = await eventsOf(order.id);
    const id = event?.id ?? '';
    await Promise.all([1, 2, 3, 4].map(() => replay(id).expect(202)));
    await app.quiet();
    await later(app, 1_000);
    expect((await eventsOf(order.id)).find((one) => one.id === id)).toMatchObject({ state: 'done' });
  });
});

describe('404', () => {
  it('M9: of an event that does not exist', async () => {
    expect(codeOf(await replay('nothing-has-this-id').expect(404))).toBe('not_found');
  });
});
