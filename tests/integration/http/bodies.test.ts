import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bearer, startStub, USER, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

const post = (path: string) => stub.http.post(path).set('Content-Type', 'application/json');
const ADDITION = '{"productId":"p1","quantity":1}';

describe('malformed_json', () => {
  test.each(['"text"', 'null', '1', 'true', ' 1e3 '])('is not: %j is JSON, but no object', async (body) => {
    const answer = await post('/v1/cart/items').send(body).expect(400);
    expect(answer.body).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: '/body', code: 'type', message: 'must be an object' }],
    });
  });

  test.each(['{', '{"productId":}', 'nonsense', '{"a":1}{', "{'a':1}", '\u0000'])(
    'is the answer to %j',
    async (body) => {
      const answer = await post('/v1/cart/items').send(body).expect(400);
      expect(answer.body).toMatchObject({ success: false, code: 'malformed_json' });
      expect(answer.text).not.toContain('Unexpected');
    },
  );

  test('is told after the credentials are checked, so that strangers learn less', async () => {
    await post('/v1/orders').send('{').expect(401);
    await post('/v1/orders')
      .set(...bearer(USER))
      .send('{')
      .expect(400);
  });
});

describe('a body that is not in UTF-8', () => {
  test.each([
    ['Latin-1', Buffer.from('{"name":"Zo\u00eb","email":"zoe@example.com","message":"Hello"}', 'latin1')],
    ['half a character', Buffer.from('{"name":"\u00eb', 'utf8').subarray(0, 10)],
  ])('is refused as what it is, and not stored with other characters: %s', async (_what, bytes) => {
    const answer = await post('/v1/contacts')
      .serialize((body: unknown) => body as string)
      .send(bytes)
      .expect(400);
    expect(answer.body).toMatchObject({ code: 'malformed_json', message: 'The body is not valid UTF-8.' });
    expect(stub.calls).toEqual([]);
  });
});

describe('unsupported_media_type', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    '*/*',
    ';',
  ])('is the answer to %s', async (type) => {
    const answer = await stub.http
      .post('/v1/cart/items')
      .set('Content-Type', type)
      .send(ADDITION)
      .expect(415);
    expect(answer.body).toMatchObject({ success: false, code: 'unsupported_media_type' });
    expect(stub.calls).toEqual([]);
  });

  test('is the answer to a body without a type', async () => {
    const answer = await stub.raw(
      `POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${ADDITION.length}\r\n\r\n${ADDITION}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 415 /);
  });

  test('is the answer to a compressed body', async () => {
    const answer = await post('/v1/cart/items')
      .set('Content-Encoding', 'gzip')
      .serialize((body: unknown) => body as string)
      .send(gzipSync(ADDITION));
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({ code: 'unsupported_media_type' });
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON;charset="UTF-8"',
    'application/json; version=1',
  ])('is not the answer to %s', async (type) => {
    await stub.http.post('/v1/cart/items').set('Content-Type', type).send(ADDITION).expect(200);
  });
});

describe('payload_too_large', () => {
  const padded = (bytes: number): string =>
    ADDITION.replace('"p1"', `"${'p'.repeat(bytes - ADDITION.length + 2)}"`);

  test('is the answer to more than 100 kB', async () => {
    const answer = await post('/v1/cart/items')
      .send(padded(100 * 1024 + 1))
      .expect(413);
    expect(answer.body).toMatchObject({ success: false, code: 'payload_too_large' });
    await post('/v1/cart/items')
      .send(padded(100 * 1024))
      .expect(400);
  });

  test('is the answer to more than 100 kB that come in pieces', async () => {
    const size = (120 * 1024).toString(16);
    const answer = await stub.raw(
      'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
        `${size}\r\n${' '.repeat(120 * 1024)}\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe('the webhook', () => {
  const deliver = (body: string) =>
    post('/v1/webhooks/razorpay').set('X-Razorpay-Signature', 'f00d').send(body);

  test('keeps the bytes as they came', async () => {
    const body = '{ "event": "payment.captured",\n "amount": 1.0, "name": "Åsa \\u00e5" }';
    await deliver(body).expect(200);
    expect(stub.calls[0]?.call.context.rawBody?.toString()).toBe(body);
  });

  test('takes up to 1 MB, and no more', async () => {
    const body = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    await deliver(body(1024 * 1024)).expect(200);
    await deliver(body(1024 * 1024 + 1)).expect(413);
  });

  test('is not brought down by a deep nest', async () => {
    await deliver(`{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`).expect(200);
  });
});

test('operations without a body ignore one, whatever its type', async () => {
  await stub.http.delete('/v1/cart').set('Content-Type', 'text/csv').send('a,b').expect(200);
  expect(stub.calls[0]?.call).toMatchObject({ body: undefined });
});

test('a body that is cut off is no request', async () => {
  const head =
    'POST /v1/cart/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n';
  await stub.raw(head + ADDITION, { end: true });
  await stub.http.get('/health/live').expect(200);
  expect(stub.calls.map(({ operation }) => operation)).toEqual(['getLiveness']);
});

test('a thousand different media types leave nothing behind', async () => {
  const send = async (round: number, count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      await stub.http.get('/v1/products/p1').set('Content-Type', `text/x-${round}-${at}`);
      await stub.http
        .post('/v1/cart/items')
        .set('Content-Type', `application/json; x${round}-${at}=1`)
        .send(ADDITION);
    }
    stub.reset();
  };
  await send(0, 50);
  const before = heapMb();
  await send(1, 500);
  // Each type used to cost more than 40 kB for good: 40 MB in all.
  expect(heapMb() - before).toBeLessThan(10);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_000_000;
}
