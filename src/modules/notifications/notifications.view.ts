import type { Mail as MailBody, MailDetail } from '../../../generated/openapi.js';
import type { Mail } from './mails.store.js';
import { isMailKind } from './notifications.content.js';
import type { RenderedMail } from './notifications.layout.js';
import { isRetryable, isRetrying } from './notifications.rules.js';

/** What a mail is, without what it says. Throws for a kind that nobody knows (any more). */
export function toMailBody(mail: Mail): MailBody {
  const { kind } = mail;
  if (!isMailKind(kind)) throw new Error(`mail ${mail.id} is of the unknown kind ${kind}`);
  const isDue = mail.state === 'queued' || mail.state === 'sending';
  return {
    id: mail.id,
    kind,
    to: mail.to,
    state: mail.state,
    attempts: mail.attempts,
    isRetrying: isRetrying(mail),
    isRetryable: isRetryable(mail),
    lastError: mail.lastError,
    createdAt: mail.createdAt.toISOString(),
    nextAttemptAt: isDue ? mail.nextAttemptAt.toISOString() : null,
    sentAt: mail.sentAt?.toISOString() ?? null,
  };
}

export function toMailDetail(mail: Mail, preview: RenderedMail | null): MailDetail {
  const shown = preview && { subject: preview.subject, html: preview.html, text: preview.text };
  return { mail: toMailBody(mail), preview: shown };
}
