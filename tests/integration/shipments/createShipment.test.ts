import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Order, Shipment, Timeline } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import {
  admin,
  aProduct,
  customer,
  equation,
  orderOf,
  pay,
  placeOrder,
  startPayment,
} from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';
import { aTrackingNumber, paidOrder, ship, shipped } from '../../support/shipments.js';

const app = await sharedApp();
const boss = await admin(app);
const rows = await sharedRows(app);

const first = (order: Order): string => order.items[0]?.productId ?? '';
const second = (order: Order): string => order.items[1]?.productId ?? '';
const unitsShipped = (order: Order): number[] => order.items.map((item) => item.shipped);
const mailsAbout = (shipment: Shipment) =>
  rows.all('mails', { kind: 'shipment_sent', 'data.trackingNumber': shipment.trackingNumber });

describe('201', () => {
  it('S1: ships all that is left: the order is shipped, and its customer is told once', async () => {
    const { buyer, order } = await paidOrder(app);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'paid', fulfilment: 'none' });
    const answer = await ship(boss, order.id, { trackingNumber: 'bd-771920', note: 'Ring twice.' }).expect(
      201,
    );
    expect(answer.headers['location']).toBe('/v1/shipments/BD-771920');
    const shipment = bodyOf<Shipment>(answer);
    expect(shipment).toMatchObject({
      ...{ orderId: order.id, orderNumber: order.number, carrier: 'Blue Dart', trackingNumber: 'BD-771920' },
      ...{ status: 'created', note: 'Ring twice.', checkpoints: [], deliveredAt: null },
    });
    expect(shipment.items.map(({ quantity }) => quantity)).toEqual(
      order.items.map(({ quantity }) => quantity),
    );
    const after = await orderOf(buyer, order.id);
    expect(after).toMatchObject({ status: 'shipped', fulfilment: 'full' });
    expect(unitsShipped(after)).toEqual(after.items.map(({ quantity }) => quantity));
    const timeline = bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    expect(timeline.at(-1)).toMatchObject({ from: 'paid', to: 'shipped', actor: { kind: 'admin' } });
    expect(timeline.at(-1)?.reason).toContain('BD-771920');
    await app.quiet();
    await app.holdfast.jobs.run('mail');
    const sent = app.ses.mails(buyer.email);
    const mail = sent.filter(({ subject }) => subject.includes('on its way'));
    expect(mail).toHaveLength(1);
    for (const part of [mail[0]?.text, mail[0]?.html]) {
      expect(part).toContain('Blue Dart');
      expect(part).toContain('BD-771920');
      expect(part).toContain('Brass lamp');
      expect(part).toContain('Ring twice.');
    }
  });

  it('S1: several shipments: a part makes the order processing, the last unit makes it shipped', async () => {
    const { buyer, order } = await paidOrder(app);
    const part = await shipped(boss, order.id, { items: [{ productId: first(order), quantity: 2 }] });
    expect(part.items).toMatchObject([{ productId: first(order), quantity: 2 }]);
    const between = await orderOf(buyer, order.id);
    expect(between).toMatchObject({ status: 'processing', fulfilment: 'partial' });
    await shipped(boss, order.id, { items: [{ productId: second(order), quantity: 1 }] });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'processing', fulfilment: 'partial' });
    const rest = await shipped(boss, order.id);
    expect(rest.items.map(({ quantity }) => quantity)).toEqual([1, 1]);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'shipped', fulfilment: 'full' });
    const timeline = bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    expect(timeline.slice(-3).map(({ from, to }) => [from, to])).toEqual([
      ['paid', 'processing'],
      ['processing', 'processing'],
      ['processing', 'shipped'],
    ]);
    const [told] = await mailsAbout(part);
    expect(told).toMatchObject({ data: { moreToCome: true } });
    expect((await mailsAbout(rest))[0]).toMatchObject({ data: { moreToCome: false } });
  });

  it('S1: the same key gives the same shipment, however often and however much at once', async () => {
    const { buyer, order } = await paidOrder(app);
    const [key, body] = [randomUUID(), { trackingNumber: aTrackingNumber() }];
    const answers = await Promise.all([1, 2, 3, 4].map(() => ship(boss, order.id, body, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => bodyOf<Shipment>(answer).id)).size).toBe(1);
    const again = bodyOf<Shipment>(await ship(boss, order.id, body, key).expect(201));
    expect(await mailsAbout(again)).toHaveLength(1);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'shipped' });
  });

  it('S1: shipping changes nothing of the stock, which was sold before', async () => {
    const { order } = await paidOrder(app);
    const before = await equation(app, first(order));
    await shipped(boss, order.id);
    expect(await equation(app, first(order))).toEqual(before);
  });

  it('S1: an order that was set to shipped by hand still takes its shipments', async () => {
    const { buyer, order } = await paidOrder(app);
    await boss.post(`/v1/admin/orders/${order.id}/status`).send({ status: 'shipped' }).expect(200);
    await shipped(boss, order.id, { items: [{ productId: first(order), quantity: 1 }] });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'shipped', fulfilment: 'partial' });
  });
});

describe('400', () => {
  it('S1: refuses a product that is listed twice, and a key that is missing', async () => {
    const { order } = await paidOrder(app);
    const item = { productId: first(order), quantity: 1 };
    expect(wrongPlaces(await ship(boss, order.id, { items: [item, item] }).expect(400))).toEqual([
      '/body/items/1/productId',
    ]);
    const body = { carrier: 'Blue Dart', trackingNumber: aTrackingNumber() };
    await boss.post(`/v1/admin/orders/${order.id}/shipments`).send(body).expect(400);
  });
});

describe('401, 403, 404', () => {
  it('S1: only admins ship, and only orders that there are', async () => {
    const { buyer, order } = await paidOrder(app);
    await ship(app.agent(), order.id).expect(401);
    await ship(buyer, order.id).expect(403);
    await ship(boss, 'nothing-has-this-id').expect(404);
  });
});

describe('409', () => {
  it('S1: an order that is not paid, is cancelled, or was given up cannot be shipped', async () => {
    const product = await aProduct(app);
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    const refused = await ship(boss, order.id).expect(409);
    expect(codeOf(refused)).toBe('order_not_shippable');
    expect(refused.body).toMatchObject({ details: { status: 'pending' } });
    await buyer.post(`/v1/orders/${order.id}/cancel`).send({}).expect(200);
    expect(codeOf(await ship(boss, order.id).expect(409))).toBe('order_not_shippable');
  });

  it('S1: an order whose money has gone back cannot be shipped', async () => {
    const { order } = await paidOrder(app);
    await boss
      .post(`/v1/admin/orders/${order.id}/refunds`)
      .set('Idempotency-Key', randomUUID())
      .send({ reason: 'goodwill' })
      .expect(201);
    await app.quiet();
    expect(codeOf(await ship(boss, order.id).expect(409))).toBe('order_not_shippable');
  });

  it('S1: never more of a line than was ordered, and nothing when all has been shipped', async () => {
    const { order } = await paidOrder(app);
    await shipped(boss, order.id, { items: [{ productId: first(order), quantity: 2 }] });
    const items = [
      { productId: first(order), quantity: 2 },
      { productId: second(order), quantity: 2 },
      { productId: 'something-else', quantity: 1 },
    ];
    const refused = await ship(boss, order.id, { items }).expect(409);
    expect(codeOf(refused)).toBe('lines_not_shippable');
    expect(refused.body).toMatchObject({
      details: {
        lines: [
          { productId: first(order), requested: 2, available: 1 },
          { productId: 'something-else', requested: 1, available: 0 },
        ],
      },
    });
    await shipped(boss, order.id);
    expect(codeOf(await ship(boss, order.id).expect(409))).toBe('order_not_shippable');
  });

  it('S1: a tracking number is used once in the shop, in whatever capitals; nothing of the refused one stays', async () => {
    const [one, other] = [await paidOrder(app), await paidOrder(app)];
    const trackingNumber = aTrackingNumber();
    await shipped(boss, one.order.id, { trackingNumber });
    const refused = await ship(boss, other.order.id, { trackingNumber: trackingNumber.toLowerCase() }).expect(
      409,
    );
    expect(codeOf(refused)).toBe('tracking_number_taken');
    expect(wrongPlaces(refused)).toEqual(['/body/trackingNumber']);
    expect(await orderOf(other.buyer, other.order.id)).toMatchObject({ status: 'paid', fulfilment: 'none' });
    await shipped(boss, other.order.id);
  });

  it('S1: many shipments at the same moment never exceed the order', async () => {
    const { buyer, order } = await paidOrder(app);
    const items = [{ productId: first(order), quantity: 1 }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => ship(boss, order.id, { items })));
    const made = answers.filter(({ status }) => status === 201);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect([409, 503]).toContain(refused.status);
    }
    expect(made.length).toBeLessThanOrEqual(3);
    expect(made.length).toBeGreaterThan(0);
    expect(unitsShipped(await orderOf(buyer, order.id))).toEqual([made.length, 0]);
    expect(await rows.all('shipments', { orderId: order.id })).toHaveLength(made.length);
  });

  it('S1, O3: of a shipment and a cancellation at the same moment, one comes to be', async () => {
    for (let round = 1; round <= 4; round += 1) {
      const { buyer, order } = await paidOrder(app);
      const [shipment, cancellation] = await Promise.all([
        ship(boss, order.id),
        boss.post(`/v1/orders/${order.id}/cancel`).send({ reason: 'changed my mind' }),
      ]);
      const { status, fulfilment } = await orderOf(buyer, order.id);
      if (shipment.status === 201) {
        expect([status, fulfilment]).toEqual(['shipped', 'full']);
        expect([409, 503]).toContain(cancellation.status);
      } else {
        expect([status, fulfilment]).toEqual(['cancelled', 'none']);
        expect([409, 503]).toContain(shipment.status);
        expect(await rows.all('shipments', { orderId: order.id })).toEqual([]);
      }
    }
  });

  it('S1, O3: an order with a shipment cannot be cancelled', async () => {
    const { order } = await paidOrder(app);
    await shipped(boss, order.id, { items: [{ productId: first(order), quantity: 1 }] });
    const refused = await boss.post(`/v1/orders/${order.id}/cancel`).send({ reason: 'too late' }).expect(409);
    expect(codeOf(refused)).toBe('illegal_transition');
  });

  it('S1: a part-paid order waits for the rest of its money', async () => {
    const product = await aProduct(app, { price: 100_000 });
    const buyer = await customer(app);
    const order = await placeOrder(buyer, [{ productId: product.id, quantity: 1 }]);
    const { razorpayOrderId } = await startPayment(buyer, order.id, 40_000);
    await app.razorpay.control.pay({ razorpayOrderId, method: 'upi' });
    await app.quiet();
    expect(codeOf(await ship(boss, order.id).expect(409))).toBe('order_not_shippable');
    await pay(app, buyer, order.id);
    await shipped(boss, order.id);
  });
});

describe('422', () => {
  it('S1: a key that was used for another shipment is refused', async () => {
    const { order } = await paidOrder(app);
    const key = randomUUID();
    await ship(boss, order.id, { items: [{ productId: first(order), quantity: 1 }] }, key).expect(201);
    expect(codeOf(await ship(boss, order.id, {}, key).expect(422))).toBe('idempotency_key_reused');
  });
});
