import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.js';
import { parseCookies } from './cookies.js';
import { answerOptions } from './origins.js';
import { createRoutes, refuseMalformedEscapes } from './routes.js';

/** Longer addresses are refused. Every address of the contract is far shorter. */
const ADDRESS_LENGTH = 12_000;

/**
 * Finds the operation of a request, and answers where there is none: 404, 405 with `Allow`, or what OPTIONS asks. HEAD is
 * taken as GET from here on; Node leaves the body of its answer out.
 */
export function createMatcher(deps: { acceptedHeaders: readonly string[] }): RequestHandler {
  const find = createRoutes();
  return (request, response, next) => {
    refuseUnreadable(request);
    const { exchange } = request;
    const match = find(exchange.path);
    if (match === undefined) throw new AppError('not_found', 'There is nothing at this address.');
    if (request.method === 'OPTIONS') {
      answerOptions(request, response, { route: match.route, ...deps });
      return;
    }
    if (request.method === 'HEAD') request.method = 'GET';
    const operation = match.route.operations.get(request.method);
    if (operation === undefined) {
      const headers = { Allow: match.route.allow };
      throw new AppError('method_not_allowed', `There is no ${exchange.method} at this address.`, {
        headers,
      });
    }
    exchange.match = match;
    exchange.operation = operation;
    request.cookies = parseCookies(request.headers.cookie);
    next();
  };
}

function refuseUnreadable({ originalUrl, headers, rawHeaders, httpVersion }: Request): void {
  if (originalUrl.length > ADDRESS_LENGTH) throw new AppError('uri_too_long', 'The address is too long.');
  refuseMalformedEscapes(originalUrl);
  if ((headers.host ?? '') === '' && httpVersion === '1.1') {
    throw new AppError('malformed_request', 'The request names no host.');
  }
  // Names stand at the even places. Of two, a proxy may have believed the other one.
  const hosts = rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host');
  if (hosts.length > 1) throw new AppError('malformed_request', 'The request names more than one host.');
}
