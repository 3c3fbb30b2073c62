import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { wrongPlaces } from '../../support/bodies.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const get = (headers: Record<string, string> = {}) => request(app.url).get('/docs').set(headers);

describe('200', () => {
  it('X1 is a page without a script or a style in it, which loads nothing from elsewhere', async () => {
    const { text, headers } = await get().expect(200).expect('Content-Type', 'text/html; charset=utf-8');
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).toContain('Holdfast');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers['content-security-policy']).toMatch(
      /require-trusted-types-for 'script'; trusted-types 'none'$/,
    );
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src="\/docs\/)/);
    expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  });
});

describe('304', () => {
  it('X1 who has it already gets no bytes', async () => {
    const { etag = '' } = (await get()).headers as Record<string, string>;
    const answer = await get({ 'If-None-Match': etag }).expect(304);
    expect(answer.headers).toMatchObject({ etag, 'cache-control': 'public, no-cache' });
    expect(answer.text).toBe('');
    await get({ 'If-None-Match': '"another"' }).expect(200);
  });

  it('X1 what is known may be long, and of any kind', async () => {
    const { etag = '' } = (await get()).headers as Record<string, string>;
    const others = Array.from({ length: 300 }, (_, at) => `"copy-${at}-of-another"`).join(', ');
    await get({ 'If-None-Match': others }).expect(200);
    await get({ 'If-None-Match': `${others}, ${etag}` }).expect(304);
    await get({ 'If-None-Match': '"caf\u00e9"' }).expect(200);
  });
});

describe('400', () => {
  it('refuses a query parameter that there is not', async () => {
    expect(wrongPlaces(await request(app.url).get('/docs?colour=red').expect(400))).toEqual([
      '/query/colour',
    ]);
  });
});
