import { randomUUID } from 'node:crypto';
import type { Order, OutsidePayment, RefundRequest } from '../../generated/openapi.js';
import type { TestApp } from './app.js';
import { aProduct, customer, pay, placeOrder, startPayment, type Agent } from './flows.js';

/** An order of two units at 10 000 each, of a product of which there were five. */
export type Bought = { buyer: Agent & { email: string }; order: Order; productId: string };

export async function unpaidOrder(app: TestApp): Promise<Bought> {
  const { id: productId } = await aProduct(app, { stock: 5, price: 10_000 });
  const buyer = await customer(app);
  return { buyer, order: await placeOrder(buyer, [{ productId, quantity: 2 }]), productId };
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

export async function payPart(app: TestApp, { buyer, order }: Bought, amount?: number): Promise<void> {
  const { razorpayOrderId } = await startPayment(buyer, order.id, amount);
  await app.razorpay.control.pay({ razorpayOrderId, method: 'upi' });
  await app.quiet();
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
  const { body } = await boss.get('/v1/admin/payments').query({ orderId }).expect(200);
  const ids = (body as { data: { razorpayPaymentId: string | null }[] }).data.map(
    (one) => one.razorpayPaymentId,
  );
  const refunds = (await app.razorpay.control.refunds()).filter(({ payment_id: id }) => ids.includes(id));
  return refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
}
