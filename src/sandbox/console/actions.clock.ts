import { messageOf } from '../../platform/errors.js';
import type { JobName } from '../../platform/jobs.js';
import { Refusal } from '../refusal.js';
import { quiet } from './quiet.js';
import type { Parts } from './parts.js';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 30 * 24 * 60;
const COMPARED = 100;

/**
 * In which jobs run after the clock has moved. Money that came without a word is asked for first: in real time that would
 * have been done many times before an order is given up.
 */
const ORDER: Record<JobName, number> = {
  'webhook-inbox': 1,
  'payment-reconcile': 2,
  'stock-rollback': 3,
  'stock-sweep': 4,
  mail: 5,
  'stock-reconcile': 6,
  'order-reconcile': 7,
  'image-sweep': 8,
};

/** Moving the clock, and running jobs. */
export function createClockActions(parts: Pick<Parts, 'holdfast' | 'sandbox'>) {
  const { clock, jobs, services } = parts.holdfast;

  /** A job's run in words; where it fails, why. */
  const runInWords = async (name: JobName): Promise<string> => {
    try {
      const { examined, changed, failures } = await jobs.run(name);
      const trouble = failures.map(({ subject, message }) => `${subject}: ${message}`);
      return [`${name} examined ${examined} and changed ${changed}`, ...trouble].join('; ');
    } catch (error) {
      return `${name} failed: ${messageOf(error)}`;
    }
  };

  /** What can be told apart of each order and product, in words, by its id. */
  const picture = async (): Promise<Map<string, string>> => {
    const { orders, catalog } = services;
    const { rows } = await orders.list({ sort: 'newest', skip: 0, limit: COMPARED });
    const products = await catalog.listAll({ sort: 'newest', page: 1, limit: COMPARED });
    const words = (status: string): string => status.replaceAll('_', ' ');
    return new Map([
      ...rows.map(({ id, number, status, paymentStatus }): [string, string] => [
        id,
        `${number}: ${words(status)}, its payment ${words(paymentStatus)}.`,
      ]),
      ...products.rows.map(({ product, stock }): [string, string] => [
        product.id,
        `${product.name}: ${stock.available} available.`,
      ]),
    ]);
  };

  const changesSince = async (before: Map<string, string>): Promise<string> => {
    const changed = [...(await picture())].filter(
      ([id, words]) => before.has(id) && before.get(id) !== words,
    );
    if (changed.length === 0) return 'No order and no stock changed.';
    return changed.map(([, words]) => words).join(' ');
  };

  return {
    /** Sets the clock ahead and runs the jobs that would have run meanwhile. Throws a `Refusal` for no or too much time. */
    async advance(minutes: number): Promise<string> {
      if (minutes < 1 || minutes > MOST_MINUTES) {
        throw new Refusal(`The clock moves by 1 to ${MOST_MINUTES} minutes (30 days) at a time.`);
      }
      const before = await picture().catch((error: unknown) => messageOf(error));
      clock.advance(minutes * MINUTE_MS);
      const due = jobs.schedule
        .filter(({ everySeconds }) => everySeconds * 1_000 <= minutes * MINUTE_MS)
        .map(({ name }) => name)
        .toSorted((a, b) => ORDER[a] - ORDER[b]);
      const runs: string[] = [];
      for (const name of due) runs.push(await runInWords(name));
      await quiet(parts);
      const telling = runs.filter((run) => !run.endsWith('examined 0 and changed 0'));
      const changes =
        typeof before === 'string'
          ? `What changed cannot be told: ${before}`
          : await changesSince(before).catch(
              (error: unknown) => `What changed cannot be told: ${messageOf(error)}`,
            );
      return [`The clock went ${minutes} min ahead.`, changes, ...telling.map((run) => `${run}.`)].join(' ');
    },

    async run(name: JobName): Promise<string> {
      const words = await runInWords(name);
      await quiet(parts);
      return `${words}.`;
    },
  };
}
