import type { CartStore } from '../modules/cart/cart.store.js';
import type { Catalog } from '../modules/catalog/catalog.service.js';
import { createOrderBooks } from '../modules/orders/orders.books.js';
import { createCancelling } from '../modules/orders/orders.cancel.js';
import { createOrderMails } from '../modules/orders/orders.mails.js';
import { createOrderMoves } from '../modules/orders/orders.moves.js';
import { createPlacing } from '../modules/orders/orders.placing.js';
import { createOrderReads } from '../modules/orders/orders.service.js';
import { createSettlement } from '../modules/orders/orders.settlement.js';
import type { OrderStore } from '../modules/orders/orders.store.js';
import { createRollbackJob } from '../modules/orders/orders.sweep.js';
import { createMoneyBook } from '../modules/payments/payments.money.js';
import { createPaymentStore } from '../modules/payments/payments.store.js';
import type { UserStore } from '../modules/users/users.store.js';
import { messageOf, notFound } from '../platform/errors.js';
import type { Ground } from './ground.js';
import type { MailParts } from './mails.js';
import type { StockParts } from './stock.js';

export type OrderParts = ReturnType<typeof composeOrders>;

/** Orders, and the book of their money. `wakeRefunds`: refunds may have been decided. */
export function composeOrders(
  { config, log, db, clock }: Ground,
  parts: {
    orders: OrderStore;
    carts: CartStore;
    users: Pick<UserStore, 'find'>;
    products: Catalog['snapshotOf'];
    stock: StockParts['stock'];
    mails: Pick<MailParts, 'outbox' | 'notices'>;
    wakeRefunds: () => void;
  },
) {
  const { orders, carts, users, products, stock } = parts;
  const { outbox, notices } = parts.mails;
  const paymentStore = createPaymentStore({ db, clock });
  const mails = createOrderMails(outbox, notices);
  const money = createMoneyBook({ store: paymentStore, orders, mails, db, clock });
  const refunds = money.requests;
  const reads = createOrderReads(orders);
  const wake = (): void => {
    outbox.wake();
    parts.wakeRefunds();
  };
  const settlement = createSettlement({ orders, stock, refunds, mails, wake, db, clock });
  /** What is committed is answered; what cannot be finished at once (Redis is away) is left to the rollback job. */
  const settle = (orderId: string): Promise<unknown> =>
    settlement.settle(orderId).catch((error: unknown) => {
      log.warn({ orderId, error: messageOf(error) }, 'an order is settled later');
    });
  const placing = createPlacing({
    orders,
    stock,
    carts: {
      async freeze(cartId, key) {
        const frozen = await carts.freeze(cartId, key);
        return frozen.kind === 'frozen' ? frozen : { kind: 'ok', lines: frozen.cart.lines };
      },
      thaw: carts.thaw,
      retire: carts.retire,
    },
    products,
    async customer(userId) {
      const user = await users.find(userId);
      if (user === undefined) throw notFound('The account');
      return { userId, name: user.name, email: user.email };
    },
    db,
    clock,
    currency: config.shop.currency,
    mostUnpaid: config.orders.mostUnpaid,
    log,
  });
  const cancelling = createCancelling({ orders, reads, stock, refunds, mails, settle, wake, db });
  const patience = config.orders;

  return {
    orders,
    paymentStore,
    mails,
    money,
    reads,
    wake,
    settlement,
    settle,
    placing,
    cancelling,
    moves: createOrderMoves({ orders }),
    books: createOrderBooks({ orders, placing, settlement, patience }),
    rollback: createRollbackJob({ orders, placing, settlement, cancelling, clock, patience }),
  };
}
