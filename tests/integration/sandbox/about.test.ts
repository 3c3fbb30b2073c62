import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRazorpaySandbox } from '../../../src/sandbox/razorpay.js';
import { startSesSandbox } from '../../../src/sandbox/ses.js';
import { startTimeMachine } from '../../../src/sandbox/timemachine.js';
import { startTestApp, type TestApp } from '../../support/app.js';

const CONSOLE = { consoleUrl: 'http://127.0.0.1:3000/sandbox', log: () => undefined };
const KEYS = { keyId: 'key', keySecret: 'secret', webhookSecret: 'hook', webhookUrl: 'http://127.0.0.1:9/' };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('X7: a stand-in that is looked at', () => {
  it.each([
    ['Razorpay', () => startRazorpaySandbox({ ...KEYS, ...CONSOLE }), '/control/trouble'],
    ['Amazon SES', () => startSesSandbox(CONSOLE), '/control/trouble'],
    ['Clock and jobs', () => startTimeMachine(app.holdfast, CONSOLE), 'POST /jobs'],
  ])(
    '%s says what it is, where its control is, and the way back to the console',
    async (name, start, control) => {
      const server = await start();
      try {
        const page = await fetch(`${server.url}/`);
        const text = await page.text();
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(text).toContain(`<h1>${name}, in the sandbox</h1>`);
        expect(text).toContain(control);
        expect(text).toContain(`href="${CONSOLE.consoleUrl}"`);
        expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      } finally {
        await server.stop();
      }
    },
  );

  it('without a console it says the rest', async () => {
    const server = await startSesSandbox({ log: CONSOLE.log });
    const text = await (await fetch(`${server.url}/`)).text();
    expect(text).toContain('A stand-in for Amazon SES');
    expect(text).not.toContain('/sandbox');
    await server.stop();
  });
});

describe('X7: the clock', () => {
  it('is told as it is, and after it was moved', async () => {
    const server = await startTimeMachine(app.holdfast, CONSOLE);
    const tell = async (init?: RequestInit): Promise<{ now: string; aheadMs: number }> =>
      (await (await fetch(`${server.url}/clock`, init)).json()) as { now: string; aheadMs: number };
    try {
      const before = await tell();
      expect(before.aheadMs).toBe(app.holdfast.clock.aheadMs());
      expect(Math.abs(Date.parse(before.now) - app.holdfast.clock.now().getTime())).toBeLessThan(60_000);
      const headers = { 'content-type': 'application/json' };
      const moved = await tell({ method: 'POST', headers, body: '{"advanceMs":960000}' });
      expect(moved.aheadMs - before.aheadMs).toBe(960_000);
      expect((await tell()).aheadMs).toBe(moved.aheadMs);
      expect(Date.parse(moved.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(960_000);
    } finally {
      await server.stop();
    }
  });
});
