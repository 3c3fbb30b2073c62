import type { HandlersFor } from '../../platform/http/operation.js';
import type { Catalog } from './catalog.service.js';
import { toAdminProductBody, toAdminProductPage, toProductBody, toProductPage } from './catalog.view.js';

export const catalogHandlers = (catalog: Catalog): HandlersFor<'catalog'> => ({
  async listProducts({ query }) {
    return { status: 200, body: toProductPage(await catalog.list(query)) };
  },

  async getProduct({ path }) {
    return { status: 200, body: toProductBody(await catalog.get(path.productId)) };
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
});
