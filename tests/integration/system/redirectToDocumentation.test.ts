import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { wrongPlaces } from '../../support/bodies.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('308', () => {
  it('X1 leads to the first page', async () => {
    const answer = await request(app.url).get('/docs/').expect(308);
    expect(answer.headers['location']).toBe('/docs');
    await request(app.url)
      .get('/docs/')
      .redirects(1)
      .expect(200)
      .expect('Content-Type', /^text\/html/);
  });
});

describe('400', () => {
  it('refuses a query parameter that there is not', async () => {
    expect(wrongPlaces(await request(app.url).get('/docs/?colour=red').expect(400))).toEqual([
      '/query/colour',
    ]);
  });
});
