import { describe, expect, it } from '@jest/globals';
import type { AdminProduct } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, figures } from '../../support/flows.js';
import { withImages } from '../../support/pictures.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const order = (productId: string, body: object) =>
  boss.put(`/v1/admin/products/${productId}/images`).send(body);
const idsOf = async (productId: string): Promise<string[]> =>
  (await figures(app, productId)).images.map(({ id }) => id);

describe('200', () => {
  it('P2 shows the images in the order that is sent, and raises the version', async () => {
    const product = await aProduct(app);
    const [a = '', b = '', c = ''] = await withImages(boss, product.id, 3);
    const answer = await order(product.id, { imageIds: [c, a, b], version: 4 }).expect(200);
    const { images, version } = bodyOf<AdminProduct>(answer);
    expect([images.map(({ id }) => id), version]).toEqual([[c, a, b], 5]);
    await order(product.id, { imageIds: [b, c, a] }).expect(200);
    expect(await idsOf(product.id)).toEqual([b, c, a]);
  });

  it('P2 of orders at once without a version, one is shown, whole', async () => {
    const product = await aProduct(app);
    const [a = '', b = '', c = ''] = await withImages(boss, product.id, 3);
    const wanted = [
      [a, c, b],
      [b, a, c],
      [c, b, a],
    ];
    const answers = await Promise.all(wanted.map((imageIds) => order(product.id, { imageIds })));
    for (const { status } of answers) expect(status).toBe(200);
    expect(wanted).toContainEqual(await idsOf(product.id));
  });

  it('P2 a product without images has none in order', async () => {
    const product = await aProduct(app);
    await order(product.id, { imageIds: [] }).expect(200);
  });
});

describe('400', () => {
  it('P2 refuses an image that is named twice, and more than there can be', async () => {
    for (const imageIds of [['a', 'a'], Array.from({ length: 9 }, (_, i) => `i${i}`)]) {
      expect(wrongPlaces(await order('nothing', { imageIds }).expect(400))).toEqual(['/body/imageIds']);
    }
  });
});

describe('404', () => {
  it('P2 tells what does not exist', async () => {
    await order('nothing', { imageIds: [] }).expect(404);
  });
});

describe('409', () => {
  it('P2 who has seen other images, or another version, changes nothing', async () => {
    const product = await aProduct(app);
    const [a = '', b = ''] = await withImages(boss, product.id, 2);
    for (const body of [
      { imageIds: [b] },
      { imageIds: [b, a, 'another'] },
      { imageIds: [b, 'another'] },
      { imageIds: [b, a], version: 2 },
    ]) {
      expect(codeOf(await order(product.id, body).expect(409))).toBe('version_conflict');
    }
    expect(await figures(app, product.id)).toMatchObject({ images: [{ id: a }, { id: b }], version: 3 });
  });
});
