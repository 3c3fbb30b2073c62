import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError, statusOf } from '../errors.js';
import { errorBody } from './errors.js';
import { noteRefusal } from './sockets.js';

export type ServerTimeouts = {
  /** In which the head of a request must have come, ms. */
  headersMs: number;
  /** In which all of a request must have come, ms. */
  requestMs: number;
  /** For which a connection without a request is kept, ms. More than what proxies keep theirs for. */
  keepAliveMs: number;
  /** For which a client may leave what it asked for untaken, ms. More than `requestMs`. */
  idleMs: number;
};

export type ServerOptions = {
  timeouts?: Partial<ServerTimeouts> | undefined;
  /** Called with each refusal of the server itself that no request of the app tells of, and the address of its connection. */
  onRefusal?: ((code: AppError['code'], address: string | undefined) => void) | undefined;
};

export type HttpServer = {
  readonly server: http.Server;
  /** Resolves with the port once connections are accepted; rejects where the address cannot be had. 0: any free port. */
  listen(port: number, host: string): Promise<number>;
  /**
   * Accepts nothing more, lets requests that run have their answers, and resolves when the last connection is closed.
   * What still runs after `graceMs` is cut off.
   */
  stop(graceMs: number): Promise<void>;
};

const TIMEOUTS: ServerTimeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  idleMs: 40_000,
};
const CHECK_MS = 1_000;
const HEADER_BYTES = 16 * 1024;
/**
 * Requests of one connection that may wait for their answers. All that come in one piece of 64 KB are begun at once, and their
 * answers kept until they can be sent in order: a thousand short ones for a long document would fill the memory.
 */
const UNANSWERED = 8;
/** Bytes that a refused client still sends are read and forgotten for so long, so that it gets to read the refusal. */
const LINGER_MS = 1_000;

/** An HTTP server for the app, which also says in the one shape of errors what never becomes a request of the app. */
export function createHttpServer(app: http.RequestListener, options: ServerOptions = {}): HttpServer {
  const { onRefusal = () => undefined } = options;
  const { headersMs, requestMs, keepAliveMs, idleMs } = { ...TIMEOUTS, ...options.timeouts };
  const server = http.createServer({
    ...messageClassesOf(app),
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: CHECK_MS,
    // The app refuses such a request itself, with a body.
    requireHostHeader: false,
  });
  server.setTimeout(idleMs);
  const connections = new Map<Duplex, Set<http.ServerResponse>>();
  let stopping = false;

  server.on('connection', (socket) => {
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });

  /** Answers how many requests of the connection now wait for their answers. */
  const track = (request: http.IncomingMessage, response: http.ServerResponse): number => {
    const { socket } = request;
    const open = connections.get(socket);
    open?.add(response);
    if (stopping) response.setHeader('Connection', 'close');
    response.once('close', () => {
      open?.delete(response);
      if (stopping && open?.size === 0) socket.destroySoon();
    });
    return open?.size ?? 1;
  };
  const answer = (response: http.ServerResponse, { code, status, headers, body }: Refusal): void => {
    onRefusal(code, addressOf(response.req.socket));
    response.writeHead(status, headers).end(body);
  };
  server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
    if (track(request, response) <= UNANSWERED) app(request, response);
    else {
      response.setHeader('Retry-After', '1');
      answer(response, refusal('rate_limited', 'Too many requests at once on this connection.'));
    }
  });

  server.on('checkExpectation', (request: http.IncomingMessage, response: http.ServerResponse) => {
    track(request, response);
    answer(response, refusal('expectation_failed', 'The server knows no such expectation.'));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const open = connections.get(socket) ?? new Set();
    const isAnswered = [...open].some((response) => response.headersSent) || open.size > 1;
    const isGone = !socket.writable || error.code === 'ECONNRESET';
    const wrong = clientRefusal(error.code);
    // The one request that is refused with it leaves a line of its own.
    if (!isGone && (isAnswered || open.size === 0)) onRefusal(wrong.code, addressOf(socket));
    if (isGone || isAnswered) socket.destroy();
    else {
      noteRefusal(socket, wrong.code);
      refuse(socket, wrong);
    }
  });
  server.on('connect', (_request, socket) => {
    onRefusal('malformed_request', addressOf(socket));
    refuse(socket, refusal('malformed_request', 'The server is no proxy.'));
  });

  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.removeListener('error', reject);
          resolve(portOf(server.address()));
        });
      }),
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const [socket, open] of connections) {
        if (open.size === 0) socket.destroy();
        for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
      }
      const force = setTimeout(() => {
        for (const socket of connections.keys()) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(force);
    },
  };
}

/**
 * Express turns each request and answer into its own kind by changing its prototype, which costs most of the time of a short
 * request: engines give up optimizing such objects. Messages that are born as Express's kind need no change.
 */
function messageClassesOf(app: http.RequestListener): http.ServerOptions {
  if (!isExpress(app)) return {};
  class AppRequest extends http.IncomingMessage {}
  class AppResponse<Request extends http.IncomingMessage> extends http.ServerResponse<Request> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

function isExpress(app: object): app is { request: object; response: object } {
  return 'request' in app && 'response' in app;
}

function addressOf(socket: Duplex): string | undefined {
  return socket instanceof Socket ? socket.remoteAddress : undefined;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

type Refusal = { code: AppError['code']; status: number; headers: Record<string, string>; body: string };

function refusal(code: AppError['code'], message: string): Refusal {
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(new AppError(code, message), requestId));
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { code, status: statusOf[code], headers, body };
}

/** What was wrong with bytes that are no request, by the name that Node gives it. */
function clientRefusal(code = ''): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return refusal('headers_too_large', 'The headers of the request are too large.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refusal('request_timeout', 'The request did not come in time.');
  return refusal('malformed_request', 'This is not a valid HTTP request.');
}

function refuse(socket: Duplex, { status, headers, body }: Refusal): void {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${body}`);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
