import Razorpay from 'razorpay';
import { z } from 'zod';
import { messageOf } from '../../platform/errors.js';
import { asGatewayError, GatewayError, NO_ANSWER } from './razorpay.errors.js';

/**
 * A payment as Razorpay knows it: a snapshot, possibly of the past. Amounts in minor units. `returned`: it was never
 * captured and went back by itself, which Razorpay calls refunded too.
 */
export type GatewayPayment = {
  id: string;
  gatewayOrderId: string | null;
  amount: number;
  currency: string;
  status: 'created' | 'authorized' | 'returned' | 'captured' | 'refunded' | 'failed';
  method: string | null;
  amountRefunded: number;
  errorDescription: string | null;
};

export type GatewayRefund = {
  id: string;
  gatewayPaymentId: string;
  amount: number;
  status: 'pending' | 'processed' | 'failed';
  receipt: string | null;
};

/** What the shop needs of Razorpay. Every call is over within the time-out, and fails only as a GatewayError. */
export type Gateway = ReturnType<typeof createGateway>;

const TIMEOUT_MS = 4_000;
/** No answer of Razorpay's is nearly as large; a larger one is not read to its end. */
const ANSWER_BYTES = 5 * 1024 * 1024;
/** As many as Razorpay gives at once. */
const REFUNDS_A_PAGE = 100;

/**
 * Razorpay captures by itself what is authorized within so many minutes. What is authorized later it keeps for our
 * decision (reconciliation captures it if the order still wants it) and otherwise refunds after the second time.
 */
const CAPTURE = { automatic_expiry_period: 12, manual_expiry_period: 7_200, refund_speed: 'normal' } as const;

/** Answers are checked, not believed: what we act on must be there and have its type. Further fields are ignored. */
const paymentSchema = z
  .object({
    id: z.string(),
    order_id: z.string().nullish(),
    amount: z.coerce.number().int(),
    currency: z.string(),
    status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
    captured: z.boolean().nullish(),
    method: z.string().nullish(),
    amount_refunded: z.coerce.number().int().nullish(),
    error_description: z.string().nullish(),
  })
  .transform((raw): GatewayPayment => ({
    id: raw.id,
    gatewayOrderId: raw.order_id ?? null,
    amount: raw.amount,
    currency: raw.currency,
    status: raw.status === 'refunded' && raw.captured === false ? 'returned' : raw.status,
    method: raw.method ?? null,
    amountRefunded: raw.amount_refunded ?? 0,
    errorDescription: raw.error_description ?? null,
  }));
const refundSchema = z
  .object({
    id: z.string(),
    payment_id: z.string(),
    amount: z.coerce.number().int(),
    status: z.enum(['pending', 'processed', 'failed']),
    receipt: z.string().nullish(),
  })
  .transform((raw): GatewayRefund => ({
    id: raw.id,
    gatewayPaymentId: raw.payment_id,
    amount: raw.amount,
    status: raw.status,
    receipt: raw.receipt ?? null,
  }));
const orderSchema = z.object({ id: z.string(), receipt: z.string().nullish() });
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Reads a payment or refund out of a webhook's payload; undefined where there is none that can be understood. */
export const parsePayment = (raw: unknown): GatewayPayment | undefined => paymentSchema.safeParse(raw).data;
export const parseRefund = (raw: unknown): GatewayRefund | undefined => refundSchema.safeParse(raw).data;

/** `onKeys`: called with each answer that says whether Razorpay takes the keys. */
export function createGateway(options: {
  keyId: string;
  keySecret: string;
  apiUrl: string;
  onKeys?: (areTaken: boolean) => void;
}) {
  const { keyId, keySecret, apiUrl, onKeys = () => undefined } = options;
  const client = new Razorpay({ key_id: keyId, key_secret: keySecret });
  direct(client, apiUrl);

  const call = async <T>(schema: z.ZodType<T>, request: () => Promise<unknown>): Promise<T> => {
    const answer = await request().catch((error: unknown) => {
      const failure = asGatewayError(error);
      if (failure.keysRefused) onKeys(false);
      throw failure;
    });
    onKeys(true);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new GatewayError('unknown', 'Razorpay answered something that cannot be understood', {
      cause: parsed.error,
    });
  };

  return {
    /** Asks for something harmless, which Razorpay answers to whoever has keys of an account. Throws where it does not. */
    async tryKeys(): Promise<void> {
      await call(listOf(z.unknown()), () => client.orders.all({ count: 1 }));
    },

    async createOrder(order: {
      amount: number;
      currency: string;
      receipt: string;
      notes: Record<string, string>;
    }) {
      return call(orderSchema, () =>
        client.orders.create({ ...order, payment: { capture: 'automatic', capture_options: CAPTURE } }),
      );
    },

    /** The order that was made with this receipt, if there is one: how an unknown `createOrder` is settled. */
    async orderByReceipt(receipt: string): Promise<{ id: string } | undefined> {
      const { items } = await call(listOf(orderSchema), () => client.orders.all({ receipt }));
      return items.find((order) => order.receipt === receipt);
    },

    async paymentsOfOrder(gatewayOrderId: string): Promise<GatewayPayment[]> {
      const { items } = await call(listOf(z.unknown()), () => client.orders.fetchPayments(gatewayOrderId));
      // One that cannot be understood (a new kind of payment) hides none of the others.
      return items.map(parsePayment).filter((payment) => payment !== undefined);
    },

    payment: (id: string): Promise<GatewayPayment> => call(paymentSchema, () => client.payments.fetch(id)),

    /** Captures an authorized payment. Capturing twice is refused: the caller looks the payment up then. */
    capture: (id: string, amount: number, currency: string): Promise<GatewayPayment> =>
      call(paymentSchema, () => client.payments.capture(id, amount, currency)),

    /**
     * Refunds a part of a payment. The same `key` (at least 10 characters) refunds once, however often it is sent. The
     * package cannot send that header, so this one call is our own.
     */
    async refund(refund: { gatewayPaymentId: string; amount: number; key: string; reason: string }) {
      return call(refundSchema, () =>
        post(`${apiUrl}/v1/payments/${encodeURIComponent(refund.gatewayPaymentId)}/refund`, {
          headers: {
            authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`,
            'content-type': 'application/json',
            'x-refund-idempotency': refund.key,
          },
          body: JSON.stringify({
            amount: refund.amount,
            speed: 'normal',
            receipt: refund.key,
            notes: { reason: refund.reason.slice(0, 250) },
          }),
        }),
      );
    },

    refundById: (id: string): Promise<GatewayRefund> => call(refundSchema, () => client.refunds.fetch(id)),

    /**
     * All refunds of a payment, each once: how an unknown `refund` is settled. A page without a new one is the last: a
     * gateway that knows no `skip` would give the first one for ever.
     */
    async refundsOf(gatewayPaymentId: string): Promise<GatewayRefund[]> {
      const all = new Map<string, GatewayRefund>();
      for (;;) {
        const before = all.size;
        const page = { count: REFUNDS_A_PAGE, skip: before };
        const { items } = await call(listOf(refundSchema), () =>
          client.payments.fetchMultipleRefund(gatewayPaymentId, page),
        );
        for (const refund of items) all.set(refund.id, refund);
        if (items.length < REFUNDS_A_PAGE || all.size === before) return [...all.values()];
      }
    },
  };
}

/**
 * The package fixes its host, has no time-out, and turns a network failure into a TypeError unless the failure carries a
 * response. All three are set on its HTTP client, which its types do not show. The client's own time-out begins anew with
 * each piece of an answer, so that one which trickles would never be over: each call gets an end besides.
 */
function direct(client: Razorpay, apiUrl: string): void {
  const http = transportSchema.parse(Reflect.get(client.api, 'rq'));
  Object.assign(http.defaults, { baseURL: apiUrl, timeout: TIMEOUT_MS, maxContentLength: ANSWER_BYTES });
  http.interceptors.request.use((call) => Object.assign(call, { signal: AbortSignal.timeout(TIMEOUT_MS) }));
  http.interceptors.response.use(
    (response: unknown) => response,
    (error: unknown) => {
      if (error instanceof Error && Reflect.get(error, 'response') === undefined) {
        const data = { error: { code: 'NO_ANSWER', description: messageOf(error) } };
        Object.assign(error, { response: { status: NO_ANSWER, data } });
      }
      return Promise.reject(error instanceof Error ? error : new Error(messageOf(error)));
    },
  );
}

type Transport = {
  defaults: object;
  interceptors: {
    request: { use(prepare: (call: object) => object): void };
    response: { use(done: (response: unknown) => unknown, failed: (error: unknown) => unknown): void };
  };
};

/** The package's HTTP client is a function with properties; only those that we set are looked at. */
const transportSchema = z.custom<Transport>(
  (value) => typeof value === 'function' && 'defaults' in value && 'interceptors' in value,
  'the razorpay package has another HTTP client than expected',
);

/** POST with a time-out; rejects with the same kind of failure as the package does. */
async function post(
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const error = z.object({ error: z.unknown() }).safeParse(body).data?.error;
  return Promise.reject(Object.assign(new Error('Razorpay refused'), { statusCode: response.status, error }));
}
