import type { Stock } from './stock.service.js';
import type { StockStore } from './stock.store.js';

const PRODUCTS_A_PAGE = 200;

/**
 * Loads every product that may hold something and that Redis does not know (any more), so that what it holds is counted
 * and given back in time, though nobody asks for it. One that fails never stops the others.
 */
export function createHeldLoads(deps: { store: Pick<StockStore, 'marked'>; stock: Pick<Stock, 'load'> }) {
  return async (onFailure: (productId: string, error: unknown) => void): Promise<void> => {
    for (let offset = 0; ; offset += PRODUCTS_A_PAGE) {
      const products = await deps.store.marked(offset, PRODUCTS_A_PAGE);
      for (const { productId } of products) {
        await deps.stock.load(productId).catch((error: unknown) => onFailure(productId, error));
      }
      if (products.length < PRODUCTS_A_PAGE) return;
    }
  };
}
