import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startConsoleApp, type ConsoleApp } from '../../support/console.js';

const FILES = readdirSync('src/sandbox/console/page').filter((file) => /\.(js|css)$/.test(file));

describe('X7: who is let into the console', () => {
  let at: ConsoleApp;
  beforeAll(async () => {
    at = await startConsoleApp();
  });
  afterAll(() => at.stop());

  const JSON_TYPE = { 'content-type': 'application/json' };
  /** A request with exactly these headers; `fetch` would not send some of them. */
  const ask = (method: string, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((answered, failed) => {
      const { hostname, port, host } = new URL(at.url);
      const outgoing = request(
        { hostname, port, method, path, headers: { host, ...headers } },
        (response) => {
          response.resume();
          answered(response.statusCode ?? 0);
        },
      );
      outgoing.once('error', failed);
      outgoing.end(method === 'POST' ? '{"minutes":1}' : undefined);
    });

  it('nobody through another site’s page, another name, or a proxy', async () => {
    const before = (await at.state()).clock.aheadMs;
    const path = '/sandbox/do/clock';
    expect(await ask('POST', path, {})).toBe(415);
    expect(await ask('POST', path, { 'content-type': 'text/plain' })).toBe(415);
    expect(await ask('POST', path, { ...JSON_TYPE, origin: 'https://evil.example' })).toBe(403);
    expect(await ask('POST', path, { ...JSON_TYPE, origin: 'null' })).toBe(403);
    expect(await ask('POST', path, { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('POST', path, { ...JSON_TYPE, host: 'evil.example' })).toBe(403);
    expect(await ask('GET', '/sandbox/state', { host: 'evil.example' })).toBe(403);
    for (const name of ['for', 'host', 'proto'].map((what) => `x-forwarded-${what}`))
      expect([name, await ask('GET', '/sandbox', { [name]: 'shop.example' })]).toEqual([name, 403]);
    for (const name of ['forwarded', 'via', 'x-real-ip'])
      expect([name, await ask('GET', '/sandbox', { [name]: '203.0.113.7' })]).toEqual([name, 403]);
    expect(await ask('PUT', path, JSON_TYPE)).toBe(404);
    expect((await at.state()).clock.aheadMs).toBe(before);
    expect(await ask('POST', path, { ...JSON_TYPE, origin: at.url, 'sec-fetch-site': 'same-origin' })).toBe(
      200,
    );
  });

  it('the page may load its own files, and be in nobody’s frame', async () => {
    for (const path of ['', '/', ...FILES.map((file) => `/${file}`)]) {
      const response = await fetch(`${at.url}/sandbox${path}`);
      expect([path, response.status]).toEqual([path, 200]);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
    for (const path of ['/nothing', '/../package.json', '/tsconfig.json']) {
      expect((await fetch(`${at.url}/sandbox${path}`)).status).toBe(404);
    }
  });

  it('HEAD is answered as GET is, without the body', async () => {
    for (const path of ['/sandbox', '/sandbox/console.css', '/sandbox/nothing']) {
      const [head, get] = await Promise.all(
        ['HEAD', 'GET'].map((method) => fetch(`${at.url}${path}`, { method })),
      );
      expect([path, head?.status]).toEqual([path, get?.status]);
      expect(head?.headers.get('content-type')).toBe(get?.headers.get('content-type'));
      expect(await head?.text()).toBe('');
    }
  });

  it('all else is the API’s', async () => {
    expect((await fetch(`${at.url}/v1/products`)).status).toBe(200);
    const other = await fetch(`${at.url}/sandboxes`);
    expect(await other.json()).toMatchObject({ code: 'not_found' });
  });
});
