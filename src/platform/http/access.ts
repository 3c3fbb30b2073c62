import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.js';
import { createBudget, type LateOutcome } from './budget.js';
import { statusOf } from '../errors.js';
import { describe } from './errors.js';
import { refusedWith } from './sockets.js';
import type { Metrics } from './metrics.js';

const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
/** As much of an unknown address as is worth a line. */
const LOGGED_PATH = 200;

/**
 * Gives every request its id (the caller's own, where it is a sane one, so that a request can be followed through several
 * systems) and leaves one line in the log and one count in the metrics when it is over. No header, no query and no body is
 * ever logged.
 */
export function createAccess(deps: { log: Log; metrics: Metrics; answerWithinMs: number }): RequestHandler {
  const { log, metrics, answerWithinMs } = deps;

  const onLate = (request: Request) => (late: LateOutcome) => {
    const { requestId, operation } = request.exchange;
    const error = late.outcome === 'failed' ? { error: describe(late.error) } : {};
    log.warn(
      { requestId, operation: operation?.id, outcome: late.outcome, ...error },
      'a late answer was dropped',
    );
  };

  const onEnd = (request: Request, response: Response): void => {
    const { requestId, method, path, operation, startedMs } = request.exchange;
    const refused = refusedWith(request.socket);
    const errorCode = refused ?? request.exchange.errorCode;
    const ms = Math.round((performance.now() - startedMs) * 10) / 10;
    const status = refused === undefined ? response.statusCode : statusOf[refused];
    metrics.observe({ operation: operation?.id ?? 'unmatched', status, seconds: ms / 1000 });
    // Probes ask every few seconds; only their failures are news.
    const level =
      operation?.tag === 'system' && operation.access !== 'admin' && status < 400 ? 'debug' : 'info';
    log[level](
      {
        requestId,
        method,
        ...(operation === undefined ? { path: path.slice(0, LOGGED_PATH) } : { operation: operation.id }),
        status,
        ms,
        address: request.ip,
        ...(errorCode !== undefined && { code: errorCode }),
        ...(!response.writableFinished && { aborted: true }),
      },
      'request',
    );
  };

  return (request, response, next) => {
    toOriginForm(request);
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
    request.exchange = {
      requestId,
      method: request.method,
      path: pathOf(request.originalUrl),
      startedMs: performance.now(),
      budget: createBudget(answerWithinMs, onLate(request)),
      match: undefined,
      operation: undefined,
      principal: undefined,
      rawBody: undefined,
      besideBearer: undefined,
      files: new Map(),
      errorCode: undefined,
    };
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => onEnd(request, response));
    next();
  };
}

/** A server must take `GET http://host/path` as well as `GET /path`. */
function toOriginForm(request: Request): void {
  if (request.originalUrl.startsWith('/')) return;
  const [, rest] = /^https?:\/\/[^/?]+(.*)$/i.exec(request.originalUrl) ?? [];
  if (rest === undefined) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.originalUrl = request.url;
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
