import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import type { Money } from '../../platform/money.js';
import type { MoneyState, PaymentStatus, PublicStatus } from '../orders/orders.rules.js';
import type { OrderStore } from '../orders/orders.store.js';
import type { Order } from '../orders/orders.types.js';
import type { Payment } from '../payments/payments.schema.js';
import type { Refund } from '../payments/refunds.schema.js';
import type { StockLedger } from '../stock/stock.ledger.js';
import { orderFindings, stateOf, type BalanceState, type Finding } from './reconciliation.rules.js';

/** An order's numbers beside those that its rows say. */
export type OrderAccount = {
  order: Order;
  status: PublicStatus;
  expected: MoneyState;
  findings: Finding[];
  state: BalanceState;
};

/** How orders and payments themselves count, told by those who own the rules. */
export type OrderRules = {
  count(payments: readonly Payment[], refunds: readonly Refund[], currency: string): MoneyState;
  overRefunded(payments: readonly Payment[], refunds: readonly Refund[]): number;
  isStuck(refund: Refund): boolean;
  foreignMoney(payments: readonly Payment[], refunds: readonly Refund[], currency: string): Money[];
  paymentStatusOf(money: MoneyState, total: number): PaymentStatus;
  nextStep(order: Order, now: Date): string;
};

const ORDERS_A_PAGE = 200;

/** Compares orders with the rows that they follow from; it only looks. */
export type OrderAudit = ReturnType<typeof createOrderAudit>;

export function createOrderAudit(deps: {
  orders: Pick<OrderStore, 'find' | 'placed'>;
  payments: { ofOrders(ids: readonly string[], session?: Session): Promise<Payment[]> };
  refunds: { ofOrders(ids: readonly string[], session?: Session): Promise<Refund[]> };
  ledger: Pick<StockLedger, 'sales'>;
  rules: OrderRules;
  db: Pick<Database, 'snapshot'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { orders, rules } = deps;

  const accountsOf = async (page: readonly Order[], session?: Session): Promise<OrderAccount[]> => {
    const ids = page.map(({ id }) => id);
    // One after the other: a session takes one operation at a time.
    const payments = await deps.payments.ofOrders(ids, session);
    const refunds = await deps.refunds.ofOrders(ids, session);
    const sales = await deps.ledger.sales(ids, session);
    const of = <Row extends { orderId: string }>(rows: readonly Row[]): Map<string, Row[]> => {
      const grouped = new Map<string, Row[]>();
      for (const row of rows) grouped.set(row.orderId, [...(grouped.get(row.orderId) ?? []), row]);
      return grouped;
    };
    const [paymentsOf, refundsOf, salesOf] = [of(payments), of(refunds), of(sales)];
    return page.flatMap((order): OrderAccount[] => {
      const { status } = order;
      if (status === 'placing' || status === 'aborted') return [];
      const own = refundsOf.get(order.id) ?? [];
      const paid = paymentsOf.get(order.id) ?? [];
      const money = rules.count(paid, own, order.currency);
      const findings = orderFindings({
        order,
        expected: { money, paymentStatus: rules.paymentStatusOf(money, order.total) },
        refunds: own,
        stuck: new Set(own.filter((refund) => rules.isStuck(refund))),
        overRefunded: rules.overRefunded(paid, own),
        foreignMoney: rules.foreignMoney(paid, own, order.currency),
        sales: salesOf.get(order.id) ?? [],
        nextStep: rules.nextStep(order, deps.clock.now()),
      });
      return [{ order, status, expected: money, findings, state: stateOf(findings) }];
    });
  };

  /** Read at one moment; undefined for an order that there is not. */
  const account = async (orderId: string): Promise<OrderAccount | undefined> =>
    deps.db.snapshot(async (session) => {
      const order = await orders.find(orderId, session);
      return order === undefined ? undefined : (await accountsOf([order], session))[0];
    });

  return {
    account,

    /**
     * Passes all orders in pages. What does not add up was read at several moments, so it is read again at one. An order
     * that cannot be looked at is told and never stops the walk. Answers how many orders there are.
     */
    async walk(
      onOrder: (account: OrderAccount) => Promise<void>,
      onFailure: (number: string, error: unknown) => void,
    ): Promise<number> {
      const visit = async ({ id }: Order): Promise<void> => {
        const looked = await account(id);
        if (looked !== undefined) await onOrder(looked);
      };
      let examined = 0;
      for (let afterId = ''; ;) {
        const page = await orders.placed({ afterId, limit: ORDERS_A_PAGE });
        const suspects = (await accountsOf(page)).filter(({ state }) => state !== 'balanced');
        for (const { order } of suspects) {
          await visit(order).catch((error: unknown) => onFailure(order.number, error));
        }
        examined += page.length;
        const last = page.at(-1);
        if (last === undefined || page.length < ORDERS_A_PAGE) return examined;
        afterId = last.id;
      }
    },
  };
}
