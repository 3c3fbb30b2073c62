import type { PlacedOrder } from '../../modules/orders/orders.service.js';
import { formatMoney } from '../../platform/money.js';
import type { RazorpaySandbox } from '../razorpay.js';
import { Refusal } from '../refusal.js';
import { quiet } from './quiet.js';
import type { OrderAction } from './console.types.js';
import type { Parts } from './parts.js';
import { givenUpAt, readOrder } from './reads.orders.js';
import { halfOf, whyNot, type OrderFacts } from './reasons.rules.js';

/** What an over-payment is too much by, minor units. */
const TOO_MUCH = 10_000;
const MINUTE_MS = 60_000;

type Control = RazorpaySandbox['control'];
type Asked = { order: PlacedOrder; facts: OrderFacts; control: Control };
/** Does it, and says what was done. */
type Act = (asked: Asked) => Promise<string>;

/** What can be done to an order. Each throws a `Refusal` (409) with the reason where the order cannot take it. */
export function createOrderActions(parts: Parts): (action: OrderAction, orderId: string) => Promise<string> {
  const { services, clock, jobs } = parts.holdfast;

  /** An order at Razorpay for that amount; the one that there is already, where it is not paid yet. */
  const start = async (
    { order }: Asked,
    amount?: number,
  ): Promise<{ razorpayOrderId: string; amount: number }> => {
    const { payment } = await services.payments.start({
      ...{ orderId: order.id, userId: order.customer.userId, amount },
    });
    return { razorpayOrderId: payment.gatewayOrderId, amount: payment.amount };
  };

  const pay =
    (
      amountOf: (facts: OrderFacts) => number | undefined,
      webhooks: 'send' | 'hold' | 'none',
      words: string,
    ): Act =>
    async (asked) => {
      const { razorpayOrderId, amount } = await start(asked, amountOf(asked.facts));
      await asked.control.pay({ razorpayOrderId, webhooks });
      return `${wordsOf(asked.order, amount)} was paid at Razorpay${words}.`;
    };

  const fail: Act = async (asked) => {
    const { razorpayOrderId, amount } = await start(asked);
    await asked.control.fail({ razorpayOrderId });
    return `A payment of ${wordsOf(asked.order, amount)} was declined by the bank; the customer may try again.`;
  };

  /** Lets the order be given up first, where it still waits. */
  const payLate: Act = async (asked) => {
    const { order, facts, control } = asked;
    const until = givenUpAt(parts, order);
    const waiting = until === null ? undefined : await start(asked);
    if (until !== null) {
      clock.advance(Math.max(0, until - clock.now().getTime()) + MINUTE_MS);
      await jobs.run('stock-rollback');
    }
    const late = waiting?.razorpayOrderId ?? facts.gatewayOrders?.findLast(({ isPaid }) => !isPaid)?.id;
    if (late === undefined) throw new Refusal('Nothing waits at Razorpay to be paid.', { status: 409 });
    await control.pay({ razorpayOrderId: late });
    return until === null
      ? 'The payment that waited at Razorpay came late.'
      : 'The clock went past its time, its units went back, and then the money came.';
  };

  const overPay: Act = async (asked) => {
    const { order, facts, control } = asked;
    if (order.status === 'pending') {
      const { razorpayOrderId, amount } = await start(asked);
      await control.pay({ razorpayOrderId, amount: amount + TOO_MUCH, force: true });
      return `${wordsOf(order, amount + TOO_MUCH)} was paid, ${wordsOf(order, TOO_MUCH)} more than was due.`;
    }
    const again = facts.gatewayOrders?.at(-1);
    if (again === undefined) throw new Refusal('Nothing at Razorpay can be paid twice.', { status: 409 });
    await control.pay({ razorpayOrderId: again.id, amount: again.amount, force: true });
    return `${wordsOf(order, again.amount)} was paid once more.`;
  };

  const table: Record<OrderAction, Act> = {
    pay: pay(() => undefined, 'send', ''),
    payHalf: pay(({ due }) => halfOf(due), 'send', ', half of what was due'),
    fail,
    payLate,
    overPay,
    payUnheard: pay(
      () => undefined,
      'none',
      ', and no webhook says so: the job payment-reconcile asks for it a minute later',
    ),
    payHeld: pay(() => undefined, 'hold', '; its webhooks are held back until you deliver them'),
  };

  return async (action, orderId) => {
    const control = parts.sandbox.running.razorpay?.control;
    const { order, facts } = await readOrder(parts, orderId);
    const reason = whyNot(action, facts);
    if (reason !== null || control === undefined) {
      throw new Refusal(`${order.number}: ${reason ?? 'Razorpay is not the sandbox’s here.'}`, {
        status: 409,
      });
    }
    const done = await table[action]({ order, facts, control });
    await quiet(parts);
    const { order: now } = await readOrder(parts, orderId);
    return `${order.number}: ${done} The order is ${words(now.status)}, its payment ${words(now.paymentStatus)}.`;
  };
}

const words = (status: string): string => status.replaceAll('_', ' ');

function wordsOf({ currency }: PlacedOrder, amount: number): string {
  return formatMoney({ amount, currency });
}
