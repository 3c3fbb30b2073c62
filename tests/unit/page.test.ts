import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/platform/errors.js';
import { pageWindow, pagination } from '../../src/platform/page.js';

describe('a page of a list', () => {
  test.each([
    [{ page: 1, limit: 20 }, 0],
    [{ page: 3, limit: 20 }, 40],
    [{ page: 100, limit: 100 }, 9_900],
    [{ page: 10_000, limit: 1 }, 9_999],
  ])('%j starts after the rows of the pages before it', (query, skip) => {
    expect(pageWindow(query)).toEqual({ ...query, skip });
  });

  test.each([
    { page: 101, limit: 100 },
    { page: 501, limit: 20 },
    { page: 10_000, limit: 100 },
  ])('%j lies deeper than 10,000 rows and is refused', (query) => {
    expect(() => pageWindow(query)).toThrow(AppError);
    expect(() => pageWindow(query)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ path: '/query/page' })],
      }),
    );
  });

  test.each([
    [0, 0],
    [1, 1],
    [20, 1],
    [21, 2],
    [40, 2],
  ])('%d rows make %d pages of 20', (total, pages) => {
    const window = pageWindow({ page: 1, limit: 20 });
    expect(pagination(window, total)).toEqual({ page: 1, limit: 20, total, pages });
  });

  test('no page of a list is too deep to be asked for', () => {
    for (let limit = 1; limit <= 100; limit += 1) {
      const { pages } = pagination(pageWindow({ page: 1, limit }), 10_000);
      expect(() => pageWindow({ page: pages, limit })).not.toThrow();
      expect(() => pageWindow({ page: pages + 1, limit })).toThrow(AppError);
    }
  });
});
