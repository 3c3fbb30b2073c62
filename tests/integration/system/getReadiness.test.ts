import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('X1 says that the database and Redis answer', async () => {
    const answer = await request(app.url).get('/health/ready').expect(200);
    expect(answer.body).toEqual({ status: 'ok', checks: { database: 'ok', redis: 'ok' } });
  });
});
