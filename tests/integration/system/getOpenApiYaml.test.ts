import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { parse } from 'yaml';
import { startTestApp, type TestApp } from '../../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const get = (path: string) => request(app.url).get(path).expect(200);

describe('200', () => {
  it('X1 says the same as the JSON', async () => {
    const answer = await get('/openapi.yaml').expect('Content-Type', /^application\/yaml/);
    const text = answer.text || (answer.body as Buffer).toString();
    expect(parse(text)).toEqual((await get('/openapi.json')).body);
  });
});
