import type {
  CheckSummary,
  OrderAccount as OrderAccountBody,
  ProductAccount as ProductAccountBody,
  StockRepair as StockRepairBody,
} from '../../../generated/openapi.js';
import type { StockRepair } from '../stock/repairs.store.js';
import type { OrderAccount } from './reconciliation.orders.js';
import type { ProductAccount } from './reconciliation.service.js';
import type { Check } from './reconciliation.store.js';

/** What the shop calls a product. */
export type ProductName = { sku: string; name: string };

export function toCheckBody(check: Check | undefined): CheckSummary {
  return {
    checkedAt: check?.startedAt.toISOString() ?? null,
    examined: check?.examined ?? 0,
    inFlight: check?.inFlight ?? 0,
    needsAction: check?.needsAction ?? 0,
    unexplained: check?.unexplained ?? 0,
  };
}

export function toProductAccountBody(
  account: ProductAccount,
  names: ReadonlyMap<string, ProductName>,
): ProductAccountBody {
  const name = names.get(account.productId);
  return {
    productId: account.productId,
    sku: name?.sku ?? '',
    name: name?.name ?? '',
    state: account.state,
    onHand: account.onHand,
    ledger: account.ledger,
    ledgerDrift: account.onHand - account.ledger,
    isLoaded: account.isLoaded,
    available: account.available,
    heldByCarts: account.heldByCarts,
    heldByOrders: account.heldByOrders,
    heldByAdjustments: account.heldByAdjustments,
    openOrderUnits: account.openOrderUnits,
    expected: account.expected,
    drift: account.drift,
    findings: account.findings,
  };
}

export function toOrderAccountBody(account: OrderAccount): OrderAccountBody {
  const { order, status, expected, findings, state } = account;
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    orderId: order.id,
    number: order.number,
    status,
    paymentStatus: order.paymentStatus,
    state,
    total: money(order.total),
    paid: money(order.money.captured),
    refunded: money(order.money.refunded),
    paidByPayments: money(expected.captured),
    refundedByRows: money(expected.refunded),
    findings: findings.slice(0, 100),
  };
}

export function toRepairBody({
  id,
  productId,
  number,
  before,
  after,
  actor,
  at,
}: StockRepair): StockRepairBody {
  return { id, productId, number, before, after, actor, at: at.toISOString() };
}
