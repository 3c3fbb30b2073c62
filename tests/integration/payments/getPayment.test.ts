import { describe, expect, it } from '@jest/globals';
import type { PaymentPage, PaymentVerification } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, customer, startPayment } from '../../support/flows.js';
import { paidOrder, unpaidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('M5: a customer reads a payment of their own, an admin any', async () => {
    const { buyer, order } = await paidOrder(app);
    const [payment] = bodyOf<PaymentPage>(await buyer.get('/v1/payments').expect(200)).data;
    expect(payment).toMatchObject({ orderId: order.id, amountRefunded: { amount: 0, currency: 'INR' } });
    for (const reader of [buyer, await admin(app)])
      expect((await reader.get(`/v1/payments/${payment?.id}`).expect(200)).body).toEqual(payment);
  });

  it('M2, M5: it is found by the id that the verified checkout answers', async () => {
    const { buyer, order } = await unpaidOrder(app);
    const { razorpayOrderId } = await startPayment(buyer, order.id);
    const checkout = await app.razorpay.control.pay({ razorpayOrderId, webhooks: 'none' });
    const verified = await buyer.post('/v1/payments/verify').send({
      razorpayOrderId,
      razorpayPaymentId: checkout.razorpay_payment_id,
      razorpaySignature: checkout.razorpay_signature,
    });
    const { paymentId } = bodyOf<PaymentVerification>(verified);
    expect((await buyer.get(`/v1/payments/${paymentId}`).expect(200)).body).toMatchObject({
      orderId: order.id,
      razorpayPaymentId: checkout.razorpay_payment_id,
    });
  });
});

describe('404', () => {
  it('M5: of a stranger, and of one that does not exist', async () => {
    const { buyer } = await paidOrder(app);
    const [payment] = bodyOf<PaymentPage>(await buyer.get('/v1/payments').expect(200)).data;
    const stranger = await customer(app);
    expect(codeOf(await stranger.get(`/v1/payments/${payment?.id}`).expect(404))).toBe('not_found');
    expect(codeOf(await stranger.get('/v1/payments/nothing-has-this-id').expect(404))).toBe('not_found');
  });
});
