import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bodyOf, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub({ timeouts: { headersMs: 800, requestMs: 1_200 } });
});
afterAll(() => stub.stop());

const shape = (code: string) => ({
  success: false,
  code,
  message: expect.any(String),
  requestId: expect.any(String),
});

describe('X2: what never becomes a request', () => {
  test.each([
    ['garbage', 'this is no http\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'two lengths',
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    [
      'a length and pieces',
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n'],
    ['a header with NUL', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n'],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s is 400 malformed_request in JSON', async (_name, bytes) => {
    const answer = await stub.raw(bytes);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('Content-Type: application/json; charset=utf-8\r\n');
    expect(answer).toContain('Connection: close\r\n');
    expect(bodyOf(answer)).toEqual(shape('malformed_request'));
  });

  test('headers that are too large are 431 headers_too_large', async () => {
    const answer = await stub.raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(40_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(bodyOf(answer)).toEqual(shape('headers_too_large'));
  });

  test('a head that does not come to an end is 408 request_timeout', async () => {
    const answer = await stub.raw('GET / HTTP/1.1\r\nHost: x\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(bodyOf(answer)).toEqual(shape('request_timeout'));
  });

  test('a body that does not come to an end is 408 request_timeout', async () => {
    const answer = await stub.raw(
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(bodyOf(answer)).toEqual(shape('request_timeout'));
    const line = () => stub.lines().find(({ operation }) => operation === 'addCartItem');
    for (let i = 0; i < 100 && line() === undefined; i += 1)
      await new Promise((wait) => setTimeout(wait, 10));
    expect(line()).toMatchObject({ status: 408, code: 'request_timeout' });
  });

  test('two names of the host are 400, the same or another', async () => {
    for (const second of ['x', 'y']) {
      const answer = await stub.raw(
        `GET /v1/products HTTP/1.1\r\nHost: x\r\nhOST: ${second}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(bodyOf(answer)).toMatchObject({ code: 'malformed_request' });
    }
  });

  test('a body that breaks off in garbage is 400', async () => {
    const answer = await stub.raw(
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test('garbage behind a running request does not get mixed into its answer', async () => {
    stub.answer('getProduct', () => new Promise((resolve) => setTimeout(() => resolve(undefined), 100)));
    const answer = await stub.raw('GET /v1/products/p1 HTTP/1.1\r\nHost: x\r\n\r\n\0\0garbage\r\n\r\n');
    expect(answer.match(/HTTP\/1.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
    stub.reset();
  });

  test('an expectation that nobody knows is 417', async () => {
    const answer = await stub.raw('GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 417 /);
    expect(bodyOf(answer)).toEqual(shape('expectation_failed'));
  });

  test('leaves the server well', async () => {
    await stub.http.get('/health/live').expect(200);
  });
});

test('X2: of a thousand requests in one piece the first few are answered, and the others are not begun', async () => {
  stub.reset();
  const one = 'GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n';
  stub.answer('getOpenApiYaml', async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { status: 200, body: 'openapi: 3.1.0' };
  });
  const answers = await stub.raw(one.repeat(1_000));
  expect(stub.calls.length).toBeLessThanOrEqual(8);
  expect(answers.match(/HTTP\/1.1 200 OK/g)).toHaveLength(stub.calls.length);
  expect(answers).toMatch(/HTTP\/1.1 429 Too Many Requests\r\n(?:.*\r\n)*Retry-After: 1\r\n/);
  expect(bodyOf(answers.slice(answers.lastIndexOf('HTTP/1.1 429')))).toMatchObject({ code: 'rate_limited' });
  await stub.http.get('/health/live').expect(200);
  stub.reset();
});

test('X2: a client that does not take its answer is let go after a while', async () => {
  const own = await startStub({ timeouts: { idleMs: 300 } });
  own.answer('getOpenApiYaml', () => ({ status: 200, body: 'x'.repeat(32 * 1024 * 1024) }));
  const socket = connect(own.port, '127.0.0.1', () => {
    socket.pause();
    socket.write('GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n');
  });
  socket.on('error', () => undefined);
  const isOver = (line: Record<string, unknown>) => line['operation'] === 'getOpenApiYaml';
  for (let i = 0; i < 500 && !own.lines().some(isOver); i += 1)
    await new Promise((wait) => setTimeout(wait, 10));
  expect(own.lines().filter(isOver)).toHaveLength(1);
  expect(
    await new Promise((resolve) => own.server.server.getConnections((_error, open) => resolve(open))),
  ).toBe(0);
  socket.destroy();
  await own.stop();
});

test('100-continue is answered before the body is sent', async () => {
  const body = '{"productId":"p1","quantity":1}';
  const received = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(stub.port, '127.0.0.1', () => {
      socket.write(
        `POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
    });
    socket.once('data', () => socket.write(body));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
  expect(received).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
});

describe('X4: stop', () => {
  const opened = (port: number): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
    });
  const closed = (socket: Socket): Promise<unknown> =>
    new Promise((resolve) => socket.once('close', resolve));

  test('closes idle and never used connections at once', async () => {
    const own = await startStub();
    const unused = await opened(own.port);
    const idle = await opened(own.port);
    idle.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => idle.once('data', resolve));
    const started = performance.now();
    const ends = Promise.all([closed(unused), closed(idle)]);
    await own.server.stop(4_000);
    expect(performance.now() - started).toBeLessThan(500);
    await ends;
  });

  test('lets running requests have their answers, and accepts no more', async () => {
    const own = await startStub();
    own.answer('getProduct', () => new Promise((resolve) => setTimeout(() => resolve(undefined), 300)));
    const running = own.raw('GET /v1/products/p1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => own.calls.length === 1);
    const started = performance.now();
    const stopped = own.server.stop(4_000);
    await expect(own.raw('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')).resolves.toBe('');
    const answer = await running;
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('Connection: close\r\n');
    await stopped;
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test('cuts off what still runs when the grace is over', async () => {
    const own = await startStub();
    own.answer('getProduct', () => new Promise(() => undefined));
    const running = own.raw('GET /v1/products/p1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => own.calls.length === 1);
    const started = performance.now();
    await own.server.stop(200);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await running).toBe('');
  });

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
});

test('a port that is taken is told', async () => {
  const second = await startStub();
  await second.stop();
  await expect(second.server.listen(stub.port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
