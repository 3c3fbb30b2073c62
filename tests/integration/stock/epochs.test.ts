import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { codeOf } from '../../support/bodies.js';
import { aProduct, equation } from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

const put = (productId: string, quantity: number) =>
  request(app.url).put(`/v1/cart/items/${productId}`).send({ quantity });

/** Another process has given this incarnation of Redis a later number, and has loaded the product under it. */
async function renumber(productId: string, epoch: number): Promise<void> {
  const [row] = await rows.all('redisepochs');
  await rows.set('redisepochs', row?._id ?? '', { $set: { epoch } });
  await app.redis.hset(`meta:${productId}`, 'epoch', String(epoch));
}

describe('C2: a process with an outdated epoch', () => {
  it('meets a later one, renews its own, and goes on without a restart', async () => {
    const { id } = await aProduct(app, { stock: 5 });
    await put(id, 2).expect(200);
    await renumber(id, 7);
    await put(id, 1).expect(200);
    expect(await equation(app, id)).toMatchObject({ onHand: 5, available: 2, carts: 3 });
    // It works under the later one from now on, for other products too.
    const other = await aProduct(app, { stock: 5 });
    await put(other.id, 5).expect(200);
    expect(await app.redis.hget(`meta:${other.id}`, 'epoch')).toBe('7');
  });

  it('sells nothing of a product whose epoch nobody has given out', async () => {
    const { id } = await aProduct(app, { stock: 5 });
    await app.redis.hset(`meta:${id}`, 'epoch', '1000');
    const answer = await put(id, 1);
    expect([answer.status, codeOf(answer)]).toEqual([503, 'service_unavailable']);
  });
});
