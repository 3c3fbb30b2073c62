import type { ErrorRequestHandler, Request, Response } from 'express';
import type { ApiError } from '../../../generated/openapi.js';
import { AppError, invalid, statusOf, unavailable } from '../errors.js';
import type { PageOfError } from './documentation.js';
import type { Log } from '../log.js';

/** Whether an error says that a dependency is away or slow, so that the same request may be sent again. */
export type IsTrouble = (error: unknown) => boolean;

/** The one shape of every error. */
export function errorBody(error: AppError, requestId: string): ApiError {
  return {
    success: false,
    message: error.message,
    code: error.code,
    requestId,
    ...(error.errors !== undefined && { errors: error.errors }),
    ...(error.details !== undefined && { details: error.details }),
  };
}

/**
 * What a thrown value says to the caller. Whatever nobody foresaw becomes `internal_error`, without a word of its own: the
 * words go to the log.
 */
function toAppError(error: unknown, isTrouble: IsTrouble): AppError {
  if (error instanceof AppError) return error;
  const refusal = bodyRefusalOf(error);
  if (refusal !== undefined) return refusal;
  if (isTrouble(error)) return unavailable('The service', { cause: error });
  return new AppError('internal_error', 'Something went wrong on our side.', { cause: error });
}

/** The last middleware: answers whatever went wrong before it. */
export function createErrorHandler(deps: {
  log: Log;
  isTrouble: IsTrouble;
  /** Errors that somebody asked to see: there is nothing to look for in the log. */
  isAskedFor: (error: unknown) => boolean;
  /** What people are shown in place of the error; undefined where it is an answer for programs. */
  pageFor: (request: Request, error: AppError) => PageOfError | undefined;
}): ErrorRequestHandler {
  const { log, isTrouble, isAskedFor, pageFor } = deps;
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  return (thrown: unknown, request, response, _next) => {
    const error = toAppError(thrown, isTrouble);
    const { exchange } = request;
    exchange.errorCode = error.code;
    const subject = { requestId: exchange.requestId, operation: exchange.operation?.id };
    if (isAskedFor(thrown)) log.info({ ...subject, code: error.code }, 'an error was answered as asked for');
    else if (statusOf[error.code] >= 500) {
      const level = error.code === 'internal_error' ? 'error' : 'warn';
      log[level]({ ...subject, error: describe(error) }, 'a request failed');
    }
    if (response.headersSent) {
      // Too late for another answer. A cut connection at least does not pass for a complete one.
      request.socket.destroy();
      return;
    }
    const page = pageFor(request, error);
    if (page !== undefined) {
      response.vary('Accept').status(page.status).set(page.headers).send(page.body);
      return;
    }
    sendError(response, error, {
      requestId: exchange.requestId,
      challenge: challengeFor(request.headers.authorization),
    });
  };
}

function sendError(
  response: Response,
  error: AppError,
  about: { requestId: string; challenge: string },
): void {
  const status = statusOf[error.code];
  response.status(status);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  if (status === 401) response.setHeader('WWW-Authenticate', about.challenge);
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  response.json(errorBody(error, about.requestId));
}

/** What a 401 asks for: a bearer, or a better one than was sent. */
function challengeFor(authorization: string | undefined): string {
  const sentBearer = /^bearer\b/i.test(authorization ?? '');
  return sentBearer ? 'Bearer realm="holdfast", error="invalid_token"' : 'Bearer realm="holdfast"';
}

/** How deep a chain of causes is followed. */
const CAUSES = 4;

/** An error for the log: texts only, because drivers hang whole commands and documents on their errors. */
export function describe(error: unknown, depth = CAUSES): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const more = cause === undefined || depth === 0 ? {} : { cause: describe(cause, depth - 1) };
  return { name, message, stack, ...more };
}

/** What the body parser refuses, by the type that it gives its errors. */
function bodyRefusalOf(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return undefined;
  switch (error.type) {
    case 'entity.parse.failed':
      return isJson(Reflect.get(error, 'body'))
        ? invalid([{ path: '/body', code: 'type', message: 'must be an object' }])
        : new AppError('malformed_json', 'The body is not valid JSON.');
    case 'entity.too.large':
      return new AppError('payload_too_large', 'The body is too large.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('unsupported_media_type', 'The body must be uncompressed JSON in UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return new AppError('malformed_request', 'The body is not as long as the request says.');
    default:
      return undefined;
  }
}

/** The parser takes objects and lists alone; a text, a number or `null` is JSON too, and not what is asked for. */
function isJson(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
