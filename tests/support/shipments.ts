import { randomUUID } from 'node:crypto';
import type { Checkpoint, Order, Shipment } from '../../generated/openapi.js';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import { aProduct, customer, pay, placeOrder, type Agent } from './flows.js';

/** A tracking number that no other test has. */
export const aTrackingNumber = (): string =>
  `BD${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`;

/** Asks for a shipment; answers whatever comes. */
export const ship = (boss: Agent, orderId: string, body: object = {}, key: string = randomUUID()) =>
  boss
    .post(`/v1/admin/orders/${orderId}/shipments`)
    .set('Idempotency-Key', key)
    .send({ carrier: 'Blue Dart', trackingNumber: aTrackingNumber(), ...body });

/** Ships what is listed, or all that is left. */
export async function shipped(boss: Agent, orderId: string, body: object = {}): Promise<Shipment> {
  return bodyOf<Shipment>(await ship(boss, orderId, body).expect(201));
}

/** Tells of a parcel; answers whatever comes. */
export const tell = (boss: Agent, shipmentId: string, checkpoint: object) =>
  boss.post(`/v1/admin/shipments/${shipmentId}/checkpoints`).send(checkpoint);

/** Tells of a parcel, by default of this moment. */
export async function told(
  app: TestApp,
  boss: Agent,
  shipmentId: string,
  status: Checkpoint['status'],
  at: Date = app.holdfast.clock.now(),
): Promise<Shipment> {
  const answer = await tell(boss, shipmentId, { status, at: at.toISOString() }).expect(201);
  return bodyOf<Shipment>(answer);
}

/** A paid order for two products, three units of the first and two of the second. */
export async function paidOrder(app: TestApp): Promise<{ buyer: Agent & { email: string }; order: Order }> {
  const [lamp, shade] = [
    await aProduct(app, { name: 'Brass lamp' }),
    await aProduct(app, { name: 'Linen shade' }),
  ];
  const buyer = await customer(app);
  const order = await placeOrder(buyer, [
    { productId: lamp.id, quantity: 3 },
    { productId: shade.id, quantity: 2 },
  ]);
  await pay(app, buyer, order.id);
  return { buyer, order };
}
