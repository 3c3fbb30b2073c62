import { SendEmailCommand, SESClient, SESServiceException } from '@aws-sdk/client-ses';
import { keepAmazonsSdkQuiet } from './config.js';
import { messageOf } from './errors.js';

/** One mail to one address. `id` is ours: it stands on the mail as a tag, so that a bounce can be traced to its row. */
export type Mail = { id: string; to: string; subject: string; html: string; text: string };

export type Mailer = {
  /** Hands a mail to SES; throws MailError. A time-out is temporary, though the mail may have been taken. */
  send(mail: Mail): Promise<{ messageId: string }>;
  close(): void;
};

/** `temporary`: the same mail may go later. `permanent`: SES refuses this mail, today and tomorrow. */
export type MailErrorKind = 'temporary' | 'permanent';

/** Why SES did not take a mail, in words for operators. */
export class MailError extends Error {
  constructor(
    readonly kind: MailErrorKind,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'MailError';
  }
}

/** Refusals of the mail itself. Everything else (limits, paused or unverified accounts, keys) can be put right. */
const PERMANENT = new Set([
  'MessageRejected',
  'InvalidParameterValue',
  'ValidationError',
  'ValidationException',
]);

const CONNECTION_MS = 2_000;
const REQUEST_MS = 10_000;
/** For all of it, from connecting to the last byte of the answer. */
const ANSWER_MS = 12_000;

export function createMailer(options: {
  ses: { region: string; accessKeyId: string; secretAccessKey: string };
  /** Undefined: AWS's own endpoint of the region. */
  endpoint: string | undefined;
  from: { name: string; address: string };
}): Mailer {
  const { ses, endpoint, from } = options;
  keepAmazonsSdkQuiet();
  const client = new SESClient({
    region: ses.region,
    credentials: { accessKeyId: ses.accessKeyId, secretAccessKey: ses.secretAccessKey },
    ...(endpoint !== undefined && { endpoint }),
    // The outbox repeats, with a longer breath than the SDK.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_MS,
      requestTimeout: REQUEST_MS,
      // Without it an elapsed time is only logged, and the call hangs.
      throwOnRequestTimeout: true,
    },
  });
  const source = mailbox(from);

  return {
    async send(mail) {
      // The SDK's own time is over when an answer begins; one that never ends would keep its worker.
      const time = AbortSignal.timeout(ANSWER_MS);
      try {
        const sent = await client.send(
          new SendEmailCommand({
            Source: source,
            Destination: { ToAddresses: [mail.to] },
            Message: {
              Subject: utf8(mail.subject),
              Body: { Html: utf8(mail.html), Text: utf8(mail.text) },
            },
            Tags: [{ Name: 'mail', Value: mail.id }],
          }),
          { abortSignal: time },
        );
        return { messageId: sent.MessageId ?? '' };
      } catch (error) {
        const words = time.aborted ? `TimeoutError: no whole answer within ${ANSWER_MS} ms` : wordsOf(error);
        throw new MailError(kindOf(error), words, error);
      }
    },
    close: () => client.destroy(),
  };
}

const utf8 = (text: string): { Data: string; Charset: string } => ({ Data: text, Charset: 'UTF-8' });

/** `"The Shop" <shop@example.com>`; a name beyond ASCII is encoded as RFC 2047 wants it. */
function mailbox({ name, address }: { name: string; address: string }): string {
  const quoted = /^[ -~]*$/.test(name)
    ? `"${name.replace(/["\\]/g, '\\$&')}"`
    : `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
  return `${quoted} <${address}>`;
}

function kindOf(error: unknown): MailErrorKind {
  return error instanceof SESServiceException && PERMANENT.has(error.name) ? 'permanent' : 'temporary';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error);
}
