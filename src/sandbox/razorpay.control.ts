import { parseFields, type Fields } from './fields.js';
import { json, type Call, type Route } from './http.js';
import type { PayInput, RazorpayActions } from './razorpay.actions.js';
import {
  PAYMENT_METHODS,
  type CheckoutAnswer,
  type Order,
  type Payment,
  type Refund,
} from './razorpay.entities.js';
import type { Ledger } from './razorpay.ledger.js';
import { REFUND_OUTCOMES, type RefundOutcome } from './razorpay.refund.rules.js';
import {
  SEND_MODES,
  type Delivery,
  type SendMode,
  type WebhookEvent,
  type Webhooks,
} from './razorpay.webhooks.js';
import { readTrouble, type Trouble, type TroubleInput, type TroubleNow } from './trouble.js';

interface Told {
  webhooks?: SendMode | undefined;
}

/**
 * The hand that plays customer, bank, dashboard and bad luck. The same in the process (`control`) and over HTTP
 * (`POST /control/<name>`, or `razorpayControlAt`); each rejects, changing nothing, when Razorpay would refuse.
 */
export interface RazorpayControl {
  /** A payment succeeds: authorised and captured. Gives what Checkout hands to the page. */
  pay(input: PayInput): Promise<CheckoutAnswer>;
  /** A payment is authorised and waits for its capture. */
  authorize(input: PayInput): Promise<CheckoutAnswer>;
  /** An authorised payment is captured in full, as by automatic capture. */
  capture(input: Told & { paymentId: string }): Promise<Payment>;
  /** A new payment fails, or the authorised one that is named. */
  fail(input: PayInput): Promise<Payment>;
  /** A refund made in the dashboard, not by our API call. */
  refund(input: Told & { paymentId: string; amount?: number | undefined }): Promise<Refund>;
  /** An authorised payment that nobody captured goes back: refund events with `captured: false`. */
  returnUncaptured(input: Told & { paymentId: string }): Promise<Refund>;
  settleRefund(input: Told & { refundId: string; outcome: 'processed' | 'failed' }): Promise<Refund>;
  /** What becomes of refunds from now on; `pending` ones wait for `settleRefund`. */
  setRefundOutcome(input: { outcome: RefundOutcome }): Promise<void>;
  /** A new secret signs new events only, as after a rotation. */
  configureWebhook(input: {
    url?: string | undefined;
    secret?: string | undefined;
    mode?: SendMode | undefined;
  }): Promise<void>;
  deliverHeld(input?: {
    eventIds?: string[] | undefined;
    concurrently?: boolean | undefined;
  }): Promise<Delivery[]>;
  redeliver(input: {
    eventId: string;
    times?: number | undefined;
    concurrently?: boolean | undefined;
  }): Promise<Delivery[]>;
  /** How the API itself fails from now on. */
  trouble(input: TroubleInput): Promise<void>;
  troubleNow(): Promise<TroubleNow>;
  events(): Promise<WebhookEvent[]>;
  orders(): Promise<Order[]>;
  payments(): Promise<Payment[]>;
  refunds(): Promise<Refund[]>;
  /** Resolves when no delivery is under way; with `retries`, when none is waiting for its next try either. */
  waitUntilIdle(input?: { retries?: boolean | undefined }): Promise<void>;
}

type ControlTable = Record<keyof RazorpayControl, (fields: Fields) => unknown>;

export function makeControl(options: {
  ledger: Ledger;
  actions: RazorpayActions;
  webhooks: Webhooks;
  trouble: Trouble;
}): RazorpayControl {
  const { ledger, actions, webhooks, trouble } = options;
  // Inside a `then`, so that a refusal is a rejection here as it is over HTTP.
  const soon = <T>(act: () => T | Promise<T>): Promise<T> => Promise.resolve().then(act);
  return {
    pay: (input) => soon(() => actions.pay(input)),
    authorize: (input) => soon(() => actions.authorize(input)),
    capture: (input) => soon(() => actions.capture(input)),
    fail: (input) => soon(() => actions.fail(input)),
    refund: ({ paymentId, amount, webhooks: mode }) =>
      soon(() =>
        actions.refund(paymentId, { amount, speed: 'normal', notes: [], receipt: null }, { webhooks: mode }),
      ),
    returnUncaptured: (input) => soon(() => actions.returnUncaptured(input)),
    settleRefund: (input) => soon(() => actions.settleRefund(input)),
    setRefundOutcome: ({ outcome }) => soon(() => actions.setRefundOutcome(outcome)),
    configureWebhook: (input) => soon(() => webhooks.configure(input)),
    deliverHeld: (input = {}) => soon(() => webhooks.deliverHeld(input)),
    redeliver: (input) => soon(() => webhooks.redeliver(input)),
    trouble: (input) => soon(() => trouble.set(input)),
    troubleNow: () => soon(() => trouble.now()),
    events: () => soon(() => webhooks.events()),
    orders: () => soon(() => ledger.orders()),
    payments: () => soon(() => ledger.payments()),
    refunds: () => soon(() => ledger.refunds()),
    waitUntilIdle: (input) => soon(() => webhooks.waitUntilIdle(input)),
  };
}

/** The same over HTTP: `POST /control/<name>` with the input as JSON; the lists also answer to GET. */
export function makeControlRoutes(control: RazorpayControl): Route[] {
  const table: ControlTable = {
    pay: (body) => control.pay(readPay(body)),
    authorize: (body) => control.authorize(readPay(body)),
    capture: (body) => control.capture({ paymentId: body.text('paymentId'), ...readTold(body) }),
    fail: (body) => control.fail(readPay(body)),
    refund: (body) =>
      control.refund({
        paymentId: body.text('paymentId'),
        amount: body.optionalInteger('amount'),
        ...readTold(body),
      }),
    returnUncaptured: (body) =>
      control.returnUncaptured({ paymentId: body.text('paymentId'), ...readTold(body) }),
    settleRefund: (body) =>
      control.settleRefund({
        refundId: body.text('refundId'),
        outcome: body.choice('outcome', ['processed', 'failed']),
        ...readTold(body),
      }),
    setRefundOutcome: (body) =>
      control.setRefundOutcome({ outcome: body.choice('outcome', REFUND_OUTCOMES) }),
    configureWebhook: (body) =>
      control.configureWebhook({
        url: body.optionalText('url'),
        secret: body.optionalText('secret'),
        mode: body.optionalChoice('mode', SEND_MODES),
      }),
    deliverHeld: (body) =>
      control.deliverHeld({
        eventIds: body.optionalTexts('eventIds'),
        concurrently: body.optionalBoolean('concurrently'),
      }),
    redeliver: (body) =>
      control.redeliver({
        eventId: body.text('eventId'),
        times: body.optionalInteger('times'),
        concurrently: body.optionalBoolean('concurrently'),
      }),
    trouble: (body) => control.trouble(readTrouble(body)),
    troubleNow: () => control.troubleNow(),
    events: () => control.events(),
    orders: () => control.orders(),
    payments: () => control.payments(),
    refunds: () => control.refunds(),
    waitUntilIdle: (body) => control.waitUntilIdle({ retries: body.optionalBoolean('retries') }),
  };
  const lists = ['events', 'orders', 'payments', 'refunds'];
  return Object.entries(table).flatMap(([name, run]) => {
    const answer = async (call: Call) => json(200, (await run(parseFields(call.body))) ?? {});
    const methods = lists.includes(name) ? ['POST', 'GET'] : ['POST'];
    return methods.map((method) => ({ method, path: `/control/${name}`, answer }));
  });
}

function readPay(body: Fields): PayInput {
  return {
    razorpayOrderId: body.text('razorpayOrderId'),
    amount: body.optionalInteger('amount'),
    method: body.optionalChoice('method', PAYMENT_METHODS),
    paymentId: body.optionalText('paymentId'),
    force: body.optionalBoolean('force'),
    ...readTold(body),
  };
}

function readTold(body: Fields): Told {
  return { webhooks: body.optionalChoice('webhooks', SEND_MODES) };
}

/** The control of a sandbox in another process, at the address that its start gave. */
export function razorpayControlAt(url: string): RazorpayControl {
  const call = async (name: string, input: unknown = {}): Promise<unknown> => {
    const response = await fetch(`${url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`razorpay control ${name}: ${await response.text()}`);
    return response.json();
  };
  // Every method is the one call above under its own name; the sandbox answers with what the interface says.
  return new Proxy(
    {},
    { get: (_, name) => (input: unknown) => call(String(name), input) },
  ) as RazorpayControl;
}
