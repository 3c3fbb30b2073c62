import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** One request, read to its end. `gone` resolves when the answer is out or the client has hung up. */
export interface Call {
  method: string;
  path: string;
  /** What a route's `:name` segments stood for. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  gone: Promise<void>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** `close` breaks the connection off, `hang` leaves the client waiting. */
export type Reply = Answer | 'close' | 'hang';

export interface Route {
  method: string;
  /** Segments that begin with a colon stand for any one segment. */
  path: string;
  answer: (call: Call) => Answer | Promise<Answer>;
}

export interface HttpServer {
  url: string;
  stop(): Promise<void>;
}

export function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** The route that fits and what its parameters stand for. */
export function findRoute(
  routes: Route[],
  method: string,
  path: string,
): [Route, Record<string, string>] | undefined {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params !== undefined) return [route, params];
  }
  return undefined;
}

/** What the pattern's `:name` segments stand for in the path, or undefined when it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

/** A page on the web can make a browser post anything but JSON to this machine without being asked. */
export function isForgeable(call: Call): boolean {
  return call.method === 'POST' && !(call.headers['content-type'] ?? '').startsWith('application/json');
}

/**
 * Serves `handle` on 127.0.0.1: on the preferred port, or on a free one when that is taken. `stop` breaks off what is
 * still open. An error thrown by `handle` is logged and answered 500.
 */
export async function startHttp(options: {
  name: string;
  port?: number | undefined;
  log: (line: string) => void;
  handle: (call: Call) => Promise<Reply>;
}): Promise<HttpServer> {
  const { name, log, handle } = options;
  const server = createServer((request, response) => {
    serve(request, response, handle).catch((error: unknown) => {
      log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const { port: wanted } = options;
  if (wanted === undefined) return listenOnLoopback(server, 0);
  return listenOnLoopback(server, wanted).catch(async () => {
    const listening = await listenOnLoopback(server, 0);
    log(`${name}: port ${wanted} is taken, listening at ${listening.url} instead`);
    return listening;
  });
}

/** Lets a server listen on 127.0.0.1, at any free port where it is 0. `stop` breaks off what is still open. Rejects where the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<HttpServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Reads a request to its end and answers it as `handle` says. Only whoever asks by a loopback name is answered. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (call: Call) => Promise<Reply>,
): Promise<void> {
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  // A page on the web can point a name of its own at this machine and read what is served here; names give it away.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    response.writeHead(403).end('This server answers to loopback names only.\n');
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { method = 'GET', headers } = request;
  const call = { method, path: url.pathname, params: {}, query: url.searchParams, headers, body, gone };
  const reply = await handle(call);
  if (reply === 'close') request.socket.destroy();
  else if (reply !== 'hang') response.writeHead(reply.status, reply.headers).end(reply.body);
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
