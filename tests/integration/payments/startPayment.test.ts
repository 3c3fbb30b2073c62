import { describe, expect, it } from '@jest/globals';
import type { ApiError, PaymentIntent } from '../../../generated/openapi.js';
import { startTestApp } from '../../support/app.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  later,
  orderOf,
  pay,
  placeOrder,
  startPayment,
  type Agent,
} from '../../support/flows.js';
import { unpaidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const anOrder = (price = 20_000) => unpaidOrder(app, { price, quantity: 1 });
const start = (agent: Agent, orderId: string, amount?: number) =>
  agent.post(`/v1/orders/${orderId}/payments`).send(amount === undefined ? {} : { amount });
const ordersFor = async (intentIds: string[]) =>
  (await app.razorpay.control.orders()).filter(({ receipt }) => intentIds.includes(receipt ?? ''));

describe('201', () => {
  it('M1: starts a payment of all that is due, with what the checkout needs', async () => {
    const { buyer, order } = await anOrder();
    const intent = bodyOf<PaymentIntent>(await start(buyer, order.id).expect(201));
    expect(intent).toMatchObject({
      orderId: order.id,
      gateway: 'razorpay',
      keyId: app.config.razorpay.keyId,
      amount: { amount: 20_000, currency: 'INR' },
    });
    expect(await ordersFor([intent.id])).toEqual([
      expect.objectContaining({ id: intent.razorpayOrderId, amount: 20_000, currency: 'INR' }),
    ]);
  });

  it('M1, M4: starts a part, and after it was paid another of the same amount', async () => {
    const { buyer, order } = await anOrder();
    const first = await startPayment(buyer, order.id, 10_000);
    await app.razorpay.control.pay({ razorpayOrderId: first.razorpayOrderId });
    await app.quiet();
    const second = bodyOf<PaymentIntent>(await start(buyer, order.id, 10_000).expect(201));
    expect(second.razorpayOrderId).not.toBe(first.razorpayOrderId);
  });
});

describe('200', () => {
  it('M1: asked again for the same amount, gives the payment that is open', async () => {
    const { buyer, order } = await anOrder();
    const first = await startPayment(buyer, order.id);
    expect((await start(buyer, order.id).expect(200)).body).toEqual(first);
    expect((await start(buyer, order.id, 20_000).expect(200)).body).toEqual(first);
    expect((await startPayment(buyer, order.id, 5_000)).razorpayOrderId).not.toBe(first.razorpayOrderId);
  });

  it('M1: ten impatient clicks make one order at Razorpay', async () => {
    const { buyer, order } = await anOrder();
    const answers = await Promise.all(Array.from({ length: 10 }, () => start(buyer, order.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(9).fill(200), 201]);
    const ids = new Set(answers.map((answer) => bodyOf<PaymentIntent>(answer).id));
    expect(ids.size).toBe(1);
    expect(await ordersFor([...ids])).toHaveLength(1);
  });
});

describe('404', () => {
  it("M1: a stranger's order, an admin's look at it, and an order that is none", async () => {
    const { order } = await anOrder();
    expect(codeOf(await start(await customer(app), order.id).expect(404))).toBe('not_found');
    await start(await admin(app), order.id).expect(404);
    await start(await customer(app), 'no-such-order').expect(404);
  });
});

describe('409', () => {
  it.each([
    ['more than is due', 20_001],
    ['less than Razorpay takes', 99],
    ['a part whose rest would be too small to pay', 19_901],
  ])('M1: refuses %s', async (_, amount) => {
    const { buyer, order } = await anOrder();
    expect(codeOf(await start(buyer, order.id, amount).expect(409))).toBe('amount_not_payable');
    await start(buyer, order.id, 19_900).expect(201);
  });

  it('M1: an order of less than Razorpay takes says so', async () => {
    const { buyer, order } = await anOrder(50);
    expect(codeOf(await start(buyer, order.id).expect(409))).toBe('amount_not_payable');
  });

  it('M1: an order that is paid, or was rolled back, takes no payment', async () => {
    const { buyer, order } = await anOrder();
    await pay(app, buyer, order.id);
    expect(codeOf(await start(buyer, order.id).expect(409))).toBe('order_not_payable');
    const overdue = await anOrder();
    await later(app, 16 * 60_000);
    expect(codeOf(await start(overdue.buyer, overdue.order.id).expect(409))).toBe('order_not_payable');
  });

  it('M1: ten started payments are the most, one after another and at once', async () => {
    const { buyer, order } = await anOrder();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => start(buyer, order.id, 1_000 + 100 * i)),
    );
    const begun = answers.filter(({ status }) => status === 201);
    expect(begun.length).toBeLessThanOrEqual(10);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(others.map(codeOf))).toEqual(new Set(['amount_not_payable']));
    for (let amount = 6_000; begun.length + amount - 6_000 < 10; amount += 1)
      await start(buyer, order.id, amount).expect(201);
    expect(codeOf(await start(buyer, order.id, 7_000).expect(409))).toBe('amount_not_payable');
    expect(await ordersFor(begun.map((answer) => bodyOf<PaymentIntent>(answer).id))).toHaveLength(
      begun.length,
    );
  });

  it('M4: of a part-paid order only the rest can be paid', async () => {
    const { buyer, order } = await anOrder();
    const { razorpayOrderId } = await startPayment(buyer, order.id, 15_000);
    await app.razorpay.control.pay({ razorpayOrderId });
    await app.quiet();
    await start(buyer, order.id, 5_001).expect(409);
    const rest = bodyOf<PaymentIntent>(await start(buyer, order.id).expect(201));
    expect(rest.amount.amount).toBe(5_000);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountDue: { amount: 5_000 } });
  });

  it('M1: what Razorpay refuses is said at once and not tried for ever', async () => {
    const { buyer, order } = await anOrder();
    await app.razorpay.control.trouble({ mode: 'reject' });
    expect(codeOf(await start(buyer, order.id).expect(409))).toBe('amount_not_payable');
  });
});

describe('503', () => {
  it.each(['down', 'error500', 'html502', 'throttle'] as const)(
    'M1: while Razorpay is "%s" the answer says when to try again, and then it works',
    async (mode) => {
      const { buyer, order } = await anOrder();
      await app.razorpay.control.trouble({ mode });
      const answer = await start(buyer, order.id).expect(503);
      expect(codeOf(answer)).toBe('service_unavailable');
      await app.razorpay.control.trouble({ mode: 'none' });
      app.holdfast.clock.advance(Number(answer.headers['retry-after']) * 1_000);
      const intent = bodyOf<PaymentIntent>(await start(buyer, order.id).expect(201));
      expect(await ordersFor([intent.id])).toHaveLength(1);
    },
  );

  it.each(['act-then-hang', 'act-then-close'] as const)(
    'M8: an order that Razorpay made without answering (%s) is found again by its receipt, not made twice',
    async (mode) => {
      const { buyer, order } = await anOrder();
      await app.razorpay.control.trouble({ mode, path: '/v1/orders', method: 'POST', times: 1 });
      const { headers } = await start(buyer, order.id).expect(503);
      app.holdfast.clock.advance(Number(headers['retry-after']) * 1_000);
      const intent = bodyOf<PaymentIntent>(await start(buyer, order.id).expect(201));
      const made = await ordersFor([intent.id]);
      expect(made.map(({ id }) => id)).toEqual([intent.razorpayOrderId]);
    },
  );

  it('M1: keys that Razorpay does not take are told apart from a Razorpay that is away, and nothing has to be waited for', async () => {
    const shop = await startTestApp({ env: { RAZORPAY_KEY_SECRET: 'not-the-secret' } });
    try {
      const product = await aProduct(shop, { stock: 5 });
      const buyer = await customer(shop);
      const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
      const send = () => buyer.post(`/v1/orders/${order.id}/payments`).send({});
      for (const answer of [await send().expect(503), await send().expect(503)]) {
        expect(bodyOf<ApiError>(answer)).toMatchObject({
          code: 'service_unavailable',
          message: expect.stringContaining('does not let this shop in'),
        });
        expect(answer.headers['retry-after']).toBe('60');
      }
      expect(await shop.razorpay.control.orders()).toEqual([]);
    } finally {
      await shop.stop();
    }
  });
});
