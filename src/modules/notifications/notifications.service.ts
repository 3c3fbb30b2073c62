import { after, type Clock } from '../../platform/clock.js';
import type { Session } from '../../platform/db.js';
import { messageOf } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import type { Log } from '../../platform/log.js';
import { MailError, type Mailer } from '../../platform/mail.js';
import { emptyReport, tryOne } from '../../platform/reports.js';
import { createWaker } from '../../platform/waker.js';
import { parseContent, type MailContent } from './notifications.content.js';
import type { RenderedMail } from './notifications.layout.js';
import { afterFailure, MOST_ATTEMPTS } from './notifications.rules.js';
import type { ClaimedMail, MailStore, NewMail } from './notifications.store.js';
import { renderMail, renderReset, type ResetLink, type Shop } from './notifications.templates.js';

/** How other modules have mails sent: written with the change that causes them, sent after its commit. */
export type Outbox = {
  /** Writes a mail into the transaction. A cause that has its mail already does not get a second one. */
  add(mail: NewMail, session: Session): Promise<void>;
  /** Sends what is due soon. Returns at once and never throws; what it cannot do, the next run of the job does. */
  wake(): void;
};

export type Notifications = {
  readonly outbox: Outbox;
  /**
   * Sends what is due: at least once, one mail for one row. `changed` mails were sent. Throws only where the outbox cannot be
   * read.
   */
  deliverDue(): Promise<JobReport>;
  /** Resolves when no delivery that `wake` began is under way. */
  idle(): Promise<void>;
  /** Takes no further mail, from now on, and resolves when those that are being sent are done. */
  stop(): Promise<void>;
};

/** Longer than SES may take. A worker that dies leaves its mails to others after this time. */
const LEASE_MS = 60_000;
/** A run takes no further mail after this time, so that it is over before the schedule gives it up. */
const RUN_MS = 30_000;
const SENT_AT_ONCE = 4;

export function createNotifications(deps: {
  mails: MailStore;
  mailer: Pick<Mailer, 'send'>;
  shop: Shop;
  /** The link of a seed at this moment; undefined where it opens nothing (any more). */
  resetLink: (seed: string) => Promise<ResetLink | undefined>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** From 0 to below 1, for the spread of the pauses. */
  random: () => number;
}): Notifications {
  const { mails, clock, log } = deps;
  const runs = new Set<Promise<JobReport>>();
  let stopping = false;

  const deliverDue = async (): Promise<JobReport> => {
    const until = after(clock.now(), RUN_MS);
    const run = deliver(deps, () => !stopping && clock.now() < until);
    runs.add(run);
    return run.finally(() => runs.delete(run));
  };
  const waker = createWaker(
    async () => {
      const { failures } = await deliverDue();
      for (const failure of failures) log.warn(failure, 'a mail could not be sent');
    },
    log,
    'the delivery of mails',
  );

  return {
    deliverDue,
    idle: waker.idle,
    async stop() {
      stopping = true;
      await Promise.allSettled([...runs, waker.idle()]);
    },
    outbox: {
      async add(mail, session) {
        const { to, dedupeKey } = mail;
        await mails.add({ id: newId(), ...parseContent(mail), to, dedupeKey, at: clock.now() }, session);
      },
      wake: waker.wake,
    },
  };
}

type DeliveryDeps = Parameters<typeof createNotifications>[0];

/** Several at once, each taking the next mail that is due, until none is. A mail that fails is due later, so this ends. */
async function deliver(deps: DeliveryDeps, mayGoOn: () => boolean): Promise<JobReport> {
  const report = emptyReport();
  const work = async (): Promise<void> => {
    while (mayGoOn()) {
      const mail = await deps.mails.claimDue(deps.clock.now(), LEASE_MS);
      if (mail === undefined) return;
      await tryOne(report, `mail ${mail.id} (${mail.kind})`, () => sendOne(deps, mail));
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: SENT_AT_ONCE }, work));
  const broken = workers.find((worker) => worker.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return report;
}

/**
 * Sends a claimed mail and writes what became of it; false where there was no more reason to send it. Throws what kept it
 * from being sent, after writing that down.
 */
async function sendOne(deps: DeliveryDeps, mail: ClaimedMail): Promise<boolean> {
  const { mails, mailer, clock, random } = deps;
  let messageId: string;
  try {
    // Its claims ended without a word again and again: sending it is what stops the workers.
    if (mail.attempts - mail.spent > MOST_ATTEMPTS) throw new Error('every attempt was broken off');
    const rendered = await rendering(parseContent(mail), deps);
    if (rendered === undefined) {
      await mails.drop(mail);
      return false;
    }
    ({ messageId } = await mailer.send({ id: mail.id, to: mail.to, ...rendered }));
  } catch (error) {
    const permanent = error instanceof MailError && error.kind === 'permanent';
    const verdict = afterFailure({ permanent, attempts: mail.attempts - mail.spent, chance: random() });
    const words = messageOf(error);
    if (verdict.state === 'dead') await mails.markDead(mail, { error: words });
    else await mails.putBack(mail, { error: words, nextAttemptAt: after(clock.now(), verdict.pauseMs) });
    throw error;
  }
  await mails.markSent(mail, { messageId, at: clock.now() });
  return true;
}

/** What is secret of a mail comes in only here, and is not kept. */
async function rendering(
  content: MailContent,
  { shop, resetLink }: DeliveryDeps,
): Promise<RenderedMail | undefined> {
  if (content.kind !== 'password_reset') return renderMail(content, shop);
  const link = await resetLink(content.data.seed);
  return link && renderReset(link, shop);
}
