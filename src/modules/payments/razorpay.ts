import Razorpay from 'razorpay';
import { z } from 'zod';
import {
  listOf,
  orderSchema,
  parsePayment,
  paymentSchema,
  refundSchema,
  type GatewayPayment,
  type GatewayRefund,
} from './razorpay.answers.js';
import { asGatewayError, GatewayError, type KeysVerdict } from './razorpay.errors.js';
import { configureTransport, post } from './razorpay.transport.js';

/** What the shop needs of Razorpay. Every call is over within the time-out, and fails only as a GatewayError. */
export type Gateway = ReturnType<typeof createGateway>;

/** As many as Razorpay gives at once. */
const REFUNDS_A_PAGE = 100;

/**
 * Razorpay captures by itself what is authorized within so many minutes. What is authorized later it keeps for our
 * decision (reconciliation captures it if the order still wants it) and otherwise refunds after the second time.
 */
const CAPTURE = { automatic_expiry_period: 12, manual_expiry_period: 7_200, refund_speed: 'normal' } as const;

/** What is asked of Razorpay, by the names of the functions below. */
export type GatewayCall = keyof Gateway;

/** `onKeys`: called with each answer that says whether Razorpay takes the keys for what was asked. */
export function createGateway(options: {
  keyId: string;
  keySecret: string;
  apiUrl: string;
  onKeys?: (verdict: KeysVerdict, call: GatewayCall) => void;
}) {
  const { keyId, keySecret, apiUrl, onKeys = () => undefined } = options;
  const client = new Razorpay({ key_id: keyId, key_secret: keySecret });
  configureTransport(client, apiUrl);

  const call = async <T>(
    name: GatewayCall,
    schema: z.ZodType<T>,
    request: () => Promise<unknown>,
  ): Promise<T> => {
    const answer = await request().catch((error: unknown) => {
      const failure = asGatewayError(error);
      if (failure.keys !== undefined) onKeys(failure.keys, name);
      throw failure;
    });
    const parsed = schema.safeParse(answer);
    if (!parsed.success) {
      throw new GatewayError('unknown', 'Razorpay answered something that cannot be understood', {
        cause: parsed.error,
      });
    }
    // Only now: a proxy's page with status 200 says nothing of the keys.
    onKeys('taken', name);
    return parsed.data;
  };

  return {
    /** Asks for something harmless, which Razorpay answers to whoever has keys of an account. Throws where it does not. */
    async tryKeys(): Promise<void> {
      await call('tryKeys', listOf(z.unknown()), () => client.orders.all({ count: 1 }));
    },

    async createOrder(order: {
      amount: number;
      currency: string;
      receipt: string;
      notes: Record<string, string>;
    }) {
      return call('createOrder', orderSchema, () =>
        client.orders.create({ ...order, payment: { capture: 'automatic', capture_options: CAPTURE } }),
      );
    },

    /** The order that was made with this receipt, if there is one: how an unknown `createOrder` is settled. */
    async orderByReceipt(receipt: string): Promise<{ id: string } | undefined> {
      const { items } = await call('orderByReceipt', listOf(orderSchema), () =>
        client.orders.all({ receipt }),
      );
      return items.find((order) => order.receipt === receipt);
    },

    async paymentsOfOrder(gatewayOrderId: string): Promise<GatewayPayment[]> {
      const { items } = await call('paymentsOfOrder', listOf(z.unknown()), () =>
        client.orders.fetchPayments(gatewayOrderId),
      );
      // One that cannot be understood (a new kind of payment) hides none of the others.
      return items.map(parsePayment).filter((payment) => payment !== undefined);
    },

    payment: (id: string): Promise<GatewayPayment> =>
      call('payment', paymentSchema, () => client.payments.fetch(id)),

    /** Captures an authorized payment. Capturing twice is refused: the caller looks the payment up then. */
    capture: (id: string, amount: number, currency: string): Promise<GatewayPayment> =>
      call('capture', paymentSchema, () => client.payments.capture(id, amount, currency)),

    /**
     * Refunds a part of a payment. The same `key` (at least 10 characters) refunds once, however often it is sent. The
     * package cannot send that header, so this one call is our own.
     */
    async refund(refund: { gatewayPaymentId: string; amount: number; key: string; reason: string }) {
      return call('refund', refundSchema, () =>
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

    refundById: (id: string): Promise<GatewayRefund> =>
      call('refundById', refundSchema, () => client.refunds.fetch(id)),

    /**
     * All refunds of a payment, each once: how an unknown `refund` is settled. A page without a new one is the last: a
     * gateway that knows no `skip` would give the first one for ever.
     */
    async refundsOf(gatewayPaymentId: string): Promise<GatewayRefund[]> {
      const all = new Map<string, GatewayRefund>();
      for (;;) {
        const before = all.size;
        const page = { count: REFUNDS_A_PAGE, skip: before };
        const { items } = await call('refundsOf', listOf(refundSchema), () =>
          client.payments.fetchMultipleRefund(gatewayPaymentId, page),
        );
        for (const refund of items) all.set(refund.id, refund);
        if (items.length < REFUNDS_A_PAGE || all.size === before) return [...all.values()];
      }
    },
  };
}
