import { AppError, messageOf } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Stock, TakeOutcome } from '../stock/stock.service.js';
import type { Basket, OrderedCarts } from './placing.basket.js';

/** Holds the lines of a basket, all or none. */
export function createBasketHolds(deps: {
  stock: Pick<Stock, 'take' | 'release'>;
  carts: Pick<OrderedCarts, 'thaw'>;
  log: Log;
}) {
  const { stock, carts, log } = deps;

  const undo = async (basket: Basket, taken: readonly (TakeOutcome | undefined)[]): Promise<void> => {
    const steps = basket.isPrivate
      ? basket.lines.map((line, i) => {
          const outcome = taken[i];
          if (outcome?.kind !== 'held') return Promise.resolve();
          const hold = { productId: line.productId, cartId: basket.cartId, gen: outcome.gen };
          return stock.release(hold, { onlyOwner: 'cart' });
        })
      : [carts.thaw(basket.cartId, basket.key)];
    for (const step of await Promise.allSettled(steps)) {
      if (step.status === 'rejected')
        log.warn({ error: messageOf(step.reason) }, 'a placement lapses by itself');
    }
  };

  return {
    /**
     * Takes back what was begun: thaws the customer's cart, whose holds are theirs to keep, or releases those of a private
     * one. Whatever cannot be taken back now lapses by itself: freeze, holds and row have an age.
     */
    undo,

    /**
     * Answers what was taken of each line, so that it can be undone. Throws insufficient_stock, order_in_progress, and what
     * keeps a line from being taken.
     */
    async take(basket: Basket): Promise<readonly TakeOutcome[]> {
      const settled = await Promise.allSettled(
        basket.lines.map(({ productId, units }) =>
          stock.take({ productId, cartId: basket.cartId, units, owner: 'cart', gen: newId() }),
        ),
      );
      const outcomes = settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
      const failed = settled.find((result) => result.status === 'rejected');
      if (failed !== undefined) {
        await undo(basket, outcomes);
        throw failed.reason;
      }
      const taken = outcomes.filter((outcome) => outcome !== undefined);
      const short = shortLines(basket.lines, taken);
      if (short.length > 0) {
        await undo(basket, taken);
        throw new AppError(
          'insufficient_stock',
          'Not everything is available in the quantity that you want.',
          {
            details: { lines: short },
          },
        );
      }
      if (taken.some((outcome) => outcome.kind === 'owned')) {
        throw new AppError('order_in_progress', 'An order with these items is being placed already.');
      }
      return taken;
    },
  };
}

/** What there is of the lines that fell short, the units that the cart holds already included. */
function shortLines(lines: Basket['lines'], taken: readonly TakeOutcome[]) {
  return lines.flatMap(({ productId, units }, i) => {
    const outcome = taken[i];
    return outcome?.kind === 'short'
      ? [{ productId, requested: units, available: outcome.available + outcome.held }]
      : [];
  });
}
