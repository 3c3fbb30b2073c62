import { createHash } from 'node:crypto';

import { parseFields } from './fields.js';
import { json, matchPath, type Answer, type Call, type Route } from './http.js';
import type { RazorpayActions } from './razorpay.actions.js';
import type { Refund } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import type { Ledger } from './razorpay.ledger.js';
import { readRefundRequest } from './razorpay.refund.rules.js';
import type { Tables } from './tables.js';

const REFUND_PATH = '/v1/payments/:id/refund';
const REFUND_KEY = 'x-refund-idempotency';

/** Razorpay's own API, path by path. */
export function makeApiRoutes(options: {
  ledger: Ledger;
  actions: RazorpayActions;
  tables: Tables;
}): Route[] {
  const { ledger, actions } = options;
  const createRefund = makeRefundRoute(actions, options.tables);
  const id = (call: Call): string => call.params.id ?? '';
  const routes: [string, string, (call: Call) => object][] = [
    ['POST', '/v1/orders', (call) => actions.createOrder(parseFields(call.body))],
    ['GET', '/v1/orders', (call) => page(withReceipt(ledger.orders(), call), call)],
    ['GET', '/v1/orders/:id', (call) => ledger.order(id(call))],
    ['PATCH', '/v1/orders/:id', (call) => actions.editOrder(id(call), parseFields(call.body))],
    ['GET', '/v1/orders/:id/payments', (call) => all(ledger.payments(ledger.order(id(call)).id))],
    ['GET', '/v1/payments', (call) => page(ledger.payments(), call)],
    ['GET', '/v1/payments/:id', (call) => ledger.payment(id(call))],
    [
      'POST',
      '/v1/payments/:id/capture',
      (call) => actions.capture({ paymentId: id(call), ...captureOf(call) }),
    ],
    ['POST', REFUND_PATH, createRefund],
    ['GET', '/v1/payments/:id/refunds', (call) => page(ledger.refunds(ledger.payment(id(call)).id), call)],
    ['GET', '/v1/refunds', (call) => page(ledger.refunds(), call)],
    ['GET', '/v1/refunds/:id', (call) => ledger.refund(id(call))],
  ];
  return routes.map(([method, path, run]) => ({ method, path, answer: (call) => json(200, run(call)) }));
}

function captureOf(call: Call): { amount: number; currency: string } {
  const body = parseFields(call.body);
  return { amount: body.integer('amount'), currency: body.text('currency') };
}

/** The same key and body get the answer of the first time; a key is kept only once a refund came of it. */
function makeRefundRoute(actions: RazorpayActions, tables: Tables): (call: Call) => Refund {
  const keys = tables.table<{ bodyHash: string; refund: Refund }>('refundKeys');
  return (call) => {
    const paymentId = call.params.id ?? '';
    const request = readRefundRequest(parseFields(call.body));
    const key = refundKey(call);
    if (key === undefined) return actions.refund(paymentId, request);
    if (!/^[A-Za-z0-9_-]{10,}$/.test(key)) {
      throw new Refusal(
        'The idempotency key must be at least 10 letters, digits, hyphens or underscores long.',
      );
    }
    const bodyHash = createHash('sha256').update(paymentId).update(call.body).digest('hex');
    const known = keys.get(key);
    if (known === undefined) {
      const refund = actions.refund(paymentId, request);
      keys.set(key, { bodyHash, refund });
      return refund;
    }
    if (known.bodyHash === bodyHash) return known.refund;
    throw new Refusal('Different request with the same idempotency key has already been processed.');
  };
}

function refundKey(call: Call): string | undefined {
  const header = call.headers[REFUND_KEY];
  return Array.isArray(header) ? header[0] : header;
}

/** Refuses a refund whose key is at work in another request that is not answered yet; to be asked at its arrival. */
export function makeRefundGate(): (call: Call) => void {
  const atWork = new Set<string>();
  return (call) => {
    const key = refundKey(call);
    if (key === undefined || call.method !== 'POST' || matchPath(REFUND_PATH, call.path) === undefined)
      return;
    if (atWork.has(key)) {
      throw new Refusal('Request with the same idempotency key is already in progress.', { status: 409 });
    }
    atWork.add(key);
    void call.gone.then(() => atWork.delete(key));
  };
}

function withReceipt<T extends { receipt: string | null }>(items: T[], call: Call): T[] {
  const receipt = call.query.get('receipt');
  return receipt === null ? items : items.filter((item) => item.receipt === receipt);
}

function all(items: object[]): object {
  return { entity: 'collection', count: items.length, items: items.toReversed() };
}

/** The newest first, `count` (10, at most 100) of them after `skip`, between `from` and `to`. */
function page(items: { created_at: number }[], call: Call): object {
  const number = (name: string, otherwise: number): number => {
    const text = call.query.get(name);
    if (text === null) return otherwise;
    if (!/^\d{1,12}$/.test(text)) throw new Refusal(`The ${name} must be an integer.`, { field: name });
    return Number(text);
  };
  const count = number('count', 10);
  if (count < 1) throw new Refusal('The count must be at least 1.', { field: 'count' });
  if (count > 100) throw new Refusal('The count may not be greater than 100.', { field: 'count' });
  const [from, to, skip] = [number('from', 0), number('to', Infinity), number('skip', 0)];
  const found = items.toReversed().filter((item) => item.created_at >= from && item.created_at <= to);
  const shown = found.slice(skip, skip + count);
  return { entity: 'collection', count: shown.length, items: shown };
}

/** A refusal in the shape of Razorpay's errors. */
export function refusalAnswer({ message, status, field }: Refusal): Answer {
  const error = {
    code: 'BAD_REQUEST_ERROR',
    description: message,
    source: 'business',
    step: 'payment_initiation',
  };
  const reason = 'input_validation_failed';
  return json(status, {
    error: { ...error, reason, metadata: {}, ...(field === undefined ? {} : { field }) },
  });
}

/** An error that has nothing to do with the request's content. */
export function plainError(status: number, code: string, description: string): Answer {
  return json(status, { error: { code, description, source: 'NA', step: 'NA', reason: 'NA', metadata: {} } });
}
