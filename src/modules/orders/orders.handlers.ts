import type { Address as AddressBody } from '../../../generated/openapi.js';
import type { HandlersFor, Principal } from '../../platform/http/operation.js';
import { pageWindow, pagination, type PageQuery } from '../../platform/page.js';
import type { Cancelling } from './orders.cancel.js';
import type { OrderMoves } from './orders.moves.js';
import type { PlaceRequest } from './placing.request.js';
import type { Patience } from './orders.rules.js';
import type { OrderReads, PlacedOrder } from './orders.service.js';
import type { OrderQuery } from './orders.store.js';
import type { Address } from './orders.types.js';
import { toOrderBody, toTimelineBody } from './orders.view.js';

type Deps = {
  reads: OrderReads;
  place: (request: PlaceRequest) => Promise<PlacedOrder>;
  /** The cart that the caller orders from where no items are given. */
  cartOf: (call: {
    principal: Principal;
    cookies: { holdfast_cart?: string };
    context: { address: string };
  }) => Promise<string | undefined>;
  moves: Pick<OrderMoves, 'advance'>;
  cancelling: Pick<Cancelling, 'cancel'>;
  patience: Patience;
};

export const orderHandlers = (deps: Deps): HandlersFor<'orders'> => {
  const { reads, place, cartOf } = deps;
  const toBody = (order: PlacedOrder) => toOrderBody(order, deps.patience);

  const page = async (window: PageQuery, query: Omit<OrderQuery, 'skip' | 'limit'>) => {
    const { skip, limit, page: number } = pageWindow(window);
    const { rows, total } = await reads.list({ ...query, skip, limit });
    const body = { data: rows.map(toBody), pagination: pagination({ skip, limit, page: number }, total) };
    return { status: 200 as const, body };
  };

  return {
    async placeOrder(call) {
      const order = await place({
        userId: call.principal.userId,
        idempotencyKey: call.headers['Idempotency-Key'],
        items: call.body.items?.map(({ productId, quantity }) => ({ productId, units: quantity })),
        expectedTotal: call.body.expectedTotal,
        shippingAddress: call.body.shippingAddress && toAddress(call.body.shippingAddress),
        cartId: () => cartOf(call),
      });
      // Only the guest's cart that was ordered; another one stays for later.
      const clearCart = call.cookies.holdfast_cart === order.cartId;
      return {
        status: 201,
        headers: { Location: `/v1/orders/${order.id}` },
        cookies: clearCart ? [{ name: 'holdfast_cart', clear: true }] : [],
        body: toBody(order),
      };
    },

    async listOwnOrders({ query, principal }) {
      return page(query, { ...statusOf(query), userId: principal.userId, sort: query.sort });
    },

    async getOrder({ path, principal }) {
      return { status: 200, body: toBody(await reads.get(path.orderId, principal)) };
    },

    async getOrderTimeline({ path, principal }) {
      return { status: 200, body: { data: toTimelineBody(await reads.timeline(path.orderId, principal)) } };
    },

    async cancelOrder({ path, body, principal }) {
      return {
        status: 200,
        body: toBody(await deps.cancelling.cancel(path.orderId, principal, body.reason)),
      };
    },

    async changeOrderStatus({ path, body, principal }) {
      const by = { kind: 'admin', id: principal.userId } as const;
      const reason = body.reason ?? `set to ${body.status}`;
      return { status: 200, body: toBody(await deps.moves.advance(path.orderId, body.status, by, reason)) };
    },

    async listAllOrders({ query }) {
      return page(query, {
        ...statusOf(query),
        ...(query.q !== undefined && { text: query.q }),
        ...(query.paymentStatus !== undefined && { paymentStatus: query.paymentStatus }),
        ...(query.userId !== undefined && { userId: query.userId }),
        sort: query.sort,
      });
    },
  };
};

function statusOf(query: { status?: PlacedOrder['status'] }): Pick<OrderQuery, 'status'> {
  return query.status === undefined ? {} : { status: query.status };
}

function toAddress(body: AddressBody): Address {
  return {
    name: body.name,
    line1: body.line1,
    line2: body.line2 ?? null,
    city: body.city,
    state: body.state ?? null,
    postalCode: body.postalCode,
    country: body.country,
    phone: body.phone ?? null,
  };
}
