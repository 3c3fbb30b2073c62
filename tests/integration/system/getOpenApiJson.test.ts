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

describe('304', () => {
  it('X1 says that a copy is right, and sends it again where it is another', async () => {
    const etag = (await get('/openapi.json')).headers['etag'] ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const answer = await request(app.url).get('/openapi.json').set('If-None-Match', etag).expect(304);
    expect([answer.text, answer.headers['etag']]).toEqual(['', etag]);
    await request(app.url).get('/openapi.json').set('If-None-Match', '"another"').expect(200);
  });
});
