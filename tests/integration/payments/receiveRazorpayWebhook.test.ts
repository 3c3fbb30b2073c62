import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { eventOf, eventsOf, paymentEvent, sendEvent, sign } from '../../support/events.js';
import {
  aProduct,
  customer,
  equation,
  later,
  orderOf,
  placeOrder,
  startPayment,
} from '../../support/flows.js';
import { unpaidOrder, type Bought } from '../../support/money.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

type Started = Bought & { razorpayOrderId: string };

/** An order of 40 000 whose payment, of all or a part, has begun. */
async function started(amount?: number): Promise<Started> {
  const bought = await unpaidOrder(app, { price: 20_000 });
  const { razorpayOrderId } = await startPayment(bought.buyer, bought.order.id, amount);
  return { ...bought, razorpayOrderId };
}

async function isPaidOnce({ buyer, order, productId }: Started): Promise<void> {
  await app.quiet();
  expect(await orderOf(buyer, order.id)).toMatchObject({
    status: 'paid',
    paymentStatus: 'completed',
    amountPaid: { amount: 40_000 },
    amountRefunded: { amount: 0 },
  });
  expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  expect(await rows.all('payments', { orderId: order.id })).toHaveLength(1);
  expect(await rows.all('stockmovements', { ref: order.id })).toHaveLength(1);
  expect(await rows.all('mails', { dedupeKey: `order_confirmation:${order.id}` })).toHaveLength(1);
  await app.holdfast.jobs.run('mail');
  expect(app.ses.mails(buyer.email).filter(({ subject }) => subject.includes(order.number))).toHaveLength(1);
}

describe('200', () => {
  it('M3, M8: the same event 100 times at once has one effect', async () => {
    const it100 = await started();
    await app.razorpay.control.pay({ razorpayOrderId: it100.razorpayOrderId, webhooks: 'none' });
    const { id: eventId } = await eventOf(app, it100.razorpayOrderId, 'payment.captured');
    const deliveries = await app.razorpay.control.redeliver({ eventId, times: 100, concurrently: true });
    const statuses = new Set(deliveries.map(({ status }) => status));
    expect(statuses).toContain(200);
    // On a slow machine some take too long for Razorpay or for us, and come again.
    for (const status of statuses) expect([200, 503, null]).toContain(status);
    expect(await rows.all('webhookevents', { _id: eventId })).toHaveLength(1);
    await isPaidOnce(it100);
  });

  it('M3, M8: payment.captured and order.paid, both at once, pay once', async () => {
    const both = await started();
    await app.razorpay.control.pay({ razorpayOrderId: both.razorpayOrderId, webhooks: 'hold' });
    const held = (await eventsOf(app, both.razorpayOrderId)).map(({ id }) => id);
    expect(held).toHaveLength(3);
    await app.razorpay.control.deliverHeld({ eventIds: held, concurrently: true });
    await isPaidOnce(both);
  });

  it('M8: events of many orders, all of one product, pay each order once', async () => {
    const product = await aProduct(app, { stock: 20, price: 20_000 });
    const buyer = await customer(app);
    const orders = await Promise.all(
      Array.from({ length: 12 }, () => placeOrder(buyer, [{ productId: product.id, quantity: 1 }])),
    );
    const eventIds: string[] = [];
    for (const order of orders) {
      const { razorpayOrderId } = await startPayment(buyer, order.id);
      await app.razorpay.control.pay({ razorpayOrderId, webhooks: 'hold' });
      eventIds.push(...(await eventsOf(app, razorpayOrderId)).map(({ id }) => id));
    }
    await app.razorpay.control.deliverHeld({ eventIds, concurrently: true });
    await app.quiet();
    // An event that lost to another one too often waits for its next turn.
    app.holdfast.clock.advance(60_000);
    await app.holdfast.jobs.run('webhook-inbox');
    for (const { id } of orders) {
      expect(await orderOf(buyer, id)).toMatchObject({ status: 'paid', paymentStatus: 'completed' });
      expect(await rows.all('payments', { orderId: id })).toHaveLength(1);
      expect(await rows.all('stockmovements', { ref: id })).toHaveLength(1);
    }
    expect(await equation(app, product.id)).toMatchObject({ onHand: 8, available: 8, held: 0 });
  }, 60_000);

  it('M8: events that come backwards end in the same state', async () => {
    const backwards = await started();
    await app.razorpay.control.pay({ razorpayOrderId: backwards.razorpayOrderId, webhooks: 'hold' });
    const held = (await eventsOf(app, backwards.razorpayOrderId)).map(({ id }) => id);
    for (const eventId of held.toReversed()) {
      await app.razorpay.control.deliverHeld({ eventIds: [eventId] });
      await app.quiet();
    }
    await isPaidOnce(backwards);
    const [payment] = await rows.all('payments', { orderId: backwards.order.id });
    expect(payment).toMatchObject({ status: 'captured' });
  });

  it('M8: a payment that failed and then came through all the same (UPI) is paid', async () => {
    const again = await started();
    const { razorpayOrderId } = again;
    const { id: paymentId } = await app.razorpay.control.fail({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(again.buyer, again.order.id)).toMatchObject({
      status: 'pending',
      paymentStatus: 'pending',
    });
    await app.razorpay.control.pay({ razorpayOrderId, paymentId });
    await isPaidOnce(again);
  });

  it('M8: news of a failure that comes after the capture takes nothing back', async () => {
    const late = await started();
    const { razorpayOrderId } = late;
    const { id: paymentId } = await app.razorpay.control.fail({ razorpayOrderId, webhooks: 'hold' });
    await app.razorpay.control.pay({ razorpayOrderId, paymentId });
    await app.quiet();
    await app.razorpay.control.deliverHeld();
    await isPaidOnce(late);
  });

  it('M3: an event signed with the secret from before a change is taken', async () => {
    const old = await started();
    await app.razorpay.control.pay({ razorpayOrderId: old.razorpayOrderId, webhooks: 'none' });
    const { body, id } = await eventOf(app, old.razorpayOrderId, 'payment.captured');
    const answer = await sendEvent(app, body, { secret: 'tests-previous-secret', eventId: id });
    expect([answer.status, answer.body]).toEqual([200, { received: true }]);
    await isPaidOnce(old);
  });

  it('M3: an event without an id is known by its content', async () => {
    const nameless = await started();
    await app.razorpay.control.pay({ razorpayOrderId: nameless.razorpayOrderId, webhooks: 'none' });
    const { body } = await eventOf(app, nameless.razorpayOrderId, 'order.paid');
    for (let i = 0; i < 3; i += 1) expect((await sendEvent(app, body, { eventId: null })).status).toBe(200);
    expect(await rows.all('webhookevents', { body })).toHaveLength(1);
    await isPaidOnce(nameless);
  });

  it('M3: an event of an order that is not ours, one that we do not know, and one that is none are stored', async () => {
    const payment = { id: 'pay_Elsewhere00001', order_id: 'order_Elsewhere01', amount: 100, currency: 'INR' };
    const bodies = [
      paymentEvent('payment.captured', { ...payment, status: 'captured' }),
      { entity: 'event', event: 'payment.dispute.created', payload: { dispute: { entity: { id: 'd' } } } },
      { entity: 'event', event: 'payment.captured', payload: { payment: { entity: { id: 7 } } } },
      { anything: ['at', 'all'] },
      {},
    ];
    const ids = bodies.map(() => randomUUID());
    for (const [i, body] of bodies.entries())
      expect((await sendEvent(app, body, { eventId: ids[i] ?? null })).status).toBe(200);
    await app.quiet();
    const stored = await rows.all('webhookevents', { _id: { $in: ids } });
    expect(stored.map((row) => [String(row['state']), String(row['verdict'])]).sort()).toEqual([
      ['done', 'no order of ours'],
      ...Array.from({ length: 4 }, () => ['done', 'nothing for us']),
    ]);
  });

  it('M8: money in another currency does not pay, and the rightful payment still does', async () => {
    const foreign = await started();
    const payment = {
      id: `pay_${randomUUID().slice(0, 14)}`,
      order_id: foreign.razorpayOrderId,
      amount: 40_000,
      currency: 'USD',
      status: 'captured' as const,
    };
    await sendEvent(app, paymentEvent('payment.captured', payment));
    await app.quiet();
    expect(await orderOf(foreign.buyer, foreign.order.id)).toMatchObject({
      status: 'pending',
      paymentStatus: 'pending',
      amountPaid: { amount: 0 },
    });
    expect(await equation(app, foreign.productId)).toMatchObject({ onHand: 5, orders: 2 });
    await app.razorpay.control.pay({ razorpayOrderId: foreign.razorpayOrderId });
    await app.quiet();
    expect(await orderOf(foreign.buyer, foreign.order.id)).toMatchObject({ status: 'paid' });
  });

  it('M4: two parts make a whole: part paid after the first, paid after the second', async () => {
    const parts = await started(15_000);
    const { buyer, order, productId } = parts;
    await app.razorpay.control.pay({ razorpayOrderId: parts.razorpayOrderId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'pending',
      paymentStatus: 'partially_paid',
      amountPaid: { amount: 15_000 },
      amountDue: { amount: 25_000 },
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 5, orders: 2 });
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    expect(await orderOf(buyer, order.id)).toMatchObject({
      status: 'paid',
      paymentStatus: 'completed',
      amountPaid: { amount: 40_000 },
      amountDue: { amount: 0 },
    });
    expect(await equation(app, productId)).toMatchObject({ onHand: 3, available: 3, held: 0 });
  });

  it('M8: a lost webhook is found by asking Razorpay', async () => {
    const lost = await started();
    await app.razorpay.control.pay({ razorpayOrderId: lost.razorpayOrderId, webhooks: 'none' });
    await app.holdfast.jobs.run('payment-reconcile');
    expect(await orderOf(lost.buyer, lost.order.id)).toMatchObject({ status: 'pending' });
    await later(app, 61_000);
    await isPaidOnce(lost);
  });

  it('M8: a payment that stays authorised is captured while the order wants it', async () => {
    const waiting = await started();
    await app.razorpay.control.authorize({ razorpayOrderId: waiting.razorpayOrderId });
    await app.quiet();
    await later(app, 121_000);
    await isPaidOnce(waiting);
    expect((await app.razorpay.control.payments()).at(-1)).toMatchObject({ status: 'captured' });
  });

  it('M3: an event that cannot be worked off is tried again later, and the others go on', async () => {
    const [stuck, sound] = [await started(), await started()];
    const { lines } = (await rows.one('orders', { _id: stuck.order.id })) as { lines?: unknown };
    await rows.set('orders', stuck.order.id, { $set: { 'lines.0.productId': 'a-product-that-is-gone' } });
    for (const { razorpayOrderId } of [stuck, sound]) await app.razorpay.control.pay({ razorpayOrderId });
    await isPaidOnce(sound);
    expect(await orderOf(stuck.buyer, stuck.order.id)).toMatchObject({ status: 'pending' });
    await rows.set('orders', stuck.order.id, { $set: { lines } });
    await later(app, 60_000);
    await isPaidOnce(stuck);
  });
});

describe('400', () => {
  it('M3: without the true signature of these very bytes nothing is stored', async () => {
    const { razorpayOrderId, buyer, order } = await started();
    await app.razorpay.control.pay({ razorpayOrderId, webhooks: 'none' });
    const { body, signature } = await eventOf(app, razorpayOrderId, 'payment.captured');
    const { keySecret, webhookSecret } = app.config.razorpay;
    const before = await rows.all('webhookevents');
    const forgeries: [string, string | null][] = [
      [body, null],
      [body, sign(body, 'another-secret')],
      [body, sign(body, keySecret)],
      [body, sign('', webhookSecret)],
      [body, signature.slice(0, -2)],
      [body, `${signature}00`],
      [body, 'not hexadecimal at all'],
      [JSON.stringify(JSON.parse(body), null, 1), signature],
      [body.replace('"amount":40000', '"amount":40001'), signature],
      [`${body} `, signature],
    ];
    for (const [content, given] of forgeries)
      expect((await sendEvent(app, content, { signature: given })).status).toBe(400);
    expect(await rows.all('webhookevents')).toHaveLength(before.length);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending' });
  });

  it('M3: a signed body that is no JSON object is refused', async () => {
    for (const body of ['[]', '"text"', '{"a":', 'null'])
      expect((await sendEvent(app, body)).status).toBe(400);
  });
});

describe('413', () => {
  it('M3: takes an event of almost 1 MB and refuses one of 2 MB', async () => {
    expect((await sendEvent(app, { filler: 'x'.repeat(1_000_000) })).status).toBe(200);
    expect((await sendEvent(app, { filler: 'x'.repeat(2_000_000) })).status).toBe(413);
  });
});

describe('415', () => {
  it('M3: refuses what is not JSON', async () => {
    const answer = await request(app.url)
      .post('/v1/webhooks/razorpay')
      .set({
        'Content-Type': 'text/plain',
        'X-Razorpay-Signature': sign('{}', app.config.razorpay.webhookSecret),
      })
      .send('{}');
    expect(answer.status).toBe(415);
  });
});
