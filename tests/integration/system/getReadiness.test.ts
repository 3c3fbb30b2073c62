import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('200', () => {
  it('X1 says that the database and Redis answer', async () => {
    const answer = await request(app.url).get('/health/ready').expect(200);
    expect(answer.body).toEqual({ status: 'ok', checks: { database: 'ok', redis: 'ok' } });
  });
});
