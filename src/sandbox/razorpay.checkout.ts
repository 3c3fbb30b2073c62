import { readFileSync } from 'node:fs';

import { parseFields } from './fields.js';
import { isForgeable, json, type Answer, type Call, type Route } from './http.js';
import type { RazorpayActions } from './razorpay.actions.js';
import { PAYMENT_METHODS } from './razorpay.entities.js';
import type { Ledger } from './razorpay.ledger.js';
import { Refusal } from './refusal.js';

const FILES = new URL('./checkout/', import.meta.url);

/** The frame acts with what it shows, so only pages of this machine may show it, and it loads nothing from elsewhere. */
const FRAME_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors http://127.0.0.1:* http://localhost:*',
].join('; ');

/** Whether a path is of Checkout, which customers' browsers ask for without the shop's secret. */
export function isCheckout(path: string): boolean {
  return path === '/v1/checkout.js' || path.startsWith('/v1/checkout/');
}

/**
 * Razorpay's Checkout: the script that a shop's page loads, the frame that the script opens, and what the frame asks for.
 * Whoever pays knows the order's id and the shop's public key, as with Razorpay.
 */
export function makeCheckoutRoutes(options: {
  ledger: Ledger;
  actions: RazorpayActions;
  keyId: string;
}): Route[] {
  const { ledger, actions } = options;

  function refuseOtherKeys(key: string | null): void {
    if (key !== options.keyId) throw new Refusal('The api key provided is invalid', { status: 401 });
  }

  function showOrder({ params, query }: Call): Answer {
    refuseOtherKeys(query.get('key'));
    const { id, amount_due, currency, status } = ledger.order(params.id ?? '');
    return json(200, { id, amount_due, currency, status });
  }

  /** What Checkout hands to the page, or `error`: what it tells the listeners of `payment.failed`. */
  function pay(call: Call): Answer {
    if (isForgeable(call)) return json(415, {});
    const body = parseFields(call.body);
    refuseOtherKeys(body.text('key'));
    const attempt = {
      razorpayOrderId: body.text('order_id'),
      amount: body.optionalInteger('amount'),
      method: body.choice('method', PAYMENT_METHODS),
    };
    if (body.optionalBoolean('refuse') !== true) return json(200, actions.pay(attempt));
    const payment = actions.fail(attempt);
    return json(200, {
      error: {
        code: payment.error_code,
        description: payment.error_description,
        source: payment.error_source,
        step: payment.error_step,
        reason: payment.error_reason,
        metadata: { order_id: payment.order_id, payment_id: payment.id },
      },
    });
  }

  const route = (method: string, path: string, answer: Route['answer']): Route => ({ method, path, answer });
  return [
    route('GET', '/v1/checkout.js', () =>
      file('checkout.js', 'text/javascript', { 'cross-origin-resource-policy': 'cross-origin' }),
    ),
    route('GET', '/v1/checkout/embedded', () =>
      file('frame.html', 'text/html', { 'content-security-policy': FRAME_POLICY }),
    ),
    route('GET', '/v1/checkout/frame.js', () => file('frame.js', 'text/javascript')),
    route('GET', '/v1/checkout/frame.css', () => file('frame.css', 'text/css')),
    route('GET', '/v1/checkout/orders/:id', showOrder),
    route('POST', '/v1/checkout/payments', pay),
  ];
}

function file(name: string, type: string, headers: Record<string, string> = {}): Answer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
    body: readFileSync(new URL(name, FILES), 'utf8'),
  };
}
