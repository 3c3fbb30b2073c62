import { invalid } from './errors.js';

/** What a caller asked for, from page 1. The contract bounds both and fills in what is left out. */
export type PageQuery = { page: number; limit: number };

/** The rows that a page shows: `limit` of them after the first `skip`. */
export type PageWindow = { page: number; limit: number; skip: number };

export type Pagination = { page: number; limit: number; total: number; pages: number };

/** Rows beyond this are refused: to reach them, a database walks over all that stand before. */
export const DEEPEST_ROW = 10_000;

/** The window of a page; throws validation_failed where its last row would lie deeper than 10,000. */
export function pageWindow({ page, limit }: PageQuery): PageWindow {
  if (page * limit > DEEPEST_ROW) {
    const advice = `Only the first ${DEEPEST_ROW} rows of a list can be read. Narrow the filter instead.`;
    throw invalid([{ path: '/query/page', code: 'too_deep', message: advice }], advice);
  }
  return { page, limit, skip: (page - 1) * limit };
}

/** What a list says about itself. An empty list has no pages, and none of those that it has is refused as too deep. */
export function pagination({ page, limit }: PageWindow, total: number): Pagination {
  return { page, limit, total, pages: Math.min(Math.ceil(total / limit), Math.floor(DEEPEST_ROW / limit)) };
}
