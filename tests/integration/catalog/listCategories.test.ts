import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { CategoryList, ProductPage } from '../../../generated/openapi.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { aProduct } from '../../support/flows.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const list = (query: object = {}) => request(app.url).get('/v1/categories').query(query);
async function shown(): Promise<[string, number][]> {
  return bodyOf<CategoryList>(await list().expect(200)).data.map(({ name, products }) => [name, products]);
}

describe('200', () => {
  it('P4 an empty catalogue has no category', async () => {
    const answer = await list().expect(200);
    expect(answer.body).toEqual({ data: [] });
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it('P4 each category of what is for sale, by name, with how many products it has, sold-out ones too', async () => {
    const { catalog } = app.holdfast.services;
    for (const category of ['Zinc', 'lighting', 'Écru', 'Lighting', 'lighting', 'eczema care']) {
      await aProduct(app, { category, stock: category === 'Zinc' ? 0 : 1 });
    }
    const gone = await aProduct(app, { category: 'Archived' });
    await catalog.archive(gone.id);
    expect(await shown()).toEqual([
      ['Écru', 1],
      ['eczema care', 1],
      ['Lighting', 1],
      ['lighting', 2],
      ['Zinc', 1],
    ]);
  });

  it('P4 the name of a category finds its products', async () => {
    for (const [category, products] of await shown()) {
      const answer = await request(app.url).get('/v1/products').query({ category }).expect(200);
      expect([category, bodyOf<ProductPage>(answer).pagination.total]).toEqual([category, products]);
    }
  });

  it('P4 shows a new product, one that moved and one taken off sale at once', async () => {
    const { catalog } = app.holdfast.services;
    const fresh = async () => (await shown()).filter(([name]) => name.startsWith('Fresh'));
    expect(await fresh()).toEqual([]);
    const { id, version } = await aProduct(app, { category: 'Fresh' });
    expect(await fresh()).toEqual([['Fresh', 1]]);
    await catalog.update(id, { version, category: 'Fresher' });
    expect(await fresh()).toEqual([['Fresher', 1]]);
    await catalog.archive(id);
    expect(await fresh()).toEqual([]);
  });

  it('P4 tells at most 200, those with the most products', async () => {
    for (let i = 0; i < 201; i += 1) await aProduct(app, { category: `Bound ${i}`, stock: 0 });
    const told = await shown();
    expect(told).toHaveLength(200);
    // It has two, and would be among the last by name.
    expect(told).toContainEqual(['lighting', 2]);
  }, 60_000);
});

describe('400', () => {
  it('P4 refuses a parameter: the list comes whole', async () => {
    expect(wrongPlaces(await list({ page: '1' }).expect(400))).toEqual(['/query/page']);
  });
});
