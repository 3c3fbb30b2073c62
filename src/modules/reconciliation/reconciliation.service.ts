import type { Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { messageOf, notFound } from '../../platform/errors.js';
import type { JobReport } from '../../platform/jobs.js';
import { emptyReport } from '../../platform/reports.js';
import type { RepairActor, RepairStore, StockRepair } from '../stock/repairs.store.js';
import type { StockAccount, StockAccounts } from '../stock/stock.accounts.js';
import type { Reconciler } from '../stock/stock.reconcile.js';
import type { OrderAccount, OrderAudit } from './reconciliation.orders.js';
import { productFindings, stateOf, type BalanceState, type Finding } from './reconciliation.rules.js';
import type { About, Check, FindingStore } from './reconciliation.store.js';

/** A product's numbers, what is to be explained of them, and how it stands. */
export type ProductAccount = StockAccount & { findings: Finding[]; state: BalanceState };

export type Report = {
  checks: { stock: Check | undefined; orders: Check | undefined };
  products: ProductAccount[];
  orders: OrderAccount[];
  repairs: StockRepair[];
};

export type RepairOutcome = { repairs: StockRepair[]; unrepaired: ProductAccount[]; remaining: number };

/** Tells the shop of what nobody can explain, in the transaction that notes that it was told. */
export type DriftNotice = (
  found: { repairs: readonly StockRepair[]; unexplained: readonly { subject: string; message: string }[] },
  session: Session,
) => Promise<void>;

/** Products that one request repairs: more would not be answered in time. */
const MOST_REPAIRED = 50;
const SYSTEM: RepairActor = { kind: 'system', id: null };

/** The numbers of stock and money: explained, repaired, and watched by jobs. */
export type Reconciliations = ReturnType<typeof createReconciliations>;

export function createReconciliations(deps: {
  reconciler: Reconciler;
  accounts: Pick<StockAccounts, 'account'>;
  /** Throws not_found for a product that there is not. */
  ledger: { read(productId: string): Promise<unknown> };
  audit: OrderAudit;
  /** Orders with a refund that somebody has to see to: these are known without a walk. */
  waitingOrders: (limit: number) => Promise<string[]>;
  /** Loads the products that hold something, so that a walk after a restart of Redis sees their holds. */
  loadHeld: (onFailure: (productId: string, error: unknown) => void) => Promise<void>;
  findings: FindingStore;
  repairs: RepairStore;
  tell: DriftNotice;
  wake: () => void;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { reconciler, audit, findings, repairs, clock } = deps;

  const productAccount = async (productId: string): Promise<ProductAccount> =>
    explained(await deps.accounts.account(productId));

  const noteProduct = async (account: ProductAccount): Promise<void> => {
    const { productId, state } = account;
    if (state === 'balanced') return findings.remove('product', productId);
    const row = { about: 'product', subjectId: productId, subject: productId, state } as const;
    return findings.save({ ...row, message: messagesOf(account.findings) }, clock.now());
  };

  const noteOrder = async ({ order, state, findings: found }: OrderAccount): Promise<void> => {
    if (state === 'balanced') return findings.remove('order', order.id);
    const row = { about: 'order', subjectId: order.id, subject: order.number, state } as const;
    return findings.save({ ...row, message: messagesOf(found) }, clock.now());
  };

  /** Keeps the counts of a walk, and forgets what it has not found any more. */
  const closeCheck = async (
    about: About,
    startedAt: Date,
    walked: Pick<Check, 'examined' | 'heldByCarts' | 'heldByOrders'>,
  ): Promise<void> => {
    await findings.forgetBefore(about, startedAt);
    const [inFlight, needsAction, unexplained] = [
      await findings.count(about, 'in_flight'),
      await findings.count(about, 'needs_action'),
      await findings.count(about, 'unexplained'),
    ];
    await findings.saveCheck(about, { startedAt, inFlight, needsAction, unexplained, ...walked });
  };

  /** One mail for all that is new; what the shop has been told of is not told again. */
  const tellNews = async (): Promise<void> => {
    const [made, unexplained] = [await repairs.untold(), await findings.untold()];
    if (made.length + unexplained.length === 0) return;
    await deps.db.transaction(async (session) => {
      const now = clock.now();
      const ids = made.map(({ id }) => id);
      const news = (await repairs.tell(ids, now, session)) + (await findings.tell(unexplained, now, session));
      if (news > 0) await deps.tell({ repairs: made, unexplained }, session);
    });
    deps.wake();
  };

  /** Walks over all products; repairs what drifts where `repairAs` says as whom. */
  const checkStock = async (repairAs: RepairActor | undefined): Promise<JobReport> => {
    const startedAt = clock.now();
    const { heldByCarts, heldByOrders, isComplete, ...report } = await reconciler.walk({
      repairAs,
      onProduct: ({ account }) => noteProduct(explained(account)),
    });
    // A walk that was broken off, or could not see something, knows nothing of the rest.
    if (isComplete && report.failures.length === 0) {
      await closeCheck('product', startedAt, { examined: report.examined, heldByCarts, heldByOrders });
    }
    return report;
  };

  const checkOrders = async (): Promise<JobReport> => {
    const startedAt = clock.now();
    const report = emptyReport();
    report.examined = await audit.walk(noteOrder, (number, error) => {
      report.failures.push({ subject: `order ${number}`, message: messageOf(error) });
    });
    if (report.failures.length === 0) {
      await closeCheck('order', startedAt, { examined: report.examined, heldByCarts: 0, heldByOrders: 0 });
    }
    return report;
  };

  const orderAccount = async (orderId: string): Promise<OrderAccount> => {
    const account = await audit.account(orderId);
    if (account === undefined) throw notFound('The order');
    return account;
  };

  /** The accounts of what the last walk found, and of what waits for somebody since, as they are now. */
  const found = async (limit: number): Promise<Pick<Report, 'products' | 'orders'>> => {
    const [productIds, unexplained, waiting, rest] = await Promise.all([
      findings.worst('product', limit),
      findings.worst('order', limit, 'unexplained'),
      deps.waitingOrders(limit),
      findings.worst('order', limit),
    ]);
    const orderIds = [...new Set([...unexplained, ...waiting, ...rest])].slice(0, limit);
    const products = await Promise.all(productIds.map(productAccount));
    const orders = await Promise.all(orderIds.map(audit.account));
    const existing = orders.filter((account) => account !== undefined);
    return {
      products: products.filter(({ state }) => state !== 'balanced'),
      orders: existing.filter(({ state }) => state !== 'balanced'),
    };
  };

  return {
    checkStock,
    checkOrders,

    /** The jobs: they look, repair what the protocol allows, remember what they found, and tell what is new. */
    async runStock(): Promise<JobReport> {
      const failures: JobReport['failures'] = [];
      await deps.loadHeld((productId, error) => {
        failures.push({ subject: `product ${productId}`, message: messageOf(error) });
      });
      const report = await checkStock(SYSTEM);
      report.failures.push(...failures);
      await tellNews();
      return report;
    },
    async runOrders(): Promise<JobReport> {
      const report = await checkOrders();
      await tellNews();
      return report;
    },

    /** Throws not_found for a product or an order that there is not. */
    async report(query: {
      productId?: string | undefined;
      orderId?: string | undefined;
      limit: number;
    }): Promise<Report> {
      const { productId, orderId, limit } = query;
      const isNamed = productId !== undefined || orderId !== undefined;
      const accounts = isNamed
        ? {
            products: productId === undefined ? [] : [await productAccount(productId)],
            orders: orderId === undefined ? [] : [await orderAccount(orderId)],
          }
        : await found(limit);
      const { rows } = await repairs.list({ productId }, { skip: 0, limit });
      return {
        checks: { stock: await findings.check('product'), orders: await findings.check('order') },
        ...accounts,
        repairs: rows,
      };
    },

    repairs: repairs.list,

    /** What the last walks found that is in that state. */
    found: findings.inState,

    /** Repairs these products, or those that the last walk found. Throws not_found before anything is repaired. */
    async repair(request: {
      productIds: readonly string[] | undefined;
      rebuildOnHand: boolean;
      actor: RepairActor;
    }): Promise<RepairOutcome> {
      const { rebuildOnHand, actor } = request;
      const wanted = request.productIds ?? (await findings.worst('product', MOST_REPAIRED, 'unexplained'));
      if (request.productIds !== undefined) for (const id of wanted) await deps.ledger.read(id);
      const outcome: RepairOutcome = { repairs: [], unrepaired: [], remaining: 0 };
      for (const productId of wanted) {
        const { account, repairs: made } = await reconciler.reconcile(productId, { actor, rebuildOnHand });
        const now = explained(account);
        await noteProduct(now);
        outcome.repairs.push(...made);
        if (now.state === 'unexplained') outcome.unrepaired.push(now);
      }
      const left = await findings.count('product', 'unexplained');
      outcome.remaining = Math.max(0, left - outcome.unrepaired.length);
      return outcome;
    },
  };
}

function explained(account: StockAccount): ProductAccount {
  const findings = productFindings(account);
  return { ...account, findings, state: stateOf(findings) };
}

function messagesOf(findings: readonly Finding[]): string {
  return findings
    .map(({ message }) => message)
    .join(' ')
    .slice(0, 500);
}
