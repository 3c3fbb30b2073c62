import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const get = (path: string) => request(app.url).get(path).expect(200);

describe('200', () => {
  it('X1 is one page that loads nothing from elsewhere, under a policy that holds it to that', async () => {
    const answer = await get('/docs').expect('Content-Type', /^text\/html/);
    expect(answer.text).toContain('Holdfast');
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'sha256-/);
    expect(answer.text).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  });
});
