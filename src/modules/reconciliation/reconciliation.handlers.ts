import type { HandlersFor } from '../../platform/http/operation.js';
import { pageWindow, pagination } from '../../platform/page.js';
import type { ProductAccount, Reconciliations } from './reconciliation.service.js';
import {
  toCheckBody,
  toOrderAccountBody,
  toProductAccountBody,
  toRepairBody,
  type ProductName,
} from './reconciliation.view.js';

type Deps = {
  reconciliations: Pick<Reconciliations, 'report' | 'repair' | 'repairs'>;
  namesOf: (productIds: readonly string[]) => Promise<ReadonlyMap<string, ProductName>>;
};

export const reconciliationHandlers = (deps: Deps): HandlersFor<'reconciliation'> => {
  const { reconciliations } = deps;

  const toProductBodies = async (accounts: readonly ProductAccount[]) => {
    const names = await deps.namesOf(accounts.map(({ productId }) => productId));
    return accounts.map((account) => toProductAccountBody(account, names));
  };

  return {
    async getReconciliation({ query }) {
      const { checks, products, orders, repairs } = await reconciliations.report(query);
      const body = {
        stockCheck: toCheckBody(checks.stock),
        orderCheck: toCheckBody(checks.orders),
        products: await toProductBodies(products),
        orders: orders.map(toOrderAccountBody),
        repairs: repairs.map(toRepairBody),
      };
      return { status: 200, body };
    },

    async listStockRepairs({ query }) {
      const window = pageWindow(query);
      const { rows, total } = await reconciliations.repairs({ productId: query.productId }, window);
      return { status: 200, body: { data: rows.map(toRepairBody), pagination: pagination(window, total) } };
    },

    async repairReconciliation({ body, principal }) {
      const { repairs, unrepaired, remaining } = await reconciliations.repair({
        productIds: body.productIds,
        rebuildOnHand: body.rebuildOnHand,
        actor: { kind: 'admin', id: principal.userId },
      });
      return {
        status: 200,
        body: {
          repairs: repairs.map(toRepairBody),
          unrepaired: await toProductBodies(unrepaired),
          remaining,
        },
      };
    },
  };
};
