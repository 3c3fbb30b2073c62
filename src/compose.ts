import { randomInt } from 'node:crypto';
import { createFigures } from './figures.js';
import { authHandlers } from './modules/auth/auth.handlers.js';
import { createAccounts } from './modules/auth/auth.accounts.js';
import { createResetLinks } from './modules/auth/auth.links.js';
import { createPasswords } from './modules/auth/auth.passwords.js';
import { createResets } from './modules/auth/auth.resets.js';
import { createAuth } from './modules/auth/auth.service.js';
import { createTokens } from './modules/auth/auth.tokens.js';
import { bringCart, cartHandlers, visitorOf } from './modules/cart/cart.handlers.js';
import { createCartService } from './modules/cart/cart.service.js';
import { createCartStore } from './modules/cart/cart.store.js';
import { catalogHandlers } from './modules/catalog/catalog.handlers.js';
import { createProductImages } from './modules/catalog/catalog.images.js';
import { createPictures } from './modules/catalog/catalog.pictures.js';
import { createCatalog } from './modules/catalog/catalog.service.js';
import { createCatalogStore } from './modules/catalog/catalog.store.js';
import { createAdminNotices, type AdminNotices } from './modules/notifications/admin.notices.js';
import { createMails } from './modules/notifications/mails.service.js';
import { createMailDesk } from './modules/notifications/mails.store.js';
import { notificationHandlers } from './modules/notifications/notifications.handlers.js';
import { contactHandlers } from './modules/contacts/contacts.handlers.js';
import { createContacts } from './modules/contacts/contacts.service.js';
import { createContactStore } from './modules/contacts/contacts.store.js';
import { createImageStore } from './modules/catalog/images.store.js';
import { createNotifications } from './modules/notifications/notifications.service.js';
import { createMailStore } from './modules/notifications/notifications.store.js';
import { createOrderBooks } from './modules/orders/orders.books.js';
import { createCancelling } from './modules/orders/orders.cancel.js';
import { orderHandlers } from './modules/orders/orders.handlers.js';
import { createOrderMails } from './modules/orders/orders.mails.js';
import { createOrderMoves } from './modules/orders/orders.moves.js';
import { createPlacing } from './modules/orders/orders.placing.js';
import { checkTransitions, nextStep, paymentStatusOf } from './modules/orders/orders.rules.js';
import { createOrderReads, isPlaced } from './modules/orders/orders.service.js';
import { createSettlement } from './modules/orders/orders.settlement.js';
import { createOrderShipping } from './modules/orders/orders.shipping.js';
import { createOrderStore } from './modules/orders/orders.store.js';
import { createRollbackJob } from './modules/orders/orders.sweep.js';
import { createEventStore } from './modules/payments/events.store.js';
import { createOutsidePayments } from './modules/payments/outside.service.js';
import { paymentHandlers } from './modules/payments/payments.handlers.js';
import { createWebhookInbox } from './modules/payments/payments.inbox.js';
import { createMoneyBook } from './modules/payments/payments.money.js';
import { createPaymentReads } from './modules/payments/payments.reads.js';
import { createPaymentReconciler } from './modules/payments/payments.reconcile.js';
import { countMoney } from './modules/payments/payments.rules.js';
import { createPaymentService } from './modules/payments/payments.service.js';
import { createPaymentStore } from './modules/payments/payments.store.js';
import { createGateway } from './modules/payments/razorpay.js';
import { createRefundService } from './modules/payments/refunds.service.js';
import { shipmentHandlers } from './modules/shipments/shipments.handlers.js';
import { createShipmentMails } from './modules/shipments/shipments.mails.js';
import { createShipments } from './modules/shipments/shipments.service.js';
import { createShipmentStore } from './modules/shipments/shipments.store.js';
import { reconciliationHandlers } from './modules/reconciliation/reconciliation.handlers.js';
import { createOrderAudit } from './modules/reconciliation/reconciliation.orders.js';
import { createReconciliations } from './modules/reconciliation/reconciliation.service.js';
import { createFindingStore } from './modules/reconciliation/reconciliation.store.js';
import { createAdjustmentStore } from './modules/stock/adjustments.store.js';
import { createRepairStore } from './modules/stock/repairs.store.js';
import { createStockAccounts } from './modules/stock/stock.accounts.js';
import { createAdjustments } from './modules/stock/stock.adjustments.js';
import { createEpochs } from './modules/stock/stock.epochs.js';
import { stockHandlers } from './modules/stock/stock.handlers.js';
import { createHolders } from './modules/stock/stock.holders.js';
import { createStockLedger } from './modules/stock/stock.ledger.js';
import { createRebuild, type Books } from './modules/stock/stock.rebuild.js';
import { createReconciler } from './modules/stock/stock.reconcile.js';
import { createStock } from './modules/stock/stock.service.js';
import { createStockStore } from './modules/stock/stock.store.js';
import { createStockSweep, type JudgeOwner } from './modules/stock/stock.sweep.js';
import { createAddressBook } from './modules/users/users.addresses.js';
import { createAddressStore } from './modules/users/users.addresses.store.js';
import { userHandlers } from './modules/users/users.handlers.js';
import { createSecretStore } from './modules/users/users.secrets.store.js';
import { createUsers } from './modules/users/users.service.js';
import { createUserStore } from './modules/users/users.store.js';
import { toUserBody } from './modules/users/users.view.js';
import { createClock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { connectDatabase, isDatabaseTrouble } from './platform/db.js';
import { messageOf, notFound } from './platform/errors.js';
import { createHitCounter } from './platform/hits.js';
import { createApp } from './platform/http/app.js';
import { loadDocuments } from './platform/http/documents.js';
import { createMetrics } from './platform/http/metrics.js';
import type { Api } from './platform/http/operation.js';
import { systemHandlers } from './platform/http/system.handlers.js';
import { newId } from './platform/ids.js';
import { createJobs, type Job } from './platform/jobs.js';
import type { Log } from './platform/log.js';
import { createMailer } from './platform/mail.js';
import { connectRedis, isRedisTrouble } from './platform/redis.js';
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

/** A connected Holdfast: everything is constructed here and nowhere else. Throws where a database cannot be reached. */
export type Holdfast = Awaited<ReturnType<typeof compose>>;

export async function compose(config: Config, log: Log) {
  checkTransitions();
  const { connections, shop } = config;

  // What all parts stand on.
  const db = await connectDatabase({ url: connections.databaseUrl, log });
  const clock = createClock(db.clockOffset);
  const redis = await connectRedis({ ...connections.redis, clock, epochOf: createEpochs(db), log }).catch(
    async (error: unknown) => {
      await db.close();
      throw error;
    },
  );

  // Stores first: nothing in them knows another module.
  const users = createUserStore(db);
  const secrets = createSecretStore(db);
  const products = createCatalogStore(db);
  const ledger = createStockLedger({ db, clock });
  const adjustmentStore = createAdjustmentStore(db);
  const stockStore = createStockStore(redis);
  const carts = createCartStore(redis);
  const orders = createOrderStore({ db, clock });
  const paymentStore = createPaymentStore({ db, clock });

  // Stock asks orders whose a hold is; orders ask stock to hold. The knot is tied by `books`, called only at run time.
  const books: Books = {
    async endUnfinished(productId) {
      await orderBooks.endUnfinished(productId);
      await adjustmentStore.releaseOpen(productId);
    },
    snapshot: (productId) =>
      db.snapshot(async (session) => {
        const { onHand, seq, rev } = await ledger.read(productId, session);
        return { onHand, seq, rev, wanted: await orderBooks.wantedHolds(productId, session) };
      }),
  };
  const stock = createStock({
    store: stockStore,
    ledger,
    rebuild: createRebuild({ store: stockStore, books, ledger }),
    clock,
    cartHoldMs: config.cart.holdMs,
  });
  const adjustments = createAdjustments({ rows: adjustmentStore, ledger, stock, db, clock, log });

  const mailer = createMailer({
    ses: config.ses,
    endpoint: connections.sesEndpoint,
    from: { name: shop.name, address: shop.mailFrom },
  });
  const resetLinks = createResetLinks({
    key: config.token.key,
    page: config.passwordResetUrl,
    findReset: secrets.findReset,
    clock,
  });
  const notifications = createNotifications({
    mails: createMailStore(db, (mail, session) => notices.mailDied(mail, session)),
    mailer,
    shop: { name: shop.name },
    resetLink: resetLinks.linkOf,
    clock,
    log,
    random: () => randomInt(1_000_000) / 1_000_000,
  });
  const { outbox } = notifications;
  const notices: AdminNotices = createAdminNotices({ outbox, to: shop.adminEmail, clock });
  const desk = createMailDesk(db);
  const mails = createMails({ desk, shop: { name: shop.name }, clock, wake: outbox.wake, log });

  const catalog = createCatalog({
    db,
    products,
    stock: {
      available: stock.available,
      figures: stock.figures,
      apply: stock.apply,
      async receive(receipt, session) {
        await stock.receive({ ...receipt, kind: 'receipt', ref: 'opening' }, session);
      },
    },
    clock,
    currency: shop.currency,
  });

  const orderMails = createOrderMails(outbox, notices);
  const money = createMoneyBook({ store: paymentStore, orders, mails: orderMails, db, clock });
  const images = createProductImages({
    db,
    products,
    catalog,
    stock,
    images: createImageStore(db),
    makePictures: createPictures(),
    clock,
    log,
  });

  const gateway = createGateway({ ...config.razorpay, apiUrl: connections.razorpayUrl });
  const wake = (): void => {
    outbox.wake();
    refundWaker.wake();
  };
  const settlement = createSettlement({
    orders,
    stock,
    refunds: money.requests,
    mails: orderMails,
    wake,
    db,
    clock,
  });
  // What is committed is answered; what cannot be finished at once (Redis is away) is left to the rollback job.
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
    products: catalog.snapshotOf,
    async customer(userId) {
      const user = await users.find(userId);
      if (user === undefined) throw notFound('The account');
      return { userId, name: user.name, email: user.email };
    },
    db,
    clock,
    currency: shop.currency,
    log,
  });
  const orderBooks = createOrderBooks({ orders, placing, settlement, patience: config.orders });
  const reads = createOrderReads(orders);
  const moves = createOrderMoves({ orders });
  const cancelling = createCancelling({
    orders,
    reads,
    stock,
    refunds: money.requests,
    mails: orderMails,
    settle,
    wake,
    db,
  });

  const cart = createCartService({
    carts,
    stock,
    products: catalog.snapshotOf,
    async placementOf(cartId) {
      const order = await orders.findByCart(cartId);
      if (order === undefined) return 'none';
      return isPlaced(order) ? 'ordered' : 'busy';
    },
    clock,
    currency: shop.currency,
    maxLines: config.cart.maxLines,
    newPerAddressHourly: config.cart.newPerAddressHourly,
  });

  const payments = createPaymentService({
    store: paymentStore,
    gateway,
    orders: reads,
    money,
    settlement,
    clock,
    keySecret: config.razorpay.keySecret,
  });
  const { webhookSecret, previousWebhookSecret } = config.razorpay;
  const events = createEventStore({ db, clock });
  const inbox = createWebhookInbox({
    events,
    clock,
    money,
    settlement,
    secrets: [webhookSecret, ...(previousWebhookSecret === undefined ? [] : [previousWebhookSecret])],
  });
  const reconciler = createPaymentReconciler({
    store: paymentStore,
    gateway,
    money,
    orders: { find: orders.find, due: reads.due },
    settlement,
    clock,
  });
  const outside = createOutsidePayments({
    store: paymentStore,
    orders: { find: orders.find, get: reads.get, due: reads.due },
    money,
    mails: orderMails,
    settle,
    wake,
    db,
    clock,
  });
  const refunds = createRefundService({
    store: paymentStore,
    orders: { find: orders.find, change: orders.change, get: reads.get },
    money,
    mails: orderMails,
    settle,
    wake,
    db,
  });
  const inboxWaker = createWaker(inbox.run, log, 'the webhook inbox');
  const refundWaker = createWaker(reconciler.refund, log, 'refunds');

  const shipments = createShipments({
    store: createShipmentStore({ db, clock }),
    orders: createOrderShipping({ orders }),
    mails: createShipmentMails(outbox),
    wake: outbox.wake,
    db,
    clock,
  });

  const passwords = createPasswords({ cost: config.passwordCost });
  const accounts = createAccounts({ users, passwords, clock });
  const tokens = createTokens({ ...config.token, clock });
  const auth = createAuth({ db, users, secrets, accounts, passwords, tokens, outbox, clock });
  const resets = createResets({ db, secrets, links: resetLinks, passwords, outbox, clock });

  const contacts = createContacts({
    db,
    contacts: createContactStore(db),
    outbox,
    clock,
    adminEmail: shop.adminEmail,
  });

  const judge: JudgeOwner = (owner, gen) =>
    owner.startsWith('order:') ? orderBooks.judge(owner, gen) : adjustments.judge(owner, gen);
  const sweep = createStockSweep({ store: stockStore, stock, judge, adjustments });
  const stockAccounts = createStockAccounts({
    store: stockStore,
    ledger,
    judge,
    openUnits: orders.openUnits,
    db,
  });
  const repairs = createRepairStore(db);
  const findings = createFindingStore(db);
  const reconciliations = createReconciliations({
    reconciler: createReconciler({
      accounts: stockAccounts,
      store: stockStore,
      ledger,
      repairs,
      stock,
      db,
      clock,
      log,
    }),
    accounts: stockAccounts,
    ledger,
    audit: createOrderAudit({
      orders,
      payments: paymentStore.payments,
      refunds: paymentStore.refunds,
      ledger,
      rules: {
        count: countMoney,
        paymentStatusOf,
        nextStep: (order, now) => nextStep(order, now).kind,
      },
      db,
      clock,
    }),
    findings,
    repairs,
    tell: ({ repairs: made, unexplained }, session) =>
      notices.drift(
        newId(),
        {
          repaired: made.map((one) => `${one.number} of ${one.productId}: ${one.before} -> ${one.after}`),
          unexplained: unexplained.map(({ subject, message }) => `${subject}: ${message}`),
        },
        session,
      ),
    wake: outbox.wake,
    db,
    clock,
  });
  const rollback = createRollbackJob({
    orders,
    placing,
    settlement,
    cancelling,
    clock,
    patience: config.orders,
  });
  const schedule: Job[] = [
    { name: 'webhook-inbox', everySeconds: SECONDS.inbox, run: inbox.run },
    { name: 'payment-reconcile', everySeconds: SECONDS.payments, run: reconciler.run },
    { name: 'stock-rollback', everySeconds: SECONDS.rollback, run: rollback },
    { name: 'stock-sweep', everySeconds: SECONDS.sweep, run: sweep },
    { name: 'stock-reconcile', everySeconds: SECONDS.stockReconcile, run: reconciliations.runStock },
    { name: 'mail', everySeconds: SECONDS.mail, run: notifications.deliverDue },
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
    createFigures({ mails: desk, events, orders, runs: jobs.runs, checks: findings, clock }),
  );
  const api: Api = {
    auth: authHandlers({
      auth,
      resets,
      toUserBody,
      bringCart: (arrival) =>
        bringCart(cart, arrival).catch((error: unknown) => {
          // Its cookie stays, so whatever touches the cart next brings it along.
          log.warn({ error: messageOf(error) }, 'the cart of a guest who signed in is merged later');
          return [];
        }),
    }),
    users: userHandlers({
      users: createUsers({ db, users, clock }),
      addresses: createAddressBook({ addresses: createAddressStore(db) }),
      changePassword: auth.changePassword,
    }),
    contacts: contactHandlers(contacts),
    catalog: catalogHandlers(catalog, images),
    stock: stockHandlers({
      stock,
      record: adjustments.record,
      holders: createHolders({ stock, orders: orderBooks.holding, adjustments: adjustmentStore.findAll }),
    }),
    cart: cartHandlers(cart),
    orders: orderHandlers({
      reads,
      place: placing.place,
      cartOf: (call) => cart.cartToOrder(visitorOf(call)),
      moves,
      cancelling,
      patience: config.orders,
    }),
    payments: paymentHandlers({
      payments,
      reads: createPaymentReads(paymentStore),
      outside,
      refunds,
      inbox,
      receive: inbox.receive,
      wake: inboxWaker.wake,
      keyId: config.razorpay.keyId,
    }),
    shipments: shipmentHandlers(shipments),
    reconciliation: reconciliationHandlers({ reconciliations, namesOf: catalog.snapshotOf }),
    notifications: notificationHandlers(mails),
    system: systemHandlers({
      checks: { database: db.ping, redis: redis.ping },
      metrics,
      documents: loadDocuments(),
      jobRuns: jobs.runs,
      accepting: () => !stopping,
    }),
  };
  const app = createApp({
    api,
    authenticate: auth.authenticate,
    settings: config,
    log,
    isTrouble: (error) => isDatabaseTrouble(error) || isRedisTrouble(error),
    metrics,
    countHit: createHitCounter(redis),
  });

  await db.createIndexes().catch(async (error: unknown) => {
    await redis.close();
    await db.close();
    throw error;
  });

  return {
    app,
    jobs,
    clock,
    /** Use cases that commands and tests call without HTTP. */
    services: { db, users, accounts, catalog, images, stock, settlement, reconciliations },
    /** From now on readiness says that no further request should be sent here. */
    announceStop(): void {
      stopping = true;
    },
    /** Waits until nothing runs in the background that an answer has set going. */
    async idle(): Promise<void> {
      await inboxWaker.idle();
      await refundWaker.idle();
      await notifications.idle();
    },
    /** Closes what was opened. Jobs and the server are stopped by whoever started them. */
    async close(): Promise<void> {
      await inboxWaker.idle();
      await refundWaker.idle();
      await notifications.stop();
      mailer.close();
      await redis.close();
      await db.close();
    },
  };
}
