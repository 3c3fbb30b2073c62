import { matchesEtag } from '../../platform/http/etag.js';
import type { HandlersFor } from '../../platform/http/operation.js';
import type { ProductImages } from './catalog.images.js';
import type { Catalog } from './catalog.service.js';
import {
  toAdminProductBody,
  toAdminProductPage,
  toCategoryList,
  toProductBody,
  toProductPage,
} from './catalog.view.js';

/** What is at the address of an image never changes, and any page may show it. */
const IMAGE_HEADERS = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

export const catalogHandlers = (catalog: Catalog, images: ProductImages): HandlersFor<'catalog'> => ({
  async listProducts({ query }) {
    return { status: 200, body: toProductPage(await catalog.list(query)) };
  },

  async getProduct({ path }) {
    return { status: 200, body: toProductBody(await catalog.get(path.productId)) };
  },

  async listCategories() {
    return { status: 200, body: toCategoryList(await catalog.categories()) };
  },

  async listAllProducts({ query }) {
    return { status: 200, body: toAdminProductPage(await catalog.listAll(query)) };
  },

  async getAnyProduct({ path }) {
    return { status: 200, body: toAdminProductBody(await catalog.getAny(path.productId)) };
  },

  async createProduct({ body, principal }) {
    const created = await catalog.create(body, principal);
    return {
      status: 201,
      headers: { Location: `/v1/admin/products/${created.product.id}` },
      body: toAdminProductBody(created),
    };
  },

  async updateProduct({ path, body }) {
    return { status: 200, body: toAdminProductBody(await catalog.update(path.productId, body)) };
  },

  async archiveProduct({ path }) {
    await catalog.archive(path.productId);
    return { status: 204 };
  },

  async addProductImage({ path, body }) {
    const added = await images.add(path.productId, { file: body.image, alt: body.alt ?? '' });
    return {
      status: 201,
      headers: { Location: `/v1/images/${added.imageId}/full` },
      body: toAdminProductBody(added),
    };
  },

  async orderProductImages({ path, body }) {
    return { status: 200, body: toAdminProductBody(await images.order(path.productId, body)) };
  },

  async deleteProductImage({ path }) {
    await images.remove(path.productId, path.imageId);
    return { status: 204 };
  },

  async getProductImage({ path, headers }) {
    const { etag, bytes } = await images.read(path.imageId, path.rendition);
    const known = { ...IMAGE_HEADERS, ETag: etag };
    if (matchesEtag(headers['If-None-Match'], etag)) return { status: 304, headers: known };
    return { status: 200, headers: known, body: await bytes() };
  },
});
