import type { Order } from '../../../generated/openapi.js';
import { account } from './account.js';
import { api, ask, Refused } from './api.js';
import { countdown } from './clock.js';
import { action, announce, el, form } from './dom.js';
import { decimalsOf, money } from './format.js';
import { openCheckout, type CheckoutResponse } from './razorpay.js';
import { wait } from './wait.js';

const LOOK_EVERY_MS = 1_000;
const LOOKS = 20;

/** What is due, and how to pay it: all at once or in parts. `refresh` shows the order as it is now. */
export function paymentView(order: Order, refresh: () => Promise<void>): HTMLElement {
  const { amountDue, payBefore } = order;
  const decimals = decimalsOf(amountDue.currency);
  const told = el('p', { class: 'trouble', role: 'alert' });
  const payNow = async (amount?: number): Promise<void> => {
    told.textContent = '';
    await pay(order, amount, (description) => (told.textContent = description));
    await refresh();
  };
  const part = form(
    [
      {
        name: 'amount',
        label: `A part (${amountDue.currency})`,
        input: {
          type: 'number',
          inputmode: 'decimal',
          min: 1,
          max: amountDue.amount / 10 ** decimals,
          step: 10 ** -decimals,
        },
      },
    ],
    'Pay this part',
    ({ amount }) => payNow(Math.round(Number(amount) * 10 ** decimals)),
  );
  return el(
    'section',
    { class: 'panel', 'aria-label': 'Payment' },
    el('p', { class: 'sum' }, el('span', {}, 'To be paid'), el('b', {}, money(amountDue))),
    payBefore !== null &&
      el('p', { class: 'hold' }, 'The units are yours for ', countdown(payBefore, refresh)),
    action(`Pay ${money(amountDue)}`, () => payNow(), { class: 'primary' }),
    el('details', {}, el('summary', {}, 'Pay in parts'), part),
    told,
  );
}

/** One payment from its start to the order that knows of it. Without an amount, of all that is due. */
async function pay(
  order: Order,
  amount: number | undefined,
  failed: (description: string) => void,
): Promise<void> {
  const params = { path: { orderId: order.id } };
  const body = amount === undefined ? {} : { amount };
  const intent = await ask(() => api.POST('/v1/orders/{orderId}/payments', { params, body }));
  const { name = '', email = '' } = account() ?? {};
  const response = await openCheckout(
    {
      key: intent.keyId,
      order_id: intent.razorpayOrderId,
      ...intent.amount,
      name: 'Holdfast',
      description: `Order ${order.number}`,
      prefill: { name, email },
    },
    failed,
  );
  if (response === undefined) {
    announce('You closed the payment page.');
    return;
  }
  announce('Thank you. Your payment is being checked.');
  await verify(response);
  await untilHeard(order);
}

/**
 * Shows the server what Checkout handed over. Where that fails on the way, nothing is lost: Razorpay tells the server too,
 * so the order is looked at all the same.
 */
async function verify(response: CheckoutResponse): Promise<void> {
  const body = {
    razorpayOrderId: response.razorpay_order_id,
    razorpayPaymentId: response.razorpay_payment_id,
    razorpaySignature: response.razorpay_signature,
  };
  try {
    await ask(() => api.POST('/v1/payments/verify', { body }));
  } catch (error) {
    if (error instanceof Refused && error.status < 500 && error.status !== 429) throw error;
  }
}

async function untilHeard({ id, amountPaid }: Order): Promise<void> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const now = await ask(() => api.GET('/v1/orders/{orderId}', { params: { path: { orderId: id } } }));
    if (now.amountPaid.amount > amountPaid.amount) {
      announce(
        now.amountDue.amount > 0 ? `Paid. ${money(now.amountDue)} is left.` : 'Paid in full. Thank you.',
      );
      return;
    }
    await wait(LOOK_EVERY_MS);
  }
  announce('The bank has not told us yet. This page will show the payment as soon as it has.');
}
