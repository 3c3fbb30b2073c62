import { describe, expect, test } from '@jest/globals';
import { createRecentPages } from '../../src/modules/catalog/catalog.pages.js';

type Page = { rows: string[] };

function somePages() {
  let now = 0;
  const readings: { resolve: (page: Page) => void; reject: (error: Error) => void }[] = [];
  const pages = createRecentPages<Page>({ elapsedMs: () => now });
  const ask = (query: object) =>
    pages.read(query, () => new Promise<Page>((resolve, reject) => readings.push({ resolve, reject })));
  /** Asks, and answers the reading that this makes, if it makes one. */
  const read = (query: object, rows: string[]): Promise<Page> => {
    const before = readings.length;
    const page = ask(query);
    if (readings.length > before) readings.at(-1)?.resolve({ rows });
    return page;
  };
  return { ask, read, readings, drop: pages.drop, pass: (ms: number) => (now += ms) };
}

describe('public pages of the last second', () => {
  test('a page serves for a second and no longer', async () => {
    const { read, pass } = somePages();
    await read({ page: 1 }, ['lamp']);
    pass(999);
    expect(await read({ page: 1 }, ['vase'])).toEqual({ rows: ['lamp'] });
    pass(1);
    expect(await read({ page: 1 }, ['vase'])).toEqual({ rows: ['vase'] });
  });

  test('requests at the same time share one reading', async () => {
    const { ask, readings } = somePages();
    const both = Promise.all([ask({ q: 'lamp', page: 1 }), ask({ page: 1, q: 'lamp' })]);
    readings[0]?.resolve({ rows: ['lamp'] });
    expect(await both).toEqual([{ rows: ['lamp'] }, { rows: ['lamp'] }]);
    expect(readings).toHaveLength(1);
  });

  test.each([
    [{ page: 1 }, { page: 2 }],
    [{ q: 'a' }, { q: 'b' }],
    [{ q: 'a' }, { category: 'a' }],
    [{ minPrice: 1 }, { maxPrice: 1 }],
    [{ sort: 'price' }, { sort: '-price' }],
  ])('%j and %j are different pages', async (one, other) => {
    const { read } = somePages();
    await read(one, ['one']);
    expect(await read(other, ['other'])).toEqual({ rows: ['other'] });
  });

  test('after a change nobody gets what was read before, nor what began to be read before', async () => {
    const { ask, read, readings, drop } = somePages();
    await read({ page: 1 }, ['old']);
    const slow = ask({ page: 2 });
    drop();
    expect(await read({ page: 1 }, ['new'])).toEqual({ rows: ['new'] });
    const fresh = read({ page: 2 }, ['new']);
    readings[1]?.resolve({ rows: ['old'] });
    expect([await slow, await fresh]).toEqual([{ rows: ['old'] }, { rows: ['new'] }]);
    expect(await read({ page: 2 }, ['newer'])).toEqual({ rows: ['new'] });
  });

  test('a reading that fails is not kept', async () => {
    const { ask, read, readings } = somePages();
    const failing = ask({ page: 1 });
    readings[0]?.reject(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    expect(await read({ page: 1 }, ['there'])).toEqual({ rows: ['there'] });
  });

  test('at most about 2,000 rows are kept; the oldest pages go first', async () => {
    const { read } = somePages();
    const full = Array.from({ length: 100 }, () => 'row');
    for (let page = 1; page <= 20; page += 1) await read({ page }, full);
    expect(await read({ page: 20 }, ['read again'])).toEqual({ rows: full });
    expect(await read({ page: 1 }, ['read again'])).toEqual({ rows: ['read again'] });
  });

  test('pages without a row are bounded too', async () => {
    const { read } = somePages();
    for (let page = 0; page <= 2_000; page += 1) await read({ page }, []);
    expect(await read({ page: 2_000 }, ['read again'])).toEqual({ rows: [] });
    expect(await read({ page: 0 }, ['read again'])).toEqual({ rows: ['read again'] });
  });
});
