import { describe, expect, it } from '@jest/globals';
import type { Payment, PaymentPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, startPayment } from '../../support/flows.js';
import { paidOrder, recordOutside, unpaidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const upi = await paidOrder(app);
app.holdfast.clock.advance(60_000);
const between = app.holdfast.clock.now().toISOString();
app.holdfast.clock.advance(60_000);
const transfer = await unpaidOrder(app);
await recordOutside(boss, transfer.order.id, {
  method: 'bank_transfer',
  reference: 'UTR 412233445566',
  amount: 7_000,
}).expect(201);
app.holdfast.clock.advance(60_000);
const failed = await unpaidOrder(app);
const { razorpayOrderId } = await startPayment(failed.buyer, failed.order.id);
await app.razorpay.control.fail({ razorpayOrderId });
await app.quiet();

const list = async (query: object): Promise<Payment[]> =>
  bodyOf<PaymentPage>(await boss.get('/v1/admin/payments').query(query).expect(200)).data;
const ordersOf = async (query: object) => (await list(query)).map(({ orderId }) => orderId);

describe('200', () => {
  it('M5: every payment is listed, the newest first, from wherever it came', async () => {
    const data = await list({});
    expect(data).toMatchObject([
      { orderId: failed.order.id, gateway: 'razorpay', status: 'failed', capturedAt: null },
      { orderId: transfer.order.id, gateway: 'outside', method: 'bank_transfer', amount: { amount: 7_000 } },
      {
        orderId: upi.order.id,
        orderNumber: upi.order.number,
        gateway: 'razorpay',
        method: 'upi',
        status: 'captured',
      },
    ]);
    expect(data[2]?.razorpayPaymentId).toMatch(/^pay_/);
  });

  it('M5: they are found by order, status, method and time', async () => {
    expect(await ordersOf({ orderId: upi.order.id })).toEqual([upi.order.id]);
    expect(await ordersOf({ status: 'failed' })).toEqual([failed.order.id]);
    expect(await ordersOf({ method: 'bank_transfer' })).toEqual([transfer.order.id]);
    expect(await ordersOf({ from: between })).toEqual([failed.order.id, transfer.order.id]);
    expect(await ordersOf({ to: between })).toEqual([upi.order.id]);
    expect(await ordersOf({ from: between, to: between })).toEqual([]);
    expect(await ordersOf({ status: 'captured', from: between, method: 'bank_transfer' })).toEqual([
      transfer.order.id,
    ]);
  });

  it('M5: they are found by words of the order, the customer, Razorpay’s id and the reference', async () => {
    const [paid] = await list({ orderId: upi.order.id });
    expect(await ordersOf({ q: paid?.razorpayPaymentId ?? '' })).toEqual([upi.order.id]);
    expect(await ordersOf({ q: transfer.order.number.toLowerCase() })).toEqual([transfer.order.id]);
    expect(await ordersOf({ q: failed.buyer.email })).toEqual([failed.order.id]);
    expect(await ordersOf({ q: '4122' })).toEqual([transfer.order.id]);
    expect(await ordersOf({ q: 'nobody' })).toEqual([]);
  });

  it('M5: they are sorted and paged', async () => {
    const amounts = async (sort: string) => (await list({ sort })).map(({ amount }) => amount.amount);
    expect(await amounts('amount')).toEqual([7_000, 20_000, 20_000]);
    expect(await amounts('-amount')).toEqual([20_000, 20_000, 7_000]);
    expect(await ordersOf({ sort: 'oldest' })).toEqual([upi.order.id, transfer.order.id, failed.order.id]);
    const answer = await boss.get('/v1/admin/payments').query({ page: 2, limit: 2 }).expect(200);
    expect(bodyOf<PaymentPage>(answer).pagination).toEqual({ page: 2, limit: 2, total: 3, pages: 2 });
  });
});
