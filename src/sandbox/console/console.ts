import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { join } from 'node:path';

import { parseFields } from '../fields.js';
import {
  findRoute,
  isForgeable,
  json,
  serve,
  type Answer,
  type Call,
  type Reply,
  type Route,
} from '../http.js';
import { mailPage } from '../ses.js';
import { createActions } from './actions.js';
import type { Parts } from './parts.js';
import { problemOf } from './problems.js';
import { readTimeline } from './reads.orders.js';
import { createLooks } from './state.js';
import { createTroubles } from './troubles.js';

const PAGE = join(import.meta.dirname, 'page');

/** What the page is made of. They are read at each request, so that a change is seen at the next reload. */
const FILES = [
  ...['console.css', 'lists.css'],
  ...['console.js', 'frame.js', 'talk.js', 'orders.js', 'sections.js', 'troubles.js', 'words.js', 'dom.js'],
];
const ASSETS: readonly { path: string; file: string; type: string }[] = [
  ...['/sandbox', '/sandbox/'].map((path) => ({ path, file: 'index.html', type: 'text/html' })),
  ...FILES.map((file) => ({
    ...{ path: `/sandbox/${file}`, file },
    type: file.endsWith('.css') ? 'text/css' : 'text/javascript',
  })),
];

/** The page loads from here alone, runs its own files alone, and is shown in nobody's frame. */
const CONTENT_SECURITY_POLICY = [
  ...[
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
  ],
  ...["img-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export type Console = {
  /** Answers `/sandbox` and everything below it; passes all else on. */
  before(api: RequestListener): RequestListener;
};

/**
 * A page to see and play with what a running Holdfast does. For this machine only: whoever comes from elsewhere, through a
 * proxy or from another site's page is turned away.
 */
export function createConsole(parts: Parts): Console {
  const troubles = createTroubles(parts);
  const looks = createLooks(parts, troubles);
  const actions = createActions(parts, troubles);

  const act = async (call: Call): Promise<Answer> => {
    const action = actions.get(call.params['action'] ?? '');
    if (action === undefined) return json(404, { error: 'There is no such action.' });
    try {
      return json(200, { message: await action(parseFields(call.body)) });
    } finally {
      looks.expire();
    }
  };

  const mail = async (id: string): Promise<Answer> => {
    const arrived = parts.sandbox.running.ses?.mails().find((one) => one.id === id);
    return mailPage(arrived ?? (await parts.holdfast.services.mails.get(id)).preview ?? undefined, "'self'");
  };

  const routes: Route[] = [
    ...ASSETS.map(({ path, file, type }) => ({
      method: 'GET',
      path,
      answer: () => ({
        status: 200,
        headers: { 'content-type': `${type}; charset=utf-8` },
        body: readFileSync(join(PAGE, file), 'utf8'),
      }),
    })),
    { method: 'GET', path: '/sandbox/state', answer: async () => json(200, await looks.state()) },
    {
      method: 'GET',
      path: '/sandbox/orders/:id/timeline',
      answer: async (call) => json(200, await readTimeline(parts, call.params['id'] ?? '')),
    },
    { method: 'GET', path: '/sandbox/mails/:id', answer: (call) => mail(call.params['id'] ?? '') },
    { method: 'POST', path: '/sandbox/do/:action', answer: act },
  ];

  const handle = async (asked: Call): Promise<Reply> => {
    // The server leaves the body of such an answer out.
    const call = asked.method === 'HEAD' ? { ...asked, method: 'GET' } : asked;
    const reason = foreignPage(call);
    if (reason !== undefined) return json(403, { error: reason });
    if (isForgeable(call)) return json(415, { error: 'Actions take JSON: content-type: application/json.' });
    const [route, params] = findRoute(routes, call.method, call.path) ?? [];
    if (route === undefined) return json(404, { error: 'The console has nothing here.' });
    try {
      return await route.answer({ ...call, params: params ?? {} });
    } catch (error) {
      const { status, words } = problemOf(error);
      return json(status, { error: words });
    }
  };

  return {
    before: (api) => (request, response) => {
      if (!/^\/sandbox(?:[/?#]|$)/.test(request.url ?? '')) {
        api(request, response);
        return;
      }
      if (!isFromHere(request)) {
        response
          .writeHead(403, HEADERS)
          .end('The console answers this machine only, and through no proxy.\n');
        return;
      }
      serve(request, response, async (call) => withHeaders(await handle(call))).catch((error: unknown) => {
        // The request broke off while it was read.
        response.destroy(error instanceof Error ? error : undefined);
      });
    },
  };
}

/** An answer's own policy, as that of a mail, stands. */
function withHeaders(reply: Reply): Reply {
  return typeof reply === 'string' ? reply : { ...reply, headers: { ...HEADERS, ...reply.headers } };
}

/** Holdfast itself may listen to the whole network, or stand behind something that forwards from it. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && !OF_PROXIES.some((name) => name in headers);
}

/** What only those send that pass requests on. */
const OF_PROXIES = [
  ...['forwarded', 'via', 'x-real-ip'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
];

/** Why a request that another site's page has made is refused; undefined where no other page has made it. */
function foreignPage({ method, headers }: Call): string | undefined {
  // What is read cannot be read by another site's page: no answer of the console allows it.
  if (method === 'GET') return undefined;
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn = origin === undefined || origin === `http://${host}`;
  const isSame = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn && isSame ? undefined : 'Another site’s page may not use the console.';
}
