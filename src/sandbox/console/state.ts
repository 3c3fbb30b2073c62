import { createReader } from './sections.js';
import type { Leap, State } from './console.types.js';
import { readOrders } from './reads.orders.js';
import { readPayments, readEvents } from './reads.payments.js';
import { readStock } from './reads.stock.js';
import { readJobs, readMails, readOutbox } from './reads.work.js';
import type { Parts } from './parts.js';
import type { Troubles } from './troubles.js';

/** What is going on, for whoever looks. */
export type Looks = {
  /** Never rejects, and answers within two seconds whatever is away. */
  state(): Promise<State>;
  /** Something was done: the next look reads everything anew. */
  expire(): void;
};

/** Jobs run seldom. */
const JOBS_FRESH_MS = 3_000;
const MINUTE_MS = 60_000;

export function createLooks(parts: Parts, troubles: Troubles): Looks {
  const { clock } = parts.holdfast;
  const leaps = leapsOf(parts.config);
  const readers = {
    stock: createReader(readStock(parts)),
    orders: createReader(() => readOrders(parts)),
    payments: createReader(() => readPayments(parts)),
    events: createReader(() => readEvents(parts)),
    mails: createReader(async () => readMails(parts)),
    outbox: createReader(() => readOutbox(parts)),
    jobs: createReader(() => readJobs(parts), JOBS_FRESH_MS),
  };

  return {
    async state() {
      const [stock, orders, payments, events, mails, outbox, jobs] = await Promise.all([
        readers.stock.look(),
        readers.orders.look(),
        readers.payments.look(),
        readers.events.look(),
        readers.mails.look(),
        readers.outbox.look(),
        readers.jobs.look(),
      ]);
      return {
        clock: { now: clock.now().getTime(), aheadMs: clock.aheadMs(), leaps },
        realNow: Date.now(),
        ...{ stock, orders, payments, events, mails, outbox, jobs },
        troubles: await troubles.list(),
      };
    },
    expire: () => Object.values(readers).forEach((reader) => reader.expire()),
  };
}

/** The steps of the clock that make something happen, by the times that this Holdfast is set to. */
function leapsOf({ orders, cart }: Parts['config']): Leap[] {
  const past = (ms: number, more: number): number => Math.round(ms / MINUTE_MS) + more;
  const steps: [number, string][] = [
    [1, 'a minute'],
    [past(orders.pendingMs, 1), 'unpaid orders are overdue'],
    [past(cart.holdMs, 1), 'holds of carts lapse'],
    [past(orders.partPaidMs, 60), 'part-paid orders are given up'],
  ];
  return steps.map(([minutes, effect]) => ({ minutes, effect, label: `+${wordsOf(minutes)}` }));
}

function wordsOf(minutes: number): string {
  return minutes >= 120 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
