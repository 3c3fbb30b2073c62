import type { RequestHandler, Response } from 'express';
import { setCookie } from './cookies.js';
import { operationOf, type Exchange } from './exchange.js';
import { addressOf } from './limits.js';
import type { Api, SetCookie } from './operation.js';
import { preparedOf } from './prepared.js';
import { allOperations, type Operation } from './routes.js';
import type { Validation } from './validation.js';

/** What any handler takes and gives, seen without the types of its operation. */
type AnyCall = Readonly<Record<string, unknown>>;
type AnyReply = { status: number; headers?: Record<string, string>; cookies?: SetCookie[]; body?: unknown };
type AnyHandler = (call: AnyCall) => Promise<AnyReply>;

/**
 * Calls the handler of the operation that the request was matched with, and writes what it answers. The only place where an
 * operation meets its handler. Throws at once where an operation has none.
 */
export function createDispatcher(deps: {
  api: Api;
  checkStatus: Validation['checkStatus'];
  secureCookies: boolean;
}): RequestHandler {
  const { api, checkStatus, secureCookies } = deps;
  const handlers = new Map(allOperations.map((operation) => [operation.id, handlerOf(api, operation)]));

  return async (request, response) => {
    const operation = operationOf(request);
    const handle = handlers.get(operation.id);
    if (handle === undefined) throw new Error(`${operation.id} has no handler`);
    const call = {
      ...partsOf(operation, request),
      body: bodyOf(request.body, request.exchange.files),
      principal: request.exchange.principal,
      context: contextOf(request.exchange, addressOf(request)),
    };
    const reply = await request.exchange.budget(() => handle(call));
    checkStatus(operation, reply.status);
    send(response, { operation, reply, secureCookies });
  };
}

/**
 * The types `Api` and `HandlersFor` make certain that a handler of this name takes the calls and gives the replies of this
 * operation; TypeScript cannot follow that through a name that is only known at run time. This is the one place that takes
 * it on trust: the call is built from a request that was validated against the same operation.
 */
function handlerOf(api: Api, operation: Operation): AnyHandler {
  const handlers: object = api[operation.tag];
  const handler: unknown = Reflect.get(handlers, operation.id);
  if (typeof handler !== 'function') throw new Error(`${operation.id} has no handler`);
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
  return handler.bind(handlers) as AnyHandler;
}

type Parts = { exchange: Exchange; query: object; headers: object; cookies: unknown };

/** The parameters of the contract, by the names that it gives them, and nothing else of what was sent. */
function partsOf(operation: Operation, { exchange, query, headers, cookies }: Parts) {
  const cookieJar = typeof cookies === 'object' && cookies !== null ? cookies : {};
  return {
    path: { ...exchange.match?.params },
    query: { ...operation.queryDefaults, ...query } satisfies Readonly<Record<string, unknown>>,
    headers: chosen(operation.headers, (name) => Reflect.get(headers, name.toLowerCase())),
    cookies: chosen(operation.cookies, (name) => Reflect.get(cookieJar, name)),
  };
}

/** A form has its files where the validator saw an empty text. */
function bodyOf(body: unknown, files: ReadonlyMap<string, Uint8Array>): unknown {
  if (files.size === 0 || typeof body !== 'object') return body;
  return { ...body, ...Object.fromEntries(files) };
}

function chosen(names: readonly string[], valueOf: (name: string) => unknown): Record<string, unknown> {
  const present = names
    .map((name) => [name, valueOf(name)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(present);
}

function contextOf({ requestId, rawBody, besideBearer }: Exchange, address: string | undefined) {
  return { requestId, address: address ?? '', rawBody, besideBearer };
}

function send(
  response: Response,
  answer: { operation: Operation; reply: AnyReply; secureCookies: boolean },
): void {
  const { operation, reply, secureCookies } = answer;
  // The client may be gone, or an error may have been answered in the meantime.
  if (response.headersSent || response.destroyed) return;
  response.status(reply.status);
  response.setHeader('Cache-Control', cachingOf(operation));
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  for (const cookie of reply.cookies ?? []) setCookie(response, cookie, { secure: secureCookies });
  const bytes = reply.body instanceof Uint8Array ? reply.body : preparedOf(reply.body)?.bytes;
  if (reply.body === undefined) {
    response.end();
  } else if (typeof reply.body === 'string') {
    const type = response.getHeader('Content-Type') ?? `${defaultTypeOf(operation)}; charset=utf-8`;
    response.setHeader('Content-Type', type);
    response.send(reply.body);
  } else if (bytes !== undefined) {
    response.setHeader('Content-Type', defaultTypeOf(operation));
    response.setHeader('Content-Length', bytes.byteLength);
    response.end(bytes);
  } else {
    // Set before the answer is checked, so that it is checked as JSON whatever the request accepts.
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.json(reply.body);
  }
}

/** The type of a body whose handler names none. */
function defaultTypeOf({ responseTypes }: Operation): string {
  return responseTypes[0] ?? 'application/octet-stream';
}

/** The public catalogue may be kept and must be asked for again each time; everything else is nobody else's to keep. */
function cachingOf({ method, access, tag }: Operation): string {
  return method === 'get' && access === 'public' && tag === 'catalog' ? 'no-cache' : 'no-store';
}
