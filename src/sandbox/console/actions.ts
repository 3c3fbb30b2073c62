import { JOB_NAMES } from '../../platform/jobs.js';
import type { Fields } from '../fields.js';
import { Refusal } from '../refusal.js';
import { createClockActions } from './actions.clock.js';
import { createEventActions } from './actions.events.js';
import { createOrderActions } from './actions.orders.js';
import { createShopActions, type Wish } from './actions.shop.js';
import type { Parts } from './parts.js';
import { ORDER_ACTIONS } from './reasons.rules.js';
import { TROUBLE_SERVICES, type Troubles } from './troubles.js';

/**
 * Does what a button says and answers in words what it came to. Throws a `Refusal` or an `AppError` where it cannot, with
 * the reason in words.
 */
export type Action = (fields: Fields) => Promise<string>;

const LONGEST_SECONDS = 300;

/** Every action by its name, which is what a button says to the server. */
export function createActions(parts: Parts, troubles: Troubles): ReadonlyMap<string, Action> {
  const toOrder = createOrderActions(parts);
  const time = createClockActions(parts);
  const events = createEventActions(parts);
  const shop = createShopActions(parts);

  const table: Record<string, Action> = {
    ...Object.fromEntries(
      ORDER_ACTIONS.map((action) => [action, (fields: Fields) => toOrder(action, fields.text('orderId'))]),
    ),
    deliver: (fields) => events.one('deliver', fields.text('eventId')),
    deliverTwice: (fields) => events.one('deliverTwice', fields.text('eventId')),
    deliverHeld: () => events.held(false),
    deliverBackwards: () => events.held(true),
    makeOrder: (fields) => shop.makeOrder(readWish(fields)),
    fillCart: (fields) => shop.fillCart(readWish(fields)),
    clock: (fields) => time.advance(fields.integer('minutes')),
    job: (fields) => time.run(fields.choice('name', JOB_NAMES)),
    trouble: (fields) =>
      troubles.begin(fields.choice('service', TROUBLE_SERVICES), fields.text('mode'), readSeconds(fields)),
    endTrouble: (fields) => troubles.end(fields.choice('service', TROUBLE_SERVICES)),
  };
  return new Map(Object.entries(table));
}

function readWish(fields: Fields): Wish {
  return { productId: fields.optionalText('productId'), units: fields.optionalInteger('units') ?? 1 };
}

function readSeconds(fields: Fields): number {
  const seconds = fields.integer('seconds');
  if (seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  throw new Refusal(`Trouble lasts from 1 to ${LONGEST_SECONDS} seconds.`);
}
