import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bodyOf, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

describe('not_found', () => {
  test.each([
    '/',
    '/v1',
    '/v1/nothing',
    '/v1/products/a/b',
    '/v1/products/',
    '/v1/Products',
    '//v1/products',
    '/v1/%70roducts',
    '/docs/../metrics',
    '/favicon.ico',
    '/v1/__proto__',
    '*',
  ])('is the answer to %s', async (address) => {
    const answer = await stub.raw(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(bodyOf(answer)).toMatchObject({
      success: false,
      code: 'not_found',
      requestId: expect.any(String),
    });
  });
});

describe('method_not_allowed', () => {
  test.each([
    ['POST', '/v1/products', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/v1/cart', 'GET, DELETE, HEAD, OPTIONS'],
    ['GET', '/v1/auth/login', 'POST, OPTIONS'],
    ['HEAD', '/v1/auth/login', 'POST, OPTIONS'],
    ['TRACE', '/health/live', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/v1/products/p1', 'GET, HEAD, OPTIONS'],
  ])('%s %s says what is allowed', async (method, address, allow) => {
    const answer = await stub.raw(`${method} ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer).toContain(`Allow: ${allow}\r\n`);
    if (method !== 'HEAD')
      expect(bodyOf(answer)).toMatchObject({ success: false, code: 'method_not_allowed' });
  });
});

describe('malformed_request', () => {
  test.each([
    '/v1/products/%',
    '/v1/products/%zz',
    '/v1/products/%ff',
    '/v1/products?q=%',
    '/v1/products?q=%c3%28',
    '/%',
  ])('is the answer to the escapes of %s', async (address) => {
    const answer = await stub.raw(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(bodyOf(answer)).toMatchObject({ success: false, code: 'malformed_request' });
  });

  test('is the answer to a request without a host', async () => {
    const answer = await stub.raw('GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(bodyOf(answer)).toMatchObject({ code: 'malformed_request' });
    expect(await stub.raw('GET /health/live HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });
});

test('an encoded slash is part of a value, not of the path', async () => {
  await stub.http.get('/v1/products/a%2Fb').expect(400);
});

test('an address that is too long is 414', async () => {
  const answer = await stub.http.get(`/v1/products?q=${'a'.repeat(13_000)}`).expect(414);
  expect(answer.body).toMatchObject({ code: 'uri_too_long' });
});

test('HEAD is GET without its body', async () => {
  const get = await stub.http.get('/v1/products').expect(200);
  const head = await stub.raw('HEAD /v1/products HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 200 /);
  expect(head).toContain(`Content-Length: ${get.text.length}\r\n`);
  expect(head.endsWith('\r\n\r\n')).toBe(true);
  expect(await stub.raw('HEAD /v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1.1 404 /,
  );
});

test('OPTIONS tells what a path allows', async () => {
  const answer = await stub.http.options('/v1/cart/items/p1').expect(204);
  expect(answer.headers['allow']).toBe('PUT, DELETE, OPTIONS');
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  await stub.http.options('/v1/nothing').expect(404);
});

test('an absolute address is the same request', async () => {
  const answer = await stub.raw(
    'GET http://api.shop.example/health/live?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(bodyOf(answer)).toMatchObject({ errors: [{ path: '/query/x' }] });
});
