import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLegalMove, type OrderStatus } from '../../src/modules/orders/orders.rules.js';
import { createOrderShipping } from '../../src/modules/orders/orders.shipping.js';
import type { Order } from '../../src/modules/orders/orders.types.js';
import { fulfilmentOf, leftOf, send } from '../../src/modules/orders/shipping.rules.js';
import {
  admit,
  MOST_CHECKPOINTS,
  sorted,
  verdictOf,
  type Checkpoint,
  type CheckpointStatus,
} from '../../src/modules/shipments/shipments.rules.js';
import type { Session } from '../../src/platform/db.js';
import { AppError } from '../../src/platform/errors.js';

const STATUSES: readonly CheckpointStatus[] = [
  'in_transit',
  'out_for_delivery',
  'exception',
  'delivered',
  'returned',
];
/** Few moments, so that many checkpoints share one. The id follows from the content, as in the service. */
const checkpoint: fc.Arbitrary<Checkpoint> = fc
  .record({ status: fc.constantFrom(...STATUSES), minute: fc.nat(4), note: fc.constantFrom(null, 'a', 'b') })
  .map(({ status, minute, note }) => ({
    id: `${status}-${minute}-${note ?? ''}`,
    status,
    at: new Date(minute * 60_000),
    place: null,
    note,
    recordedAt: new Date(0),
  }));
const checkpoints = fc.array(checkpoint, { maxLength: 12 });

/** What a shipment has after all of these have come, one by one. */
const received = (news: readonly Checkpoint[]): Checkpoint[] =>
  news.reduce<Checkpoint[]>((has, next) => (admit(has, next) === 'new' ? [...has, next] : has), []);

describe('checkpoints of a shipment', () => {
  it('S4: any order of them, each as often as it comes, gives the same shipment', () => {
    const shuffled = checkpoints.chain((news) =>
      fc.tuple(
        fc.constant(news),
        fc.shuffledSubarray(news, { minLength: news.length }),
        news.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...news), { maxLength: 6 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([news, otherwise, again]) => {
        const [one, other] = [received(news), received([...otherwise, ...again])];
        expect(sorted(other)).toEqual(sorted(one));
        expect(verdictOf(other)).toEqual(verdictOf(one));
      }),
    );
  });

  it('S4: the latest by time is the status; once delivered, it has been', () => {
    fc.assert(
      fc.property(checkpoints, checkpoint, (news, next) => {
        const [before, after] = [verdictOf(received(news)), verdictOf(received([...news, next]))];
        const latest = Math.max(...[...news, next].map(({ at }) => at.getTime()));
        expect([...news, next].some((c) => c.at.getTime() === latest && c.status === after.status)).toBe(
          true,
        );
        if (before.deliveredAt !== null)
          expect(after.deliveredAt?.getTime()).toBeLessThanOrEqual(before.deliveredAt.getTime());
      }),
    );
  });

  it('S4: takes so many and no more', () => {
    const full = Array.from({ length: MOST_CHECKPOINTS }, (_, i): Checkpoint => ({
      ...{ id: String(i), status: 'in_transit', place: null, note: null },
      ...{ at: new Date(i), recordedAt: new Date(i) },
    }));
    const [first] = full;
    if (first === undefined) throw new Error('no checkpoint');
    expect(admit(full, { ...first, id: 'another' })).toBe('full');
    expect(admit(full, first)).toBe('known');
  });
});

const line = (quantity: number, i: number) => ({
  productId: `p${i}`,
  ...{ sku: 's', name: 'n', unitPrice: 100, quantity, lineTotal: quantity * 100, shipped: 0 },
});
const lines = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })
  .map((quantities) => quantities.map(line));
const parcel = fc
  .uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 })
  .chain((places) =>
    fc.tuple(
      ...places.map((place) => fc.integer({ min: 1, max: 4 }).map((quantity) => ({ place, quantity }))),
    ),
  )
  .map((items) => items.map(({ place, quantity }) => ({ productId: `p${place}`, quantity })));

describe('what is sent of an order', () => {
  it('S1: never exceeds what was ordered, and all that is left completes it', () => {
    fc.assert(
      fc.property(lines, fc.array(parcel, { maxLength: 8 }), (ordered, parcels) => {
        let now = ordered;
        for (const next of parcels) {
          const sent = send(now, next);
          if (sent.kind === 'sent') now = sent.lines;
          else expect(sent.short.every(({ requested, available }) => requested > available)).toBe(true);
          for (const one of now) expect(one.shipped).toBeLessThanOrEqual(one.quantity);
        }
        const rest = send(now, leftOf(now));
        expect(rest.kind === 'sent' && fulfilmentOf(rest.lines)).toBe('full');
      }),
    );
  });
});

type Event =
  | { kind: 'ship'; items: { productId: string; quantity: number }[] | undefined }
  | { kind: 'deliver'; which: number };
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('ship' as const), items: fc.option(parcel, { nil: undefined, freq: 3 }) }),
  fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(5) }),
);
const WAY: readonly OrderStatus[] = ['paid', 'processing', 'shipped', 'delivered'];

describe('an order with shipments', () => {
  it('S4: never goes back, is shipped when all of it is, and delivered when each parcel is', async () => {
    const property = fc.asyncProperty(lines, fc.array(event, { maxLength: 14 }), async (ordered, events) => {
      let order = { id: 'o', status: 'paid', lines: ordered, total: 1, version: 1 } as unknown as Order;
      order.money = { captured: 1, refundCommitted: 0, refunded: 0, granted: 0 };
      const shipping = createOrderShipping({
        orders: {
          find: () => Promise.resolve(order),
          change(read, change) {
            const to = change.status ?? read.status;
            if (to !== read.status && !isLegalMove(read.status, to))
              throw new Error(`${read.status} to ${to}`);
            order = { ...read, ...change, version: read.version + 1 };
            return Promise.resolve(order);
          },
        },
      });
      const session = {} as Session;
      const parcels: boolean[] = [];
      for (const next of events) {
        const before = WAY.indexOf(order.status);
        try {
          if (next.kind === 'ship') {
            const what = { orderId: 'o', items: next.items, adminId: 'a', trackingNumber: 't' };
            await shipping.ship(what, session);
            parcels.push(false);
          } else if (parcels.length > 0) {
            parcels[next.which % parcels.length] = true;
            const isLast = parcels.every((delivered) => delivered);
            await shipping.delivered({ orderId: 'o', isLast, trackingNumber: 't' }, session);
          }
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
        expect(WAY.indexOf(order.status)).toBeGreaterThanOrEqual(before);
        const whole = fulfilmentOf(order.lines) === 'full';
        const there = whole && parcels.every((delivered) => delivered);
        const expected =
          parcels.length === 0 ? 'paid' : !whole ? 'processing' : there ? 'delivered' : 'shipped';
        expect(order.status).toBe(expected);
      }
    });
    await fc.assert(property);
  });
});
