import { waitsUntil } from '../../modules/orders/orders.rules.js';
import type { PlacedOrder } from '../../modules/orders/orders.service.js';
import { formatMoney } from '../../platform/money.js';
import type { Order as GatewayLedgerOrder } from '../razorpay.entities.js';
import type { OrderLine, TimelineLine } from './console.types.js';
import type { Parts } from './parts.js';
import { reasonsOf, type GatewayOrder, type OrderFacts } from './reasons.rules.js';

const MOST_ORDERS = 25;
export const ADMIN = { userId: '', role: 'admin' } as const;

type Needs = Pick<Parts, 'holdfast' | 'config' | 'sandbox'>;

/** The newest orders, with what each can take. */
export async function readOrders(parts: Needs): Promise<OrderLine[]> {
  const { orders } = parts.holdfast.services;
  const { rows } = await orders.list({ sort: 'newest', skip: 0, limit: MOST_ORDERS });
  const atGateway = await gatewayOrders(parts);
  return rows.map((order) => toLine(parts, order, factsOf(parts, order, atGateway)));
}

/** An order as it is now, with what decides which buttons it can take. Throws not_found. */
export async function readOrder(
  parts: Needs,
  orderId: string,
): Promise<{ order: PlacedOrder; facts: OrderFacts }> {
  const order = await parts.holdfast.services.orders.get(orderId, ADMIN);
  return { order, facts: factsOf(parts, order, await gatewayOrders(parts)) };
}

export async function readTimeline(
  { holdfast }: Pick<Needs, 'holdfast'>,
  orderId: string,
): Promise<TimelineLine[]> {
  const entries = await holdfast.services.orders.timeline(orderId, ADMIN);
  return entries.map(({ at, to, actor, reason }) => ({ at: at.getTime(), to, by: actor.kind, reason }));
}

/** When the order is given up unless it is paid, ms; null where it waits for nothing. */
export function givenUpAt({ config }: Pick<Needs, 'config'>, order: PlacedOrder): number | null {
  return waitsUntil({ ...order, placedAt: order.placedAt ?? order.createdAt }, config.orders);
}

/** What was started at Razorpay, by the order that it is for; undefined where Razorpay is not ours to ask. */
async function gatewayOrders({
  sandbox,
}: Pick<Needs, 'sandbox'>): Promise<Map<string, GatewayOrder[]> | undefined> {
  const all = await sandbox.running.razorpay?.control.orders();
  if (all === undefined) return undefined;
  const byOrder = new Map<string, GatewayOrder[]>();
  for (const one of all) {
    const orderId = noteOf(one.notes, 'order_id');
    const { id, amount, status } = one;
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), { id, amount, isPaid: status === 'paid' }]);
  }
  return byOrder;
}

/** What Holdfast wrote to something at Razorpay; empty where it did not. */
export function noteOf(notes: GatewayLedgerOrder['notes'], name: string): string {
  return Array.isArray(notes) ? '' : (notes[name] ?? '');
}

function factsOf(
  { holdfast }: Pick<Needs, 'holdfast'>,
  order: PlacedOrder,
  atGateway: Map<string, GatewayOrder[]> | undefined,
): OrderFacts {
  return {
    status: order.status,
    due: holdfast.services.orders.due(order),
    currency: order.currency,
    gatewayOrders: atGateway === undefined ? null : (atGateway.get(order.id) ?? []),
  };
}

function toLine(parts: Needs, order: PlacedOrder, facts: OrderFacts): OrderLine {
  const { id, version, number, customer, status, paymentStatus, currency } = order;
  const words = (amount: number): string => formatMoney({ amount, currency });
  return {
    ...{ id, version, number, customer: customer.email, status, paymentStatus },
    lines: order.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', '),
    total: words(order.total),
    due: words(Math.max(0, facts.due)),
    until: givenUpAt(parts, order),
    cannot: reasonsOf(facts),
  };
}
