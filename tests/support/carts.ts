import { randomUUID } from 'node:crypto';
import type { Cart } from '../../generated/openapi.js';
import { createCartStore } from '../../src/modules/cart/cart.store.js';
import { connectRedis } from '../../src/platform/redis.js';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

/** Freezes the cart of an agent as a placement does that is under way, or that has died. */
export async function freezeCartOf(app: TestApp, agent: Agent): Promise<void> {
  const { id } = bodyOf<Cart>(await agent.get('/v1/cart').expect(200));
  const redis = await connectRedis({
    ...app.config.connections.redis,
    clock: app.holdfast.clock,
    // Freezing a cart does not depend on the incarnation of Redis.
    epochOf: async () => 1,
    log: { warn: () => undefined } as unknown as Parameters<typeof connectRedis>[0]['log'],
  });
  await createCartStore(redis).freeze(id ?? '', randomUUID());
  await redis.close();
}
