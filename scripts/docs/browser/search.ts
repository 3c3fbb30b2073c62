import { createFind, type Find } from '../find.js';

const INDEX = '/docs/search-index.js';

/** Reads the index. Rejects where it cannot be loaded. */
export async function loadSearch(): Promise<Find> {
  const { index } = (await import(INDEX)) as { index: string };
  return createFind(index);
}
