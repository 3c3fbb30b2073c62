import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { wrongPlaces } from '../../support/bodies.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

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
    expect((await get('no-such-page').expect(404)).body).toMatchObject({ success: false, code: 'not_found' });
  });
});
