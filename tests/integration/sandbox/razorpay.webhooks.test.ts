import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { razorpayControlAt, type RazorpayControl } from '../../../src/sandbox/razorpay.control.js';
import { startRazorpaySandbox, type RazorpaySandbox } from '../../../src/sandbox/razorpay.js';
import { startReceiver, type Receiver } from './receiver.js';

const AUTH = `Basic ${Buffer.from('key:key-secret').toString('base64')}`;

let receiver: Receiver;
let sandbox: RazorpaySandbox;
let control: RazorpayControl;

beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await start();
  control = sandbox.control;
});

afterEach(async () => {
  await sandbox.stop();
  await receiver.stop();
});

function start(extra: { stateFile?: string; retryForMs?: number } = {}): Promise<RazorpaySandbox> {
  return startRazorpaySandbox({
    ...{ keyId: 'key', keySecret: 'key-secret', webhookSecret: 'webhook-secret', webhookUrl: receiver.url },
    ...{ retryBaseMs: 1, webhookTimeoutMs: 200, log: () => undefined, ...extra },
  });
}

async function newOrder(body: object = { amount: 50_000, currency: 'INR' }): Promise<string> {
  const response = await fetch(`${sandbox.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: AUTH, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await response.json()) as { id: string }).id;
}

const sign = (body: string, secret = 'webhook-secret'): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const names = (): string[] => receiver.received.map(({ event }) => event);

describe('what is sent', () => {
  it('a payment sends authorized, captured and order.paid, each signed over its raw body with an id of its own', async () => {
    await control.pay({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle();
    expect(names().sort()).toEqual(['order.paid', 'payment.authorized', 'payment.captured']);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(3);
    for (const { body, signature } of receiver.received) expect(signature).toBe(sign(body));
  });

  it('an event carries the entities as they were when it happened', async () => {
    const razorpayOrderId = await newOrder();
    await control.pay({ razorpayOrderId, webhooks: 'hold' });
    await control.deliverHeld();
    const [authorizedEvent, , orderPaid] = receiver.received.map(({ body }) => JSON.parse(body) as unknown);
    expect(authorizedEvent).toMatchObject({
      ...{ entity: 'event', account_id: expect.stringMatching(/^acc_/), event: 'payment.authorized' },
      ...{ contains: ['payment'], created_at: expect.any(Number) },
      payload: { payment: { entity: { status: 'authorized', captured: false, order_id: razorpayOrderId } } },
    });
    expect(orderPaid).toMatchObject({
      contains: ['payment', 'order'],
      payload: {
        payment: { entity: { status: 'captured' } },
        order: { entity: { id: razorpayOrderId, status: 'paid', amount_due: 0 } },
      },
    });
  });

  it('order.paid comes with the last part only, and not again with an over-payment', async () => {
    const razorpayOrderId = await newOrder({ amount: 50_000, currency: 'INR', partial_payment: true });
    await control.pay({ razorpayOrderId, amount: 20_000 });
    await control.waitUntilIdle();
    expect(names()).not.toContain('order.paid');
    await control.pay({ razorpayOrderId });
    await control.pay({ razorpayOrderId, amount: 100, force: true });
    await control.waitUntilIdle();
    expect(names().filter((name) => name === 'order.paid')).toHaveLength(1);
    expect(names().filter((name) => name === 'payment.captured')).toHaveLength(3);
  });

  it('a UPI retry fails first and is captured afterwards, under one payment id', async () => {
    const razorpayOrderId = await newOrder();
    const { id } = await control.fail({ razorpayOrderId, webhooks: 'hold' });
    await control.pay({ razorpayOrderId, paymentId: id, webhooks: 'hold' });
    await control.deliverHeld();
    expect(names()).toEqual(['payment.failed', 'payment.authorized', 'payment.captured', 'order.paid']);
    for (const { body } of receiver.received) expect(body).toContain(`"id":"${id}"`);
  });

  it('refunds send created and then processed or failed, also those that we did not ask for', async () => {
    const { razorpay_payment_id: paymentId } = await control.pay({
      razorpayOrderId: await newOrder(),
      webhooks: 'none',
    });
    await control.configureWebhook({ mode: 'hold' });
    await control.refund({ paymentId, amount: 10_000 });
    await control.setRefundOutcome({ outcome: 'failed' });
    await control.refund({ paymentId });
    const authorized = await control.authorize({ razorpayOrderId: await newOrder(), webhooks: 'none' });
    await control.setRefundOutcome({ outcome: 'processed' });
    await control.returnUncaptured({ paymentId: authorized.razorpay_payment_id });
    await control.deliverHeld();
    expect(names()).toEqual([
      ...['refund.created', 'refund.processed', 'refund.created', 'refund.failed'],
      ...['refund.created', 'refund.processed'],
    ]);
    expect(JSON.parse(receiver.received[5]?.body ?? '')).toMatchObject({
      contains: ['refund', 'payment'],
      payload: { refund: { entity: { status: 'processed' } }, payment: { entity: { captured: false } } },
    });
  });
});

describe('how it is sent', () => {
  it('an event is tried again until it is answered with 2xx, with the same id, body and signature', async () => {
    receiver.answerWith = (delivery) => (delivery < 4 ? 503 : 200);
    await control.fail({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle({ retries: true });
    expect(receiver.received).toHaveLength(4);
    expect(new Set(receiver.received.map(({ id, body, signature }) => `${id}${body}${signature}`)).size).toBe(
      1,
    );
    const [event] = await control.events();
    expect(event).toMatchObject({ status: 'delivered' });
    expect(event?.deliveries.map(({ status }) => status)).toEqual([503, 503, 503, 200]);
  });

  it('no answer in time counts as a failure', async () => {
    receiver.answerWith = (delivery) => (delivery === 1 ? undefined : 200);
    await control.fail({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle({ retries: true });
    const [event] = await control.events();
    expect(event?.deliveries.map(({ status }) => status)).toEqual([null, 200]);
    expect(event?.deliveries[0]?.error).toMatch(/abort|timeout/i);
  });

  it('after too long without success the webhook is switched off until it is configured again', async () => {
    await sandbox.stop();
    sandbox = await start({ retryForMs: 50 });
    control = sandbox.control;
    receiver.answerWith = () => 500;
    await control.fail({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle({ retries: true });
    const tried = receiver.received.length;
    expect(tried).toBeGreaterThan(2);
    await control.fail({ razorpayOrderId: await newOrder() });
    expect((await control.events()).map(({ status }) => status)).toEqual(['given_up', 'silenced']);
    receiver.answerWith = () => 200;
    await control.configureWebhook({ url: receiver.url });
    await control.fail({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle();
    expect(receiver.received).toHaveLength(tried + 1);
  });

  it('held events are delivered in the order that is asked for, and only once', async () => {
    await control.pay({ razorpayOrderId: await newOrder(), webhooks: 'hold' });
    const held = await control.events();
    expect(receiver.received).toEqual([]);
    const backwards = held.map(({ id }) => id).reverse();
    await control.deliverHeld({ eventIds: backwards });
    expect(receiver.received.map(({ id }) => id)).toEqual(backwards);
    await expect(control.deliverHeld({ eventIds: backwards })).rejects.toThrow(/not held/);
  });

  it('an event is delivered any number of times, one after the other or at once', async () => {
    await control.fail({ razorpayOrderId: await newOrder(), webhooks: 'none' });
    const eventId = (await control.events())[0]?.id ?? '';
    await control.redeliver({ eventId, times: 2 });
    const together = await control.redeliver({ eventId, times: 5, concurrently: true });
    expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(receiver.received.map(({ id }) => id)).toEqual(Array(7).fill(eventId));
  });

  it('after a rotation new events have the new secret, and old ones keep the old', async () => {
    await control.fail({ razorpayOrderId: await newOrder(), webhooks: 'hold' });
    await control.configureWebhook({ secret: 'rotated' });
    await control.deliverHeld();
    await control.fail({ razorpayOrderId: await newOrder() });
    await control.waitUntilIdle();
    const [before, after] = receiver.received;
    expect(before?.signature).toBe(sign(before?.body ?? ''));
    expect(after?.signature).toBe(sign(after?.body ?? '', 'rotated'));
  });
});

describe('the control over HTTP', () => {
  it('does what the one in the process does', async () => {
    const remote = razorpayControlAt(sandbox.url);
    const razorpayOrderId = await newOrder();
    const paid = await remote.pay({ razorpayOrderId, webhooks: 'hold' });
    expect(await remote.payments()).toEqual(await control.payments());
    expect(await remote.payments()).toMatchObject([{ id: paid.razorpay_payment_id, status: 'captured' }]);
    expect(await remote.deliverHeld({ concurrently: true })).toHaveLength(3);
    await remote.waitUntilIdle();
    await expect(remote.pay({ razorpayOrderId })).rejects.toThrow(/already done/);
    await expect(remote.redeliver({ eventId: 'nothing' })).rejects.toThrow(/no such event/);
  });

  it('does not listen to web pages', async () => {
    const form = await fetch(`${sandbox.url}/control/pay`, {
      method: 'POST',
      body: '{"razorpayOrderId":"order_1"}',
    });
    expect(form.status).toBe(415);
  });
});

describe('the state file', () => {
  it('keeps orders, payments and undelivered events across a restart, whatever was torn at its end', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'razorpay-'));
    const stateFile = join(dir, 'state.jsonl');
    try {
      await sandbox.stop();
      sandbox = await start({ stateFile });
      receiver.answerWith = () => undefined;
      await sandbox.control.pay({ razorpayOrderId: await newOrder() });
      const before = [await sandbox.control.orders(), await sandbox.control.payments()];
      await sandbox.stop();
      appendFileSync(stateFile, '{"table":"orders","id":"order_t');

      receiver.answerWith = () => 200;
      sandbox = await start({ stateFile });
      expect([await sandbox.control.orders(), await sandbox.control.payments()]).toEqual(before);
      await sandbox.control.waitUntilIdle({ retries: true });
      expect((await sandbox.control.events()).map(({ status }) => status)).toEqual(
        Array(3).fill('delivered'),
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
