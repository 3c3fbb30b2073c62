import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const get = (path: string) => request(app.url).get(path).expect(200);

describe('200', () => {
  it('X1 is the contract that the server was made from, and may be kept for a while', async () => {
    const answer = await get('/openapi.json').expect('Content-Type', /^application\/json/);
    expect(answer.body).toEqual(JSON.parse(readFileSync('generated/openapi.json', 'utf8')));
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
  });
});
