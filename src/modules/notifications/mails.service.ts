import type { Clock } from '../../platform/clock.js';
import { AppError, messageOf, notFound } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import { parseContent } from './notifications.content.js';
import type { RenderedMail } from './notifications.layout.js';
import { isRetryable } from './notifications.rules.js';
import { previewMail, type Shop } from './notifications.templates.js';
import type { Mail, MailDesk } from './mails.store.js';

/** What admins do with mails: look at them, and have those sent again that could not be. */
export type Mails = ReturnType<typeof createMails>;

export function createMails(deps: {
  desk: MailDesk;
  shop: Shop;
  clock: Pick<Clock, 'now'>;
  /** Sends what is due soon. */
  wake: () => void;
  log: Log;
}) {
  const { desk } = deps;

  const existing = async (mailId: string): Promise<Mail> => {
    const mail = await desk.find(mailId);
    if (mail === undefined) throw notFound('The mail');
    return mail;
  };

  const previewOf = (mail: Mail): RenderedMail | null => {
    try {
      return previewMail(parseContent(mail), deps.shop);
    } catch (error) {
      deps.log.warn({ mail: mail.id, error: messageOf(error) }, 'a mail cannot be shown');
      return null;
    }
  };

  return {
    list: desk.list,

    /** A mail and what it says; null where its stored content cannot be read. Throws not_found. */
    async get(mailId: string): Promise<{ mail: Mail; preview: RenderedMail | null }> {
      const mail = await existing(mailId);
      return { mail, preview: previewOf(mail) };
    },

    /** Throws not_found, or mail_not_retryable for a mail that has not failed. */
    async retry(mailId: string): Promise<Mail> {
      const mail = await existing(mailId);
      if (!isRetryable(mail)) throw notRetryable(mail.state);
      const queued = await desk.requeue(mail, deps.clock.now());
      if (queued === undefined) throw notRetryable((await existing(mailId)).state);
      deps.wake();
      return queued;
    },
  };
}

const WHY: Readonly<Record<Mail['state'], string>> = {
  queued: 'The mail waits for its attempt.',
  sending: 'The mail is being sent.',
  sent: 'The mail has been sent.',
  dead: 'The mail has changed meanwhile.',
};

function notRetryable(state: Mail['state']): AppError {
  return new AppError(
    'mail_not_retryable',
    `${WHY[state]} Only a mail that could not be sent can be tried again.`,
  );
}
