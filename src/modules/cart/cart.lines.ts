import { AppError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Stock } from '../stock/stock.service.js';
import type { Freezes } from './cart.freezes.js';
import { linesFull, type CartProduct } from './cart.rules.js';
import type { CartLine, CartStore, Frozen } from './cart.store.js';

/** Lines of carts together with what is held for them. */
export function createCartLines(deps: {
  carts: Pick<CartStore, 'writeLine'>;
  stock: Pick<Stock, 'take' | 'release' | 'holdOf'>;
  freezes: Freezes;
  maxLines: number;
}) {
  const { carts, stock, freezes, maxLines } = deps;

  /** Ends a freeze that outlived its placement; throws cart_busy where the placement is at work, or may be. */
  const settleFreeze = async (cartId: string, userId: string | undefined, freeze: Frozen | undefined) => {
    const settled = await freezes.settle(cartId, userId, freeze);
    if (settled !== 'busy') return settled;
    throw new AppError('cart_busy', 'An order is being placed from this cart. Please try again in a moment.');
  };

  /**
   * Holds the units and writes the line, unless it has not `ifUnits` any more (`changed`), the cart is over (`moved`), or an
   * order has its holds (`owned`) or is being placed. Throws insufficient_stock, cart_full. The hold comes first: a line
   * without a hold is shown as such, never sold.
   */
  const hold = async (
    cart: { id: string; userId: string | undefined },
    product: CartProduct,
    units: number,
    ifUnits: number | undefined,
  ): Promise<'written' | 'owned' | 'changed' | 'moved' | Frozen> => {
    const cartId = cart.id;
    const taken = await stock.take({ productId: product.id, cartId, units, owner: 'cart', gen: newId() });
    if (taken.kind === 'short') {
      const line = { productId: product.id, requested: units, available: taken.available + taken.held };
      throw new AppError('insufficient_stock', `Of this product you can have ${line.available}.`, {
        details: { lines: [line] },
      });
    }
    if (taken.kind === 'owned') return 'owned';
    const line: CartLine = { productId: product.id, units, priceSeen: product.price.amount };
    const limits = { maxLines, ...(ifUnits !== undefined && { ifUnits }) };
    const written = await carts.writeLine(cart, line, limits);
    switch (written.kind) {
      case 'full':
        await stock.release({ productId: product.id, cartId, gen: taken.gen }, { onlyOwner: 'cart' });
        throw linesFull(maxLines);
      case 'ok':
        return 'written';
      case 'changed':
      case 'moved':
        return written.kind;
      case 'frozen':
        return written;
    }
  };

  /** The line stays, as one whose hold has lapsed. */
  const release = async (cartId: string, productId: string): Promise<void> => {
    const { hold: held } = await stock.holdOf(productId, cartId);
    if (held !== undefined) await stock.release({ productId, cartId, gen: held.gen }, { onlyOwner: 'cart' });
  };

  /** Removes the lines and gives their units back. A cart that has become an order meanwhile has none to remove. */
  const drop = async (
    cartId: string,
    userId: string | undefined,
    productIds: readonly string[],
  ): Promise<void> => {
    const cart = { id: cartId, userId };
    const limits = { maxLines };
    for (const productId of productIds) {
      const written = await carts.writeLine(cart, { productId, units: 0, priceSeen: 0 }, limits);
      if (written.kind === 'frozen') {
        if ((await settleFreeze(cartId, userId, written)) === 'retired') return;
        await carts.writeLine(cart, { productId, units: 0, priceSeen: 0 }, limits);
      }
      await release(cartId, productId);
    }
  };

  return { settleFreeze, hold, release, drop };
}
