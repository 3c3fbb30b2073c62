import type {
  AdminProduct as AdminProductBody,
  AdminProductPage,
  CategoryList,
  Product as ProductBody,
  ProductImage as ProductImageBody,
  ProductPage,
} from '../../../generated/openapi.js';
import type { Category } from './catalog.rules.js';
import type { ProductImage } from './catalog.store.js';
import type { Page, ProductOnSale, ProductWithStock } from './catalog.service.js';

function toImageBody({ id, alt, width, height }: ProductImage): ProductImageBody {
  const at = `/v1/images/${id}`;
  return { id, alt, url: `${at}/full`, thumbnailUrl: `${at}/thumbnail`, width, height };
}

/** A product as everybody sees it. */
export function toProductBody({ product, available }: ProductOnSale): ProductBody {
  return {
    id: product.id,
    sku: product.sku,
    name: product.name,
    description: product.description,
    category: product.category,
    price: product.price,
    available,
    images: product.images.map(toImageBody),
    createdAt: product.createdAt.toISOString(),
    updatedAt: product.updatedAt.toISOString(),
  };
}

export function toProductPage({ rows, pagination }: Page<ProductOnSale>): ProductPage {
  return { data: rows.map(toProductBody), pagination };
}

export function toCategoryList(categories: readonly Category[]): CategoryList {
  return { data: categories.map(({ name, products }) => ({ name, products })) };
}

/** A product as admins see it: with its version, and with what holds its units. */
export function toAdminProductBody({ product, stock }: ProductWithStock): AdminProductBody {
  return {
    ...toProductBody({ product, available: stock.available }),
    archived: product.archived,
    version: product.version,
    stock: {
      onHand: stock.onHand,
      available: stock.available,
      held: stock.held,
      carts: stock.carts,
      orders: stock.orders,
      adjustments: stock.adjustments,
    },
  };
}

export function toAdminProductPage({ rows, pagination }: Page<ProductWithStock>): AdminProductPage {
  return { data: rows.map(toAdminProductBody), pagination };
}
