import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { wrongPlaces } from '../../support/bodies.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

/** What browsers send when somebody goes to an address. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

const get = (part: string, headers: Record<string, string> = {}) =>
  request(app.url).get(`/docs/${part}`).set(headers);

describe('200', () => {
  it.each([
    ['reference', 'text/html'],
    ['reference-orders', 'text/html'],
    ['schemas', 'text/html'],
    ['errors', 'text/html'],
    ['try', 'text/html'],
    ['site.css', 'text/css'],
    ['site.js', 'text/javascript'],
    ['search.js', 'text/javascript'],
    ['search-index.js', 'text/javascript'],
    ['try.js', 'text/javascript'],
    ['icon.svg', 'image/svg+xml'],
  ])('X1 %s is %s', async (part, type) => {
    await get(part).expect(200).expect('Content-Type', `${type}; charset=utf-8`);
  });
});

describe('304', () => {
  it('X1 who has it already gets no bytes', async () => {
    const { etag = '' } = (await get('reference')).headers as Record<string, string>;
    await get('reference', { 'If-None-Match': etag }).expect(304);
  });
});

describe('400', () => {
  it('X1 refuses what is no name of a part', async () => {
    expect(wrongPlaces(await get('No_Name').expect(400))).toEqual(['/path/part']);
  });
});

describe('404', () => {
  it('X1 tells in the one shape of errors that there is no such page', async () => {
    for (const headers of [{}, { Accept: '*/*' }, { Accept: 'application/json' }] as Record<
      string,
      string
    >[]) {
      const answer = await get('no-such-page', headers).expect(404);
      expect(answer.body).toMatchObject({ success: false, code: 'not_found' });
    }
    await get('not-found').expect(404);
  });

  it.each(['no-such-page', 'not-found', 'No_Name', 'far/away', 'reference/', 'reference?colour=red'])(
    'X1 a browser that goes to /docs/%s gets a page that leads on',
    async (part) => {
      const answer = await get(part, { Accept: BROWSER }).expect(404);
      expect(answer.text).toMatch(/^<!doctype html>/);
      expect(answer.text).toContain('There is no such page');
      expect(answer.text).toContain('id="search"');
      expect(answer.text).toContain('href="/docs/quick-start"');
      const page = await get('reference');
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': page.headers['content-security-policy'],
        'cache-control': 'no-store',
        vary: expect.stringContaining('Accept'),
      });
      expect(answer.headers['x-request-id']).toMatch(/./);
    },
  );

  it('X2 elsewhere a browser gets the usual error, and so does who sends something here', async () => {
    for (const path of ['/nowhere', '/v1/products/none', '/docsy'])
      await request(app.url).get(path).set('Accept', BROWSER).expect(404).expect('Content-Type', /json/);
    await request(app.url)
      .post('/docs/reference')
      .set('Accept', BROWSER)
      .expect(405)
      .expect('Content-Type', /json/);
  });
});
