import type { MailDesk } from './modules/notifications/mails.store.js';
import type { OrderStore } from './modules/orders/orders.store.js';
import type { EventStore } from './modules/payments/events.store.js';
import type { PaymentKeys } from './modules/payments/razorpay.keys.js';
import type { FindingStore } from './modules/reconciliation/reconciliation.store.js';
import type { Clock } from './platform/clock.js';
import type { Figure } from './platform/http/metrics.js';
import { JOB_NAMES, type JobRuns } from './platform/jobs.js';

/** What operators watch beside the requests. Each figure is one read by an index, or what a job has counted before. */
export function createFigures(deps: {
  mails: Pick<MailDesk, 'dueSince' | 'deadCount'>;
  events: Pick<EventStore, 'dueSince'>;
  orders: Pick<OrderStore, 'unsettledSince'>;
  keys: Pick<PaymentKeys, 'areRefused'>;
  runs: Pick<JobRuns, 'lastSuccess'>;
  checks: Pick<FindingStore, 'check' | 'count'>;
  clock: Pick<Clock, 'now'>;
}): Figure[] {
  const { mails, events, orders, keys, runs, checks, clock } = deps;
  const secondsSince = (since: Date | undefined): number =>
    since === undefined ? 0 : Math.max(0, clock.now().getTime() - since.getTime()) / 1000;

  return [
    {
      name: 'holdfast_mail_overdue_seconds',
      help: 'For how long the most overdue mail has been due; 0 where none is',
      read: async () => secondsSince(await mails.dueSince(clock.now())),
    },
    {
      name: 'holdfast_mails_dead',
      help: 'Mails that were given up',
      read: mails.deadCount,
    },
    {
      name: 'holdfast_webhook_overdue_seconds',
      help: 'For how long the most overdue event of the webhook inbox has been due; 0 where none is',
      read: async () => secondsSince(await events.dueSince()),
    },
    {
      name: 'holdfast_order_unsettled_seconds',
      help: 'Age of the oldest order whose next step is due; 0 where there is none',
      read: async () => secondsSince(await orders.unsettledSince()),
    },
    {
      name: 'holdfast_razorpay_keys_refused',
      help: 'Whether Razorpay refuses the keys of this process for anything: 1 or 0; left out until it has said so',
      read() {
        const areRefused = keys.areRefused();
        return Promise.resolve(areRefused === undefined ? undefined : Number(areRefused));
      },
    },
    {
      name: 'holdfast_job_last_success_timestamp_seconds',
      help: 'When the last run of each job ended without a failure, in seconds since 1970',
      label: 'job',
      async read() {
        const ends = await Promise.all(
          JOB_NAMES.map(async (job) => [job, await runs.lastSuccess(job)] as const),
        );
        return new Map(ends.flatMap(([job, at]) => (at === undefined ? [] : [[job, at.getTime() / 1000]])));
      },
    },
    {
      name: 'holdfast_units_held',
      help: 'Units in holds, as the last reconciliation of stock counted them',
      label: 'holder',
      async read() {
        const check = await checks.check('product');
        if (check === undefined) return undefined;
        return new Map([
          ['carts', check.heldByCarts],
          ['orders', check.heldByOrders],
        ]);
      },
    },
    {
      name: 'holdfast_unexplained',
      help: 'Products and orders whose numbers nothing explains, as they were last looked at',
      label: 'about',
      async read() {
        return new Map([
          ['products', await checks.count('product', 'unexplained')],
          ['orders', await checks.count('order', 'unexplained')],
        ]);
      },
    },
  ];
}
