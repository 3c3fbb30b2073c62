import type { JobLine, MailLine } from './console.types.js';
import type { Parts } from './parts.js';

const MOST_MAILS = 20;

type Needs = Pick<Parts, 'holdfast' | 'sandbox'>;

/** The newest mails that have arrived at the sandbox's SES. */
export function readMails({ sandbox }: Pick<Needs, 'sandbox'>): MailLine[] {
  const all = sandbox.running.ses?.mails() ?? [];
  return all
    .slice(-MOST_MAILS)
    .reverse()
    .map(({ id, to, subject, at }) => ({ id, to: to.join(', '), subject, at: Date.parse(at), waits: null }));
}

/** Mails that are not sent; where SES is not the sandbox's, those that are as well. */
export async function readOutbox({ holdfast, sandbox }: Needs): Promise<MailLine[]> {
  const { rows } = await holdfast.services.mails.list({ sort: 'newest' }, { skip: 0, limit: MOST_MAILS });
  const shown = sandbox.running.ses === undefined ? rows : rows.filter(({ state }) => state !== 'sent');
  return shown.map(({ id, to, kind, state, attempts, lastError, sentAt }) => ({
    ...{ id, to, subject: kind },
    at: sentAt?.getTime() ?? null,
    waits:
      state === 'sent' ? null : [state, attemptsOf(attempts), lastError].filter((word) => word).join(', '),
  }));
}

function attemptsOf(attempts: number): string {
  if (attempts === 0) return '';
  return attempts === 1 ? '1 attempt' : `${attempts} attempts`;
}

/** Every job with its last run. */
export async function readJobs({ holdfast: { jobs } }: Pick<Needs, 'holdfast'>): Promise<JobLine[]> {
  return Promise.all(
    jobs.schedule.map(async ({ name, everySeconds }) => {
      const [last] = (await jobs.runs.list({ job: name, skip: 0, limit: 1 })).rows;
      if (last === undefined) return { name, everySeconds, lastAt: null, outcome: 'has not run yet' };
      const { startedAt, outcome, examined, changed, failures } = last;
      const words = outcome === 'ok' ? `${examined} examined, ${changed} changed` : outcome;
      const [first] = failures;
      const why = first === undefined ? '' : `: ${first.message}`;
      return { name, everySeconds, lastAt: startedAt.getTime(), outcome: `${words}${why}` };
    }),
  );
}
