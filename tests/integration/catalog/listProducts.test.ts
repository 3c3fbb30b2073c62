import { beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ProductPage } from '../../../generated/openapi.js';
import { keysOf } from '../../../src/modules/catalog/catalog.rules.js';
import { newId } from '../../../src/platform/ids.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { aProduct, customer, later } from '../../support/flows.js';
import { openRows } from '../../support/rows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const wanted = [
  { name: 'Brass Desk Lamp', price: 129_900, stock: 5 },
  { name: 'Crème brûlée dish', category: 'kitchen', price: 80_000, stock: 2 },
  { name: 'Linen notebook', category: 'stationery', price: 34_900, stock: 0 },
  { name: 'lamp shade, round', price: 34_900, stock: 1 },
  { name: 'Ärmel (a+)+$ [x] \\ *', category: 'odd', price: 1, stock: 1 },
];
for (const product of wanted) {
  await aProduct(app, product);
  // The newest first is only told apart by time.
  app.holdfast.clock.advance(1_000);
}
const { catalog } = app.holdfast.services;
const gone = await aProduct(app, { name: 'Archived lamp' });
await catalog.archive(gone.id);

const list = (query: Record<string, string>) => request(app.url).get('/v1/products').query(query);
async function names(query: Record<string, string>): Promise<string[]> {
  return bodyOf<ProductPage>(await list(query).expect(200)).data.map(({ name }) => name);
}

const LAMP = 'Brass Desk Lamp';
const DISH = 'Crème brûlée dish';
const NOTEBOOK = 'Linen notebook';
const SHADE = 'lamp shade, round';
const ODD = 'Ärmel (a+)+$ [x] \\ *';

describe('200', () => {
  it('P4 lists what is on sale, the newest first, and nothing archived', async () => {
    const answer = await list({}).expect(200);
    const { data, pagination } = bodyOf<ProductPage>(answer);
    expect(data.map(({ name }) => name)).toEqual([ODD, SHADE, NOTEBOOK, DISH, LAMP]);
    expect(pagination).toEqual({ page: 1, limit: 20, total: 5, pages: 1 });
    expect(Object.keys(data[0] ?? {}).sort()).toEqual([
      ...['available', 'category', 'createdAt', 'description', 'id', 'images'],
      ...['name', 'price', 'sku', 'updatedAt'],
    ]);
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['price', [ODD, 34_900, 34_900, DISH, LAMP]],
    ['-price', [LAMP, DISH, 34_900, 34_900, ODD]],
    ['name', [ODD, LAMP, DISH, SHADE, NOTEBOOK]],
  ])('P4 sorts by %s', async (sort, expected) => {
    const { data } = bodyOf<ProductPage>(await list({ sort }).expect(200));
    const shown = data.map(({ name, price }, i) => (typeof expected[i] === 'number' ? price.amount : name));
    expect(shown).toEqual(expected);
  });

  it.each([
    ['words in any order and capitals', 'LAMP brass', [LAMP]],
    ['the beginning of each word', 'la', [SHADE, LAMP]],
    ['nothing inside of a word', 'amp', []],
    ['every word, not some', 'lamp dish', []],
    ['words without their accents', 'creme brulee', [DISH]],
    ['words with accents', 'brûlée', [DISH]],
    ['the words of a category', 'station', [NOTEBOOK]],
    ['more words than are looked at', 'brass desk lamp brass desk lamp brass desk lamp nothing', [LAMP]],
  ])('P4 finds %s', async (_, q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  it('P4 shows a change, a new product and one taken off sale at once', async () => {
    const { catalog } = app.holdfast.services;
    const query = { category: 'fresh' };
    expect(await names(query)).toEqual([]);
    const { id, version } = await aProduct(app, { name: 'New', category: 'fresh' });
    expect(await names(query)).toEqual(['New']);
    await catalog.update(id, { version, name: 'Changed' });
    expect(await names(query)).toEqual(['Changed']);
    await catalog.archive(id);
    expect(await names(query)).toEqual([]);
  });

  it('P4 a refused change leaves the list as it is', async () => {
    const { id, version } = await aProduct(app, { name: 'Steady', category: 'steady' });
    const change = app.holdfast.services.catalog.update(id, { version: version + 1, name: 'Never' });
    await expect(change).rejects.toMatchObject({ code: 'version_conflict' });
    expect(await names({ category: 'steady' })).toEqual(['Steady']);
    await app.holdfast.services.catalog.archive(id);
  });

  it('P4 units are those of this moment, in a page that was read a moment ago too', async () => {
    const product = await aProduct(app, { category: 'counted', stock: 3 });
    const available = async (query = {}) =>
      bodyOf<ProductPage>(await list({ category: 'counted', ...query }).expect(200)).data.map(
        (row) => row.available,
      );
    expect(await available()).toEqual([3]);
    const buyer = await customer(app);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 2 }).expect(200);
    expect(await available()).toEqual([1]);
    expect(await available({ inStock: 'true' })).toEqual([1]);
    await buyer.put(`/v1/cart/items/${product.id}`).send({ quantity: 3 }).expect(200);
    expect(await available({ inStock: 'true' })).toEqual([]);
    expect(await available({ inStock: 'false' })).toEqual([0]);
    await app.holdfast.services.catalog.archive(product.id);
  });

  it('P4 finds a product by its article number', async () => {
    const { sku, name } = await aProduct(app, { name: 'Found by number', category: 'numbered' });
    expect(await names({ q: sku })).toEqual([name]);
    await app.holdfast.services.catalog.archive(
      bodyOf<ProductPage>(await list({ q: sku })).data[0]?.id ?? '',
    );
  });

  it('P4 takes the marks of an expression for spaces between words, and is quick about it', async () => {
    for (const q of ['(a+)+$', '.*', '^', '[x]', '\\', '$where', '*', '🪔', '{"$ne":""}']) {
      const started = performance.now();
      const found = await list({ q }).expect(200);
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(bodyOf<ProductPage>(found).data.length).toBeLessThanOrEqual(5);
    }
    expect(await names({ q: '(a+)+$' })).toContain(ODD);
    expect(await names({ q: '[x] (a+' })).toEqual([ODD]);
  });

  it('P4 takes blanks around words, blanks alone for no query, and finds nothing for what no name can have', async () => {
    expect(await names({ q: '  lamp   desk ' })).toEqual([LAMP]);
    expect(await names({ q: '   ' })).toHaveLength(5);
    expect(await names({ q: '---' })).toEqual([]);
  });

  it('P4 takes 100 characters, and answers no match with an empty page', async () => {
    const answer = await list({ q: 'a'.repeat(100) }).expect(200);
    expect(answer.body).toEqual({ data: [], pagination: { page: 1, limit: 20, total: 0, pages: 0 } });
  });

  it('P4 all filters hold together', async () => {
    expect(await names({ category: 'lighting', maxPrice: '50000' })).toEqual([SHADE]);
    expect(await names({ minPrice: '34900', maxPrice: '80000', sort: 'price' })).toHaveLength(3);
    expect(await names({ minPrice: '80001', maxPrice: '80000' })).toEqual([]);
    expect(await names({ category: 'lighting', q: 'brass', minPrice: '1', sort: 'name' })).toEqual([LAMP]);
    expect(await names({ category: 'Lighting' })).toEqual([]);
  });

  it('P4 pages do not overlap and leave nothing out', async () => {
    const pages = await Promise.all(
      ['1', '2', '3'].map((page) => names({ page, limit: '2', sort: 'price' })),
    );
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat()).size).toBe(5);
    expect(await names({ page: '4', limit: '2' })).toEqual([]);
  });

  it('P4 honours holds: the last unit in a cart makes a product sold out until it comes back', async () => {
    expect((await names({ inStock: 'true' })).sort()).toEqual([LAMP, DISH, SHADE, ODD].sort());
    expect(await names({ inStock: 'false' })).toEqual([NOTEBOOK]);
    const shade = bodyOf<ProductPage>(await list({ q: 'shade' })).data[0];
    const buyer = await customer(app);
    await buyer
      .put(`/v1/cart/items/${shade?.id ?? ''}`)
      .send({ quantity: 1 })
      .expect(200);
    expect((await names({ inStock: 'false' })).sort()).toEqual([NOTEBOOK, SHADE].sort());
    expect(await names({ inStock: 'true', q: 'shade' })).toEqual([]);
    expect(bodyOf<ProductPage>(await list({ q: 'shade' })).data[0]).toMatchObject({ available: 0 });
    await later(app, 31 * 60_000);
    expect(await names({ inStock: 'true', q: 'shade' })).toEqual([SHADE]);
  });
});

describe('200 of many products', () => {
  const many = Array.from({ length: 230 }, (_, i) => ({ sku: `SHELF-${i}`, name: `Oak shelf ${i}` }));
  beforeAll(async () => {
    const rows = await openRows(app);
    const row = await rows.one('products', { name: LAMP });
    const text = { category: 'shelves', description: '' };
    for (const one of many)
      await rows.add('products', { ...row, ...one, ...text, ...keysOf({ ...one, ...text }), _id: newId() });
    await rows.close();
  });

  async function walk(query: Record<string, string>): Promise<{ totals: number[]; found: string[] }> {
    const [totals, found]: [number[], string[]] = [[], []];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = bodyOf<ProductPage>(await list({ ...query, limit: '30', page: `${page}` }).expect(200));
      found.push(...answer.data.map(({ sku }) => sku));
      totals.push(answer.pagination.total);
      pages = answer.pagination.pages;
    }
    return { totals, found };
  }

  it.each(['newest', 'name'])(
    'P4 a search (%s) is counted up to the full hundred behind its page, and whoever follows its pages finds each product once',
    async (sort) => {
      const { totals, found } = await walk({ q: 'shelf oak', sort });
      expect(totals).toEqual([100, 100, 100, 200, 200, 200, 230, 230]);
      expect(found.sort()).toEqual(many.map(({ sku }) => sku).sort());
    },
  );

  it('P4 what is no search by words is counted to its end', async () => {
    expect(new Set((await walk({ category: 'shelves' })).totals)).toEqual(new Set([230]));
  });
});

describe('400', () => {
  it.each([
    ['q', 'a'.repeat(101)],
    ['q', 'a\u0000b'],
    ['q', ''],
    ['category', '   '],
    ['minPrice', '-1'],
    ['minPrice', '1.5'],
    ['maxPrice', '1e400'],
    ['minPrice', '-1e400'],
    ['maxPrice', '{"$gt":0}'],
    ['inStock', 'yes'],
    ['inStock', '1'],
    ['sort', 'stock'],
    ['sort', '$natural'],
  ])('P4 refuses %s=%j', async (name, value) => {
    expect(wrongPlaces(await list({ [name]: value }).expect(400))).toEqual([`/query/${name}`]);
  });

  it.each([
    ['q[$ne]', '1'],
    ['q[]', 'a'],
    ['q[$regex]', '(a%2B)%2B$'],
  ])('P4 refuses %s=%s: no operator gets in', async (name, value) => {
    const answer = await request(app.url).get(`/v1/products?${name}=${value}`).expect(400);
    expect(wrongPlaces(answer)).toEqual([`/query/${name}`]);
  });
});
