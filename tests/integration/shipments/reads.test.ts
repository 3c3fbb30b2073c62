import { describe, expect, it } from '@jest/globals';
import type { Shipment, ShipmentPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { admin, customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';
import { paidOrder, shipped, told } from '../../support/shipments.js';

const app = await sharedApp();
const boss = await admin(app);
const { buyer, order } = await paidOrder(app);
const items = [{ productId: order.items[0]?.productId, quantity: 1 }];
const early = await shipped(boss, order.id, { items, trackingNumber: 'AA-1001' });
app.holdfast.clock.advance(1_000);
const other = await paidOrder(app);
const shipment = await shipped(boss, other.order.id, { carrier: 'Delhivery', trackingNumber: 'BB-2001' });
const others = { ...other, shipment };
app.holdfast.clock.advance(1_000);
const late = await shipped(boss, order.id, { trackingNumber: 'AA-1002' });
await told(app, boss, others.shipment.id, 'in_transit');

const all = async (query: object) =>
  bodyOf<ShipmentPage>(await boss.get('/v1/admin/shipments').query(query).expect(200));
const own = async (query: object, agent = buyer) =>
  bodyOf<ShipmentPage>(await agent.get('/v1/shipments').query(query).expect(200));
const ids = ({ data }: ShipmentPage): string[] => data.map(({ id }) => id);

describe('listAllShipments', () => {
  it('S2: lists every shipment, the newest first, or the oldest', async () => {
    expect(ids(await all({}))).toEqual([late.id, others.shipment.id, early.id]);
    expect(ids(await all({ sort: 'oldest' }))).toEqual([early.id, others.shipment.id, late.id]);
    const page = await all({ limit: 2, page: 2 });
    expect(ids(page)).toEqual([early.id]);
    expect(page.pagination).toEqual({ page: 2, limit: 2, total: 3, pages: 2 });
  });

  it('S2: filters by order, tracking number, status and carrier', async () => {
    expect(ids(await all({ orderId: order.id }))).toEqual([late.id, early.id]);
    expect(ids(await all({ trackingNumber: 'aa-1001' }))).toEqual([early.id]);
    expect(ids(await all({ status: 'in_transit' }))).toEqual([others.shipment.id]);
    expect(ids(await all({ carrier: 'Delhivery' }))).toEqual([others.shipment.id]);
    expect(ids(await all({ carrier: 'Delhivery', orderId: order.id }))).toEqual([]);
  });

  it('S2: searches by words of the tracking number and the order number', async () => {
    expect(ids(await all({ q: 'aa 10' }))).toEqual([late.id, early.id]);
    expect(ids(await all({ q: others.order.number }))).toEqual([others.shipment.id]);
    expect(ids(await all({ q: '2001 bb' }))).toEqual([others.shipment.id]);
    expect(ids(await all({ q: '001' }))).toEqual([]);
  });

  it('S2: is for admins', async () => {
    await app.agent().get('/v1/admin/shipments').expect(401);
    await buyer.get('/v1/admin/shipments').expect(403);
    await boss.get('/v1/admin/shipments').query({ status: 'lost' }).expect(400);
  });
});

describe('listOwnShipments', () => {
  it('S2: lists what was sent to the caller, and nothing else', async () => {
    expect(ids(await own({}))).toEqual([late.id, early.id]);
    expect(ids(await own({ sort: 'oldest' }))).toEqual([early.id, late.id]);
    expect(ids(await own({ orderId: order.id, trackingNumber: 'AA-1002' }))).toEqual([late.id]);
    expect(ids(await own({ orderId: others.order.id }))).toEqual([]);
    expect(ids(await own({ trackingNumber: 'BB-2001' }))).toEqual([]);
    expect(ids(await own({}, await customer(app)))).toEqual([]);
    await app.agent().get('/v1/shipments').expect(401);
    await buyer.get('/v1/shipments').query({ page: 10_000 }).expect(400);
  });
});

describe('getShipment', () => {
  it('S3: the customer and admins find it by its tracking number, a stranger does not', async () => {
    for (const agent of [buyer, boss]) {
      const found = bodyOf<Shipment>(await agent.get('/v1/shipments/aa-1001').expect(200));
      expect(found).toEqual(early);
    }
    const stranger = await others.buyer.get('/v1/shipments/AA-1001').expect(404);
    const nowhere = await others.buyer.get('/v1/shipments/ZZ-9999').expect(404);
    const told = [stranger, nowhere].map((answer) => ({ ...bodyOf<object>(answer), requestId: '' }));
    expect(told[0]).toEqual(told[1]);
    await app.agent().get('/v1/shipments/AA-1001').expect(401);
    await buyer.get('/v1/shipments/a%20b').expect(400);
  });
});
