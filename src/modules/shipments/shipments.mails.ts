import type { Session } from '../../platform/db.js';
import type { Outbox } from '../notifications/notifications.service.js';
import type { Order } from '../orders/orders.types.js';
import type { Shipment } from './shipments.store.js';

/** The mails of a shipment, each once, written with the change that causes them. */
export type ShipmentMails = ReturnType<typeof createShipmentMails>;

export function createShipmentMails(outbox: Pick<Outbox, 'add'>) {
  const parcel = (shipment: Shipment, order: Order) => ({
    customerName: order.customer.name,
    orderNumber: order.number,
    carrier: shipment.carrier,
    trackingNumber: shipment.trackingNumber,
    lines: shipment.lines.map(({ name, sku, quantity }) => ({ name, sku, quantity })),
  });
  return {
    async sent(shipment: Shipment, order: Order, moreToCome: boolean, session: Session): Promise<void> {
      const { note } = shipment;
      const data = { ...parcel(shipment, order), moreToCome, note, shippingAddress: order.shippingAddress };
      const dedupeKey = `shipment_sent:${shipment.id}`;
      await outbox.add({ kind: 'shipment_sent', to: order.customer.email, data, dedupeKey }, session);
    },

    async delivered(shipment: Shipment, order: Order, deliveredAt: Date, session: Session): Promise<void> {
      const data = { ...parcel(shipment, order), deliveredAt };
      const dedupeKey = `shipment_delivered:${shipment.id}`;
      await outbox.add({ kind: 'shipment_delivered', to: order.customer.email, data, dedupeKey }, session);
    },
  };
}
