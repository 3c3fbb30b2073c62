import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { admin, aProduct, figures } from '../../support/flows.js';
import { picture, upload, withImages } from '../../support/pictures.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const remove = (productId: string, imageId: string) =>
  boss.delete(`/v1/admin/products/${productId}/images/${imageId}`);
const stored = async (): Promise<number[]> =>
  Promise.all(
    ['images.files', 'images.chunks', 'imageleftovers'].map(async (name) => (await rows.all(name)).length),
  );

describe('204', () => {
  it('P2 the image is shown no more, its bytes are gone, and the others stay in order', async () => {
    const product = await aProduct(app);
    const before = await stored();
    const [a = '', b = '', c = ''] = await withImages(boss, product.id, 3);
    await remove(product.id, b).expect(204);
    expect((await figures(app, product.id)).images.map(({ id }) => id)).toEqual([a, c]);
    await request(app.url).get(`/v1/images/${b}/full`).expect(404);
    await request(app.url).get(`/v1/images/${b}/thumbnail`).expect(404);
    await request(app.url).get(`/v1/images/${a}/full`).expect(200);
    await remove(product.id, a).expect(204);
    await remove(product.id, c).expect(204);
    expect(await stored()).toEqual(before);
  });

  it('P2 makes room for another one', async () => {
    const product = await aProduct(app);
    const [first = ''] = await withImages(boss, product.id, 8);
    const file = await picture('png');
    await upload(boss, product.id, file).expect(409);
    await remove(product.id, first).expect(204);
    await upload(boss, product.id, file).expect(201);
  });
});

describe('404', () => {
  it('P2 tells what does not exist: no product, no image, an image of another product, a deleted one', async () => {
    const [product, other] = [await aProduct(app), await aProduct(app)];
    const [id = ''] = await withImages(boss, product.id, 1);
    await remove('nothing', id).expect(404);
    await remove(product.id, 'nothing').expect(404);
    await remove(other.id, id).expect(404);
    expect((await figures(app, product.id)).images).toHaveLength(1);
    await remove(product.id, id).expect(204);
    await remove(product.id, id).expect(404);
  });

  it('P2 of two deletions at once one finds the image', async () => {
    const product = await aProduct(app);
    const [id = ''] = await withImages(boss, product.id, 1);
    const answers = await Promise.all([remove(product.id, id), remove(product.id, id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
  });
});

describe('what a crash leaves', () => {
  it('P2 bytes whose product never named them are deleted, and not before their time is over', async () => {
    const product = await aProduct(app);
    const [id = ''] = await withImages(boss, product.id, 1);
    await rows.set('products', product.id, { $set: { images: [] } });
    const until = new Date(Date.now() + app.holdfast.clock.aheadMs() + 60_000);
    await rows.add('imageleftovers', { _id: id, state: 'open', until });
    await app.holdfast.jobs.run('image-sweep');
    await request(app.url).get(`/v1/images/${id}/full`).expect(200);
    app.holdfast.clock.advance(61_000);
    expect(await app.holdfast.jobs.run('image-sweep')).toEqual({ examined: 1, changed: 1, failures: [] });
    await request(app.url).get(`/v1/images/${id}/full`).expect(404);
    expect(await rows.all('imageleftovers')).toEqual([]);
  });

  it('P2 the bytes of a deleted image go, though the process died before', async () => {
    const product = await aProduct(app);
    const [id = ''] = await withImages(boss, product.id, 1);
    await rows.set('products', product.id, { $set: { images: [] } });
    await rows.add('imageleftovers', { _id: id, state: 'dropping', until: new Date() });
    app.holdfast.clock.advance(1_000);
    await app.holdfast.jobs.run('image-sweep');
    await request(app.url).get(`/v1/images/${id}/thumbnail`).expect(404);
    expect(await rows.all('imageleftovers')).toEqual([]);
  });

  it('P2 the sweep leaves what is shown', async () => {
    const product = await aProduct(app);
    const [id = ''] = await withImages(boss, product.id, 1);
    app.holdfast.clock.advance(3600_000);
    expect(await app.holdfast.jobs.run('image-sweep')).toMatchObject({ examined: 0 });
    await request(app.url).get(`/v1/images/${id}/full`).expect(200);
  });
});
