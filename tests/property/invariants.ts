import type { Order } from '../../src/modules/orders/orders.types.js';
import { createStockStore } from '../../src/modules/stock/stock.store.js';
import type { Picture } from '../../src/modules/stock/stock.types.js';
import { countMoney } from '../../src/modules/payments/payments.rules.js';
import { CURRENCY, type World } from './world.js';

/** Throws where something is broken that must hold after every single step. */
export async function checkStep(world: World): Promise<void> {
  const [violation] = world.journal.violations;
  if (violation !== undefined) throw new Error(violation);
  for (const [i, units] of (await world.available()).entries()) {
    if (units !== undefined && units < 0) throw new Error(`${units} units of p${i} are available`);
  }
}

type Facts = Awaited<ReturnType<typeof factsOf>>;

/** Everything that both databases say, while nobody does anything. */
async function factsOf(world: World) {
  const { db, stores } = world;
  const orders: Order[] = [];
  for (const id of world.journal.orders) {
    const order = await stores.orders.find(id);
    if (order !== undefined) orders.push(order);
  }
  const store = createStockStore(world.redis);
  const products = [];
  for (const productId of world.products()) {
    const picture = await store.look(productId);
    if (picture.kind === 'notloaded') throw new Error(`${productId} is not loaded at a quiet point`);
    const { onHand } = await stores.ledger.read(productId);
    products.push({ productId, onHand, picture: picture as Picture });
  }
  const movements = await db.connection
    .collection<{ productId: string; kind: string; units: number; ref: string }>('stockmovements')
    .find({})
    .toArray();
  const adjustments = await db.connection
    .collection<{ _id: string; holds: string; units: number; productId: string }>('adjustments')
    .find({} as object)
    .toArray();
  return { orders, products, movements, adjustments };
}

/** What holds as soon as the jobs have run once, before any time has passed. */
export async function checkSettled(world: World): Promise<void> {
  const facts = await factsOf(world);
  for (const order of facts.orders) {
    if (order.attempt !== null) continue;
    const held = holdsOf(order, facts);
    if (order.status === 'pending') expectHolds(order, facts);
    else if (order.holds !== 'open' && held > 0)
      fail(order, `is ${order.status}, but ${held} units are held for it`);
  }
}

/** What holds at a quiet point after every hold has lapsed and every lease is over. */
export async function checkQuiet(world: World): Promise<void> {
  const facts = await factsOf(world);
  for (const { productId, onHand, picture } of facts.products) {
    const held = picture.holds.reduce((sum, hold) => sum + hold.units, 0);
    const moved = facts.movements
      .filter((m) => m.productId === productId)
      .reduce((sum, m) => sum + m.units, 0);
    if (onHand !== picture.available + held) {
      throw new Error(`${productId}: ${onHand} on hand, but ${picture.available} available and ${held} held`);
    }
    if (onHand !== moved) throw new Error(`${productId}: ${onHand} on hand, but the movements say ${moved}`);
    for (const { owner, units, gen } of picture.holds) {
      const open = facts.orders.some((o) => owner === `order:${o.id}` && o.gen === gen && o.holds === 'open');
      if (!open) throw new Error(`${productId}: ${units} units stay held for ${owner}`);
    }
  }
  for (const order of facts.orders) await checkOrder(world, order, facts);
  checkAdjustments(facts);
}

/** What counts has its one movement, and nothing else has one. */
function checkAdjustments({ adjustments, movements }: Facts): void {
  const written = movements.filter(({ kind }) => kind === 'adjustment');
  for (const { _id, holds, units } of adjustments) {
    const own = written.filter(({ ref }) => ref === _id).map((movement) => movement.units);
    const wanted = holds === 'consumed' ? [units] : [];
    if (holds === 'open') throw new Error(`adjustment ${_id} stays open`);
    if (JSON.stringify(own) !== JSON.stringify(wanted)) {
      throw new Error(`adjustment ${_id} over ${units} is ${holds}, but its movements are ${own.join(', ')}`);
    }
  }
}

const SOLD = ['paid', 'processing', 'shipped', 'delivered'];

async function checkOrder(world: World, order: Order, facts: Facts): Promise<void> {
  const { payments, refunds } = world.stores.payments;
  const [paid, returned] = [await payments.ofOrder(order.id), await refunds.ofOrder(order.id)];
  const counted = countMoney(paid, returned, CURRENCY);
  if (JSON.stringify(counted) !== JSON.stringify({ ...order.money }))
    fail(order, 'has sums that its rows do not have');
  for (const payment of paid) {
    const back = returned.filter(({ paymentId }) => paymentId === payment.id);
    const sum = back.reduce((total, refund) => total + refund.amount, 0);
    if (sum > payment.amount) fail(order, `has a payment of ${payment.amount} of which ${sum} go back`);
  }
  const kept = counted.captured - counted.refundCommitted;
  const granted = returned.filter(({ isGranted }) => isGranted);
  if (granted.some(({ reason }) => reason !== 'wanted')) fail(order, 'has granted what nobody wanted');
  const sold = (await world.stores.orders.timeline(order.id)).find(({ to }) => to === 'paid');
  if (granted.some(({ createdAt }) => sold === undefined || createdAt < sold.at))
    fail(order, 'has granted something before it was sold');
  const given = granted.reduce((total, refund) => total + refund.amount, 0);
  const sales = movementsOf(order, 'sale', facts);
  const returns = movementsOf(order, 'return', facts);
  if (!order.settled || order.attempt !== null) fail(order, 'is not settled');
  if (SOLD.includes(order.status)) {
    if (order.decision === 'refund') fail(order, 'is paid and its refund was decided');
    if (kept !== order.total - given)
      fail(
        order,
        `is ${order.status}, but ${kept} of ${order.total} are kept, of which ${given} were granted`,
      );
    if (!isEachLine(order, sales, -1)) fail(order, 'has other sales than lines');
    if (returns.length > 0) fail(order, 'was given back');
    return;
  }
  // What was paid and then cancelled was sold and came back, line by line.
  const wentAndCame = isEachLine(order, sales, -1) && isEachLine(order, returns, 1);
  if (sales.length + returns.length > 0 && !(order.status === 'cancelled' && wentAndCame))
    fail(order, `is ${order.status}, but was sold`);
  switch (order.status) {
    case 'pending':
      if (kept >= order.total) fail(order, 'is paid for, but pending');
      expectHolds(order, facts);
      return;
    case 'aborted':
    case 'cancelled':
    case 'pending_stock_rolledback':
    case 'failed_stock_rolledback':
      if (kept !== 0) fail(order, `is ${order.status}, but ${kept} are kept for nothing`);
      return;
    case 'placing':
    case 'failed':
    case 'paid':
    case 'processing':
    case 'shipped':
    case 'delivered':
      fail(order, `stays ${order.status}`);
  }
}

type Movement = Facts['movements'][number];

function movementsOf(order: Order, kind: string, { movements }: Facts): Movement[] {
  return movements.filter((movement) => movement.kind === kind && movement.ref === order.id);
}

function isEachLine({ lines }: Order, movements: Movement[], sign: 1 | -1): boolean {
  const moved = lines.filter(
    ({ productId, quantity }) =>
      movements.filter((one) => one.productId === productId && one.units === sign * quantity).length === 1,
  );
  return moved.length === lines.length && movements.length === lines.length;
}

function holdsOf(order: Order, { products }: Facts): number {
  const own = products.flatMap(({ picture }) =>
    picture.holds.filter(({ owner }) => owner === `order:${order.id}`),
  );
  return own.reduce((sum, hold) => sum + hold.units, 0);
}

function expectHolds(order: Order, { products }: Facts): void {
  for (const { productId, quantity } of order.lines) {
    const holds = products.find((product) => product.productId === productId)?.picture.holds ?? [];
    const own = holds.filter(({ owner, gen }) => owner === `order:${order.id}` && gen === order.gen);
    if (own.length !== 1 || own[0]?.units !== quantity)
      fail(order, `is pending without its hold of ${productId}`);
  }
}

function fail(order: Order, what: string): never {
  throw new Error(`order ${order.number} ${what}`);
}
