import { createHmac } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startRazorpaySandbox, type RazorpaySandbox } from '../../../src/sandbox/razorpay.js';

const KEY_ID = 'rzp_test_sandbox';
const KEY_SECRET = 'key-secret';

let sandbox: RazorpaySandbox;

beforeEach(async () => {
  sandbox = await startRazorpaySandbox({
    ...{ keyId: KEY_ID, keySecret: KEY_SECRET, webhookSecret: 'webhook-secret' },
    ...{ webhookUrl: 'http://127.0.0.1:9/nobody', log: () => undefined },
  });
  await sandbox.control.configureWebhook({ mode: 'hold' });
});

afterEach(() => sandbox.stop());

async function anOrder(amount = 50_000): Promise<string> {
  const response = await fetch(`${sandbox.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${KEY_ID}:${KEY_SECRET}`).toString('base64')}` },
    body: JSON.stringify({ amount, currency: 'INR' }),
  });
  return ((await response.json()) as { id: string }).id;
}

function post(body: object, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  return fetch(`${sandbox.url}/v1/checkout/payments`, request);
}

type Told = { error: { description: string; metadata: object } };

describe('what a browser loads', () => {
  it('any page may load the script', async () => {
    const script = await fetch(`${sandbox.url}/v1/checkout.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await script.text()).toContain('Razorpay');
  });

  it('the frame stands in pages of this machine alone, and runs and loads its own files only', async () => {
    const frame = await fetch(`${sandbox.url}/v1/checkout/embedded?order_id=order_x`);
    const policy = frame.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      'frame-ancestors http://127.0.0.1:* http://localhost:*',
    ]);
    const files = [...(await frame.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    const types = await Promise.all(
      files.map(async (path) => (await fetch(`${sandbox.url}${path}`)).headers.get('content-type')),
    );
    expect(types.sort()).toEqual(['text/css; charset=utf-8', 'text/javascript; charset=utf-8']);
  });

  it('nothing of it can be read by other pages', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await fetch(`${sandbox.url}/v1/checkout/orders/x?key=${KEY_ID}`, { headers });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what the frame does', () => {
  it('it sees what is due, with the public key alone', async () => {
    const id = await anOrder(12_345);
    const answer = await fetch(`${sandbox.url}/v1/checkout/orders/${id}?key=${KEY_ID}`);
    expect(await answer.json()).toEqual({ id, amount_due: 12_345, currency: 'INR', status: 'created' });
  });

  it('it pays, and gets what Checkout hands to the page', async () => {
    const order_id = await anOrder();
    const answer = await post({ key: KEY_ID, order_id, method: 'card' });
    const [payment] = await sandbox.control.payments();
    expect(payment).toMatchObject({ status: 'captured', amount: 50_000, method: 'card', order_id });
    const signature = createHmac('sha256', KEY_SECRET).update(`${order_id}|${payment?.id ?? ''}`);
    expect(await answer.json()).toEqual({
      razorpay_payment_id: payment?.id,
      razorpay_order_id: order_id,
      razorpay_signature: signature.digest('hex'),
    });
    const told = (await sandbox.control.events()).map(({ event }) => event);
    expect(told).toEqual(['payment.authorized', 'payment.captured', 'order.paid']);
  });

  it('the bank refuses, which is told as payment.failed is, and then pays', async () => {
    const order_id = await anOrder();
    const refused = await post({ key: KEY_ID, order_id, method: 'upi', refuse: true });
    const [payment] = await sandbox.control.payments();
    expect([refused.status, payment?.status]).toEqual([200, 'failed']);
    expect(await refused.json()).toEqual({
      error: {
        code: 'BAD_REQUEST_ERROR',
        description: 'Payment was unsuccessful as it was declined by the bank.',
        source: 'bank',
        step: 'payment_authorization',
        reason: 'payment_failed',
        metadata: { order_id, payment_id: payment?.id },
      },
    });
    expect((await post({ key: KEY_ID, order_id, method: 'upi' })).status).toBe(200);
    expect((await sandbox.control.orders())[0]).toMatchObject({ status: 'paid', attempts: 2 });
  });

  it.each([
    ['another key', { key: 'rzp_live_other' }, 401, 'The api key provided is invalid'],
    ['another amount', { amount: 100 }, 400, 'Your payment amount is different from your order amount.'],
    ['an unknown order', { order_id: 'order_unknown' }, 400, 'The id provided does not exist'],
    ['no method', { method: undefined }, 400, 'The method field is required.'],
    ['another method', { method: 'cash' }, 400, 'The method must be one of upi, card, netbanking, wallet.'],
  ])('it refuses %s', async (_, wrong, status, description) => {
    const answer = await post({ key: KEY_ID, order_id: await anOrder(), method: 'upi', ...wrong });
    expect([answer.status, ((await answer.json()) as Told).error.description]).toEqual([status, description]);
    expect(await sandbox.control.payments()).toEqual([]);
  });

  it('it refuses what a page elsewhere could send without being asked', async () => {
    const body = { key: KEY_ID, order_id: await anOrder(), method: 'upi' };
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(await sandbox.control.payments()).toEqual([]);
  });

  it('it is away when Razorpay is', async () => {
    await sandbox.control.trouble({ mode: 'down' });
    await expect(fetch(`${sandbox.url}/v1/checkout.js`)).rejects.toThrow('fetch failed');
  });
});
