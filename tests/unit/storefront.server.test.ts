import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startStorefront, type Storefront } from '../../scripts/storefront/server.js';

let storefront: Storefront;
let port: string;
beforeAll(async () => {
  storefront = await startStorefront({
    port: 0,
    apiUrl: 'http://127.0.0.1:3000',
    checkoutUrl: 'http://127.0.0.1:4010/v1/checkout.js',
  });
  port = new URL(storefront.url).port;
});
afterAll(() => storefront.stop());

/** Status and, where it leads elsewhere, address of what is answered to exactly this path and host. */
async function ask(path: string, host = `127.0.0.1:${port}`): Promise<[status: number, location?: string]> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const answer = await text(socket);
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? [];
  const [, location] = /^location: (.*)\r$/im.exec(answer) ?? [];
  return location === undefined ? [Number(status)] : [Number(status), location];
}

it.each(['//', '//evil.example/', 'http://evil.example/', '*'])('%s is no path: 400', async (path) => {
  expect(await ask(path)).toEqual([400]);
  expect(await ask('/')).toEqual([200]);
});

it.each(['', 'a b', 'user@localhost', '127.0.0.1:99999', '['])('"%s" is no host: 400', async (host) => {
  expect(await ask('/', host)).toEqual([400]);
});

it('localhost, and no name that begins with it, leads to 127.0.0.1', async () => {
  const there = `http://127.0.0.1:${port}/style/frame.css?a=b`;
  expect(await ask('/style/frame.css?a=b', `localhost:${port}`)).toEqual([308, there]);
  expect(await ask('/style/frame.css?a=b', `LOCALHOST:${port}`)).toEqual([308, there]);
  expect(await ask('/icon.svg', `localhost.evil.example:${port}`)).toEqual([200]);
  expect(await ask('/nothing')).toEqual([404]);
});
