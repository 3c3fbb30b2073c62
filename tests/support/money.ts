import { randomUUID } from 'node:crypto';
import type { Order, OutsidePayment, PaymentPage, RefundRequest } from '../../generated/openapi.js';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import { aProduct, customer, pay, placeOrder, startPayment, type Agent } from './flows.js';

/** An order of one product. */
export type Bought = { buyer: Agent & { email: string }; order: Order; productId: string };

/** Unless something else is wanted: of two units at 10 000 each, of a product of which there were five. */
export async function unpaidOrder(
  app: TestApp,
  wanted: { stock?: number; price?: number; quantity?: number } = {},
): Promise<Bought> {
  const { stock = 5, price = 10_000, quantity = 2 } = wanted;
  const { id: productId } = await aProduct(app, { stock, price });
  const buyer = await customer(app);
  return { buyer, order: await placeOrder(buyer, [{ productId, quantity }]), productId };
}

/** Paid in full by Razorpay. */
export async function paidOrder(app: TestApp): Promise<Bought> {
  const bought = await unpaidOrder(app);
  await pay(app, bought.buyer, bought.order.id);
  return bought;
}

/** A part is paid by Razorpay. */
export async function partPaidOrder(app: TestApp, amount = 5_000): Promise<Bought> {
  const bought = await unpaidOrder(app);
  await payPart(app, bought, amount);
  return bought;
}

/** 20 000 and 5 000 are paid for an order of 20 000, since two tabs of the checkout were open: 5 000 go back. */
export async function overpaidOrder(app: TestApp): Promise<Bought> {
  const bought = await unpaidOrder(app);
  const { buyer, order } = bought;
  const [part, whole] = [await startPayment(buyer, order.id, 5_000), await startPayment(buyer, order.id)];
  await app.razorpay.control.pay({ razorpayOrderId: whole.razorpayOrderId });
  await app.razorpay.control.pay({ razorpayOrderId: part.razorpayOrderId });
  await app.quiet();
  return bought;
}

/** Pays a part, or all that is due, by Razorpay; answers Razorpay's id of the payment. */
export async function payPart(app: TestApp, { buyer, order }: Bought, amount?: number): Promise<string> {
  const { razorpayOrderId } = await startPayment(buyer, order.id, amount);
  const { razorpay_payment_id: paymentId } = await app.razorpay.control.pay({
    razorpayOrderId,
    method: 'upi',
  });
  await app.quiet();
  return paymentId;
}

/** Another tab pays the order's first payment at Razorpay again, `amount` or all that it was for; not waited for. */
export async function payAgain(
  app: TestApp,
  { buyer, order }: Bought,
  more: { amount?: number; webhooks?: 'none' } = {},
): Promise<string> {
  const { data } = bodyOf<PaymentPage>(
    await buyer.get('/v1/payments').query({ orderId: order.id }).expect(200),
  );
  const ids = data.map(({ razorpayPaymentId }) => razorpayPaymentId);
  const first = (await app.razorpay.control.payments()).find(({ id }) => ids.includes(id));
  const razorpayOrderId = first?.order_id ?? '';
  const paid = await app.razorpay.control.pay({ razorpayOrderId, method: 'card', force: true, ...more });
  return paid.razorpay_payment_id;
}

/** What an admin asks to have refunded; not yet sent. */
export function refund(
  boss: Agent,
  orderId: string,
  wanted: Partial<RefundRequest> = {},
  key: string = randomUUID(),
) {
  return boss
    .post(`/v1/admin/orders/${orderId}/refunds`)
    .set('Idempotency-Key', key)
    .send({ reason: 'A scratch', ...wanted });
}

/** What an admin records as paid outside; not yet sent. */
export function recordOutside(
  boss: Agent,
  orderId: string,
  wanted: Partial<OutsidePayment> = {},
  key: string = randomUUID(),
) {
  return boss
    .post(`/v1/admin/orders/${orderId}/payments`)
    .set('Idempotency-Key', key)
    .send({ method: 'cash', amount: 20_000, reference: 'Till 1', ...wanted });
}

/** The subjects of the mails about an order, in alphabetical order, once all are sent. */
export async function mailsAbout(app: TestApp, { buyer, order }: Bought): Promise<string[]> {
  await app.holdfast.jobs.run('mail');
  return app.ses
    .mails(buyer.email)
    .map(({ subject }) => subject)
    .filter((subject) => subject.includes(order.number))
    .toSorted();
}

/** What Razorpay has given back of an order, in all. */
export async function returnedAtRazorpay(app: TestApp, boss: Agent, orderId: string): Promise<number> {
  const answer = await boss.get('/v1/admin/payments').query({ orderId }).expect(200);
  const ids = bodyOf<PaymentPage>(answer).data.map((payment) => payment.razorpayPaymentId);
  const refunds = (await app.razorpay.control.refunds()).filter(({ payment_id: id }) => ids.includes(id));
  return refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
}
