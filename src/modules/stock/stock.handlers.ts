import type { HandlersFor } from '../../platform/http/operation.js';
import { instantOf } from '../../platform/instant.js';
import { pageWindow, pagination } from '../../platform/page.js';
import { withoutOuterSpaces } from '../../platform/text.js';
import type { Adjustments, StockRequest } from './stock.adjustments.js';
import type { Holders } from './stock.holders.js';
import { refuseNoDifference } from './stock.rules.js';
import type { Stock } from './stock.service.js';
import { toChangeBody, toHoldBody, toMovementBody, type ShownOrder } from './stock.view.js';

type Deps = {
  stock: Pick<Stock, 'figures' | 'movements'>;
  record: Adjustments['record'];
  holders: Holders<ShownOrder>;
};

export const stockHandlers = ({ stock, record, holders }: Deps): HandlersFor<'stock'> => {
  const change = async (request: StockRequest) => {
    const movement = await record({ ...request, reason: withoutOuterSpaces(request.reason) });
    const figures = await stock.figures(request.productId);
    return { status: 201 as const, body: toChangeBody({ movement, stock: figures }) };
  };

  return {
    receiveStock({ path, body, headers, principal }) {
      return change({
        productId: path.productId,
        kind: 'receipt',
        units: body.units,
        reason: body.reason,
        reference: body.reference === undefined ? null : withoutOuterSpaces(body.reference),
        adminId: principal.userId,
        idempotencyKey: headers['Idempotency-Key'],
      });
    },

    async adjustStock({ path, body, headers, principal }) {
      refuseNoDifference(body.difference);
      return change({
        productId: path.productId,
        kind: 'adjustment',
        units: body.difference,
        reason: body.reason,
        reference: null,
        adminId: principal.userId,
        idempotencyKey: headers['Idempotency-Key'],
      });
    },

    async listStockMovements({ path, query }) {
      const window = pageWindow(query);
      const from = instantOf(query.from, '/query/from');
      const to = instantOf(query.to, '/query/to');
      const { rows, total } = await stock.movements({ ...path, kind: query.kind, from, to }, window);
      return {
        status: 200,
        body: { data: rows.map(toMovementBody), pagination: pagination(window, total) },
      };
    },

    async listProductHolds({ path, query }) {
      const window = pageWindow(query);
      const { rows, total } = await holders({ ...path, kind: query.kind, ...window });
      return { status: 200, body: { data: rows.map(toHoldBody), pagination: pagination(window, total) } };
    },
  };
};
