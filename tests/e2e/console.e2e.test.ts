import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ready, startChild, type Child } from '../support/child.js';
import { productionEnv } from '../support/production.js';
import { startShopProcess } from '../support/shop.process.js';

/* The built server, which has the console's files beside it, with and without a sandbox. */

const PAGE = 'dist/src/sandbox/console/page/index.html';
const children: Child[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) if (child.isRunning()) await child.end('SIGKILL');
});

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"minutes":1}' };

describe('X7: the console', () => {
  it('is not there in production, whatever lies beside the server: the contract’s 404', async () => {
    expect(existsSync(resolve(PAGE))).toBe(true);
    const child = await startChild({ env: productionEnv() });
    children.push(child);
    await ready(child);
    const asked: [string, RequestInit][] = [
      ['/sandbox', {}],
      ['/sandbox/', {}],
      ['/sandbox/state', {}],
      ['/sandbox/console.js', {}],
      ['/sandbox/do/clock', post],
    ];
    for (const [path, init] of asked) {
      const response = await fetch(`${child.url}${path}`, init);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.json()).toMatchObject({ success: false, code: 'not_found' });
    }
    expect(child.output()).not.toContain('Console ');
  }, 90_000);

  it('is there in development, and is told about at the start', async () => {
    const shop = await startShopProcess();
    children.push(shop.child);
    try {
      const page = await fetch(`${shop.url}/sandbox`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<title>Holdfast sandbox</title>');
      expect(shop.child.output()).toContain(`Console           ${shop.url}/sandbox`);
      const moved = await fetch(`${shop.url}/sandbox/do/clock`, post);
      expect(await moved.json()).toMatchObject({ message: expect.stringContaining('1 min ahead') });
    } finally {
      await shop.stop();
    }
  }, 60_000);

  it('and the mails beside it are dated by the shop’s clock, wherever that was moved', async () => {
    const shop = await startShopProcess();
    children.push(shop.child);
    try {
      const day = { ...post, body: '{"minutes":1440}' };
      expect((await fetch(`${shop.url}/sandbox/do/clock`, day)).status).toBe(200);
      const email = 'asha.of.tomorrow@example.com';
      const account = { name: 'Asha Rao', email, password: 'correct horse battery' };
      const registered = await fetch(`${shop.url}/v1/auth/register`, {
        ...post,
        body: JSON.stringify(account),
      });
      const { createdAt } = (await registered.json()) as { createdAt: string };
      const arrived = await fetch(`${shop.sesUrl}/mails?to=${email}&wait=20000`);
      const [mail] = (await arrived.json()) as { at: string }[];
      const laterMs = Date.parse(mail?.at ?? '') - Date.parse(createdAt);
      expect(laterMs).toBeGreaterThanOrEqual(0);
      expect(laterMs).toBeLessThan(60_000);
    } finally {
      await shop.stop();
    }
  }, 60_000);
});
