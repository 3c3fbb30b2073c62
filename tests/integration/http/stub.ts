import { connect } from 'node:net';
import { Writable } from 'node:stream';
import request from 'supertest';
import { AppError } from '../../../src/platform/errors.js';
import { createApp, type AppOptions, type HttpSettings } from '../../../src/platform/http/app.js';
import { loadContract } from '../../../src/platform/http/documents.js';
import { createMetrics } from '../../../src/platform/http/metrics.js';
import type { Api, OperationId, Principal } from '../../../src/platform/http/operation.js';
import { allOperations, type Operation } from '../../../src/platform/http/routes.js';
import {
  createHttpServer,
  type HttpServer,
  type ServerOptions,
  type ServerTimeouts,
} from '../../../src/platform/http/server.js';
import { createLog } from '../../../src/platform/log.js';

type AnyCall = Record<string, unknown> & { context: { requestId: string; rawBody?: Buffer } };
type AnyReply = Record<string, unknown> & { status: number };

/** The real contract over a real port; each operation answers the contract's own example and notes its call. */
export type Stub = {
  url: string;
  port: number;
  http: ReturnType<typeof request>;
  server: HttpServer;
  calls: { operation: OperationId; call: AnyCall }[];
  /** Lets an operation answer otherwise, until `reset`. */
  answer(operation: OperationId, by: (call: AnyCall) => unknown): void;
  reset(): void;
  lines(): Record<string, unknown>[];
  logged(): string;
  /** Sends bytes over a connection of its own and gives back all that comes until it is closed. */
  raw(bytes: string, options?: { end?: boolean }): Promise<string>;
  stop(): Promise<void>;
};

export const ADMIN = 'token-of-an-admin';
export const USER = 'token-of-a-user';
/** Makes the authentication fail as a database that is away does. */
export const TROUBLE = 'token-in-troubled-times';
export const METRICS_TOKEN = 'metrics-token-of-the-tests';

const MANY = {
  perAddress: 1_000_000,
  perAccount: 1_000_000,
  perAccountEverywhere: 1_000_000,
  windowMs: 60_000,
};

const settings: HttpSettings = {
  environment: 'test',
  trustedProxies: 0,
  corsOrigins: ['https://shop.example'],
  publicUrl: 'https://api.shop.example',
  secureCookies: true,
  metricsToken: METRICS_TOKEN,
  rateLimits: { signIn: MANY, registration: MANY, reset: MANY, contact: MANY },
};

export type StubOptions = Partial<Omit<AppOptions, 'settings'>> & {
  settings?: Partial<HttpSettings>;
  timeouts?: Partial<ServerTimeouts>;
  onRefusal?: ServerOptions['onRefusal'];
};

export async function startStub(options: StubOptions = {}): Promise<Stub> {
  const calls: Stub['calls'] = [];
  const answers = new Map<OperationId, (call: AnyCall) => unknown>();
  let logged = '';
  const log = createLog({
    level: 'debug',
    destination: new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    }),
  });
  const app = createApp({
    api: exampleApi((operation, call) => {
      calls.push({ operation, call });
      return answers.get(operation)?.(call);
    }),
    authenticate,
    log,
    isTrouble: (error) => error instanceof Error && error.name === 'TroubleError',
    metrics: createMetrics(),
    countHit: () => Promise.resolve({ hits: 1, resetMs: 60_000 }),
    ...options,
    settings: { ...settings, ...options.settings },
  });
  const server = createHttpServer(app, { timeouts: options.timeouts, onRefusal: options.onRefusal });
  const port = await server.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    http: request(url),
    server,
    calls,
    answer: (operation, by) => answers.set(operation, by),
    reset() {
      answers.clear();
      calls.length = 0;
      logged = '';
    },
    lines: () =>
      logged
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    logged: () => logged,
    raw: (bytes, { end = false } = {}) =>
      new Promise((resolve) => {
        let received = '';
        const socket = connect(port, '127.0.0.1', () => (end ? socket.end(bytes) : socket.write(bytes)));
        socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(received));
      }),
    stop: () => server.stop(500),
  };
}

const principalOf = (role: Principal['role']): Principal => ({
  userId: `user-${role}`,
  role,
  tokenId: 'token-1',
  tokenExpiresAt: new Date(Date.now() + 60_000),
});

async function authenticate(token: string): Promise<Principal> {
  await Promise.resolve();
  if (token === ADMIN) return principalOf('admin');
  if (token === USER) return principalOf('user');
  if (token === TROUBLE)
    throw Object.assign(new Error('connect ECONNREFUSED mongo.internal:27017'), { name: 'TroubleError' });
  throw new AppError('unauthenticated', 'Your session has ended. Please sign in again.');
}

/** An `Api` that answers the first example of each operation's first success, unless `override` answers. */
function exampleApi(override: (operation: OperationId, call: AnyCall) => unknown): Api {
  const api: Record<string, Record<string, unknown>> = {};
  for (const operation of allOperations) {
    const handlers = (api[operation.tag] ??= {});
    handlers[operation.id] = async (call: AnyCall) =>
      (await override(operation.id, call)) ?? exampleOf(operation);
  }
  return api as unknown as Api;
}

const contract = loadContract() as unknown as Record<string, never>;

/** The answer that the contract shows first. */
export function exampleOf(operation: Operation): AnyReply {
  const responses = at(`/paths/${operation.path.replaceAll('/', '~1')}/${operation.method}/responses`);
  const status = Object.keys(responses).find((code) => /^[23]/.test(code)) ?? '';
  const content = resolved(responses[status])['content'] as Record<string, Json> | undefined;
  const media = Object.values(content ?? {})[0];
  if (media === undefined) return { status: Number(status) };
  const example = resolved(Object.values((media['examples'] ?? {}) as Record<string, Json>)[0]);
  return { status: Number(status), body: example['value'] };
}

type Json = Record<string, unknown>;

function at(pointer: string): Json {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/'));
  return steps.reduce<Json>((value, step) => value[step] as Json, contract);
}

function resolved(value: unknown): Json {
  const object = (value ?? {}) as Json;
  return typeof object['$ref'] === 'string' ? resolved(at(object['$ref'].slice(1))) : object;
}

/** The body of an answer over a raw connection. */
export function bodyOf(answer: string): Record<string, unknown> {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>;
}

export const bearer = (token: string): [string, string] => ['Authorization', `Bearer ${token}`];
