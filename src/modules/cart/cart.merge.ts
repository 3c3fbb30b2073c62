import { newId } from '../../platform/ids.js';
import type { Stock } from '../stock/stock.service.js';
import type { Freezes } from './cart.freezes.js';
import type { CartLine, CartStore } from './cart.store.js';

/**
 * `merged`: the guest's cart is over, or never was. `foreign`: it is another user's. `unfinished`: an order is being placed, or
 * there is no room to remember what does not fit; what is left over there is merged the next time.
 */
export type MergeOutcome = 'merged' | 'foreign' | 'unfinished';

export type CartMerge = (userId: string, guestId: string) => Promise<MergeOutcome>;

/** How often a cart may be ordered or a freeze end while its lines move. */
const ROUNDS = 4;

/**
 * Merges a guest's cart into the user's, line by line. A line is written first, once, with a mark where it came from; then its
 * hold moves, in one step; then the guest's line goes. A crash between any two of these leaves a guest's cart that the
 * next call finishes, and two that merge at once do each step once.
 */
export function createCartMerge(deps: {
  carts: CartStore;
  stock: Pick<Stock, 'merge'>;
  freezes: Freezes;
  most: { units: number; lines: number };
}): CartMerge {
  const { carts, stock, freezes } = deps;

  const cartOf = async (userId: string): Promise<string> => {
    const own = await carts.cartOf(userId);
    if (own !== undefined) return own;
    const cartId = await carts.point(userId, newId() + newId());
    await carts.claimFor(cartId, userId);
    return cartId;
  };

  /** An earlier cart has got some lines and was ordered then: those are not wanted again. */
  const leave = async (
    guestId: string,
    earlier: string,
    cartId: string,
    lines: CartLine[],
  ): Promise<void> => {
    for (const { productId } of lines) {
      if (!(await carts.merging.hasGot(earlier, guestId, productId))) continue;
      await stock.merge({ productId, cartId: guestId }, earlier, () => Promise.resolve(0));
      await carts.merging.dropLine(guestId, productId);
    }
    await carts.merging.aim(guestId, earlier, cartId);
  };

  /** `again`: the cart was ordered or thawed meanwhile. */
  const moveLine = async (
    to: { cartId: string; userId: string },
    guestId: string,
    line: CartLine,
  ): Promise<'moved' | 'left' | 'busy' | 'again'> => {
    const { productId } = line;
    const added = await carts.merging.addLine(to, guestId, line, deps.most);
    switch (added.kind) {
      case 'frozen':
        return (await freezes.settle(to.cartId, to.userId, added)) === 'busy' ? 'busy' : 'again';
      case 'gone':
        await carts.unpoint(to.userId, to.cartId);
        return 'again';
      case 'full':
        return 'left';
      case 'ok':
        await stock.merge({ productId, cartId: guestId }, to.cartId, () =>
          carts.merging.unitsIn(to.cartId, productId),
        );
        await carts.merging.dropLine(guestId, productId);
        return 'moved';
    }
  };

  const round = async (userId: string, guestId: string): Promise<MergeOutcome | 'again'> => {
    const to = { userId, cartId: await cartOf(userId) };
    if (to.cartId === guestId) return 'merged';
    const begun = await carts.merging.begin(guestId, to);
    if (begun.kind === 'none') return 'merged';
    if (begun.kind === 'foreign') return 'foreign';
    if (begun.kind === 'frozen') {
      return (await freezes.settle(guestId, userId, begun)) === 'busy' ? 'unfinished' : 'again';
    }
    if (begun.into !== to.cartId) {
      await leave(guestId, begun.into, to.cartId, begun.lines);
      return 'again';
    }
    for (const line of begun.lines) {
      const moved = await moveLine(to, guestId, line);
      if (moved === 'busy') return 'unfinished';
      if (moved === 'again') return 'again';
    }
    return (await carts.merging.end(guestId, to.cartId)) ? 'merged' : 'unfinished';
  };

  return async (userId, guestId) => {
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      const outcome = await round(userId, guestId);
      if (outcome !== 'again') return outcome;
    }
    return 'unfinished';
  };
}
