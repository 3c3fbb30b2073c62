import type { Order, OrderStatus, Shipment, Timeline } from '../../../generated/openapi.js';
import { api, ask } from './api.js';
import { countryName } from './countries.js';
import { action, el, redraw } from './dom.js';
import { capitalized, money, ORDER_WORDS, PAYMENT_WORDS, SHIPMENT_WORDS, time } from './format.js';
import { paymentView } from './pay.js';
import { link, type Visit } from './router.js';

const PAGE_SIZE = 10;
const LOOK_EVERY_MS = 4_000;

export async function ordersPage({ query }: Visit): Promise<Node> {
  const page = Math.max(1, Number(query.get('page') ?? 1)) || 1;
  const { data, pagination } = await ask(() =>
    api.GET('/v1/orders', { params: { query: { page, limit: PAGE_SIZE } } }),
  );
  const to = (target: number, label: string): Node | false =>
    target >= 1 && target <= pagination.pages && el('a', { href: link('/orders', { page: target }) }, label);
  return el(
    'section',
    { class: 'list' },
    el('h1', {}, 'Your orders'),
    data.length === 0 && el('p', {}, 'There are none yet. ', el('a', { href: link('/') }, 'Look around')),
    el(
      'ul',
      { class: 'orders' },
      ...data.map(({ id, number, status, placedAt, total }) =>
        el(
          'li',
          {},
          el('a', { href: link(`/orders/${id}`) }, number),
          el('span', { class: 'faint' }, time(placedAt)),
          statusView(status),
          el('b', { class: 'amount' }, money(total)),
        ),
      ),
    ),
    el('nav', { class: 'pages', 'aria-label': 'Pages' }, to(page - 1, 'Newer'), to(page + 1, 'Older')),
  );
}

const statusView = (status: OrderStatus): Node =>
  el('span', { class: `status ${status}` }, ORDER_WORDS[status]);

/** One order with its payment, its shipments and its history, looked at every few seconds for as long as it is open. */
export async function orderPage({ params: { orderId = '' }, signal }: Visit): Promise<Node> {
  const parts = { head: part(), payment: part('aside'), shipments: part(), timeline: part() };
  let looks = 0;
  const refresh = async (): Promise<void> => {
    const own = (looks += 1);
    const params = { path: { orderId } };
    const [order, timeline, shipments] = await Promise.all([
      ask(() => api.GET('/v1/orders/{orderId}', { params })),
      ask(() => api.GET('/v1/orders/{orderId}/timeline', { params })),
      ask(() => api.GET('/v1/shipments', { params: { query: { orderId, limit: 100 } } })),
    ]);
    // An answer that was overtaken by a later one is old.
    if (own !== looks) return;
    parts.head.show(order, () => headView(order, refresh));
    // The panel stands still while only other things change: somebody may be typing an amount.
    const { amountDue, payBefore } = order;
    parts.payment.show({ amountDue, payBefore }, () =>
      amountDue.amount > 0 ? paymentView(order, refresh) : undefined,
    );
    parts.shipments.show(shipments.data, () => shipmentsView(shipments.data, order));
    parts.timeline.show(timeline.data, () => timelineView(timeline));
  };
  await refresh();
  const timer = setInterval(() => {
    // A look that fails is followed by another one.
    if (document.visibilityState === 'visible') refresh().catch(() => undefined);
  }, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  const { head, payment, shipments, timeline } = parts;
  return el(
    'section',
    { class: 'two' },
    head.node,
    payment.node,
    el('div', {}, shipments.node, timeline.node),
  );
}

/** A part of a page that is drawn anew only when what it shows has changed. */
function part(tag: 'div' | 'aside' = 'div') {
  const node = el(tag);
  let shown = '';
  return {
    node,
    show(facts: unknown, draw: () => Node | undefined): void {
      const now = JSON.stringify(facts);
      if (now === shown) return;
      shown = now;
      const view = draw();
      redraw(node, view === undefined ? [] : [view]);
    },
  };
}

function headView(order: Order, refresh: () => Promise<void>): Node {
  const {
    number,
    status,
    paymentStatus,
    items,
    total,
    amountPaid,
    amountRefunded,
    shippingAddress: to,
  } = order;
  const row = (label: string, value: string): Node =>
    el('p', { class: 'sum' }, el('span', {}, label), el('span', {}, value));
  const cancel = async (): Promise<void> => {
    const params = { path: { orderId: order.id } };
    await ask(() => api.POST('/v1/orders/{orderId}/cancel', { params, body: {} }));
    await refresh();
  };
  return el(
    'div',
    {},
    el('h1', {}, `Order ${number}`),
    el('p', {}, statusView(status), ' ', el('span', { class: 'faint' }, PAYMENT_WORDS[paymentStatus])),
    ...items.map(({ name, quantity, lineTotal }) => row(`${quantity} × ${name}`, money(lineTotal))),
    el('p', { class: 'sum' }, el('span', {}, 'Total'), el('b', {}, money(total))),
    row('Paid', money(amountPaid)),
    amountRefunded.amount > 0 && row('Refunded', money(amountRefunded)),
    to !== null &&
      el(
        'p',
        { class: 'faint' },
        `To ${to.name}, ${to.line1}, ${to.postalCode} ${to.city}, ${countryName(to.country)}`,
      ),
    status === 'pending' && amountPaid.amount === 0 && action('Cancel the order', cancel, { class: 'plain' }),
  );
}

function shipmentsView(shipments: readonly Shipment[], order: Order): Node | undefined {
  if (shipments.length === 0) return undefined;
  const nameOf = (id: string): string => order.items.find(({ productId }) => productId === id)?.name ?? '';
  return el(
    'section',
    { 'aria-label': 'Shipments' },
    el('h2', {}, shipments.length === 1 ? 'Your parcel' : 'Your parcels'),
    ...shipments.map(({ carrier, trackingNumber, status, items, checkpoints, shippedAt }) =>
      el(
        'article',
        { class: 'panel' },
        el('p', {}, el('b', {}, SHIPMENT_WORDS[status]), ` · ${carrier} ${trackingNumber}`),
        el(
          'p',
          { class: 'faint' },
          items.map(({ productId, quantity }) => `${quantity} × ${nameOf(productId)}`).join(', '),
        ),
        el(
          'ol',
          { class: 'way' },
          wayPoint(SHIPMENT_WORDS.created, shippedAt),
          ...checkpoints.map((point) =>
            wayPoint(
              [SHIPMENT_WORDS[point.status], point.place, point.note].filter(Boolean).join(', '),
              point.at,
            ),
          ),
        ),
      ),
    ),
  );
}

function timelineView({ data }: Timeline): Node {
  return el(
    'section',
    { 'aria-label': 'History' },
    el('h2', {}, 'What happened so far'),
    el(
      'ol',
      { class: 'way' },
      ...data.map(({ from, to, reason, at }) =>
        wayPoint(from === to ? capitalized(reason) : `${ORDER_WORDS[to]}: ${reason}`, at),
      ),
    ),
  );
}

function wayPoint(what: string, at: string): Node {
  return el('li', {}, el('span', {}, what), el('time', { class: 'faint', datetime: at }, time(at)));
}
