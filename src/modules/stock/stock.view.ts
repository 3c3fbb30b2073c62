import type {
  OrderStatus,
  ProductHold,
  StockChange,
  StockLevel,
  StockMovement,
} from '../../../generated/openapi.js';
import type { Movement } from './movements.store.js';
import type { Holder, HoldingOrder } from './stock.holders.js';
import type { StockFigures } from './stock.service.js';

/** An order that holds units, with a status that the contract knows. */
export type ShownOrder = HoldingOrder & { status: OrderStatus };

export function toMovementBody(movement: Movement): StockMovement {
  const { id, productId, kind, units, onHand, reason, reference, actor, ref, at } = movement;
  return {
    id,
    productId,
    kind,
    units,
    onHand,
    reason,
    reference,
    actor: { kind: actor.kind, id: actor.id },
    orderId: kind === 'sale' || kind === 'return' ? ref : null,
    at: at.toISOString(),
  };
}

function toStockBody(stock: StockFigures): StockLevel {
  const { onHand, available, held, carts, orders, adjustments } = stock;
  return { onHand, available, held, carts, orders, adjustments };
}

export function toChangeBody(change: { movement: Movement; stock: StockFigures }): StockChange {
  return { movement: toMovementBody(change.movement), stock: toStockBody(change.stock) };
}

export function toHoldBody(holder: Holder<ShownOrder>): ProductHold {
  const nobody = { lapsesAt: null, cart: null, order: null, adjustment: null };
  const held = { ...nobody, units: holder.units, since: holder.since?.toISOString() ?? null };
  switch (holder.kind) {
    case 'cart':
      return { ...held, kind: 'cart', cart: holder.label, lapsesAt: holder.lapsesAt.toISOString() };
    case 'order': {
      if (holder.order === undefined) return { ...held, kind: 'order' };
      const { id, number, status, payBefore } = holder.order;
      const lapsesAt = payBefore?.toISOString() ?? null;
      return { ...held, kind: 'order', lapsesAt, order: { id, number, status } };
    }
    case 'adjustment': {
      if (holder.adjustment === undefined) return { ...held, kind: 'adjustment' };
      const { id, reason, adminId } = holder.adjustment;
      return { ...held, kind: 'adjustment', adjustment: { id, reason, adminId } };
    }
  }
}
