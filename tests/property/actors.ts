import { AppError } from '../../src/platform/errors.js';
import type { JobReport } from '../../src/platform/jobs.js';
import { duplicateKey, isDatabaseTrouble } from '../../src/platform/db.js';
import type { Order } from '../../src/modules/orders/orders.types.js';
import { decrease } from './adjustments.js';
import { startProcess, type Process } from './process.js';
import type { Gate } from './scheduler.js';
import { newId } from '../../src/platform/ids.js';
import { CURRENCY, PRICE, type World } from './world.js';

/** Products, users and orders are named by their place; an order by when it was placed. */
export type Item = { product: number; units: number };

export type Actor =
  | { act: 'set'; user: number; product: number; units: number }
  | { act: 'add'; user: number; product: number; units: number }
  | { act: 'remove'; user: number; product: number }
  /** A line of a guest's cart, held; the guest is nobody until somebody signs in with that cart. */
  | { act: 'guest'; guest: number; product: number; units: number }
  /** The user signs in where that guest's cart is. */
  | { act: 'login'; user: number; guest: number }
  /** Orders what is in the cart, or the items. The same key again is a repeat. */
  | { act: 'place'; user: number; key: number; items?: Item[] }
  /** Places an order for one product and pays it in full. */
  | { act: 'purchase'; user: number; key: number; product: number; units: number }
  | { act: 'pay'; order: number; part: Part }
  /** Its customer or an admin gives the order up. */
  | { act: 'cancel'; order: number; by: 'user' | 'admin' }
  /** An admin gives money back, and Razorpay does it. The same key again is a repeat. */
  | { act: 'refund'; order: number; key: number; share: 'all' | 'half' }
  | { act: 'receive'; product: number; units: number; ref: number }
  | { act: 'decrease'; product: number; units: number }
  | { act: Job };

/** `full` and `half` are one payment each, however often they come; `again` is another full one. */
export type Part = 'full' | 'half' | 'other half' | 'again';
export type Job = 'rollback' | 'sweep' | 'reconcile';

/** What an actor is called in a trace. */
export function nameOf(actor: Actor, place: string): string {
  const { act, ...rest } = actor;
  return [`${place}.${act}`, ...Object.values(rest).map((value) => JSON.stringify(value))].join(' ');
}

/** What the service may answer at any time. Anything else that is thrown is a fault. */
export function isAnswer(error: unknown): boolean {
  return (error instanceof AppError && error.code !== 'internal_error') || isDatabaseTrouble(error);
}

/** Does what the actor does, in a process of its own. */
export async function perform(world: World, actor: Actor, gate: Gate): Promise<void> {
  const process = startProcess(world, gate);
  const productOf = (place: number): string => world.products()[place % world.products().length] ?? '';
  switch (actor.act) {
    case 'set':
      await process.cart.set(visitor(world, actor.user), productOf(actor.product), actor.units);
      return;
    case 'add':
      await process.cart.add(visitor(world, actor.user), productOf(actor.product), actor.units);
      return;
    case 'guest':
      await fillGuestCart(process, guestCart(world, actor.guest), {
        productId: productOf(actor.product),
        units: actor.units,
      });
      return;
    case 'login':
      await process.cart.signIn({
        ...visitor(world, actor.user),
        cookieCartId: guestCart(world, actor.guest),
      });
      return;
    case 'remove':
      await process.cart.remove(visitor(world, actor.user), productOf(actor.product));
      return;
    case 'place':
      await place(
        world,
        process,
        actor,
        actor.items?.map((item) => ({ ...item, productId: productOf(item.product) })),
      );
      return;
    case 'purchase': {
      const { id } = await place(world, process, actor, [
        { productId: productOf(actor.product), units: actor.units },
      ]);
      await pay(world, process, id, 'full');
      return;
    }
    case 'pay':
      await pay(
        world,
        process,
        world.journal.orders[actor.order % Math.max(world.journal.orders.length, 1)],
        actor.part,
      );
      return;
    case 'cancel': {
      const order = await placedAt(world, process, actor.order);
      if (order === undefined) return;
      const userId = actor.by === 'user' ? order.customer.userId : 'admin';
      await process.cancelling.cancel(order.id, { userId, role: actor.by }, undefined);
      return;
    }
    case 'refund':
      await giveBack(world, process, actor);
      return;
    case 'receive': {
      const [productId, ref] = [productOf(actor.product), `receipt-${actor.ref}`];
      const receipt = { productId, units: actor.units, kind: 'receipt', ref, reason: 'delivery' } as const;
      try {
        await process.db.transaction(async (session) => {
          await process.stock.receive(receipt, session);
        });
      } catch (error) {
        // The same delivery is recorded once.
        if (duplicateKey(error) === undefined) throw error;
      }
      await process.stock.apply(productId);
      return;
    }
    case 'decrease':
      await decrease(world, process, productOf(actor.product), actor.units);
      return;
    case 'rollback':
    case 'sweep':
    case 'reconcile':
      refuseFailures(actor.act, await process.jobs[actor.act]());
  }
}

function place(
  world: World,
  process: Process,
  { user, key }: { user: number; key: number },
  items: { productId: string; units: number }[] | undefined,
): Promise<Order> {
  return process.placing.place({
    userId: userId(world, user),
    idempotencyKey: `key-${key}`,
    items,
    expectedTotal: undefined,
    shippingAddress: undefined,
    cartId: () => process.cart.cartToOrder(visitor(world, user)),
  });
}

/** The order of that place, once it is one. */
async function placedAt(world: World, process: Process, place: number): Promise<Order | undefined> {
  const orderId = world.journal.orders[place % Math.max(world.journal.orders.length, 1)];
  const order = orderId === undefined ? undefined : await process.orders.find(orderId);
  return order === undefined || order.status === 'placing' || order.status === 'aborted' ? undefined : order;
}

/** An admin decides the refunds, Razorpay makes each, and tells of it and of what the payment has given back by then. */
async function giveBack(
  world: World,
  process: Process,
  { order: place, key, share }: { order: number; key: number; share: 'all' | 'half' },
): Promise<void> {
  const order = await placedAt(world, process, place);
  if (order === undefined) return;
  const amount = share === 'half' ? order.total / 2 : undefined;
  const wanted = { orderId: order.id, adminId: 'admin', key: `refund-${world.run()}-${key}` };
  const decided = await process.refunds.refund({ ...wanted, amount, reason: 'wanted', paymentId: undefined });
  for (const { id, gatewayPaymentId, amount: part } of decided) {
    if (gatewayPaymentId === null) continue;
    const made = { id: `rfnd-${id}`, gatewayPaymentId, amount: part, receipt: id } as const;
    await process.money.learnRefund({ ...made, status: 'processed' });
  }
  await process.settlement.settle(order.id);
}

/** Money comes for an order: what a webhook or the customer's return does. */
async function pay(world: World, process: Process, orderId: string | undefined, part: Part): Promise<void> {
  const order = orderId === undefined ? undefined : await process.orders.find(orderId);
  if (order === undefined || order.status === 'placing' || order.status === 'aborted') return;
  const amount = part === 'half' || part === 'other half' ? order.total / 2 : order.total;
  const gatewayOrderId = await process.gate('payment started', () => intentOf(world, order, amount, part));
  await process.money.learnPayment({
    id: `pay-${order.id}-${part}`,
    gatewayOrderId,
    amount,
    currency: CURRENCY,
    status: 'captured',
    method: 'upi',
    amountRefunded: 0,
    errorDescription: null,
  });
  await process.settlement.settle(order.id);
}

/** The intent of that payment, made where there is none. */
async function intentOf(
  world: World,
  { id: orderId, customer }: { id: string; customer: { userId: string } },
  amount: number,
  part: Part,
): Promise<string> {
  const { intents } = world.stores.payments;
  const gatewayOrderId = `gateway-${orderId}-${part}`;
  if ((await intents.byGatewayOrder(gatewayOrderId)) !== undefined) return gatewayOrderId;
  const wanted = { orderId, userId: customer.userId, amount, currency: CURRENCY };
  try {
    const intent = await intents.insert(wanted);
    await intents.created(intent.id, gatewayOrderId, world.clock.now());
    return gatewayOrderId;
  } catch (error) {
    if (duplicateKey(error) === undefined) throw error;
    // One of that amount is open: the customer pays the same one twice.
    const open = await intents.findOpen(orderId, amount);
    if (open === undefined || open.gatewayOrderId === null) throw error;
    return open.gatewayOrderId;
  }
}

/** A job may be unable to do a part now; what it reports otherwise is a fault. */
export function refuseFailures(job: Job, report: JobReport): void {
  for (const { subject, message } of report.failures) {
    if (!/not available at the moment|connection closed/.test(message)) {
      throw new Error(`${job} failed on ${subject}: ${message}`);
    }
  }
}

/** The id of that guest's cart. */
export function guestCart(world: World, place: number): string {
  return `guest${place}-${world.run()}`;
}

/** Holds the units and writes the line, as putting something into a cart does, but under an id that is known beforehand. */
async function fillGuestCart(
  process: Process,
  cartId: string,
  { productId, units }: { productId: string; units: number },
): Promise<void> {
  const take = { productId, cartId, units, owner: 'cart', gen: newId() } as const;
  if ((await process.stock.take(take)).kind !== 'held') return;
  const line = { productId, units, priceSeen: PRICE };
  await process.carts.writeLine({ id: cartId, userId: undefined }, line, { maxLines: 50 });
}

/** Other users in each run, so that no run meets what an earlier one has left in an index. */
export function userId(world: World, place: number): string {
  return `user${place}-${world.run()}`;
}

function visitor(world: World, place: number) {
  return { userId: userId(world, place), cookieCartId: undefined, address: 'anywhere' };
}
