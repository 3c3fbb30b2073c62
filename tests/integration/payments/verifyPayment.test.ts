import { describe, expect, it } from '@jest/globals';
import type { PaymentIntent } from '../../../generated/openapi.js';
import type { CheckoutAnswer } from '../../../src/sandbox/razorpay.entities.js';
import { codeOf } from '../../support/bodies.js';
import { sign } from '../../support/events.js';
import {
  aProduct,
  customer,
  equation,
  orderOf,
  placeOrder,
  startPayment,
  type Agent,
} from '../../support/flows.js';
import { unpaidOrder, type Bought } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

/** A customer who has paid at the checkout for one of five units; no webhook tells of it. */
async function paidAtCheckout(
  amount?: number,
): Promise<Bought & { intent: PaymentIntent; answer: CheckoutAnswer }> {
  const bought = await unpaidOrder(app, { price: 20_000, quantity: 1 });
  const intent = await startPayment(bought.buyer, bought.order.id, amount);
  const { razorpayOrderId } = intent;
  const answer = await app.razorpay.control.pay({ razorpayOrderId, webhooks: 'none' });
  return { ...bought, intent, answer };
}
const verify = (agent: Agent, answer: CheckoutAnswer, changed: object = {}) =>
  agent.post('/v1/payments/verify').send({
    razorpayOrderId: answer.razorpay_order_id,
    razorpayPaymentId: answer.razorpay_payment_id,
    razorpaySignature: answer.razorpay_signature,
    ...changed,
  });

describe('200', () => {
  it('M2: settles the payment at once, before any webhook, and as often as it is sent', async () => {
    const { buyer, order, answer, productId } = await paidAtCheckout();
    const expected = { orderId: order.id, orderStatus: 'paid', paymentStatus: 'completed' };
    expect((await verify(buyer, answer).expect(200)).body).toMatchObject(expected);
    expect((await verify(buyer, answer).expect(200)).body).toMatchObject(expected);
    expect(await orderOf(buyer, order.id)).toMatchObject({ amountPaid: { amount: 20_000 } });
    expect(await equation(app, productId)).toMatchObject({ onHand: 4, available: 4, held: 0 });
  });

  it('M2, M8: twenty at once, beside the webhooks, sell once', async () => {
    const { buyer, order, answer, productId } = await paidAtCheckout();
    const events = (await app.razorpay.control.events()).slice(-3);
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => verify(buyer, answer))),
      ...events.map(({ id }) =>
        app.razorpay.control.redeliver({ eventId: id, times: 3, concurrently: true }),
      ),
    ]);
    await app.quiet();
    // A machine that is busy with all of them may tell some to come again; none is told anything else.
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', amountPaid: { amount: 20_000 } });
    expect(await equation(app, productId)).toMatchObject({ onHand: 4, available: 4, held: 0 });
  });

  it('M2, M4: a part that is verified leaves the order pending and part paid', async () => {
    const { buyer, answer } = await paidAtCheckout(5_000);
    expect((await verify(buyer, answer).expect(200)).body).toMatchObject({
      orderStatus: 'pending',
      paymentStatus: 'partially_paid',
    });
  });

  it('M2: a payment that is only authorised counts nothing yet', async () => {
    const product = await aProduct(app, { stock: 5 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    const answer = await app.razorpay.control.authorize({ razorpayOrderId, webhooks: 'none' });
    expect((await verify(buyer, answer).expect(200)).body).toMatchObject({
      orderStatus: 'pending',
      paymentStatus: 'pending',
    });
    expect(await equation(app, product.id)).toMatchObject({ onHand: 5, orders: 1 });
  });
});

describe('400', () => {
  it('M2: a signature of anybody else, of another payment, shortened or lengthened changes nothing', async () => {
    const { buyer, order, answer } = await paidAtCheckout();
    const { razorpay_order_id: orderId, razorpay_payment_id: paymentId, razorpay_signature: good } = answer;
    const { keySecret, webhookSecret } = app.config.razorpay;
    const forged = [
      sign(`${orderId}|${paymentId}`, 'a-secret-of-somebody'),
      sign(`${orderId}|${paymentId}`, webhookSecret),
      sign(`${orderId}|pay_another`, keySecret),
      sign(`${paymentId}|${orderId}`, keySecret),
      `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`,
      good.slice(0, 63),
      `${good}00`,
      'g'.repeat(64),
    ];
    for (const razorpaySignature of forged) {
      const refused = await verify(buyer, answer, { razorpaySignature });
      expect(refused.status).toBe(400);
      expect(['signature_invalid', 'validation_failed']).toContain(codeOf(refused));
    }
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending', amountPaid: { amount: 0 } });
    await verify(buyer, answer).expect(200);
  });

  it("M2: another order's true answer does not pay for this one", async () => {
    const [mine, other] = [await paidAtCheckout(), await paidAtCheckout()];
    const refused = await verify(mine.buyer, mine.answer, {
      razorpayPaymentId: other.answer.razorpay_payment_id,
      razorpaySignature: other.answer.razorpay_signature,
    }).expect(400);
    expect(codeOf(refused)).toBe('signature_invalid');
    expect(await orderOf(mine.buyer, mine.order.id)).toMatchObject({ status: 'pending' });
  });
});

describe('404', () => {
  it('M2: an order that Razorpay made for somebody else, or that is not ours, is not there', async () => {
    const { answer } = await paidAtCheckout();
    const stranger = await customer(app);
    expect(codeOf(await verify(stranger, answer).expect(404))).toBe('not_found');
    await verify(stranger, answer, { razorpayOrderId: 'order_Unknown0000001' }).expect(404);
  });
});

describe('503', () => {
  it('M2: while Razorpay is away nothing is believed, and nothing is lost', async () => {
    const { buyer, order, answer } = await paidAtCheckout();
    await app.razorpay.control.trouble({ mode: 'down' });
    expect(codeOf(await verify(buyer, answer).expect(503))).toBe('service_unavailable');
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'pending' });
    await app.razorpay.control.trouble({ mode: 'none' });
    expect((await verify(buyer, answer).expect(200)).body).toMatchObject({ orderStatus: 'paid' });
  });
});
