import type { Holdfast } from '../compose.js';
import { JOB_NAMES } from '../platform/jobs.js';
import { aboutPage } from './about.js';
import { parseFields } from './fields.js';
import { isForgeable, json, startHttp, type Answer, type HttpServer } from './http.js';
import { Refusal } from './refusal.js';

const PORT = 4030;
const LONGEST_MS = 30 * 24 * 3600_000;

/**
 * Tells the time of a running Holdfast and moves its clock, on loopback only: `GET /clock`, `POST /clock {"advanceMs": 960000}`;
 * and runs a job at once: `POST /jobs {"name": "stock-rollback"}`. What takes a quarter of an hour in a shop takes a second here.
 */
export async function startTimeMachine(
  { clock, jobs }: Pick<Holdfast, 'clock' | 'jobs'>,
  { consoleUrl, log }: { consoleUrl?: string | undefined; log: (line: string) => void },
): Promise<HttpServer> {
  const time = (): object => ({ now: clock.now().toISOString(), aheadMs: clock.aheadMs() });
  const actions: Readonly<Record<string, (body: Buffer) => Answer | Promise<Answer>>> = {
    'GET /': () => aboutPage({ ...ABOUT, consoleUrl }),
    'GET /clock': () => json(200, time()),
    'POST /clock': (body) => {
      const ms = parseFields(body).integer('advanceMs');
      if (ms < 0 || ms > LONGEST_MS) throw new Refusal('advanceMs must lie between 0 and thirty days.');
      clock.advance(ms);
      return json(200, time());
    },
    'POST /jobs': async (body) => json(200, await jobs.run(parseFields(body).choice('name', JOB_NAMES))),
  };
  return startHttp({
    name: 'Time machine',
    port: PORT,
    log,
    async handle(call) {
      const action = actions[`${call.method} ${call.path}`];
      if (action === undefined || isForgeable(call))
        return json(404, { error: 'GET /clock, or POST JSON to /clock or /jobs' });
      try {
        return await action(call.body);
      } catch (error) {
        if (error instanceof Refusal) return json(400, { error: error.message });
        throw error;
      }
    },
  });
}

const ABOUT = {
  title: 'Clock and jobs, in the sandbox',
  what: 'Moves the clock of the Holdfast that runs here, and runs its jobs.',
  ways: [
    ['GET <a href="/clock">/clock</a>', 'what time it is there, and how far it is ahead of real time'],
    ['POST /clock', 'sets it ahead: <code>{"advanceMs":960000}</code>'],
    ['POST /jobs', 'runs a job now: <code>{"name":"stock-rollback"}</code>'],
  ],
} as const;
