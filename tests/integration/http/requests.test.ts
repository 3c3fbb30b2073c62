import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { USER, bearer, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

type Answer = {
  status: number;
  body: { code: string; errors?: { path: string; code: string; message: string }[] };
};
const paths = ({ body }: Answer): string[] => (body.errors ?? []).map(({ path }) => path);

const REGISTRATION = { name: 'Asha Rao', email: 'asha@example.com', password: 'correct horse battery' };

const order = (body: unknown) =>
  stub.http
    .post('/v1/orders')
    .set(...bearer(USER))
    .set('Idempotency-Key', 'key-12345')
    .send(body as object);
const addition = (body: unknown) => stub.http.post('/v1/cart/items').send(body as object);
const rawAddition = (json: string) =>
  stub.http.post('/v1/cart/items').set('Content-Type', 'application/json').send(json);

describe('a valid request', () => {
  test('reaches its handler with every part typed, defaults included', async () => {
    await stub.http.get('/v1/products?q=brass%20lamp&minPrice=100&inStock=true').expect(200);
    expect(stub.calls).toMatchObject([
      {
        operation: 'listProducts',
        call: {
          path: {},
          query: { q: 'brass lamp', minPrice: 100, inStock: true, page: 1, limit: 20, sort: 'newest' },
          headers: {},
          cookies: {},
          body: undefined,
          principal: undefined,
        },
      },
    ]);
  });

  test('has the header, the cookie and the path parameters under the names of the contract, and no other', async () => {
    await order({}).set('Cookie', 'holdfast_cart=cart-1; other=1').set('X-Other', '1').expect(201);
    await stub.http.delete('/v1/cart/items/abc-123').expect(200);
    expect(stub.calls[0]?.call).toMatchObject({
      headers: { 'Idempotency-Key': 'key-12345' },
      cookies: { holdfast_cart: 'cart-1' },
      principal: { userId: 'user-user', role: 'user' },
      context: { address: '127.0.0.1', rawBody: undefined },
    });
    expect(stub.calls[0]?.call['cookies']).toEqual({ holdfast_cart: 'cart-1' });
    expect(stub.calls[0]?.call['headers']).toEqual({ 'Idempotency-Key': 'key-12345' });
    expect(stub.calls[1]?.call['path']).toEqual({ productId: 'abc-123' });
  });

  test('may search for words with reserved characters in them', async () => {
    await stub.http.get('/v1/products?q=a:b/c&category=Lamps%20%26%20more').expect(200);
    expect(stub.calls[0]?.call['query']).toMatchObject({ q: 'a:b/c', category: 'Lamps & more' });
  });
});

describe('X2: 400 validation_failed', () => {
  afterEach(() => expect(stub.calls).toEqual([]));

  test('names an unknown field', async () => {
    const answer = await addition({ productId: 'p1', quantity: 1, colour: 'red' }).expect(400);
    expect(answer.body).toMatchObject({ success: false, code: 'validation_failed' });
    expect(answer.body).toMatchObject({ errors: [{ path: '/body/colour', code: 'additionalProperties' }] });
  });

  test('names an unknown query parameter', async () => {
    const answer = await stub.http.get('/v1/products?colour=red').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ path: '/query/colour', code: 'unknown' }] });
  });

  test('names every problem of a query at once, each parameter once', async () => {
    const query = 'colour=red&size=9&q=&page=0x2&limit=500&sort=random&inStock=perhaps&minPrice=1&minPrice=2';
    const answer: Answer = await stub.http.get(`/v1/products?${query}`).expect(400);
    const told = answer.body.errors?.map(({ path, code, message }) => `${path} ${code}: ${message}`);
    expect(told?.sort()).toEqual([
      '/query/colour unknown: is not a parameter of this operation',
      '/query/inStock type: must be true or false',
      '/query/limit maximum: must be 100 or less',
      '/query/minPrice repeated: must not be given more than once',
      '/query/page type: must be a whole number, written in at most 16 digits',
      '/query/q empty: must not be empty',
      '/query/size unknown: is not a parameter of this operation',
      '/query/sort enum: must be one of: newest, price, -price, name',
    ]);
  });

  test('names the problems of path, query and body in one answer', async () => {
    const answer: Answer = await stub.http
      .put('/v1/cart/items/with%20space?colour=red')
      .send({ quantity: 0, size: 9 })
      .expect(400);
    expect(paths(answer).sort()).toEqual([
      '/body/quantity',
      '/body/size',
      '/path/productId',
      '/query/colour',
    ]);
  });

  test('holds a value with reserved characters against the rule of its parameter', async () => {
    const answer = await stub.http.get('/v1/products?sort=a:b').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ path: '/query/sort', code: 'enum' }] });
  });

  test('names an operator in a query as the unknown parameter that it is', async () => {
    const answer: Answer = await stub.http.get('/v1/products?q[$ne]=1&page[$gt]=0').expect(400);
    expect(paths(answer)).toEqual(['/query/q[$ne]', '/query/page[$gt]']);
  });

  test.each([
    ['type alone', '/v1/auth/register', { ...REGISTRATION, email: 7 }, '/body/email', 'type'],
    [
      'format before pattern',
      '/v1/auth/register',
      { ...REGISTRATION, email: 'a b' },
      '/body/email',
      'format',
    ],
    [
      'format before length',
      '/v1/auth/register',
      { ...REGISTRATION, email: 'a'.repeat(300) },
      '/body/email',
      'format',
    ],
    [
      'emptiness before pattern',
      '/v1/auth/register',
      { ...REGISTRATION, name: '' },
      '/body/name',
      'minLength',
    ],
    [
      'pattern before length',
      '/v1/auth/register',
      { ...REGISTRATION, phone: 'a'.repeat(30) },
      '/body/phone',
      'pattern',
    ],
    [
      'a bound before format',
      '/v1/cart/items',
      { productId: 'p1', quantity: 2 ** 40 },
      '/body/quantity',
      'maximum',
    ],
  ])('tells one problem of a field: %s', async (_which, path, body, place, rule) => {
    const answer: Answer = await stub.http.post(path).send(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ path: place, code: rule }]);
    expect(answer.body.errors).toHaveLength(1);
  });

  test.each([
    [
      { ...REGISTRATION, name: 'Asha\nRao' },
      '/body/name must not be blank, nor have control characters, line breaks among them',
    ],
    [
      { ...REGISTRATION, phone: '(098) 450' },
      '/body/phone must be a phone number of digits, spaces, - and ( ), with + before them or not',
    ],
  ])('says what a pattern asks for, in words', async (body, told) => {
    const answer: Answer = await stub.http.post('/v1/auth/register').send(body).expect(400);
    expect(answer.body.errors?.map(({ path, message }) => `${path} ${message}`)).toEqual([told]);
  });

  test('names an empty query parameter', async () => {
    const answer = await stub.http.get('/v1/products?page=').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ path: '/query/page', code: 'empty' }] });
  });

  test('names every problem of a body at once', async () => {
    const items = [
      { productId: 'p1', quantity: 0 },
      { productId: 'with space', quantity: 1 },
    ];
    const answer: Answer = await order({ items, expectedTotal: { amount: -1 } }).expect(400);
    expect(paths(answer)).toEqual(
      expect.arrayContaining([
        '/body/items/0/quantity',
        '/body/items/1/productId',
        '/body/expectedTotal/amount',
        '/body/expectedTotal/currency',
      ]),
    );
  });

  test('names path, header and cookie parameters', async () => {
    const inPath: Answer = await stub.http.get('/v1/products/with%20space').expect(400);
    expect(paths(inPath)).toEqual(['/path/productId']);
    const inHeader: Answer = await stub.http
      .post('/v1/orders')
      .set(...bearer(USER))
      .send({})
      .expect(400);
    expect(paths(inHeader)).toEqual(['/headers/idempotency-key']);
    const inCookie: Answer = await stub.http
      .get('/v1/cart')
      .set('Cookie', `holdfast_cart=${'a'.repeat(4_097)}`)
      .expect(400);
    expect(paths(inCookie)).toEqual(['/cookies/holdfast_cart']);
  });

  test.each([
    ['zero', '0'],
    ['negative', '-1'],
    ['a fraction', '1.5'],
    ['a text', '"1"'],
    ['infinite', '1e400'],
    ['too large', '100'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['an operator', '{"$gt":0}'],
    ['a truth value', 'true'],
  ])('refuses a quantity that is %s', async (_name, quantity) => {
    const answer: Answer = await rawAddition(`{"productId":"p1","quantity":${quantity}}`).expect(400);
    expect(new Set(paths(answer))).toEqual(new Set(['/body/quantity']));
  });

  test.each([
    ['NUL', { email: 'a@b.example', password: 'pass\u0000word' }],
    ['a lone surrogate', { email: 'a@b.example', password: 'pass\ud800word' }],
    ['an operator', { email: { $gt: '' }, password: 'password' }],
  ])('refuses %s in a text', async (_name, body) => {
    await stub.http.post('/v1/auth/login').send(body).expect(400);
  });

  test.each([
    ['an operator object', 'q[$ne]='],
    ['an operator object with a value', 'q[$ne]=1'],
    ['a parameter twice', 'page=1&page=2'],
    ['a text twice', 'q=a&q=b'],
    ['a list', 'q[]=a'],
    ['a fraction', 'page=1.5'],
    ['words for a number', 'page=two'],
    ['NUL', 'q=a%00b'],
    ['a prototype', '__proto__[role]=admin'],
    ['a prototype, plain', '__proto__=1'],
    ['a constructor', 'constructor=1'],
    ['a value out of the list', 'sort=random'],
    ['more than the most', 'limit=101'],
    ['an infinite number', 'minPrice=1e400'],
    ['a number in hexadecimal', 'page=0x2'],
    ['a number with an exponent', 'limit=1e1'],
    ['a number with a blank before it', 'page=%202'],
    ['a number with a sign before it', 'page=%2B2'],
    ['more digits than a number carries', `minPrice=${'9'.repeat(17)}`],
  ])('refuses a query with %s', async (_name, query) => {
    const answer: Answer = await stub.http.get(`/v1/products?${query}`).expect(400);
    expect(answer.body.code).toBe('validation_failed');
    expect(paths(answer)[0]).toMatch(/^\/query\//);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString', '$where'])(
    'refuses the key %s in a body',
    async (key) => {
      const answer: Answer = await rawAddition(
        `{"productId":"p1","quantity":1,"${key}":{"role":"admin"}}`,
      ).expect(400);
      expect(paths(answer)).toEqual([`/body/${key}`]);
      expect(Reflect.get({}, 'role')).toBeUndefined();
    },
  );

  test.each(['[]', '[{}]'])('refuses the list %s for an object', async (body) => {
    const answer: Answer = await rawAddition(body).expect(400);
    expect(paths(answer)).toContain('/body');
  });

  test('says that a body is missing', async () => {
    const answer: Answer = await stub.http.post('/v1/cart/items').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ path: '/body', code: 'required' }] });
  });

  test('never tells a value back, and bounds what it tells', async () => {
    const secret = 'hunter2-is-my-password';
    const answer = await stub.http
      .post('/v1/auth/login')
      .send({ email: secret, password: secret.repeat(9) })
      .expect(400);
    expect(answer.text).not.toContain('hunter2');
    const many = Object.fromEntries(
      Array.from({ length: 1_900 }, (_, index) => [`unknown-field-${index}`, 1]),
    );
    const bounded: Answer = await addition(many).expect(400);
    expect(bounded.body.errors).toHaveLength(100);
    const long = await addition({ ['x'.repeat(50_000)]: 1 }).expect(400);
    expect(long.text.length).toBeLessThan(2_000);
  });
});

test.each([
  ['unknown parameters', Array.from({ length: 900 }, (_, at) => `field${at}=1`)],
  ['more parameters than are read', Array.from({ length: 5_000 }, () => 'a')],
  ['operators', Array.from({ length: 900 }, (_, at) => `q[${at}]=1`)],
  ['one parameter again and again', Array.from({ length: 1_900 }, () => 'q=a')],
  ['one long text', [`q=${'a'.repeat(10_000)}`]],
  ['one long text of reserved characters', [`sort=${':'.repeat(10_000)}`]],
])('a query of 10 kB with %s costs little time', async (_name, query) => {
  await stub.http.get('/v1/products?page=0').expect(400);
  const started = performance.now();
  const answer: Answer = await stub.http.get(`/v1/products?${query.join('&')}`).expect(400);
  expect(performance.now() - started).toBeLessThan(100);
  expect(answer.body.errors?.length).toBeLessThanOrEqual(100);
});

test.each([
  ['a list of wrong items', JSON.stringify({ items: Array.from({ length: 40_000 }, () => 1) })],
  ['as many wrong items as are looked at', JSON.stringify({ items: Array.from({ length: 1_990 }, () => 1) })],
  [
    'unknown fields',
    JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`field${at}`, 1]))),
  ],
  ['a deep nest', `{"items":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['one long text', JSON.stringify({ shippingAddress: { name: ' '.repeat(95_000) } })],
])('%s within the allowed size costs little time', async (_name, body) => {
  const warm = await order({ items: 1 });
  expect(warm.status).toBe(400);
  const started = performance.now();
  const answer = await stub.http
    .post('/v1/orders')
    .set(...bearer(USER))
    .set('Idempotency-Key', 'key-12345')
    .set('Content-Type', 'application/json')
    .send(body);
  expect(answer.status).toBe(400);
  expect(performance.now() - started).toBeLessThan(500);
});
