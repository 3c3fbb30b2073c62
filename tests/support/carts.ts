import { randomUUID } from 'node:crypto';
import type { Cart } from '../../generated/openapi.js';
import { createCartStore } from '../../src/modules/cart/cart.store.js';
import { shownCartId } from '../../src/modules/cart/cart.view.js';
import { connectRedis } from '../../src/platform/redis.js';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

/** The id under which Redis has the cart that an answer shows: what a guest's cookie holds. Throws where there is none. */
export async function storedCartId(app: TestApp, answer: { body: unknown }): Promise<string> {
  const { id } = bodyOf<Cart>(answer);
  const stored = (await app.redis.keys('cart:*')).map((key) => key.slice('cart:'.length));
  const found = stored.find((cartId) => shownCartId(cartId) === id);
  if (found === undefined) throw new Error(`Redis has no cart that is shown as ${id ?? 'none'}`);
  return found;
}

/** Freezes the cart of an agent as a placement does that is under way, or that has died. */
export async function freezeCartOf(app: TestApp, agent: Agent): Promise<void> {
  const cartId = await storedCartId(app, await agent.get('/v1/cart').expect(200));
  const redis = await connectRedis({
    ...app.config.connections.redis,
    clock: app.holdfast.clock,
    // Freezing a cart does not depend on the incarnation of Redis.
    epochOf: async () => 1,
    log: { warn: () => undefined } as unknown as Parameters<typeof connectRedis>[0]['log'],
  });
  await createCartStore(redis).freeze(cartId, randomUUID());
  await redis.close();
}
