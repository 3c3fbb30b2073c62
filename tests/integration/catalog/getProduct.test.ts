import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ApiError } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { aProduct, customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const read = (id: string) => request(app.url).get(`/v1/products/${id}`);

describe('200', () => {
  it('P4 shows a product with what is available at this moment, and nothing of the shop’s own', async () => {
    const { id, sku } = await aProduct(app, { stock: 7 });
    expect((await read(id).expect(200)).body).toEqual({
      id,
      sku,
      name: 'Brass lamp',
      description: '',
      category: 'lighting',
      price: { amount: 129_900, currency: 'INR' },
      available: 7,
      images: [],
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('C2 leaves out the units that sit in carts', async () => {
    const { id } = await aProduct(app, { stock: 7 });
    await (await customer(app)).put(`/v1/cart/items/${id}`).send({ quantity: 3 }).expect(200);
    expect((await read(id).expect(200)).body).toMatchObject({ available: 4 });
  });

  it('P4 answers HEAD as GET without its body', async () => {
    const { id } = await aProduct(app);
    const answer = await request(app.url).head(`/v1/products/${id}`).expect(200);
    expect(answer.text).toBeUndefined();
  });
});

describe('404', () => {
  it('P1 an archived product is told like one that does not exist', async () => {
    const { id } = await aProduct(app);
    await app.holdfast.services.catalog.archive(id);
    const [archived, unknown] = await Promise.all([read(id).expect(404), read('nothing').expect(404)]);
    expect(archived.body).toMatchObject({ code: 'not_found' });
    expect(bodyOf<ApiError>(archived).message).toBe(bodyOf<ApiError>(unknown).message);
  });
});
