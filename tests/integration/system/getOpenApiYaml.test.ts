import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { parse } from 'yaml';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const get = (path: string) => request(app.url).get(path).expect(200);

describe('200', () => {
  it('X1 says the same as the JSON', async () => {
    const answer = await get('/openapi.yaml').expect('Content-Type', /^application\/yaml/);
    const text = answer.text || (answer.body as Buffer).toString();
    expect(parse(text)).toEqual((await get('/openapi.json')).body);
  });
});

describe('304', () => {
  it('X1 says that a copy is right, and sends it again where it is another', async () => {
    const etag = (await get('/openapi.yaml')).headers['etag'] ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const answer = await request(app.url).get('/openapi.yaml').set('If-None-Match', etag).expect(304);
    expect([answer.text, answer.headers['etag']]).toEqual(['', etag]);
    await request(app.url).get('/openapi.yaml').set('If-None-Match', '"another"').expect(200);
  });
});
