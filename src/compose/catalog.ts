import { createProductImages } from '../modules/catalog/catalog.images.js';
import { createPictures } from '../modules/catalog/catalog.pictures.js';
import { createCatalog } from '../modules/catalog/catalog.service.js';
import { createCatalogStore } from '../modules/catalog/catalog.store.js';
import { createImageStore } from '../modules/catalog/images.store.js';
import type { Ground } from './ground.js';
import type { StockParts } from './stock.js';

export function composeCatalog({ config, log, db, clock }: Ground, { stock }: Pick<StockParts, 'stock'>) {
  const products = createCatalogStore(db);
  const catalog = createCatalog({
    db,
    products,
    stock: {
      available: stock.available,
      figures: stock.figures,
      apply: stock.apply,
      async receive(receipt, session) {
        await stock.receive({ ...receipt, kind: 'receipt', ref: 'opening' }, session);
      },
    },
    clock,
    currency: config.shop.currency,
  });
  const images = createProductImages({
    db,
    products,
    catalog,
    stock,
    images: createImageStore(db),
    makePictures: createPictures(),
    clock,
    log,
  });
  return { catalog, images };
}
