import { composeAccounts, composeSecrets } from './compose/accounts.js';
import { composeCatalog } from './compose/catalog.js';
import type { Ground } from './compose/ground.js';
import { composeMails } from './compose/mails.js';
import { composeOrders } from './compose/orders.js';
import { composePayments } from './compose/payments.js';
import { composeReconciliation } from './compose/reconciliation.js';
import { composeStock } from './compose/stock.js';
import { createFigures } from './figures.js';
import { authHandlers } from './modules/auth/auth.handlers.js';
import { bringCart, cartHandlers, visitorOf } from './modules/cart/cart.handlers.js';
import { createCartService } from './modules/cart/cart.service.js';
import { createCartStore } from './modules/cart/cart.store.js';
import { catalogHandlers } from './modules/catalog/catalog.handlers.js';
import { contactHandlers } from './modules/contacts/contacts.handlers.js';
import { createContacts } from './modules/contacts/contacts.service.js';
import { createContactStore } from './modules/contacts/contacts.store.js';
import { notificationHandlers } from './modules/notifications/notifications.handlers.js';
import { orderHandlers } from './modules/orders/orders.handlers.js';
import { checkTransitions } from './modules/orders/orders.rules.js';
import { isPlaced } from './modules/orders/orders.service.js';
import { createOrderShipping } from './modules/orders/orders.shipping.js';
import { createOrderStore } from './modules/orders/orders.store.js';
import { paymentHandlers } from './modules/payments/payments.handlers.js';
import { reconciliationHandlers } from './modules/reconciliation/reconciliation.handlers.js';
import { shipmentHandlers } from './modules/shipments/shipments.handlers.js';
import { createShipmentMails } from './modules/shipments/shipments.mails.js';
import { createShipments } from './modules/shipments/shipments.service.js';
import { createShipmentStore } from './modules/shipments/shipments.store.js';
import { createEpochs } from './modules/stock/stock.epochs.js';
import { stockHandlers } from './modules/stock/stock.handlers.js';
import { userHandlers } from './modules/users/users.handlers.js';
import { toUserBody } from './modules/users/users.view.js';
import { createClock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { connectDatabase, isDatabaseTrouble } from './platform/db.js';
import { messageOf } from './platform/errors.js';
import { createHitCounter } from './platform/hits.js';
import { createApp } from './platform/http/app.js';
import { lostPage } from './platform/http/documentation.js';
import { loadDocuments } from './platform/http/documents.js';
import { createMetrics } from './platform/http/metrics.js';
import type { Api } from './platform/http/operation.js';
import { createReadiness } from './platform/http/readiness.js';
import { createRefusals } from './platform/http/refusals.js';
import { systemHandlers } from './platform/http/system.handlers.js';
import { createJobs, type Job } from './platform/jobs.js';
import type { Log } from './platform/log.js';
import { connectRedis } from './platform/redis.js';
import { isRedisTrouble } from './platform/redis.troubles.js';
import { createWaker } from './platform/waker.js';

/** How often each job looks for work. What must be quick is woken besides; these find what a crash left. */
const SECONDS = {
  rollback: 60,
  sweep: 30,
  stockReconcile: 600,
  orderReconcile: 3600,
  mail: 30,
  inbox: 15,
  payments: 60,
  images: 300,
} as const;

/**
 * A connected Holdfast. Here and in `compose/`, and nowhere else, things are constructed and modules meet. Throws where a
 * database cannot be reached.
 */
export type Holdfast = Awaited<ReturnType<typeof compose>>;

export async function compose(config: Config, log: Log) {
  checkTransitions();
  const ground = await connect(config, log);
  const { db, redis, clock } = ground;

  const orderStore = createOrderStore({ db, clock });
  const carts = createCartStore(redis);
  const stock = composeStock(ground, () => orders.books);
  const secrets = composeSecrets(ground);
  const mails = composeMails(ground, secrets.links);
  const { outbox } = mails;
  const accounts = composeAccounts(ground, {
    ...secrets,
    outbox,
    letGo: (userId, what) =>
      cart.letGo(userId, what).catch((error: unknown) => {
        log.warn({ userId, error: messageOf(error) }, 'the holds of a cart are left to lapse');
      }),
  });
  const { catalog, images } = composeCatalog(ground, stock);
  const orders = composeOrders(ground, {
    orders: orderStore,
    carts,
    users: accounts.users,
    products: catalog.snapshotOf,
    stock: stock.stock,
    mails,
    wakeRefunds: () => refundWaker.wake(),
  });
  const payments = composePayments(ground, orders);
  const { inbox, reconciler, events } = payments;
  const inboxWaker = createWaker(inbox.run, log, 'the webhook inbox');
  const refundWaker = createWaker(reconciler.refund, log, 'refunds');
  const shipments = createShipments({
    store: createShipmentStore({ db, clock }),
    orders: createOrderShipping({ orders: orderStore }),
    mails: createShipmentMails(outbox),
    wake: outbox.wake,
    db,
    clock,
  });
  const cart = createCartService({
    carts,
    stock: stock.stock,
    products: catalog.snapshotOf,
    async placementOf(cartId) {
      const order = await orderStore.findByCart(cartId);
      if (order === undefined) return 'none';
      return isPlaced(order) ? 'ordered' : 'busy';
    },
    clock,
    currency: config.shop.currency,
    maxLines: config.cart.maxLines,
    newPerAddressHourly: config.cart.newPerAddressHourly,
  });
  const contacts = createContacts({
    db,
    contacts: createContactStore(db),
    outbox,
    clock,
    adminEmail: config.shop.adminEmail,
  });
  const {
    reconciliations,
    findings,
    accounts: accountsOfStock,
  } = composeReconciliation(ground, { stock, orders, mails });

  const schedule: Job[] = [
    { name: 'webhook-inbox', everySeconds: SECONDS.inbox, run: inbox.run },
    { name: 'payment-reconcile', everySeconds: SECONDS.payments, run: reconciler.run },
    { name: 'stock-rollback', everySeconds: SECONDS.rollback, run: orders.rollback },
    { name: 'stock-sweep', everySeconds: SECONDS.sweep, run: stock.sweep },
    { name: 'stock-reconcile', everySeconds: SECONDS.stockReconcile, run: reconciliations.runStock },
    { name: 'mail', everySeconds: SECONDS.mail, run: mails.notifications.deliverDue },
    // It passes every order: a start need not wait for it.
    {
      name: 'order-reconcile',
      everySeconds: SECONDS.orderReconcile,
      run: reconciliations.runOrders,
      atStart: false,
    },
    { name: 'image-sweep', everySeconds: SECONDS.images, run: images.sweep },
  ];
  const jobs = createJobs({ db, clock, log, jobs: schedule });

  let stopping = false;
  const metrics = createMetrics(
    createFigures({
      mails: mails.desk,
      events,
      orders: orderStore,
      keys: payments.keys,
      runs: jobs.runs,
      checks: findings,
      clock,
    }),
  );
  const refusals = createRefusals({ metrics, log });
  const documents = loadDocuments();
  const api: Api = {
    auth: authHandlers({
      auth: accounts.auth,
      resets: accounts.resets,
      toUserBody,
      bringCart: (arrival) =>
        bringCart(cart, arrival).catch((error: unknown) => {
          // Its cookie stays, so whatever touches the cart next brings it along.
          log.warn({ error: messageOf(error) }, 'the cart of a guest who signed in is merged later');
          return [];
        }),
    }),
    users: userHandlers({
      users: accounts.profiles,
      addresses: accounts.addresses,
      changePassword: accounts.auth.changePassword,
    }),
    contacts: contactHandlers(contacts),
    catalog: catalogHandlers(catalog, images),
    stock: stockHandlers({
      stock: stock.stock,
      record: stock.adjustments.record,
      holders: stock.holders,
    }),
    cart: cartHandlers(cart),
    orders: orderHandlers({
      reads: orders.reads,
      place: orders.placing.place,
      cartOf: (call) => cart.cartToOrder(visitorOf(call)),
      moves: orders.moves,
      cancelling: orders.cancelling,
      patience: config.orders,
    }),
    payments: paymentHandlers({
      payments: payments.payments,
      reads: payments.reads,
      outside: payments.outside,
      refunds: payments.refunds,
      withdrawals: payments.withdrawals,
      inbox,
      receive: inbox.receive,
      wake: inboxWaker.wake,
      keyId: config.razorpay.keyId,
    }),
    shipments: shipmentHandlers(shipments),
    reconciliation: reconciliationHandlers({ reconciliations, namesOf: catalog.snapshotOf }),
    notifications: notificationHandlers(mails.mails),
    system: systemHandlers({
      readiness: createReadiness({
        checks: { database: db.trouble, redis: redis.trouble },
        accepting: () => !stopping,
        log,
      }),
      metrics,
      documents,
      jobRuns: jobs.runs,
    }),
  };
  const app = createApp({
    api,
    authenticate: accounts.auth.authenticate,
    settings: config,
    log,
    isTrouble: (error) => isDatabaseTrouble(error) || isRedisTrouble(error),
    metrics,
    countHit: createHitCounter(redis),
    pageFor: lostPage(documents.site),
  });

  await db.createIndexes().catch(async (error: unknown) => {
    await redis.close();
    await db.close();
    throw error;
  });

  return {
    app,
    /** Counts what the HTTP server refuses before it comes to `app`. */
    refusals,
    jobs,
    clock,
    /** Use cases that commands and tests call without HTTP. */
    services: {
      db,
      users: accounts.users,
      accounts: accounts.accounts,
      catalog,
      images,
      stock: stock.stock,
      stockAccounts: accountsOfStock,
      settlement: orders.settlement,
      reconciliations,
      register: accounts.auth.register,
      carts,
      cart,
      orders: orders.reads,
      place: orders.placing.place,
      payments: payments.payments,
      paymentReads: payments.reads,
      inbox,
      mails: mails.mails,
    },
    /** Asks Razorpay whether it takes the keys, until it has said it. Never throws: what is wrong is logged, and stands in the metrics. */
    checkPaymentKeys: payments.keys.check,
    /** From now on readiness says that no further request should be sent here. */
    announceStop(): void {
      stopping = true;
    },
    /** Waits until nothing runs in the background that an answer has set going. */
    async idle(): Promise<void> {
      await inboxWaker.idle();
      await refundWaker.idle();
      await mails.notifications.idle();
    },
    /** Closes what was opened. Jobs and the server are stopped by whoever started them. */
    async close(): Promise<void> {
      payments.keys.stop();
      refusals.stop();
      await inboxWaker.idle();
      await refundWaker.idle();
      await mails.notifications.stop();
      mails.mailer.close();
      await redis.close();
      await db.close();
    },
  };
}

async function connect(config: Config, log: Log): Promise<Ground> {
  const { databaseUrl, redis: address } = config.connections;
  const db = await connectDatabase({ url: databaseUrl, log });
  const clock = createClock(db.clockOffset);
  const redis = await connectRedis({ ...address, clock, epochOf: createEpochs(db), log }).catch(
    async (error: unknown) => {
      await db.close();
      throw error;
    },
  );
  return { config, log, db, redis, clock };
}
