import { describe, expect, it } from '@jest/globals';
import type { ApiError, Shipment, Timeline } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { admin, orderOf } from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';
import { paidOrder as justPaid, shipped, tell, told } from '../../support/shipments.js';

const app = await sharedApp();
const boss = await admin(app);
const rows = await sharedRows(app);

const MINUTE = 60_000;
/** An order of last week, so that parcels of it can have been anywhere since. */
const paidOrder: typeof justPaid = async () => {
  const paid = await justPaid(app);
  await rows.set('orders', paid.order.id, { $set: { placedAt: ago(7 * 24 * 60) } });
  return paid;
};
const ago = (minutes: number): Date => new Date(app.holdfast.clock.now().getTime() - minutes * MINUTE);
const deliveries = (shipment: Shipment) =>
  rows.all('mails', { kind: 'shipment_delivered', 'data.trackingNumber': shipment.trackingNumber });

describe('201', () => {
  it('S4: checkpoints are sorted by time, whenever they come, and the latest is the status', async () => {
    const { order } = await paidOrder(app);
    const { id } = await shipped(boss, order.id);
    await told(app, boss, id, 'out_for_delivery', ago(10));
    const body = { status: 'in_transit', at: ago(60).toISOString(), place: 'Bengaluru hub', note: 'Sorted.' };
    const answer = bodyOf<Shipment>(await tell(boss, id, body).expect(201));
    expect(answer.status).toBe('out_for_delivery');
    expect(answer.checkpoints).toMatchObject([
      { status: 'in_transit', place: 'Bengaluru hub', note: 'Sorted.' },
      { status: 'out_for_delivery', place: null, note: null },
    ]);
    expect(await orderOf(boss, order.id)).toMatchObject({ status: 'shipped' });
  });

  it('S4: the same checkpoint again changes nothing', async () => {
    const { order } = await paidOrder(app);
    const { id } = await shipped(boss, order.id);
    const body = { status: 'in_transit', at: ago(5).toISOString(), place: 'Mysuru' };
    const once = bodyOf<Shipment>(await tell(boss, id, body).expect(201));
    const answers = await Promise.all([1, 2, 3].map(() => tell(boss, id, body).expect(201)));
    for (const answer of answers) expect(answer.body).toEqual(once);
    expect(once.checkpoints).toHaveLength(1);
  });

  it('S4: different checkpoints at the same moment are all kept', async () => {
    const { order } = await paidOrder(app);
    const { id, trackingNumber } = await shipped(boss, order.id);
    const answers = await Promise.all(
      [1, 2, 3].map((n) => tell(boss, id, { status: 'in_transit', at: ago(n).toISOString() })),
    );
    const kept = answers.filter(({ status }) => status === 201).length;
    for (const refused of answers.filter(({ status }) => status !== 201)) expect(refused.status).toBe(503);
    const now = bodyOf<Shipment>(await boss.get(`/v1/shipments/${trackingNumber}`).expect(200));
    expect(now.checkpoints).toHaveLength(kept);
    expect(kept).toBeGreaterThan(0);
  });

  it('S4: the order is delivered when each of its shipments is; the customer is told of each once', async () => {
    const { buyer, order } = await paidOrder(app);
    const [line] = order.items;
    const part = await shipped(boss, order.id, { items: [{ productId: line?.productId, quantity: 1 }] });
    expect((await told(app, boss, part.id, 'delivered')).status).toBe('delivered');
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'processing' });
    const rest = await shipped(boss, order.id);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'shipped' });
    const at = ago(1);
    expect(await told(app, boss, rest.id, 'delivered', at)).toMatchObject({ deliveredAt: at.toISOString() });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'delivered' });
    expect([await deliveries(part), await deliveries(rest)].map((mails) => mails.length)).toEqual([1, 1]);
    const timeline = bodyOf<Timeline>(await buyer.get(`/v1/orders/${order.id}/timeline`).expect(200)).data;
    expect(timeline.at(-1)).toMatchObject({ from: 'shipped', to: 'delivered', actor: { kind: 'system' } });
    await app.holdfast.jobs.run('mail');
    const sent = app.ses.mails(buyer.email);
    expect(sent.filter(({ subject }) => subject.includes('was delivered'))).toHaveLength(2);
  });

  it('S4: two last shipments delivered at the same moment deliver the order', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const { buyer, order } = await paidOrder(app);
      const [line] = order.items;
      const one = await shipped(boss, order.id, { items: [{ productId: line?.productId, quantity: 1 }] });
      const other = await shipped(boss, order.id);
      const at = ago(1).toISOString();
      const both = [one, other].map(({ id }) => tell(boss, id, { status: 'delivered', at }));
      for (const [i, answer] of (await Promise.all(both)).entries()) {
        if (answer.status !== 201)
          await tell(boss, [one, other][i]?.id ?? '', { status: 'delivered', at }).expect(201);
      }
      expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'delivered' });
    }
  });

  it('S4: what comes after the delivery changes the shipment, and never takes the order back', async () => {
    const { buyer, order } = await paidOrder(app);
    const shipment = await shipped(boss, order.id);
    await told(app, boss, shipment.id, 'delivered', ago(10));
    expect(await told(app, boss, shipment.id, 'returned', ago(5))).toMatchObject({ status: 'returned' });
    expect(await told(app, boss, shipment.id, 'delivered', ago(1))).toMatchObject({ status: 'delivered' });
    expect(await told(app, boss, shipment.id, 'in_transit', ago(30))).toMatchObject({ status: 'delivered' });
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'delivered' });
    expect(await deliveries(shipment)).toHaveLength(1);
  });

  it('S4: an order that was set to delivered by hand stays so', async () => {
    const { buyer, order } = await paidOrder(app);
    const shipment = await shipped(boss, order.id);
    await boss.post(`/v1/admin/orders/${order.id}/status`).send({ status: 'delivered' }).expect(200);
    await told(app, boss, shipment.id, 'delivered');
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'delivered' });
  });
});

describe('400', () => {
  it('S4: refuses a time that lies ahead, or that does not exist', async () => {
    const { order } = await paidOrder(app);
    const { id } = await shipped(boss, order.id);
    const ahead = await tell(boss, id, { status: 'delivered', at: ago(-20).toISOString() }).expect(400);
    expect(wrongPlaces(ahead)).toEqual(['/body/at']);
    for (const at of ['2026-02-31T25:00:00Z', '2026-13-01T00:00:00Z', 'yesterday']) {
      await tell(boss, id, { status: 'delivered', at }).expect(400);
    }
    await told(app, boss, id, 'in_transit', ago(-10));
  });

  it('S4: refuses a time before the order was placed', async () => {
    const { order } = await justPaid(app);
    const { id } = await shipped(boss, order.id);
    const placed = Date.parse(order.placedAt);
    for (const at of ['1990-01-01T00:00:00Z', new Date(placed - 1).toISOString()]) {
      const answer = await tell(boss, id, { status: 'in_transit', at }).expect(400);
      expect(bodyOf<ApiError>(answer).errors).toMatchObject([{ path: '/body/at', code: 'past' }]);
    }
    expect((await told(app, boss, id, 'in_transit', new Date(placed))).checkpoints).toHaveLength(1);
  });
});

describe('401, 403, 404', () => {
  it('S4: only admins tell of parcels, and only of those that there are', async () => {
    const { buyer, order } = await paidOrder(app);
    const { id } = await shipped(boss, order.id);
    const body = { status: 'delivered', at: ago(1).toISOString() };
    await tell(app.agent(), id, body).expect(401);
    await tell(buyer, id, body).expect(403);
    await tell(boss, 'nothing-has-this-id', body).expect(404);
  });
});

describe('409', () => {
  it('S4: a shipment takes 100 checkpoints, and those it has may still be sent again', async () => {
    const { order } = await paidOrder(app);
    const { id } = await shipped(boss, order.id);
    const row = await rows.one('shipments', { _id: id });
    const checkpoints = Array.from({ length: 99 }, (_, i) => ({
      ...{ id: `c${i}`, status: 'in_transit', place: null, note: null },
      ...{ at: ago(1_000 - i), recordedAt: ago(1) },
    }));
    await rows.set('shipments', row._id, { $set: { checkpoints } });
    const at = ago(2);
    expect((await told(app, boss, id, 'out_for_delivery', at)).checkpoints).toHaveLength(100);
    const refused = await tell(boss, id, { status: 'delivered', at: ago(1).toISOString() }).expect(409);
    expect(codeOf(refused)).toBe('checkpoints_full');
    await told(app, boss, id, 'out_for_delivery', at);
  });
});
