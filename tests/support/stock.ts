import { randomUUID } from 'node:crypto';
import type { StockMovementPage } from '../../generated/openapi.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

type Body = Record<string, unknown>;

/** A receipt of units, under a key of its own unless one is given. */
export const receive = (boss: Agent, productId: string, body: Body, key: string = randomUUID()) =>
  boss.post(`/v1/admin/products/${productId}/receipts`).set('Idempotency-Key', key).send(body);

/** An adjustment, under a key of its own unless one is given. */
export const adjust = (boss: Agent, productId: string, body: Body, key: string = randomUUID()) =>
  boss.post(`/v1/admin/products/${productId}/adjustments`).set('Idempotency-Key', key).send(body);

/** The first hundred movements of a product, the newest first. */
export async function movementsOf(boss: Agent, productId: string): Promise<StockMovementPage['data']> {
  const answer = await boss
    .get(`/v1/admin/products/${productId}/movements`)
    .query({ limit: 100 })
    .expect(200);
  return bodyOf<StockMovementPage>(answer).data;
}
