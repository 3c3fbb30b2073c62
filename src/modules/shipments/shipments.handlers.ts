import type { HandlersFor } from '../../platform/http/operation.js';
import { instantOf } from '../../platform/instant.js';
import { pageWindow, pagination, type PageQuery } from '../../platform/page.js';
import type { Shipments } from './shipments.service.js';
import type { ShipmentQuery } from './shipments.store.js';
import { toShipmentBody } from './shipments.view.js';

export const shipmentHandlers = (shipments: Shipments): HandlersFor<'shipments'> => {
  const page = async (window: PageQuery, query: Omit<ShipmentQuery, 'skip' | 'limit'>) => {
    const { skip, limit, page: number } = pageWindow(window);
    const { rows, total } = await shipments.list({ ...query, skip, limit });
    const body = {
      data: rows.map(toShipmentBody),
      pagination: pagination({ skip, limit, page: number }, total),
    };
    return { status: 200 as const, body };
  };

  return {
    async createShipment({ path, headers, body, principal }) {
      const { carrier, trackingNumber, items, note } = body;
      const shipment = await shipments.create({
        orderId: path.orderId,
        adminId: principal.userId,
        idempotencyKey: headers['Idempotency-Key'],
        ...{ carrier, trackingNumber, items, note },
      });
      const headersOf = { Location: `/v1/shipments/${shipment.trackingNumber}` };
      return { status: 201, headers: headersOf, body: toShipmentBody(shipment) };
    },

    async listAllShipments({ query }) {
      return page(query, {
        ...chosen(query),
        ...(query.q !== undefined && { text: query.q }),
        ...(query.status !== undefined && { status: query.status }),
        ...(query.carrier !== undefined && { carrier: query.carrier }),
        sort: query.sort,
      });
    },

    async listOwnShipments({ query, principal }) {
      return page(query, { ...chosen(query), userId: principal.userId, sort: query.sort });
    },

    async getShipment({ path, principal }) {
      return {
        status: 200,
        body: toShipmentBody(await shipments.byTracking(path.trackingNumber, principal)),
      };
    },

    async addCheckpoint({ path, body }) {
      const { status, at, place, note } = body;
      const checkpoint = { status, at: instantOf(at, '/body/at'), place, note };
      return {
        status: 201,
        body: toShipmentBody(await shipments.addCheckpoint(path.shipmentId, checkpoint)),
      };
    },
  };
};

/** What both lists filter by. */
function chosen(query: { orderId?: string; trackingNumber?: string }) {
  return {
    ...(query.orderId !== undefined && { orderId: query.orderId }),
    ...(query.trackingNumber !== undefined && { trackingNumber: query.trackingNumber }),
  };
}
