import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';

import type { EventName, Happening } from './razorpay.entities.js';
import { Refusal } from './refusal.js';
import type { Tables } from './tables.js';

/** `hold` keeps events back until they are asked for, `none` never sends them. Both can be redelivered later. */
export type SendMode = 'send' | 'hold' | 'none';

export const SEND_MODES: readonly SendMode[] = ['send', 'hold', 'none'];

/** One try to deliver an event. `status` is null when there was no answer in time, and `error` then says why. */
export interface Delivery {
  at: string;
  status: number | null;
  error: string | null;
}

/** `due` waits for its first or next try; `given_up` was tried for as long as Razorpay tries. */
export interface WebhookEvent {
  id: string;
  event: EventName;
  status: 'due' | 'delivered' | 'held' | 'silenced' | 'given_up';
  /** Milliseconds since 1970. */
  createdAt: number;
  /** The exact bytes that are sent, and their signature with the secret of the time when it happened. */
  body: string;
  signature: string;
  deliveries: Delivery[];
}

export interface WebhookOptions {
  url: string;
  secret: string;
  /** The wait before the first retry; each later one is twice as long. Default: 5 s. */
  retryBaseMs?: number | undefined;
  /** For how long an event is tried; then the webhook is switched off. Default: 24 h. */
  retryForMs?: number | undefined;
  /** How long an answer may take. Default: 5 s. */
  timeoutMs?: number | undefined;
  tables: Tables;
  newId: () => string;
  now: () => number;
  log: (line: string) => void;
}

export interface Webhooks {
  /** Records what happened and, by the mode, sends it. Events that happen together are sent at once, in no order. */
  emit(happenings: Happening[], mode?: SendMode): void;
  /** A new address or secret also switches a webhook on again that had been given up. */
  configure(change: {
    url?: string | undefined;
    secret?: string | undefined;
    mode?: SendMode | undefined;
  }): void;
  /** Sends held events, in the order of the ids given (default: all, oldest first), one after the other or at once. */
  deliverHeld(input: {
    eventIds?: string[] | undefined;
    concurrently?: boolean | undefined;
  }): Promise<Delivery[]>;
  /** Sends an event again, whatever became of it. */
  redeliver(input: {
    eventId: string;
    times?: number | undefined;
    concurrently?: boolean | undefined;
  }): Promise<Delivery[]>;
  events(): WebhookEvent[];
  /** Resolves when no delivery is under way; with `retries`, when none is waiting for its next try either. */
  waitUntilIdle(input?: { retries?: boolean | undefined }): Promise<void>;
  stop(): void;
}

const ACCOUNT_ID = 'acc_SandboxHoldfst';

/** Sends signed events to one address as Razorpay does: at least once, again and again until answered with 2xx. */
export function makeWebhooks(options: WebhookOptions): Webhooks {
  const { retryBaseMs = 5_000, retryForMs = 24 * 3_600_000, timeoutMs = 5_000, now, log } = options;
  let { url, secret } = options;
  let mode: SendMode = 'send';
  let switchedOff = false;
  let stopped = false;
  let underWay = 0;
  const table = options.tables.table<WebhookEvent>('events');
  const retries = new Map<string, NodeJS.Timeout>();
  const changes = new EventEmitter();

  function eventOf(id: string): WebhookEvent {
    const event = table.get(id);
    if (event === undefined) throw new Refusal('There is no such event.');
    return event;
  }

  async function deliver(id: string): Promise<Delivery> {
    const { body, signature } = eventOf(id);
    clearTimeout(retries.get(id));
    retries.delete(id);
    underWay += 1;
    const at = new Date(now()).toISOString();
    const headers = { 'x-razorpay-event-id': id, 'x-razorpay-signature': signature };
    const outcome = await post(url, headers, body, timeoutMs);
    underWay -= 1;
    const delivery: Delivery = { at, ...outcome };
    const event = eventOf(id);
    const deliveries = [...event.deliveries, delivery];
    const done = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
    if (done) table.set(id, { ...event, status: 'delivered', deliveries });
    else table.set(id, { ...event, deliveries });
    if (event.status === 'due' && !done && !stopped) planRetry(id);
    changes.emit('change');
    return delivery;
  }

  function planRetry(id: string): void {
    const event = eventOf(id);
    const waitMs = retryBaseMs * 2 ** Math.max(0, event.deliveries.length - 1);
    if (now() + waitMs > event.createdAt + retryForMs) {
      table.set(id, { ...event, status: 'given_up' });
      switchedOff = true;
      log(`razorpay: ${event.event} ${id} could not be delivered; the webhook is switched off`);
      return;
    }
    clearTimeout(retries.get(id));
    const timer = setTimeout(() => void deliver(id), waitMs);
    timer.unref();
    retries.set(id, timer);
  }

  async function deliverAll(ids: string[], concurrently: boolean): Promise<Delivery[]> {
    if (concurrently) return Promise.all(ids.map(deliver));
    const deliveries: Delivery[] = [];
    for (const id of ids) deliveries.push(await deliver(id));
    return deliveries;
  }

  // Events that an earlier process could not deliver. Whoever receives them may still be starting: first a wait.
  for (const { id, status } of table.values()) if (status === 'due') planRetry(id);

  return {
    emit: (happenings, asked = mode) => {
      const sending = asked === 'send' && !switchedOff;
      const status = sending ? 'due' : asked === 'hold' ? 'held' : 'silenced';
      for (const happening of happenings) {
        const id = options.newId();
        const body = JSON.stringify(envelope(happening, now()));
        const signature = createHmac('sha256', secret).update(body).digest('hex');
        table.set(id, {
          id,
          event: happening.event,
          status,
          createdAt: now(),
          body,
          signature,
          deliveries: [],
        });
        if (sending) void deliver(id);
      }
    },
    configure: (change) => {
      url = change.url ?? url;
      secret = change.secret ?? secret;
      mode = change.mode ?? mode;
      switchedOff = false;
    },
    deliverHeld: ({ eventIds, concurrently = false }) => {
      const held = table.values().filter((event) => event.status === 'held');
      const ids = eventIds ?? held.map((event) => event.id);
      for (const id of ids) {
        if (eventOf(id).status !== 'held') throw new Refusal(`Event ${id} is not held.`);
      }
      for (const id of ids) table.set(id, { ...eventOf(id), status: 'due' });
      return deliverAll(ids, concurrently);
    },
    redeliver: ({ eventId, times = 1, concurrently = false }) =>
      deliverAll(Array<string>(times).fill(eventOf(eventId).id), concurrently),
    events: () => table.values(),
    waitUntilIdle: async ({ retries: withRetries = false } = {}) => {
      while (underWay > 0 || (withRetries && retries.size > 0)) await once(changes, 'change');
    },
    stop: () => {
      stopped = true;
      for (const timer of retries.values()) clearTimeout(timer);
      retries.clear();
    },
  };
}

/** What Razorpay sends: snapshots of the entities as they were, a refund before its payment, a payment before its order. */
function envelope({ event, payment, order, refund }: Happening, now: number): object {
  const entities = Object.entries({ refund, payment, order }).filter(([, entity]) => entity !== undefined);
  return {
    entity: 'event',
    account_id: ACCOUNT_ID,
    event,
    contains: entities.map(([name]) => name),
    payload: Object.fromEntries(entities.map(([name, entity]) => [name, { entity }])),
    created_at: Math.floor(now / 1_000),
  };
}

/** A connection of its own for each delivery, so that a receiver that restarts or stops is never held up by an old one. */
function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<Pick<Delivery, 'status' | 'error'>> {
  return new Promise((resolve) => {
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'user-agent': 'Razorpay-Webhook/v1', ...headers },
    });
    outgoing.once('error', (error) => resolve({ status: null, error: error.message }));
    outgoing.once('response', (response) => {
      response.on('error', () => undefined).resume();
      resolve({ status: response.statusCode ?? null, error: null });
    });
    outgoing.end(body);
  });
}
