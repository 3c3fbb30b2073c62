import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct } from '../../support/flows.js';
import { withImages } from '../../support/pictures.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const product = await aProduct(app);
const [id = ''] = await withImages(boss, product.id, 1);

const get = (rendition: string, headers: Record<string, string> = {}) =>
  request(app.url).get(`/v1/images/${id}/${rendition}`).set(headers).buffer(true);

describe('200', () => {
  it('P2 says what it is, may be kept for good, shown by any page, and taken for nothing else', async () => {
    const answer = await get('full').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const bytes = answer.body as Buffer;
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(answer.headers['content-length']).toBe(String(bytes.length));
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('P2 each size has an ETag of its own, the same each time', async () => {
    const tags = [await get('full'), await get('full'), await get('thumbnail')].map(
      ({ headers }) => headers['etag'],
    );
    expect(tags[0]).toBe(tags[1]);
    expect(tags[2]).not.toBe(tags[0]);
  });

  it('P2 HEAD answers the same without the bytes', async () => {
    const answer = await request(app.url).head(`/v1/images/${id}/full`).expect(200);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
    expect(answer.headers['content-type']).toBe('image/webp');
  });

  it('P2 another ETag than the image’s gets the image', async () => {
    await get('full', { 'If-None-Match': '"0123456789abcdef0123456789abcdef"' }).expect(200);
  });
});

describe('304', () => {
  it('P2 who has it already gets no bytes', async () => {
    const { etag = '' } = (await get('full')).headers as Record<string, string>;
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get('full', { 'If-None-Match': value }).expect(304);
      expect(answer.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=31536000, immutable' });
      expect(answer.headers).not.toHaveProperty('content-type');
      expect(answer.body).toEqual({});
    }
  });
});

describe('400', () => {
  it('P2 refuses a size that there is not', async () => {
    expect(wrongPlaces(await get('original').expect(400))).toEqual(['/path/rendition']);
  });
});

describe('404', () => {
  it('P2 tells what does not exist, and does not let it be kept', async () => {
    const answer = await request(app.url).get('/v1/images/nothing/full').expect(404);
    expect(answer.body).toMatchObject({ code: 'not_found' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
