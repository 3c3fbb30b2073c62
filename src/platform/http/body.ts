import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import { AppError, invalid } from '../errors.js';
import type { OperationId } from './operation.js';
import type { ContractFacts } from './contract.js';
import { operationOf, type Exchange } from './exchange.js';
import { createUploadReader, FORM_TYPE } from './uploads.js';

const JSON_TYPE = 'application/json';
const JSON_WANTED = 'The body must be JSON in UTF-8, sent with Content-Type: application/json.';
const LIMIT_BYTES = 100 * 1024;
const RAW_LIMIT_BYTES = 1024 * 1024;

/**
 * Far more than any request of the contract has. Every problem of a body is listed, which takes time with the square of
 * their number, so what could have ten thousands of them is refused before it is looked at.
 */
const VALUES = 2_000;

/** Operations whose signature covers the bytes of the body. Their bodies are the gateway's to shape, and may be larger. */
const RAW_BODY: ReadonlySet<OperationId> = new Set<OperationId>(['receiveRazorpayWebhook']);

/**
 * Reads the JSON body (or the form, see `uploads.ts`) of the operations that have one, refusing first what would not be
 * read: another media type or charset, compression, too many bytes. The body of any other operation is left unread.
 *
 * Every later part sees no other Content-Type than `application/json`, `multipart/form-data` or none: the validator keeps a
 * compiled check for each text that it ever met there, so that a caller who made up new ones could fill the memory.
 */
export function createBodyReader(facts: Pick<ContractFacts, 'requiresBody' | 'formFields'>): RequestHandler {
  const options = { type: JSON_TYPE, inflate: false, strict: true };
  const plain: RequestHandler = express.json({
    ...options,
    limit: LIMIT_BYTES,
    // The parser would put other characters in the place of bytes that are none.
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes)) throw new AppError('malformed_json', 'The body is not valid UTF-8.');
    },
  });
  const raw: RequestHandler = express.json({
    ...options,
    limit: RAW_LIMIT_BYTES,
    verify: (request: IncomingMessage & { exchange?: Exchange }, _response, bytes) => {
      if (request.exchange !== undefined) request.exchange.rawBody = bytes;
    },
  });
  const form = createUploadReader(facts);
  return (request, response, next) => {
    const operation = operationOf(request);
    const given = request.headers['content-type'];
    delete request.headers['content-type'];
    if (operation.requestTypes.length === 0 || (!hasBody(request) && !facts.requiresBody(operation))) {
      next();
      return;
    }
    if (!hasBody(request)) throw missingBody();
    if (operation.requestTypes.includes(FORM_TYPE)) {
      form(request, response, given ?? '', next);
      return;
    }
    if (!isJson(given)) throw new AppError('unsupported_media_type', JSON_WANTED);
    const keepsBytes = RAW_BODY.has(operation.id);
    refuseTooLarge(request, keepsBytes ? RAW_LIMIT_BYTES : LIMIT_BYTES);
    request.headers['content-type'] = JSON_TYPE;
    if (keepsBytes) {
      raw(request, response, next);
      return;
    }
    plain(request, response, (error?: unknown) => {
      next(error ?? (holdsMoreThan(VALUES, request.body) ? tooManyValues() : undefined));
    });
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function holdsMoreThan(limit: number, body: unknown): boolean {
  const pending = [body];
  for (let seen = 0; pending.length > 0; seen += 1) {
    if (seen + pending.length > limit) return true;
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) pending.push(inner);
  }
  return false;
}

function tooManyValues(): AppError {
  return invalid([{ path: '/body', code: 'maxValues', message: `must not have more than ${VALUES} values` }]);
}

function missingBody(): AppError {
  return invalid([{ path: '/body', code: 'required', message: 'is required' }]);
}

/** JSON in UTF-8, whatever other parameters stand behind it. */
function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type !== JSON_TYPE) return false;
  return parameters.every((parameter) => {
    const [name, value = ''] = parameter.split('=', 2).map((part) => part.trim());
    return name !== 'charset' || value.replaceAll('"', '') === 'utf-8';
  });
}

/** Said by the announced length already, so that the bytes need not be read off before the answer. */
function refuseTooLarge({ headers }: Request, limit: number): void {
  if (Number(headers['content-length'] ?? 0) <= limit) return;
  throw new AppError('payload_too_large', 'The body is too large.');
}
