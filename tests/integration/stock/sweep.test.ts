import { describe, expect, it } from '@jest/globals';
import { aProduct, equation } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('C4: a sweep', () => {
  it('gives back more holds of one product than it looks at in one go', async () => {
    const { id } = await aProduct(app, { stock: 300 });
    const { stock } = app.holdfast.services;
    for (let n = 0; n < 250; n += 1) {
      const cart = { productId: id, cartId: `cart-${n}`, owner: 'cart' as const, gen: `gen-${n}` };
      await stock.take({ ...cart, units: 1 });
    }
    expect(await equation(app, id)).toMatchObject({ available: 50, carts: 250 });
    app.holdfast.clock.advance(31 * 60_000);
    const run = await app.holdfast.jobs.run('stock-sweep');
    expect(run).toMatchObject({ changed: 250, failures: [] });
    expect(await equation(app, id)).toMatchObject({ onHand: 300, available: 300, held: 0 });
  });
});
