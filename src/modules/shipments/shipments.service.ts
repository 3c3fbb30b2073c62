import { after, type Clock } from '../../platform/clock.js';
import { duplicateKey, type Database } from '../../platform/db.js';
import { AppError, invalid, notFound, unavailable } from '../../platform/errors.js';
import { refuseOtherRequest, type Asked } from '../../platform/idempotency.js';
import { derivedId, newId, sha256 } from '../../platform/ids.js';
import { withoutOuterSpaces } from '../../platform/text.js';
import type { OrderShipping } from '../orders/orders.shipping.js';
import type { ShipmentMails } from './shipments.mails.js';
import {
  admit,
  AHEAD_MS,
  MOST_CHECKPOINTS,
  normalizedTracking,
  type Checkpoint,
  type CheckpointStatus,
} from './shipments.rules.js';
import type { Shipment, ShipmentQuery, ShipmentStore } from './shipments.store.js';

/** A parcel to be recorded. `items` left out: all that is left of the order. */
export type ShipmentInput = {
  orderId: string;
  adminId: string;
  idempotencyKey: string;
  carrier: string;
  trackingNumber: string;
  items: readonly { productId: string; quantity: number }[] | undefined;
  note: string | undefined;
};

/** What is said of a parcel. `at`: when it was there. */
export type CheckpointInput = {
  status: CheckpointStatus;
  at: Date;
  place: string | undefined;
  note: string | undefined;
};

/** Shipments and their checkpoints; orders follow them. */
export type Shipments = ReturnType<typeof createShipments>;

export function createShipments(deps: {
  store: ShipmentStore;
  orders: OrderShipping;
  mails: ShipmentMails;
  /** Called when mails were committed. */
  wake: () => void;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { store, orders, mails, clock } = deps;

  /** The shipment that this key has made; throws idempotency_key_reused where it was another one. */
  const known = async ({ by, key, fingerprint }: Asked): Promise<Shipment | undefined> => {
    const earlier = await store.findByKey(by, key);
    if (earlier !== undefined) refuseOtherRequest(earlier.fingerprint, fingerprint, 'shipment');
    return earlier?.shipment;
  };

  /** One transaction: the order's lines and status, the shipment, the mail. */
  const write = (input: ShipmentInput, trackingNumber: string, asked: Asked): Promise<Shipment> =>
    deps.db.transaction(async (session) => {
      const { orderId, adminId, items } = input;
      const { order, lines } = await orders.ship({ orderId, items, adminId, trackingNumber }, session);
      const shipment = {
        id: newId(),
        orderId,
        orderNumber: order.number,
        userId: order.customer.userId,
        carrier: withoutOuterSpaces(input.carrier),
        trackingNumber,
        lines,
        note: input.note === undefined ? null : withoutOuterSpaces(input.note),
      };
      const created = await store.insert(shipment, asked, session);
      const moreToCome = order.lines.some((line) => line.shipped < line.quantity);
      await mails.sent(created, order, moreToCome, session);
      return created;
    });

  /** One transaction: the checkpoint, and the first time that it says so, the order's delivery and the mail. */
  const append = (shipmentId: string, checkpoint: Checkpoint): Promise<Shipment> =>
    deps.db.transaction(async (session) => {
      const before = await store.find(shipmentId, session);
      if (before === undefined) throw notFound('The shipment');
      if (checkpoint.at < (await orders.placedAt(before.orderId, session)))
        throw wrongTime('past', 'must not be before the order was placed');
      const verdict = admit(before.checkpoints, checkpoint);
      if (verdict === 'known') return before;
      if (verdict === 'full') {
        throw new AppError('checkpoints_full', `A shipment takes at most ${MOST_CHECKPOINTS} checkpoints.`);
      }
      const changed = await store.append(before, checkpoint, session);
      if (changed === undefined) throw unavailable('The shipment');
      if (before.deliveredAt !== null || changed.deliveredAt === null) return changed;
      const { orderId, trackingNumber, deliveredAt } = changed;
      const all = await store.ofOrder(orderId, session);
      const isLast = all.every((one) => one.id === changed.id || one.deliveredAt !== null);
      const order = await orders.delivered({ orderId, isLast, trackingNumber }, session);
      await mails.delivered(changed, order, deliveredAt, session);
      return changed;
    });

  return {
    /**
     * Records what is sent; the same key answers with the same shipment. Throws not_found, validation_failed (a product
     * twice), order_not_shippable, lines_not_shippable, tracking_number_taken, idempotency_key_reused.
     */
    async create(input: ShipmentInput): Promise<Shipment> {
      const trackingNumber = normalizedTracking(input.trackingNumber);
      const asked = { by: input.adminId, key: input.idempotencyKey, fingerprint: fingerprintOf(input) };
      const earlier = await known(asked);
      if (earlier !== undefined) return earlier;
      try {
        const created = await write(input, trackingNumber, asked);
        deps.wake();
        return created;
      } catch (error) {
        // Whatever stopped this one: if its key has a shipment now, that is it.
        const quicker = await known(asked);
        if (quicker !== undefined) return quicker;
        throw duplicateKey(error)?.includes('trackingNumber') === true ? trackingNumberTaken() : error;
      }
    },

    /** Adds a checkpoint; one that is there already changes nothing. Throws not_found, validation_failed, checkpoints_full. */
    async addCheckpoint(shipmentId: string, input: CheckpointInput): Promise<Shipment> {
      const { status, at } = input;
      const recordedAt = clock.now();
      if (at > after(recordedAt, AHEAD_MS))
        throw wrongTime('future', 'must not lie ahead by more than 15 minutes');
      const place = input.place === undefined ? null : withoutOuterSpaces(input.place);
      const note = input.note === undefined ? null : withoutOuterSpaces(input.note);
      const id = derivedId(status, at.toISOString(), JSON.stringify([place, note]));
      const shipment = await append(shipmentId, { id, status, at, place, note, recordedAt });
      deps.wake();
      return shipment;
    },

    /** A customer tracks their own, an admin any. Throws not_found otherwise. */
    async byTracking(
      trackingNumber: string,
      reader: { userId: string; role: 'user' | 'admin' },
    ): Promise<Shipment> {
      const shipment = await store.findByTracking(trackingNumber);
      const mayRead =
        shipment !== undefined && (reader.role === 'admin' || shipment.userId === reader.userId);
      if (!mayRead) throw notFound('The shipment');
      return shipment;
    },

    list: (query: ShipmentQuery) => store.list(query),
  };
}

/** Two requests are the same if they want the same things, whatever the order of their fields. */
function fingerprintOf(input: ShipmentInput): string {
  const { orderId, carrier, trackingNumber, items, note } = input;
  const lines = items?.map((item) => [item.productId, item.quantity]) ?? 'all';
  return sha256(JSON.stringify([orderId, carrier, trackingNumber, lines, note]));
}

function trackingNumberTaken(): AppError {
  const message = 'There is a shipment with this tracking number already.';
  const errors = [{ path: '/body/trackingNumber', code: 'unique', message }];
  return new AppError('tracking_number_taken', message, { errors });
}

function wrongTime(code: string, message: string): AppError {
  return invalid([{ path: '/body/at', code, message }]);
}
