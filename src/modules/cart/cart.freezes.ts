import { FREEZE_MS, type CartStore, type Frozen } from './cart.store.js';

/** What became of an order placed from a cart: none, one under way, or one that took the cart's lines with it. */
export type PlacementState = 'none' | 'busy' | 'ordered';

/** Freezes that outlived their placement. */
export type Freezes = ReturnType<typeof createFreezes>;

export function createFreezes(deps: {
  carts: Pick<CartStore, 'retire' | 'thaw'>;
  placementOf: (cartId: string) => Promise<PlacementState>;
}) {
  return {
    /**
     * A cart that is still frozen long after: its placement died (`thawed`), or went through and left the cart behind
     * (`retired`). `busy`: the placement is at work, or may be.
     */
    async settle(
      cartId: string,
      userId: string | undefined,
      freeze: Frozen | undefined,
    ): Promise<'retired' | 'thawed' | 'busy'> {
      const placement = await deps.placementOf(cartId);
      if (placement === 'ordered') {
        await deps.carts.retire(cartId, userId);
        return 'retired';
      }
      if (placement === 'busy' || freeze === undefined || freeze.ageMs < FREEZE_MS) return 'busy';
      await deps.carts.thaw(cartId, freeze.key);
      return 'thawed';
    },
  };
}
