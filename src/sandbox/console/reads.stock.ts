import { AppError } from '../../platform/errors.js';
import type { HoldLine, StockLine, StockState } from './console.types.js';
import type { Parts } from './parts.js';

const MOST_PRODUCTS = 30;
const ADMIN = { userId: '', role: 'admin' } as const;

/** The newest products, each with its equation and its holds. Looking loads what Redis does not know, as any visitor does. */
export function readStock({ holdfast: { services } }: Pick<Parts, 'holdfast'>): () => Promise<StockState> {
  // What an order is called, and who a user is, never changes.
  const names = new Map<string, string>();
  const named = async (id: string, find: () => Promise<string>): Promise<string> => {
    const name = names.get(id) ?? (await find());
    names.set(id, name);
    return name;
  };

  const orderName = async (orderId: string): Promise<string> => {
    try {
      return await named(orderId, async () => (await services.orders.get(orderId, ADMIN)).number);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return 'an order that is being placed';
      throw error;
    }
  };

  const cartName = async (cartId: string): Promise<string> => {
    const userId = (await services.carts.read(cartId))?.userId;
    if (userId === undefined) return 'a guest’s cart';
    return `${await named(userId, async () => (await services.users.find(userId))?.email ?? 'a deleted account')}, cart`;
  };

  const whoHolds = (owner: string, cartId: string): string | Promise<string> => {
    const [kind, id = ''] = owner.split(':');
    if (kind === 'cart') return cartName(cartId);
    return kind === 'order' ? orderName(id) : 'an admin’s correction';
  };

  const lineOf = async (
    product: { id: string; name: string; sku: string },
    figures: Figures,
  ): Promise<StockLine> => {
    const { id, name, sku } = product;
    const { onHand, available, carts, orders, adjustments } = figures;
    if (onHand === available + carts + orders + adjustments) {
      return { id, name, sku, onHand, available, carts, orders, inFlight: adjustments, isTrue: true };
    }
    // What does not add up at a glance may be in the middle of something: the account says what of it is explained.
    const account = await services.stockAccounts.account(id);
    return {
      ...{ id, name, sku },
      onHand: account.onHand,
      available: account.available,
      carts: account.heldByCarts,
      orders: account.heldByOrders,
      inFlight: account.heldByAdjustments + account.inFlight.notApplied - account.inFlight.consumed,
      isTrue: account.drift === 0,
    };
  };

  const holdsOf = async ({ id: productId, name }: { id: string; name: string }): Promise<HoldLine[]> => {
    const holds = await services.stock.holds(productId);
    return Promise.all(
      holds.map(async ({ cartId, owner, units, lapsesAt }) => ({
        id: `${productId}:${cartId}`,
        product: name,
        units,
        who: await whoHolds(owner, cartId),
        until: owner === 'cart' ? lapsesAt : null,
      })),
    );
  };

  return async () => {
    const { rows, pagination } = await services.catalog.listAll({
      sort: 'newest',
      page: 1,
      limit: MOST_PRODUCTS,
    });
    const lines = await Promise.all(rows.map(({ product, stock }) => lineOf(product, stock)));
    const held = rows.filter(({ stock }) => stock.held > 0);
    const holds = (await Promise.all(held.map(({ product }) => holdsOf(product)))).flat();
    return { lines, holds, more: Math.max(0, pagination.total - rows.length) };
  };
}

type Figures = Pick<StockLine, 'onHand' | 'available' | 'carts' | 'orders'> & { adjustments: number };
