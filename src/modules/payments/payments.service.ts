import { setTimeout as delay } from 'node:timers/promises';
import { after, type Clock } from '../../platform/clock.js';
import { duplicateKey } from '../../platform/db.js';
import { AppError, notFound, unavailable } from '../../platform/errors.js';
import type { OrderReads, PlacedOrder } from '../orders/orders.service.js';
import type { Settlement } from '../orders/orders.settlement.js';
import type { Order } from '../orders/orders.types.js';
import type { MoneyBook } from './payments.money.js';
import { nextLookupMs, refuseAmount } from './payments.rules.js';
import { checkoutContent, isSignedBy } from './payments.signatures.js';
import type { Intent } from './intents.store.js';
import type { PaymentStore } from './payments.store.js';
import { GatewayError } from './razorpay.errors.js';
import type { Gateway } from './razorpay.js';

/** A payment that can be handed to Razorpay's checkout. */
export type StartedPayment = Intent & { gatewayOrderId: string };

/** `created`: this call made it; otherwise it was there already. */
type Started = { payment: StartedPayment; created: boolean };

/** What the checkout's handler got in the browser. */
export type CheckoutResult = { gatewayOrderId: string; gatewayPaymentId: string; signature: string };

const CREATION_LEASE_MS = 10_000;
/** For as long as it takes a person to mend something. */
const KEYS_RETRY_SECONDS = '60';
/** Payments of one order that are started and not paid: each is an order at Razorpay that is looked up. */
const MOST_OPEN = 10;

/** How long one caller waits for another's payment to be started, and how often it looks. Real time, ms. */
const OTHER_CALLER_MS = 2_000;
const POLL_MS = 100;

/** Starting and verifying payments. Amounts come from the order; a client may only choose to pay a part. */
export type PaymentService = ReturnType<typeof createPaymentService>;

export function createPaymentService(deps: {
  store: PaymentStore;
  gateway: Gateway;
  orders: Pick<OrderReads, 'get' | 'due'>;
  money: MoneyBook;
  settlement: Pick<Settlement, 'settle'>;
  clock: Pick<Clock, 'now'>;
  keySecret: string;
}) {
  const { intents } = deps.store;
  const { gateway, clock } = deps;

  const ownOrder = (orderId: string, userId: string): Promise<PlacedOrder> =>
    deps.orders.get(orderId, { userId, role: 'user' });

  const openIntent = async (
    order: Order,
    userId: string,
    amount: number,
  ): Promise<{ intent: Intent; fresh: boolean }> => {
    const known = await intents.findOpen(order.id, amount);
    if (known !== undefined) return { intent: known, fresh: false };
    if ((await intents.countOpen(order.id)) >= MOST_OPEN) throw tooManyOpen();
    try {
      const { id: orderId, currency } = order;
      const intent = await intents.insert({ orderId, userId, amount, currency });
      // Of those that were started at the same moment, whoever counts too many now takes theirs back.
      if ((await intents.countOpen(order.id)) > MOST_OPEN && (await intents.takeBack(intent.id)))
        throw tooManyOpen();
      return { intent, fresh: true };
    } catch (error) {
      if (duplicateKey(error) === undefined) throw error;
      const quicker = await intents.findOpen(order.id, amount);
      if (quicker === undefined) throw unavailable('The payment');
      return { intent: quicker, fresh: false };
    }
  };

  /** The second of two clicks answers with the payment of the first, as soon as that one has it. */
  const startedByAnother = async (intent: Intent): Promise<StartedPayment> => {
    for (let waited = 0; waited <= OTHER_CALLER_MS; waited += POLL_MS) {
      const now = await intents.findOpen(intent.orderId, intent.amount);
      // Taken back, or over already: asked again, it is another payment.
      if (now === undefined) throw unavailable('The payment');
      if (isStarted(now)) return now;
      await delay(POLL_MS);
    }
    // Whoever started it may have died: only then, its lease is over, may somebody else.
    throw unavailable('This payment is being started; it', { retrySeconds: CREATION_LEASE_MS / 1000 });
  };

  /**
   * Gets the intent its order at Razorpay. One caller at a time; an earlier try whose outcome is unknown is looked up by
   * its receipt, so that a customer never has two orders to pay for one intent.
   */
  const create = async (intent: Intent, order: Order, fresh: boolean): Promise<Started> => {
    if (!(await intents.claimCreation(intent.id, after(clock.now(), CREATION_LEASE_MS)))) {
      return { payment: await startedByAnother(intent), created: false };
    }
    try {
      const earlier = fresh ? undefined : await gateway.orderByReceipt(intent.id);
      const made =
        earlier ??
        (await gateway.createOrder({
          amount: intent.amount,
          currency: intent.currency,
          receipt: intent.id,
          notes: { order_id: order.id, order_number: order.number },
        }));
      const lookupAt = after(clock.now(), nextLookupMs(0) ?? 0);
      const gatewayOrderId = await intents.created(intent.id, made.id, lookupAt);
      return { payment: { ...intent, gatewayOrderId }, created: true };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      // Nothing of it is under way any more: the next caller need not wait.
      if (!error.silent) await intents.leaveCreation(intent.id);
      if (error.outcome === 'unknown') {
        // Until the lease is over nobody may try again: what Razorpay was asked for may still be done.
        throw gatewayAway(error, error.silent ? { retrySeconds: CREATION_LEASE_MS / 1000 } : {});
      }
      throw new AppError('amount_not_payable', 'The payment gateway does not take this payment.', {
        cause: error,
      });
    }
  };

  return {
    /**
     * Starts a payment of `amount` minor units (all that is due, where undefined). Asked again before it is paid, it
     * answers with the same one. Throws order_not_payable, amount_not_payable, not_found, service_unavailable.
     */
    async start(input: { orderId: string; userId: string; amount: number | undefined }): Promise<Started> {
      const order = await ownOrder(input.orderId, input.userId);
      const due = deps.orders.due(order);
      if (order.status !== 'pending' || due <= 0) {
        throw new AppError('order_not_payable', `This order is ${order.status} and takes no payment.`);
      }
      const amount = input.amount ?? due;
      const refusal = refuseAmount(amount, due, order.currency);
      if (refusal !== undefined) {
        const details = { due: { amount: due, currency: order.currency } };
        throw new AppError('amount_not_payable', refusal, { details });
      }
      const { intent, fresh } = await openIntent(order, input.userId, amount);
      if (isStarted(intent)) return { payment: intent, created: false };
      return create(intent, order, fresh);
    },

    /**
     * Takes what the checkout handed to the browser. The signature shows that Razorpay took the payment; what it took is
     * asked from Razorpay. The browser's word alone changes nothing.
     */
    async verify(
      userId: string,
      result: CheckoutResult,
    ): Promise<{ orderId: string; paymentId: string; order: PlacedOrder }> {
      const intent = await intents.byGatewayOrder(result.gatewayOrderId);
      if (intent === undefined || intent.userId !== userId) throw notFound('The payment');
      const content = checkoutContent(result.gatewayOrderId, result.gatewayPaymentId);
      if (!isSignedBy(content, result.signature, [deps.keySecret])) {
        throw new AppError('signature_invalid', 'The signature does not fit what was sent.');
      }
      const payment = await gateway.payment(result.gatewayPaymentId).catch((error: unknown) => {
        throw error instanceof GatewayError ? gatewayAway(error) : error;
      });
      if (payment.gatewayOrderId !== result.gatewayOrderId) throw notFound('The payment');
      await deps.money.learnPayment(payment);
      await deps.settlement.settle(intent.orderId);
      const order = await ownOrder(intent.orderId, userId);
      const recorded = await deps.store.payments.byGatewayId(payment.id);
      return { orderId: order.id, paymentId: recorded?.id ?? payment.id, order };
    },
  };
}

/** To come back soon helps where Razorpay is away, not where the shop's keys are wrong: the two are told apart. */
function gatewayAway(error: GatewayError, retry: { retrySeconds?: number } = {}): AppError {
  if (error.keysRefused) {
    const message =
      'The payment gateway does not let this shop in. Only the shop can mend that; please try again later.';
    return new AppError('service_unavailable', message, {
      headers: { 'Retry-After': KEYS_RETRY_SECONDS },
      cause: error,
    });
  }
  return unavailable('The payment gateway', { cause: error, ...retry });
}

function tooManyOpen(): AppError {
  const message = `This order has ${MOST_OPEN} started payments already. Please pay one of them.`;
  return new AppError('amount_not_payable', message);
}

function isStarted(intent: Intent): intent is StartedPayment {
  return intent.gatewayOrderId !== null;
}
