import type { OrderAccount, ProductAccount, ReconciliationReport } from '../../generated/openapi.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

/** The account of one product, taken now; throws where the report has none. */
export async function productAccount(boss: Agent, productId: string): Promise<ProductAccount> {
  const answer = await boss.get('/v1/admin/reconciliation').query({ productId }).expect(200);
  const [account] = bodyOf<ReconciliationReport>(answer).products;
  if (account === undefined) throw new Error(`the report has no account of product ${productId}`);
  return account;
}

/** The account of one order, taken now; throws where the report has none. */
export async function orderAccount(boss: Agent, orderId: string): Promise<OrderAccount> {
  const answer = await boss.get('/v1/admin/reconciliation').query({ orderId }).expect(200);
  const [account] = bodyOf<ReconciliationReport>(answer).orders;
  if (account === undefined) throw new Error(`the report has no account of order ${orderId}`);
  return account;
}

export async function report(boss: Agent): Promise<ReconciliationReport> {
  return bodyOf(await boss.get('/v1/admin/reconciliation').query({ limit: '50' }).expect(200));
}

export const kindsOf = ({ findings }: Pick<ProductAccount, 'findings'>): string[] =>
  findings.map(({ kind }) => kind);
