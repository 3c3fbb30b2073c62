import { randomInt } from 'node:crypto';

import { newId } from '../../platform/ids.js';
import { formatMoney } from '../../platform/money.js';
import { Refusal } from '../refusal.js';
import type { Parts } from './parts.js';

/** Customers to play with. Each is registered when first needed, and then comes back. */
const CUSTOMERS = ['Asha Rao', 'Ravi Iyer', 'Meera Shah', 'Kabir Sen', 'Leela Nair', 'Arjun Das'] as const;
const ADDRESS = '127.0.0.1';
const MOST_UNITS = 99;

/** `productId`: absent for any product that has so many units. */
export type Wish = { productId: string | undefined; units: number };

/** What a visitor of the shop would do. */
export function createShopActions({ holdfast: { services } }: Pick<Parts, 'holdfast'>) {
  let turn = 0;

  const customer = async (): Promise<{ userId: string; email: string }> => {
    const name = CUSTOMERS[(turn += 1) % CUSTOMERS.length] ?? CUSTOMERS[0];
    const email = `${name.toLowerCase().replace(' ', '.')}@example.com`;
    const known = await services.users.findCredentials(email);
    if (known !== undefined) return { userId: known.user.id, email };
    const { user } = await services.register({ name, email, password: `sandbox-${newId()}` });
    return { userId: user.id, email };
  };

  const wanted = async ({ productId, units }: Wish): Promise<string> => {
    if (units < 1 || units > MOST_UNITS)
      throw new Refusal(`One to ${MOST_UNITS} units of a product fit into a cart.`);
    if (productId !== undefined) return productId;
    const { rows } = await services.catalog.list({ sort: 'price', page: 1, limit: 50, inStock: true });
    const having = rows.filter(({ available }) => available >= units);
    const some = having[having.length === 0 ? 0 : randomInt(having.length)];
    if (some === undefined) throw new Refusal(`No product has ${units} units left.`, { status: 409 });
    return some.product.id;
  };

  return {
    /** A customer fills a cart, orders it and starts to pay. */
    async makeOrder(wish: Wish): Promise<string> {
      const productId = await wanted(wish);
      const { userId, email } = await customer();
      const visitor = { userId, cookieCartId: undefined, address: ADDRESS };
      await services.cart.set(visitor, productId, wish.units);
      const order = await services.place({
        userId,
        idempotencyKey: `console-${newId()}`,
        items: undefined,
        expectedTotal: undefined,
        shippingAddress: undefined,
        cartId: () => services.cart.cartToOrder(visitor),
      });
      await services.payments.start({ orderId: order.id, userId, amount: undefined });
      const total = formatMoney({ amount: order.total, currency: order.currency });
      return `${order.number}: ${email} ordered ${order.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')} for ${total}, and its payment waits at Razorpay.`;
    },

    /** A guest fills a cart and leaves it. */
    async fillCart(wish: Wish): Promise<string> {
      const productId = await wanted(wish);
      const guest = { userId: undefined, cookieCartId: undefined, address: ADDRESS };
      const { cart } = await services.cart.set(guest, productId, wish.units);
      const lines = cart.lines.map(({ units, name }) => `${units} × ${name}`).join(', ');
      return `A guest’s cart holds ${lines}; nobody will come back for it.`;
    },
  };
}
