import { describe, expect, test } from '@jest/globals';
import { prefixFilter } from '../../src/platform/search.js';
import { createTotals } from '../../src/platform/totals.js';

const PAGE = { skip: 0, limit: 2 };
const FULL = ['a', 'b'];

/** A list whose counts are answered by hand, and a clock. */
function aList() {
  let now = 0;
  const asked: number[] = [];
  const answers: ((total: number) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const totals = createTotals({ elapsedMs: () => now });
  const ask = (rows = FULL, window = PAGE, filter: object = { status: 'paid' }) =>
    totals.page({
      filter,
      window,
      rows: () => Promise.resolve(rows),
      count: (atMost) =>
        new Promise<number>((resolve, reject) => {
          asked.push(atMost);
          answers.push(resolve);
          failures.push(reject);
        }),
    });
  /** Asks, and answers the count that this makes, if it makes one. */
  const counted = async (total: number, filter?: object): Promise<number> => {
    const before = answers.length;
    const page = ask(FULL, PAGE, filter);
    await new Promise(setImmediate);
    if (answers.length > before) answers.at(-1)?.(total);
    return (await page).total;
  };
  return { ask, counted, asked, answers, failures, pass: (ms: number) => (now += ms) };
}

describe('the total of a list', () => {
  test.each([
    [['a'], { skip: 0, limit: 2 }, 1],
    [[], { skip: 0, limit: 2 }, 0],
    [['a'], { skip: 4, limit: 2 }, 5],
  ])('a page that ends the list (%j of %j) says it without a count', async (rows, window, total) => {
    const list = aList();
    expect(await list.ask(rows, window)).toEqual({ rows, total });
    expect(list.asked).toEqual([]);
  });

  test('a page beyond the end is counted: it does not know where the end is', async () => {
    const list = aList();
    const page = list.ask([], { skip: 40, limit: 2 });
    await new Promise(setImmediate);
    list.answers[0]?.(7);
    expect(await page).toEqual({ rows: [], total: 7 });
  });

  test('it is counted up to the rows that can be paged to', async () => {
    const list = aList();
    expect(await list.counted(10_000)).toBe(10_000);
    expect(list.asked).toEqual([10_000]);
  });

  test.each([
    [{ skip: 0, limit: 20 }, 100],
    [{ skip: 60, limit: 30 }, 100],
    [{ skip: 80, limit: 20 }, 200],
    [{ skip: 0, limit: 100 }, 200],
    [{ skip: 9_900, limit: 100 }, 10_000],
  ])(
    'of a search, where %j is shown, it is counted up to the full hundred behind: %d',
    async (window, to) => {
      const list = aList();
      const page = list.ask(Array.from({ length: window.limit }, String), window, {
        ...prefixFilter('lamp'),
      });
      await new Promise(setImmediate);
      list.answers[0]?.(to);
      expect((await page).total).toBe(to);
      expect(list.asked).toEqual([to]);
    },
  );

  test('what asks for no words is no search, however its conditions are written', async () => {
    const list = aList();
    expect(await list.counted(10_000, { $and: [{ state: 'queued' }] })).toBe(10_000);
    expect(list.asked).toEqual([10_000]);
  });

  test('what one page of a search was counted up to does not serve another', async () => {
    const list = aList();
    const [filter, words] = [{ ...prefixFilter('lamp') }, Array.from({ length: 100 }, String)];
    const totals: number[] = [];
    for (const skip of [1_000, 1_100]) {
      const page = list.ask(words, { skip, limit: 100 }, filter);
      await new Promise(setImmediate);
      list.answers.at(-1)?.(list.asked.at(-1) ?? 0);
      totals.push((await page).total);
    }
    expect(totals).toEqual([1_200, 1_300]);
  });

  test('below 1,000 every request counts anew', async () => {
    const list = aList();
    expect([await list.counted(999), await list.counted(998)]).toEqual([999, 998]);
  });

  test('from 1,000 on a count serves for 5 seconds', async () => {
    const list = aList();
    expect(await list.counted(1_000)).toBe(1_000);
    list.pass(4_999);
    expect(await list.counted(2_000)).toBe(1_000);
    list.pass(1);
    expect(await list.counted(2_000)).toBe(2_000);
    expect(list.asked).toHaveLength(2);
  });

  test('a list that shrinks below 1,000 is counted at every request again', async () => {
    const list = aList();
    await list.counted(5_000);
    list.pass(5_000);
    expect([await list.counted(10), await list.counted(9)]).toEqual([10, 9]);
  });

  test('requests at the same time share a large count, and not the first of all', async () => {
    const list = aList();
    await list.counted(5_000);
    list.pass(5_000);
    const both = [list.ask(), list.ask()];
    await new Promise(setImmediate);
    expect(list.asked).toHaveLength(2);
    list.answers[1]?.(6_000);
    expect((await Promise.all(both)).map(({ total }) => total)).toEqual([6_000, 6_000]);
  });

  test('a count that fails is not remembered', async () => {
    const list = aList();
    await list.counted(5_000);
    list.pass(5_000);
    const failing = list.ask();
    await new Promise(setImmediate);
    list.failures[1]?.(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    expect(await list.counted(3_000)).toBe(3_000);
  });

  test.each([
    [{ words: /^lam/ }, { words: /^tin/ }],
    [{ at: new Date(1) }, { at: new Date(2) }],
    [{ status: 'paid' }, { status: { $nin: ['paid'] } }],
  ])('filters %j and %j are told apart', async (one, other) => {
    const list = aList();
    expect([await list.counted(2_000, one), await list.counted(3_000, other)]).toEqual([2_000, 3_000]);
    expect(await list.counted(0, one)).toBe(2_000);
  });

  test('at most 500 counts are remembered; the oldest goes first', async () => {
    const list = aList();
    for (let i = 0; i <= 500; i += 1) await list.counted(2_000, { i });
    expect(await list.counted(3_000, { i: 1 })).toBe(2_000);
    expect(await list.counted(3_000, { i: 0 })).toBe(3_000);
  });

  test('a count that may be waited for only once, as a query may, is waited for once', async () => {
    const totals = createTotals();
    let waits = 0;
    const count = (): PromiseLike<number> => ({
      then(resolve) {
        waits += 1;
        return Promise.resolve(1_000 * waits).then(resolve);
      },
    });
    const list = { filter: {}, window: PAGE, rows: () => Promise.resolve(FULL), count };
    expect([await totals.page(list), await totals.page(list)].map(({ total }) => total)).toEqual([
      1_000, 1_000,
    ]);
    expect(waits).toBe(1);
  });

  test('it is never less than what a page shows', async () => {
    const list = aList();
    await list.counted(1_000);
    expect((await list.ask(FULL, { skip: 1_200, limit: 2 })).total).toBe(1_202);
  });
});
