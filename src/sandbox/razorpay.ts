import { randomInt } from 'node:crypto';

import { aboutPage } from './about.js';
import {
  findRoute,
  isForgeable,
  json,
  startHttp,
  type Answer,
  type Call,
  type HttpServer,
  type Reply,
} from './http.js';
import { makeActions } from './razorpay.actions.js';
import { isCheckout, makeCheckoutRoutes } from './razorpay.checkout.js';
import { makeControl, makeControlRoutes, type RazorpayControl } from './razorpay.control.js';
import { Refusal } from './refusal.js';
import { makeLedger } from './razorpay.ledger.js';
import { makeApiRoutes, makeRefundGate, plainError, refusalAnswer } from './razorpay.routes.js';
import { makeWebhooks } from './razorpay.webhooks.js';
import { openTables } from './tables.js';
import { makeTrouble } from './trouble.js';

export interface RazorpaySandboxOptions {
  /** Preferred; a free one when it is taken or absent. */
  port?: number | undefined;
  keyId: string;
  keySecret: string;
  webhookSecret: string;
  /** Where events go, an http address. */
  webhookUrl: string;
  /** Keeps orders, payments, refunds and events across restarts. Default: only in memory. */
  stateFile?: string | undefined;
  retryBaseMs?: number | undefined;
  retryForMs?: number | undefined;
  webhookTimeoutMs?: number | undefined;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  now?: (() => number) | undefined;
  /** The console's address, for those who come to `/`. */
  consoleUrl?: string | undefined;
  log: (line: string) => void;
}

export interface RazorpaySandbox extends HttpServer {
  control: RazorpayControl;
}

/**
 * Starts a stand-in for Razorpay on 127.0.0.1: its API and its Checkout under `/v1`, its signed webhooks, and a control of
 * it all under `/control`. It behaves as documented and like the worst of it; nothing leaves the machine.
 */
export async function startRazorpaySandbox(options: RazorpaySandboxOptions): Promise<RazorpaySandbox> {
  const { keySecret, log, now = Date.now } = options;
  const tables = openTables(options.stateFile);
  const ledger = makeLedger(tables);
  const webhooks = makeWebhooks({
    url: options.webhookUrl,
    secret: options.webhookSecret,
    retryBaseMs: options.retryBaseMs,
    retryForMs: options.retryForMs,
    timeoutMs: options.webhookTimeoutMs,
    ...{ tables, newId, now, log },
  });
  const actions = makeActions({ ledger, webhooks, keySecret, newId, now });
  const trouble = makeTrouble(TROUBLE_ANSWERS);
  const control = makeControl({ ledger, actions, webhooks, trouble });
  const routes = [
    ...makeApiRoutes({ ledger, actions, tables }),
    ...makeCheckoutRoutes({ ledger, actions, keyId: options.keyId }),
    ...makeControlRoutes(control),
  ];
  const enterRefund = makeRefundGate();
  const credentials = `Basic ${Buffer.from(`${options.keyId}:${keySecret}`).toString('base64')}`;

  async function answer(call: Call): Promise<Answer> {
    const [route, params] = findRoute(routes, call.method, call.path) ?? [];
    if (route === undefined) {
      return plainError(400, 'BAD_REQUEST_ERROR', 'The requested URL was not found on the server.');
    }
    return refusable(async () => route.answer({ ...call, params: params ?? {} }));
  }

  async function handle(call: Call): Promise<Reply> {
    if (call.method === 'GET' && call.path === '/')
      return aboutPage({ ...ABOUT, consoleUrl: options.consoleUrl });
    if (call.path.startsWith('/control/')) return isForgeable(call) ? json(415, {}) : answer(call);
    return refusable(() => {
      enterRefund(call);
      return trouble.pass(call, async () => {
        if (isCheckout(call.path) || call.headers.authorization === credentials) return answer(call);
        return plainError(401, 'BAD_REQUEST_ERROR', 'Authentication failed');
      });
    });
  }

  const server = await startHttp({ name: 'razorpay', port: options.port, log, handle });
  return {
    url: server.url,
    control,
    stop: async () => {
      webhooks.stop();
      await server.stop();
    },
  };
}

const ABOUT = {
  title: 'Razorpay, in the sandbox',
  what: 'A stand-in for Razorpay: payments are played, no money moves.',
  ways: [
    ['/v1/…', 'Razorpay’s API, with the key of the shop'],
    ['GET /v1/checkout.js', 'Checkout, for pages'],
    ['GET /control/orders, payments, refunds, events', 'what there is'],
    [
      'POST /control/pay, authorize, capture, fail',
      'the customer and the bank; with <code>razorpayOrderId</code>',
    ],
    ['POST /control/redeliver, deliverHeld', 'webhooks once more, or those that were held back'],
    [
      'POST /control/refund, settleRefund, setRefundOutcome, returnUncaptured',
      'refunds, as from the dashboard',
    ],
    ['POST /control/trouble', 'how the API fails: <code>{"mode":"down","forMs":5000}</code>'],
  ],
} as const;

async function refusable<T extends Reply>(act: () => Promise<T>): Promise<T | Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error);
    throw error;
  }
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Fourteen letters and digits, as in Razorpay's ids. */
function newId(): string {
  return Array.from({ length: 14 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

const TROUBLE_ANSWERS = {
  error500: () =>
    plainError(500, 'SERVER_ERROR', 'We are facing some trouble completing your request at the moment.'),
  html502: () => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
  }),
  throttle: () => plainError(429, 'BAD_REQUEST_ERROR', 'Request failed. Please try after sometime.'),
  reject: () => plainError(400, 'BAD_REQUEST_ERROR', 'The request was rejected.'),
};
