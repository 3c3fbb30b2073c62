import { createHmac } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Razorpay from 'razorpay';

import { startRazorpaySandbox, type RazorpaySandbox } from '../../../src/sandbox/razorpay.js';

const KEY_ID = 'rzp_test_sandbox';
const KEY_SECRET = 'key-secret';
const AUTH = `Basic ${Buffer.from(`${KEY_ID}:${KEY_SECRET}`).toString('base64')}`;

let sandbox: RazorpaySandbox;
let razorpay: Razorpay;

beforeEach(async () => {
  sandbox = await startRazorpaySandbox({
    keyId: KEY_ID,
    keySecret: KEY_SECRET,
    webhookSecret: 'webhook-secret',
    webhookUrl: 'http://127.0.0.1:9/nobody',
    log: () => undefined,
  });
  await sandbox.control.configureWebhook({ mode: 'none' });
  razorpay = new Razorpay({ key_id: KEY_ID, key_secret: KEY_SECRET });
  pointAt(razorpay, sandbox.url);
});

afterEach(() => sandbox.stop());

/** The package has its host built in; its axios instance is there but not typed. */
function pointAt(client: Razorpay, url: string): void {
  const { api } = client as unknown as { api: { rq: { defaults: { baseURL: string } } } };
  api.rq.defaults.baseURL = url;
}

interface ErrorBody {
  error: { code: string; description: string; field?: string; metadata: object };
}

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: AUTH, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & ErrorBody };
}

async function paidOrder(amount = 50_000) {
  const order = await razorpay.orders.create({ amount, currency: 'INR' });
  const paid = await sandbox.control.pay({ razorpayOrderId: order.id });
  return { order, paymentId: paid.razorpay_payment_id, paid };
}

describe('orders', () => {
  it('a created order has every field that Razorpay gives it', async () => {
    const order = await razorpay.orders.create({ amount: 50_000, currency: 'INR', receipt: 'r-1' });
    expect(order).toEqual({
      id: expect.stringMatching(/^order_[A-Za-z0-9]{14}$/),
      entity: 'order',
      amount: 50_000,
      amount_paid: 0,
      amount_due: 50_000,
      currency: 'INR',
      receipt: 'r-1',
      offer_id: null,
      status: 'created',
      attempts: 0,
      notes: [],
      created_at: expect.any(Number),
    });
    expect(await razorpay.orders.fetch(order.id)).toEqual(order);
  });

  it.each([
    [{ amount: 99, currency: 'INR' }, 'amount', 'Order amount less than minimum amount allowed'],
    [{ amount: 100.5, currency: 'INR' }, 'amount', 'The amount must be an integer.'],
    [{ currency: 'INR' }, 'amount', 'The amount field is required.'],
    [{ amount: 100 }, 'currency', 'The currency field is required.'],
    [{ amount: 100, currency: 'INR', receipt: 'x'.repeat(41) }, 'receipt', /40 characters/],
    [{ amount: 100, currency: 'INR', notes: { long: 'x'.repeat(257) } }, 'notes', /256 characters/],
    [
      { amount: 500, currency: 'INR', first_payment_min_amount: 100 },
      'first_payment_min_amount',
      /partial payment/,
    ],
  ])('the order %j is refused for its %s', async (body, field, description) => {
    const answer = await post('/v1/orders', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'BAD_REQUEST_ERROR', field, metadata: {} });
    expect(answer.body.error.description).toMatch(description);
  });

  it('a wrong key is answered 401 before anything is done', async () => {
    const stranger = new Razorpay({ key_id: KEY_ID, key_secret: 'wrong' });
    pointAt(stranger, sandbox.url);
    await expect(stranger.orders.create({ amount: 100, currency: 'INR' })).rejects.toMatchObject({
      statusCode: 401,
      error: { code: 'BAD_REQUEST_ERROR', description: 'Authentication failed' },
    });
    expect(await sandbox.control.orders()).toEqual([]);
  });

  it('unknown ids and unknown paths are answered 400', async () => {
    await expect(razorpay.orders.fetch('order_00000000000000')).rejects.toMatchObject({
      statusCode: 400,
      error: { code: 'BAD_REQUEST_ERROR', description: 'The id provided does not exist' },
    });
    const nowhere = await fetch(`${sandbox.url}/v1/nowhere`, { headers: { authorization: AUTH } });
    expect(nowhere.status).toBe(400);
  });

  it('the list is newest first, filtered by receipt, and cut by count and skip', async () => {
    const made = [];
    for (let n = 0; n < 12; n += 1) {
      made.push(await razorpay.orders.create({ amount: 100 + n, currency: 'INR', receipt: `r-${n % 2}` }));
    }
    expect((await razorpay.orders.all()).count).toBe(10);
    const even = await razorpay.orders.all({ receipt: 'r-0', count: 2, skip: 1 });
    expect(even.items.map((order) => order.id)).toEqual([made[8]?.id, made[6]?.id]);
    await expect(razorpay.orders.all({ count: 101 })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('a receipt may be used twice, unless a unique one is asked for', async () => {
    const body = { amount: 100, currency: 'INR', receipt: 'r-1' };
    const first = await post('/v1/orders', body);
    expect((await post('/v1/orders', body)).body.id).not.toBe(first.body.id);
    expect((await post('/v1/orders', { ...body, unique_receipt: true })).body.id).toBe(first.body.id);
  });

  it('only the notes of an order can be edited', async () => {
    const order = await razorpay.orders.create({ amount: 100, currency: 'INR' });
    expect(await razorpay.orders.edit(order.id, { notes: { a: 'b' } })).toEqual({
      ...order,
      notes: { a: 'b' },
    });
  });
});

describe('payments', () => {
  it('a payment gives what Checkout hands over, and the order is paid', async () => {
    const { order, paid } = await paidOrder();
    expect(paid).toEqual({
      razorpay_payment_id: expect.stringMatching(/^pay_[A-Za-z0-9]{14}$/),
      razorpay_order_id: order.id,
      razorpay_signature: createHmac('sha256', KEY_SECRET)
        .update(`${order.id}|${paid.razorpay_payment_id}`)
        .digest('hex'),
    });
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({
      ...{ status: 'paid', attempts: 1, amount_paid: 50_000, amount_due: 0 },
    });
    const payments = await razorpay.orders.fetchPayments(order.id);
    expect(payments).toMatchObject({ entity: 'collection', count: 1 });
    expect(payments.items[0]).toMatchObject({
      ...{
        id: paid.razorpay_payment_id,
        entity: 'payment',
        order_id: order.id,
        amount: 50_000,
        currency: 'INR',
      },
      ...{ status: 'captured', captured: true, method: 'upi', vpa: 'success@razorpay', international: false },
      ...{ amount_refunded: 0, refund_status: null, notes: [], fee: 1_180, tax: 180, error_code: null },
    });
  });

  it('an authorised payment is captured once, and only in full', async () => {
    const order = await razorpay.orders.create({ amount: 50_000, currency: 'INR' });
    const { razorpay_payment_id: id } = await sandbox.control.authorize({
      razorpayOrderId: order.id,
      method: 'card',
    });
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({ status: 'attempted', amount_paid: 0 });
    await expect(razorpay.payments.capture(id, 40_000, 'INR')).rejects.toMatchObject({ statusCode: 400 });
    expect(await razorpay.payments.capture(id, 50_000, 'INR')).toMatchObject({ status: 'captured' });
    await expect(razorpay.payments.capture(id, 50_000, 'INR')).rejects.toMatchObject({
      error: { description: 'This payment has already been captured' },
    });
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({ status: 'paid', amount_paid: 50_000 });
  });

  it('a failed payment leaves the order open and can succeed later under the same id', async () => {
    const order = await razorpay.orders.create({ amount: 50_000, currency: 'INR' });
    const failed = await sandbox.control.fail({ razorpayOrderId: order.id });
    expect(failed).toMatchObject({ status: 'failed', captured: false, error_code: 'BAD_REQUEST_ERROR' });
    const paid = await sandbox.control.pay({ razorpayOrderId: order.id, paymentId: failed.id });
    expect(paid.razorpay_payment_id).toBe(failed.id);
    expect(await razorpay.payments.fetch(failed.id)).toMatchObject({ status: 'captured', error_code: null });
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({ status: 'paid', attempts: 1 });
  });

  it('a part is taken only by an order that allows it, and at first not less than its minimum', async () => {
    const whole = await razorpay.orders.create({ amount: 50_000, currency: 'INR' });
    await expect(sandbox.control.pay({ razorpayOrderId: whole.id, amount: 20_000 })).rejects.toThrow(
      /different/,
    );
    const partial = {
      amount: 50_000,
      currency: 'INR',
      partial_payment: true,
      first_payment_min_amount: 10_000,
    };
    const split = await razorpay.orders.create(partial);
    const razorpayOrderId = split.id;
    await expect(sandbox.control.pay({ razorpayOrderId, amount: 9_999 })).rejects.toThrow(/minimum/);
    await sandbox.control.pay({ razorpayOrderId, amount: 20_000 });
    expect(await razorpay.orders.fetch(split.id)).toMatchObject({ status: 'attempted', amount_due: 30_000 });
    await expect(sandbox.control.pay({ razorpayOrderId, amount: 30_001 })).rejects.toThrow(/different/);
    await sandbox.control.pay({ razorpayOrderId });
    expect(await razorpay.orders.fetch(split.id)).toMatchObject({
      status: 'paid',
      amount_due: 0,
      attempts: 2,
    });
  });

  it('a paid order takes no more money, unless it is forced to', async () => {
    const { order } = await paidOrder();
    await expect(sandbox.control.pay({ razorpayOrderId: order.id })).rejects.toThrow(/already done/);
    await sandbox.control.pay({ razorpayOrderId: order.id, force: true });
    expect((await razorpay.orders.fetchPayments(order.id)).items.map((item) => item.status)).toEqual([
      'captured',
      'captured',
    ]);
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({ amount_paid: 100_000, amount_due: 0 });
  });
});

describe('refunds', () => {
  it('parts of a payment are refunded until nothing is left', async () => {
    const { order, paymentId } = await paidOrder();
    const refund = await razorpay.payments.refund(paymentId, { amount: 20_000 });
    expect(refund).toMatchObject({
      ...{ id: expect.stringMatching(/^rfnd_[A-Za-z0-9]{14}$/), entity: 'refund', payment_id: paymentId },
      ...{ amount: 20_000, currency: 'INR', status: 'processed', receipt: null, notes: [], batch_id: null },
    });
    expect(await razorpay.payments.fetch(paymentId)).toMatchObject({
      ...{ status: 'captured', refund_status: 'partial', amount_refunded: 20_000 },
    });
    await expect(razorpay.payments.refund(paymentId, { amount: 30_001 })).rejects.toMatchObject({
      error: { description: 'The total refund amount is greater than the refund payment amount' },
    });
    await razorpay.payments.refund(paymentId, {});
    expect(await razorpay.payments.fetch(paymentId)).toMatchObject({
      ...{ status: 'refunded', refund_status: 'full', captured: true, amount_refunded: 50_000 },
    });
    await expect(razorpay.payments.refund(paymentId, {})).rejects.toMatchObject({
      error: { description: 'The payment has been fully refunded already' },
    });
    expect(await razorpay.payments.fetchMultipleRefund(paymentId, {})).toMatchObject({ count: 2 });
    expect(await razorpay.refunds.fetch(refund.id)).toMatchObject({ id: refund.id, amount: 20_000 });
    expect(await razorpay.orders.fetch(order.id)).toMatchObject({ status: 'paid' });
  });

  it('a payment that is not captured is not refunded', async () => {
    const order = await razorpay.orders.create({ amount: 50_000, currency: 'INR' });
    const { razorpay_payment_id: id } = await sandbox.control.authorize({ razorpayOrderId: order.id });
    await expect(razorpay.payments.refund(id, {})).rejects.toMatchObject({ statusCode: 400 });
  });

  it('a pending refund is settled later, and a failed one frees its amount', async () => {
    const { paymentId } = await paidOrder();
    await sandbox.control.setRefundOutcome({ outcome: 'pending' });
    const first = await razorpay.payments.refund(paymentId, { amount: 20_000 });
    expect(first.status).toBe('pending');
    await sandbox.control.settleRefund({ refundId: first.id, outcome: 'processed' });
    expect(await razorpay.refunds.fetch(first.id)).toMatchObject({ status: 'processed' });

    await sandbox.control.setRefundOutcome({ outcome: 'failed' });
    const second = await razorpay.payments.refund(paymentId, {});
    expect(second.status).toBe('pending');
    expect(await razorpay.refunds.fetch(second.id)).toMatchObject({ status: 'failed' });
    expect(await razorpay.payments.fetch(paymentId)).toMatchObject({
      status: 'captured',
      amount_refunded: 20_000,
    });
  });

  it('the same idempotency key refunds once; another body or a short key is refused', async () => {
    const { paymentId } = await paidOrder();
    const path = `/v1/payments/${paymentId}/refund`;
    const key = { 'X-Refund-Idempotency': 'refund-0001' };
    const first = await post(path, { amount: 20_000 }, key);
    const again = await post(path, { amount: 20_000 }, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect((await post(path, { amount: 10_000 }, key)).body.error.description).toMatch(/^Different request/);
    expect((await post(path, {}, { 'X-Refund-Idempotency': 'short' })).status).toBe(400);
    expect(await sandbox.control.refunds()).toHaveLength(1);
  });

  it('a key that is at work in another request is answered 409, and afterwards its refund is given', async () => {
    const { paymentId } = await paidOrder();
    const path = `/v1/payments/${paymentId}/refund`;
    const headers = { authorization: AUTH, 'x-refund-idempotency': 'refund-0001' };
    await sandbox.control.trouble({ mode: 'act-then-hang', path: '/v1/payments/:any/refund', times: 1 });
    const hanging = new AbortController();
    const lost = fetch(`${sandbox.url}${path}`, { method: 'POST', headers, signal: hanging.signal });
    while ((await sandbox.control.refunds()).length === 0) await nextTurn();
    expect((await post(path, {}, headers)).status).toBe(409);
    hanging.abort();
    await expect(lost).rejects.toThrow();
    let retried = await post(path, {}, headers);
    while (retried.status === 409) retried = await post(path, {}, headers);
    expect(retried.body.error.description).toMatch(/^Different request/);
    const same = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers });
    expect(await same.json()).toMatchObject({ amount: 50_000 });
    expect(await sandbox.control.refunds()).toHaveLength(1);
  });
});
