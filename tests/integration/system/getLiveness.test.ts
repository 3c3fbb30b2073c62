import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('X1 says that the process lives', async () => {
    const answer = await request(app.url).get('/health/live').expect(200);
    expect(answer.body).toEqual({ status: 'ok' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
