import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createMock } from '../../scripts/mock/server.js';
import { createLog } from '../../src/platform/log.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { customer, PASSWORD } from '../support/flows.js';
import { bearer, tokenOf } from '../support/samples.js';

/*
 * Whoever writes a client against the mock meets the same refusals later: the same wrong request, sent to both, is refused with
 * the same status, in the same words, at the same places.
 */

const ORIGIN = 'http://localhost:5173';
const mock = createMock({ environment: 'test', corsOrigins: [ORIGIN], log: createLog({ level: 'silent' }) });
let app: TestApp;
let mockUrl: string;
let token: string;

beforeAll(async () => {
  app = await startTestApp({ env: { CORS_ORIGINS: ORIGIN } });
  mockUrl = `http://127.0.0.1:${await mock.listen(0, '127.0.0.1')}`;
  const { email } = await customer(app);
  token = await tokenOf(app.url, email, PASSWORD);
});
afterAll(async () => {
  await mock.stop(100);
  await app.stop();
});

type Wrong = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  isSignedIn?: boolean;
};
const JSON_TYPE = { 'content-type': 'application/json' };
const KEY = { 'idempotency-key': 'the-same-for-both' };

const wrong: Record<string, Wrong> = {
  'an address that there is not': { method: 'get', path: '/v1/nothing' },
  'a method that there is not': { method: 'patch', path: '/v1/products' },
  'an address that is too long': { method: 'get', path: `/v1/products?q=${'a'.repeat(13_000)}` },
  'an unknown parameter': { method: 'get', path: '/v1/products?colour=red' },
  'a parameter of another type': { method: 'get', path: '/v1/products?limit=many&inStock=perhaps' },
  'a parameter out of range': { method: 'get', path: '/v1/products?limit=1000&page=0' },
  'parameters that are unknown, empty, repeated and of another type': {
    method: 'get',
    path: '/v1/products?colour=red&size=9&q=&category=a&category=b&page=0x2&inStock=perhaps&sort=a:b&q[$ne]=1',
  },
  'a path, a query and a body at once': {
    method: 'put',
    path: '/v1/cart/items/some%20id?colour=red',
    headers: JSON_TYPE,
    body: '{"quantity":0}',
  },
  'fields that break two rules each': {
    method: 'post',
    path: '/v1/auth/register',
    headers: JSON_TYPE,
    body: JSON.stringify({ name: '', email: 'a b', phone: 'a'.repeat(30), password: 'short\u0000' }),
  },
  'an empty parameter': { method: 'get', path: '/v1/products?q=' },
  'a sort that there is not': { method: 'get', path: '/v1/products?sort=colour' },
  'an id that is none': { method: 'get', path: `/v1/products/${'a'.repeat(65)}` },
  'nobody, where somebody is asked for': { method: 'get', path: '/v1/users/me' },
  'no token for the figures': { method: 'get', path: '/metrics' },
  'no body': { method: 'post', path: '/v1/auth/login', headers: JSON_TYPE },
  'a body that is no JSON': { method: 'post', path: '/v1/auth/login', headers: JSON_TYPE, body: '{"email":' },
  'a body that is no object': { method: 'post', path: '/v1/auth/login', headers: JSON_TYPE, body: '7' },
  'a body of another type': {
    method: 'post',
    path: '/v1/auth/login',
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
  },
  'a body that is too large': {
    method: 'post',
    path: '/v1/contacts',
    headers: JSON_TYPE,
    body: JSON.stringify({ message: 'a'.repeat(110_000) }),
  },
  'a body of too many values': {
    method: 'post',
    path: '/v1/auth/login',
    headers: JSON_TYPE,
    body: JSON.stringify(Array.from({ length: 3000 }, () => 1)),
  },
  'fields that are missing, unknown and wrong': {
    method: 'post',
    path: '/v1/auth/register',
    headers: JSON_TYPE,
    body: JSON.stringify({ name: '', email: 'nobody', colour: 'red' }),
  },
  'a quantity that is none': {
    method: 'put',
    path: '/v1/cart/items/some-id',
    headers: JSON_TYPE,
    body: '{"quantity":0.5}',
  },
  'a null': {
    method: 'post',
    path: '/v1/cart/items',
    headers: JSON_TYPE,
    body: '{"productId":null,"quantity":1}',
  },
  'an order without a key': {
    method: 'post',
    path: '/v1/orders',
    headers: JSON_TYPE,
    body: '{}',
    isSignedIn: true,
  },
  'an order with a list that is wrong': {
    method: 'post',
    path: '/v1/orders',
    headers: { ...JSON_TYPE, ...KEY },
    body: '{"items":[{"productId":"a","quantity":0},{"quantity":1}],"expectedTotal":{"amount":"5"}}',
    isSignedIn: true,
  },
  'an event without its signature': {
    method: 'post',
    path: '/v1/webhooks/razorpay',
    headers: JSON_TYPE,
    body: '{}',
  },
  'a page that may not': {
    method: 'post',
    path: '/v1/auth/login',
    headers: { ...JSON_TYPE, origin: 'https://evil.example' },
    body: '{}',
  },
  'a page of the documentation that there is not': { method: 'get', path: '/docs/no-such-page' },
};

async function refusalAt(url: string, { method, path, headers = {}, body, isSignedIn }: Wrong) {
  const answer = await request(url)
    [method](path)
    .set({ ...headers, ...(isSignedIn === true && bearer(token)) })
    .send(body);
  const { requestId, ...told } = answer.body as Record<string, unknown>;
  expect(requestId).toBe(answer.headers['x-request-id']);
  const named = ['content-type', 'allow', 'www-authenticate', 'retry-after', 'cache-control'];
  return { status: answer.status, told, headers: named.map((name) => answer.headers[name]) };
}

describe('X6 the mock refuses as the server does', () => {
  it.each(Object.entries(wrong))('%s', async (_what, one) => {
    const ofServer = await refusalAt(app.url, one);
    expect(ofServer.status).toBeGreaterThanOrEqual(400);
    expect(ofServer.status).toBeLessThan(500);
    expect(await refusalAt(mockUrl, one)).toEqual(ofServer);
  });
});
