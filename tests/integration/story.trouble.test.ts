import { expect, it } from '@jest/globals';
import type {
  MailPage,
  ReconciliationReport,
  WebhookEvent,
  WebhookEventPage,
} from '../../generated/openapi.js';
import { bodyOf } from '../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  later,
  orderOf,
  pay,
  placeOrder,
  startPayment,
} from '../support/flows.js';
import { sharedApp, sharedRows } from '../support/shared.js';

/*
 * What the examples of the contract tell of bad days: a mail that is refused, an event that cannot be worked off, and the report on a
 * number that somebody changed by hand and on a refund that failed.
 */

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);
const asha = await customer(app);

it('N6 a confirmation that is refused is seen by the shop, with what it says, and sent after all', async () => {
  const { id: productId } = await aProduct(app);
  const { id } = await placeOrder(asha, [{ productId, quantity: 1 }]);
  await app.quiet();
  await app.ses.control.trouble({ mode: 'reject' });
  await pay(app, asha, id);
  await app.ses.control.trouble({ mode: 'none' });
  const found = await boss.get('/v1/admin/mails').query({ state: 'dead', q: asha.email }).expect(200);
  const { data } = bodyOf<MailPage>(found);
  expect(data.map(({ kind }) => kind)).toEqual(['order_confirmation']);
  const path = `/v1/admin/mails/${data[0]?.id ?? ''}`;
  await boss.get(path).expect(200);
  await boss.post(`${path}/retry`).expect(200);
  await app.quiet();
  expect(app.ses.mails(asha.email).filter(({ subject }) => /confirmed/.test(subject))).toHaveLength(1);
});

it('M3, M9 an event that cannot be worked off says why, and is worked off again when it can be', async () => {
  const { id: productId } = await aProduct(app);
  const { id } = await placeOrder(asha, [{ productId, quantity: 1 }]);
  const [entry = ''] = await app.redis.zrange(`due:${productId}`, '0', '0');
  // A hold that no script can read.
  const hold = `hold:${productId}:${entry}`;
  await app.redis.rename(hold, 'kept');
  await app.redis.set(hold, 'broken');
  await pay(app, asha, id);
  const failing = await boss.get('/v1/admin/webhook-events').query({ state: 'failing' }).expect(200);
  const event = bodyOf<WebhookEventPage>(failing).data.find(({ event: type }) => type === 'payment.captured');
  const path = `/v1/admin/webhook-events/${event?.id ?? ''}`;
  expect(bodyOf<WebhookEvent>(await boss.get(path).expect(200))).toMatchObject({
    verdict: null,
    orderId: null,
  });
  await app.redis.rename('kept', hold);
  await boss.post(`${path}/replay`).expect(202);
  await app.quiet();
  await later(app, 60_000);
  expect(bodyOf<WebhookEvent>(await boss.get(path).expect(200))).toMatchObject({
    state: 'done',
    orderId: id,
  });
  expect(await orderOf(asha, id)).toMatchObject({ status: 'paid' });
});

it('X5 the report tells of a lamp that was counted by hand, and of late money that could not go back', async () => {
  const lamp = await aProduct(app, { stock: 12 });
  const shade = await aProduct(app, { name: 'Linen shade', stock: 1 });
  const late = await placeOrder(asha, [{ productId: shade.id, quantity: 1 }]);
  const { razorpayOrderId } = await startPayment(asha, late.id);
  await later(app, 16 * 60_000);
  const other = await customer(app);
  const { id } = await placeOrder(other, [{ productId: shade.id, quantity: 1 }]);
  await pay(app, other, id);
  await app.razorpay.control.setRefundOutcome({ outcome: 'failed' });
  await app.razorpay.control.pay({ razorpayOrderId });
  await app.quiet();

  await app.agent().put(`/v1/cart/items/${lamp.id}`).send({ quantity: 2 }).expect(200);
  await placeOrder(asha, [{ productId: lamp.id, quantity: 4 }]);
  await rows.set('products', lamp.id, { $set: { stock: 14 } });
  await app.holdfast.jobs.run('stock-reconcile');
  await app.holdfast.jobs.run('order-reconcile');
  const report = bodyOf<ReconciliationReport>(await boss.get('/v1/admin/reconciliation').expect(200));
  expect(report).toMatchObject({
    stockCheck: { inFlight: 0, needsAction: 0, unexplained: 1 },
    orderCheck: { inFlight: 0, needsAction: 1, unexplained: 0 },
    products: [{ productId: lamp.id, ledgerDrift: 2, drift: 0, findings: [{ kind: 'on_hand_drifts' }] }],
    orders: [{ orderId: late.id, findings: [{ kind: 'refund_failed' }] }],
    repairs: [{ productId: lamp.id, number: 'available', before: 6, after: 8, actor: { kind: 'system' } }],
  });
});
