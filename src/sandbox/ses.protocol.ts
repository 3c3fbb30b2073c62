import { randomUUID } from 'node:crypto';

import type { Answer } from './http.js';
import { readMime } from './ses.mime.js';

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** A mail as it was asked to be sent. */
export interface Sending {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string;
  text: string;
  tags: Record<string, string>;
  /** Those of a raw mail, names in lower case. */
  headers: Record<string, string>;
}

/** An error of SES by its code, which the SDK makes the name of the exception. */
export class SesError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'SesError';
  }
}

/** Reads the form of a SendEmail or SendRawEmail request; throws a `SesError` as SES would. */
export function readSending(form: URLSearchParams): Sending {
  const action = form.get('Action') ?? '';
  const read = READERS[action];
  if (read === undefined)
    throw new SesError('InvalidAction', `The action ${action} is not valid for this endpoint.`);
  const sending = read(form);
  if (sending.from === '')
    throw new SesError('ValidationError', "Value null at 'source' failed to satisfy constraint");
  const recipients = [...sending.to, ...sending.cc, ...sending.bcc];
  if (recipients.length === 0) throw new SesError('InvalidParameterValue', 'Missing required header To.');
  for (const address of [sending.from, ...recipients]) {
    if (!/[^@\s<]+@[^@\s>]+/.test(address))
      throw new SesError('InvalidParameterValue', "Missing final '@domain'");
  }
  return sending;
}

const READERS: Record<string, (form: URLSearchParams) => Sending> = {
  SendEmail: (form) => ({
    from: form.get('Source') ?? '',
    to: members(form, 'Destination.ToAddresses'),
    cc: members(form, 'Destination.CcAddresses'),
    bcc: members(form, 'Destination.BccAddresses'),
    replyTo: members(form, 'ReplyToAddresses'),
    subject: form.get('Message.Subject.Data') ?? '',
    html: form.get('Message.Body.Html.Data') ?? '',
    text: form.get('Message.Body.Text.Data') ?? '',
    tags: readTags(form),
    headers: {},
  }),
  SendRawEmail: (form) => {
    const { headers, html, text } = readMime(Buffer.from(form.get('RawMessage.Data') ?? '', 'base64'));
    const list = (name: string): string[] =>
      (headers[name] ?? '').split(/,\s*/).filter((address) => address !== '');
    const destinations = members(form, 'Destinations');
    return {
      from: form.get('Source') ?? headers.from ?? '',
      to: destinations.length > 0 ? destinations : list('to'),
      ...{ cc: list('cc'), bcc: list('bcc'), replyTo: list('reply-to') },
      ...{ subject: headers.subject ?? '', html, text, tags: readTags(form), headers },
    };
  },
};

function members(form: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

function readTags(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    tags[form.get(`Tags.member.${index}.Name`) ?? ''] = form.get(`Tags.member.${index}.Value`) ?? '';
  }
  return tags;
}

/** What SES answers when it has taken a mail. */
export function sentAnswer(action: string, messageId: string): Answer {
  const result = `<${action}Result><MessageId>${messageId}</MessageId></${action}Result>`;
  return xml(200, `<${action}Response xmlns="${NAMESPACE}">${result}${metadata()}</${action}Response>`);
}

export function errorAnswer({ code, message, status }: SesError): Answer {
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  const id = `<RequestId>${randomUUID()}</RequestId>`;
  return xml(status, `<ErrorResponse xmlns="${NAMESPACE}">${error}${id}</ErrorResponse>`);
}

function metadata(): string {
  return `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
}

function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
