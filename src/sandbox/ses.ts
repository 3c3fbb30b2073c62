import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

import type { Clock } from '../platform/clock.js';
import { aboutPage } from './about.js';
import { parseFields } from './fields.js';
import { findRoute, isForgeable, json, startHttp } from './http.js';
import type { Answer, Call, HttpServer, Reply, Route } from './http.js';
import { Refusal } from './refusal.js';
import { errorAnswer, readSending, sentAnswer, SesError, type Sending } from './ses.protocol.js';
import { openTables } from './tables.js';
import { makeTrouble, readTrouble, type TroubleInput, type TroubleNow } from './trouble.js';

/** A mail that was taken. */
export interface Mail extends Sending {
  /** The message id that the sender was given. */
  id: string;
  /** When it was taken, by the clock of the shop that sent it (`tellTimeBy`), ISO 8601. */
  at: string;
}

export interface MailWish {
  /** An address among the recipients, in whatever case. */
  to: string;
  /** A part of the subject. */
  subject?: string | undefined;
}

export interface SesControl {
  /** How sending fails from now on. */
  trouble(input: TroubleInput): Promise<void>;
  troubleNow(): Promise<TroubleNow>;
  /** The newest mail that fits, as soon as there is one; rejects after `timeoutMs` (default 5000). */
  waitForMail(wish: MailWish, timeoutMs?: number): Promise<Mail>;
  clear(): Promise<void>;
}

export interface SesSandbox extends HttpServer {
  /** All mails, oldest first; with `to`, those with this address among the recipients. */
  mails(to?: string): Mail[];
  /** Mails that come from now on are dated by this clock: a shop whose clock was moved writes of its own time. Until then, the machine's. */
  tellTimeBy(clock: Pick<Clock, 'now'>): void;
  control: SesControl;
}

/**
 * Starts a stand-in for Amazon SES on 127.0.0.1 that the real SDK talks to (SendEmail, SendRawEmail). Mails are kept,
 * never sent on: GET /mails (JSON; `to`, and `wait` in ms for one to come), GET /mails/:id to look at one, DELETE /mails.
 */
export async function startSesSandbox(options: {
  /** Preferred; a free one when it is taken or absent. */
  port?: number | undefined;
  /** Keeps mails across restarts, one line each. Default: only in memory. */
  storeFile?: string | undefined;
  /** The console's address, for those who come to `/`. */
  consoleUrl?: string | undefined;
  log: (line: string) => void;
}): Promise<SesSandbox> {
  const table = openTables(options.storeFile).table<Mail>('mails');
  const arrivals = new EventEmitter().setMaxListeners(0);
  const trouble = makeTrouble(TROUBLE_ANSWERS);
  let clock: Pick<Clock, 'now'> = { now: () => new Date() };

  const mails = (to?: string): Mail[] =>
    table.values().filter((mail) => to === undefined || recipients(mail).includes(to.toLowerCase()));

  function keep(call: Call): Answer {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const id = `${randomBytes(8).toString('hex')}-${randomUUID()}-000000`;
    table.set(id, { id, at: clock.now().toISOString(), ...readSending(form) });
    arrivals.emit('mail');
    return sentAnswer(form.get('Action') ?? '', id);
  }

  async function waitForMail({ to, subject = '' }: MailWish, timeoutMs = 5_000): Promise<Mail> {
    const signal = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = mails(to).findLast((mail) => mail.subject.includes(subject));
      if (found !== undefined) return found;
      await once(arrivals, 'mail', { signal }).catch(() => {
        throw new Error(
          `No mail "${subject}" to ${to} within ${timeoutMs} ms; there are ${mails(to).length} to it.`,
        );
      });
    }
  }

  async function list({ query }: Call): Promise<Answer> {
    const to = query.get('to') ?? undefined;
    const waitMs = Number(query.get('wait') ?? 0);
    if (to !== undefined && waitMs > 0) await waitForMail({ to }, waitMs).catch(() => undefined);
    return json(200, mails(to));
  }

  const control: SesControl = {
    trouble: (input) => Promise.resolve().then(() => trouble.set(input)),
    troubleNow: () => Promise.resolve(trouble.now()),
    waitForMail,
    clear: () => Promise.resolve().then(() => table.clear()),
  };
  const routes: Route[] = [
    { method: 'GET', path: '/', answer: () => aboutPage({ ...ABOUT, consoleUrl: options.consoleUrl }) },
    { method: 'GET', path: '/mails', answer: list },
    {
      method: 'GET',
      path: '/mails/:id',
      answer: (call) => mailPage(table.get(call.params.id ?? ''), "'none'"),
    },
    { method: 'DELETE', path: '/mails', answer: () => control.clear().then(() => json(200, {})) },
    {
      method: 'POST',
      path: '/control/trouble',
      answer: (call) => {
        if (isForgeable(call)) return json(415, {});
        trouble.set(readTrouble(parseFields(call.body)));
        return json(200, {});
      },
    },
  ];

  async function handle(call: Call): Promise<Reply> {
    const [route, params] = findRoute(routes, call.method, call.path) ?? [];
    try {
      if (route !== undefined) return await route.answer({ ...call, params: params ?? {} });
      if (call.method !== 'POST' || call.path !== '/') return json(404, {});
      return await trouble.pass(call, () => Promise.resolve().then(() => keep(call)));
    } catch (error) {
      if (error instanceof SesError) return errorAnswer(error);
      if (error instanceof Refusal) return json(error.status, { message: error.message });
      throw error;
    }
  }

  const server = await startHttp({ name: 'ses', port: options.port, log: options.log, handle });
  const tellTimeBy = (other: Pick<Clock, 'now'>): void => {
    clock = other;
  };
  return { ...server, mails, tellTimeBy, control };
}

function recipients({ to, cc, bcc }: Mail): string[] {
  return [...to, ...cc, ...bcc].map((address) =>
    (/<([^>]+)>/.exec(address)?.[1] ?? address).trim().toLowerCase(),
  );
}

/** The mail as a page that can run nothing and load nothing. `ancestors`: who may show it in a frame. */
export function mailPage(
  mail: Pick<Mail, 'html' | 'text'> | undefined,
  ancestors: "'none'" | "'self'",
): Answer {
  if (mail === undefined) return json(404, {});
  const [type, body] = mail.html === '' ? ['text/plain', mail.text] : ['text/html', mail.html];
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; " +
        `frame-ancestors ${ancestors}; sandbox`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body,
  };
}

const ABOUT = {
  title: 'Amazon SES, in the sandbox',
  what: 'A stand-in for Amazon SES: mails are kept here and go to nobody.',
  ways: [
    ['POST /', 'SendEmail and SendRawEmail, as the SDK sends them'],
    [
      'GET <a href="/mails">/mails</a>',
      'all mails; <code>?to=</code> those to an address, <code>&amp;wait=</code> ms for one to come',
    ],
    ['GET /mails/:id', 'one, to look at'],
    ['DELETE /mails', 'forgets them'],
    ['POST /control/trouble', 'how sending fails: <code>{"mode":"down","forMs":5000}</code>'],
  ],
} as const;

const TROUBLE_ANSWERS = {
  error500: () => errorAnswer(new SesError('InternalFailure', 'The request processing has failed.', 500)),
  html502: () => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<h1>502 Bad Gateway</h1>',
  }),
  throttle: () => errorAnswer(new SesError('Throttling', 'Maximum sending rate exceeded.')),
  reject: () => errorAnswer(new SesError('MessageRejected', 'Email address is not verified.')),
};
