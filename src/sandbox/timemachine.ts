import type { Holdfast } from '../compose.js';
import { JOB_NAMES } from '../platform/jobs.js';
import { parseFields } from './fields.js';
import { isForgeable, json, startHttp, type HttpServer } from './http.js';
import { Refusal } from './refusal.js';

const PORT = 4030;
const LONGEST_MS = 30 * 24 * 3600_000;

/**
 * Moves the clock of a running Holdfast, on loopback only: `POST /clock {"advanceMs": 960000}`, and runs a job at once:
 * `POST /jobs {"name": "stock-rollback"}`. What takes a quarter of an hour in a shop takes a second here.
 */
export async function startTimeMachine(
  holdfast: Pick<Holdfast, 'clock' | 'jobs'>,
  log: (line: string) => void,
): Promise<HttpServer> {
  const actions: Readonly<Record<string, (body: Buffer) => Promise<unknown>>> = {
    'POST /clock': (body) => {
      const ms = parseFields(body).integer('advanceMs');
      if (ms < 0 || ms > LONGEST_MS) throw new Refusal('advanceMs must lie between 0 and thirty days.');
      holdfast.clock.advance(ms);
      return Promise.resolve({ now: holdfast.clock.now().toISOString() });
    },
    'POST /jobs': (body) => holdfast.jobs.run(parseFields(body).choice('name', JOB_NAMES)),
  };
  return startHttp({
    name: 'Time machine',
    port: PORT,
    log,
    async handle(call) {
      const action = actions[`${call.method} ${call.path}`];
      if (action === undefined || isForgeable(call))
        return json(404, { error: 'POST JSON to /clock or /jobs' });
      try {
        return json(200, await action(call.body));
      } catch (error) {
        if (error instanceof Refusal) return json(400, { error: error.message });
        throw error;
      }
    },
  });
}
