import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const get = (path: string) => request(app.url).get(path).expect(200);

describe('200', () => {
  it('X1 says the same in the older form: each path and method', async () => {
    type Paths = { openapi: string; paths: Record<string, object> };
    const older = (await get('/openapi-3.0.json')).body as Paths;
    const newer = (await get('/openapi.json')).body as Paths;
    expect([older.openapi, newer.openapi]).toEqual([
      expect.stringMatching(/^3\.0\./),
      expect.stringMatching(/^3\.1\./),
    ]);
    const operationsOf = ({ paths }: Paths) =>
      Object.entries(paths).map(([path, item]) => [path, Object.keys(item).sort()]);
    expect(operationsOf(older)).toEqual(operationsOf(newer));
  });
});

describe('304', () => {
  it('X1 says that a copy is right, and sends it again where it is another', async () => {
    const etag = (await get('/openapi-3.0.json')).headers['etag'] ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const answer = await request(app.url).get('/openapi-3.0.json').set('If-None-Match', etag).expect(304);
    expect([answer.text, answer.headers['etag']]).toEqual(['', etag]);
    await request(app.url).get('/openapi-3.0.json').set('If-None-Match', '"another"').expect(200);
  });
});
