import type { Shipment as ShipmentBody } from '../../../generated/openapi.js';
import { sorted } from './shipments.rules.js';
import type { Shipment } from './shipments.store.js';

/** A shipment as its customer and admins see it. */
export function toShipmentBody(shipment: Shipment): ShipmentBody {
  return {
    id: shipment.id,
    orderId: shipment.orderId,
    orderNumber: shipment.orderNumber,
    carrier: shipment.carrier,
    trackingNumber: shipment.trackingNumber,
    status: shipment.status,
    items: shipment.lines.map(({ productId, sku, name, quantity }) => ({ productId, sku, name, quantity })),
    note: shipment.note,
    checkpoints: sorted(shipment.checkpoints).map(({ status, at, place, note, recordedAt }) => ({
      status,
      at: at.toISOString(),
      place,
      note,
      recordedAt: recordedAt.toISOString(),
    })),
    shippedAt: shipment.createdAt.toISOString(),
    deliveredAt: shipment.deliveredAt?.toISOString() ?? null,
    updatedAt: shipment.updatedAt.toISOString(),
  };
}
