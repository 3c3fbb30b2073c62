import { describe, expect, it } from '@jest/globals';
import type { OrderPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, aProduct, customer, pay, placeOrder, startPayment } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const buyers = [await customer(app, 'Asha Rao'), await customer(app, 'Bo Li')];
const [asha, bo] = buyers;
if (asha === undefined || bo === undefined) throw new Error('two buyers are needed');
const product = await aProduct(app, { stock: 50, price: 10_000 });
const items = (quantity: number) => [{ productId: product.id, quantity }];
const orders = {
  open: await placeOrder(asha, items(1)),
  paid: await placeOrder(asha, items(2)),
  partPaid: await placeOrder(bo, items(3)),
};
await pay(app, asha, orders.paid.id);
const { razorpayOrderId } = await startPayment(bo, orders.partPaid.id, 10_000);
await app.razorpay.control.pay({ razorpayOrderId });
await app.quiet();

const ids = async (query: string): Promise<string[]> =>
  bodyOf<OrderPage>(await boss.get(`/v1/admin/orders?${query}`).expect(200)).data.map(({ id }) => id);

describe('200', () => {
  it("O2: lists everybody's orders, the newest first", async () => {
    expect(await ids('')).toEqual([orders.partPaid.id, orders.paid.id, orders.open.id]);
    expect(await ids('sort=total')).toEqual([orders.open.id, orders.paid.id, orders.partPaid.id]);
  });

  it('O2: finds an order by its number, whole or its beginning, in any case', async () => {
    const { number, id } = orders.paid;
    expect(await ids(`q=${number}`)).toEqual([id]);
    expect(await ids(`q=${number.toLowerCase()}`)).toEqual([id]);
    expect(await ids(`q=${number.slice(0, 9)}`)).toEqual([id]);
  });

  it("O2: finds a customer's orders by the email address", async () => {
    const [asha] = buyers;
    expect(await ids(`q=${encodeURIComponent(asha?.email ?? '')}`)).toEqual([orders.paid.id, orders.open.id]);
    expect(await ids('q=nobody-at-all')).toEqual([]);
  });

  it('O2, M4: filters by status, payment status and user, together too', async () => {
    expect(await ids('status=paid')).toEqual([orders.paid.id]);
    expect(await ids('paymentStatus=partially_paid')).toEqual([orders.partPaid.id]);
    expect(await ids('paymentStatus=completed')).toEqual([orders.paid.id]);
    expect(await ids(`userId=${orders.open.customer.userId}`)).toEqual([orders.paid.id, orders.open.id]);
    expect(await ids(`userId=${orders.open.customer.userId}&status=pending`)).toEqual([orders.open.id]);
    expect(await ids(`userId=${orders.open.customer.userId}&paymentStatus=partially_paid`)).toEqual([]);
  });
});

describe('400', () => {
  it.each(['status=placing', 'paymentStatus=paid', 'userId=%24ne'])('O2: refuses %s', async (query) => {
    await boss.get(`/v1/admin/orders?${query}`).expect(400);
  });
});
