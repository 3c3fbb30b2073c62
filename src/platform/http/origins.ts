import type { Request, RequestHandler, Response } from 'express';
import type { Settings } from '../config.js';
import { AppError } from '../errors.js';
import { operationOf } from './exchange.js';
import type { Operation, Route } from './routes.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What the contract documents, and a browser would keep from a page otherwise. */
const EXPOSED = [
  'Date',
  'X-Request-Id',
  'Location',
  'ETag',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Allow',
  'WWW-Authenticate',
];
const PREFLIGHT_SECONDS = '600';

/**
 * CORS for exactly the origins that the configuration names, cookies included. Other pages get the same answers without the
 * headers, so their browser keeps the answers from them.
 */
export function createCors(deps: {
  allowed: readonly string[];
  /** Headers that pages may read beside those of the contract. */
  exposed: readonly string[];
}): RequestHandler {
  const origins = new Set(deps.allowed);
  const exposed = [...EXPOSED, ...deps.exposed].join(', ');
  return (request, response, next) => {
    if (origins.size > 0) response.vary('Origin');
    const { origin } = request.headers;
    if (origin !== undefined && origins.has(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Access-Control-Expose-Headers', exposed);
    }
    next();
  };
}

/** Answers OPTIONS of a known path: what it allows, and to an allowed origin's preflight, what its page may send. */
export function answerOptions(
  request: Request,
  response: Response,
  { route, acceptedHeaders }: { route: Route; acceptedHeaders: readonly string[] },
): void {
  response.setHeader('Allow', route.allow);
  const isPreflight = request.headers['access-control-request-method'] !== undefined;
  if (isPreflight && response.hasHeader('Access-Control-Allow-Origin')) {
    const ofOperations = [...route.operations.values()].flatMap((operation) => operation.headers);
    const headers = new Set([
      'Authorization',
      'Content-Type',
      'X-Request-Id',
      ...ofOperations,
      ...acceptedHeaders,
    ]);
    response.setHeader('Access-Control-Allow-Methods', route.allow);
    response.setHeader('Access-Control-Allow-Headers', [...headers].join(', '));
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
  }
  response.status(204).end();
}

/**
 * Keeps other sites' pages from acting with a visitor's cookies, or from signing a visitor in as somebody else: requests that
 * change something, and carry a cookie or may set one, must come from our own pages, from an allowed origin, or from no
 * page at all. Requests with a bearer alone are not touched, unless the answer may set a cookie: no page can send another's token.
 */
export function createOriginCheck(deps: {
  settings: Pick<Settings, 'corsOrigins' | 'publicUrl'>;
  setsCookies: (operation: Operation) => boolean;
}): RequestHandler {
  const trusted = new Set([...deps.settings.corsOrigins, new URL(deps.settings.publicUrl).origin]);
  return (request, _response, next) => {
    const harmless =
      SAFE_METHODS.has(request.method) ||
      (request.headers.cookie === undefined && !deps.setsCookies(operationOf(request)));
    if (harmless || comesFromTrustedPage(request, trusted)) next();
    else next(new AppError('origin_not_allowed', 'This page may not send this request.'));
  };
}

function comesFromTrustedPage(request: Request, trusted: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site';
  return trusted.has(origin) || isOwnHost(origin, request.headers.host);
}

/** The scheme is left out: behind a proxy that ends TLS we may not know ours. */
function isOwnHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
