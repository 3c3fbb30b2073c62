import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { createStockStore } from '../../src/modules/stock/stock.store.js';
import { messageOf } from '../../src/platform/errors.js';
import { guestCart, isAnswer, nameOf, perform, userId, type Actor } from './actors.js';
import { checkStep } from './invariants.js';
import { among, upTo } from './mix.actors.js';
import { crash, trouble, turns } from './mix.turns.js';
import type { Turn } from './model.js';
import { startProcess } from './process.js';
import { createScheduler } from './scheduler.js';
import { openWorld, type World } from './world.js';

/** HOLDFAST_MODEL_RUNS multiplies the number of runs. */
const RUNS = 30 * Number(process.env['HOLDFAST_MODEL_RUNS'] ?? '1');
const LIMIT_MS = 4 * 60_000;
/** One failure is all that is asked: neither a shorter example nor the other property. */
const STOP = process.env['HOLDFAST_MODEL_STOP'] === '1';
const MINUTE = 60_000;

let world: World;
let failed = false;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world.close());

async function holds<Values>(property: fc.IAsyncProperty<Values>): Promise<void> {
  if (STOP && failed) return;
  failed = true;
  await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: LIMIT_MS, endOnFailure: STOP });
  failed = false;
}

type Wishes = { guest0: number[]; guest1: number[]; own: number[] };
type Plan = { wishes: Wishes; spare: number[]; actors: Actor[]; turns: Turn[] };

const GUESTS = [0, 1];
const lines = fc.array(among(0, 1, 2, 3, 40, 70), { minLength: 2, maxLength: 2 });
const units = fc.array(upTo(3), { minLength: 2, maxLength: 2 });
const login = (user: number, guest: number): Actor => ({ act: 'login', user, guest });
const wishes = fc.record({ guest0: lines, guest1: lines, own: lines });
const wished = (wish: Wishes, product: number): number =>
  [wish.guest0, wish.guest1, wish.own].reduce((total, units) => total + (units[product] ?? 0), 0);

/** Puts everything into the carts, lets the actors take their turns, and then finishes what a crash left. */
async function run(plan: Plan, afterStep: () => Promise<void>): Promise<string[]> {
  const { wishes: wish, spare } = plan;
  await world.reset(spare.map((units, product) => units + wished(wish, product)));
  let watching = false;
  const scheduler = createScheduler(async () => {
    await checkStep(world);
    if (watching) await afterStep();
  });
  const spawn = (actor: Actor, place: string): Promise<number> =>
    scheduler.spawn(nameOf(actor, place), (gate) => perform(world, actor, gate), isAnswer);
  const alone = async (actor: Actor): Promise<void> => scheduler.finish(await spawn(actor, 'alone'));
  try {
    for (const product of [0, 1]) {
      const put = async (units: number | undefined, actor: (units: number) => Actor): Promise<void> => {
        if (units !== undefined && units > 0) await alone(actor(units));
      };
      await put(wish.guest0[product], (units) => ({ act: 'guest', guest: 0, product, units }));
      await put(wish.guest1[product], (units) => ({ act: 'guest', guest: 1, product, units }));
      await put(wish.own[product], (units) => ({ act: 'set', user: 0, product, units }));
    }
    watching = true;
    for (const [i, actor] of plan.actors.entries()) await spawn(actor, String(i));
    for (const next of plan.turns) {
      if ('event' in next) world.clock.advance('ms' in next ? next.ms : 0);
      else if ('crash' in next) scheduler.crash(next.who);
      else if ('about' in next) await scheduler.turn(next.who, 200, 'done', next.about);
      else if ('steps' in next) await scheduler.turn(next.who, next.steps, next.how);
    }
    await scheduler.finishAll();
    // A freeze whose placement died is over by then.
    world.clock.advance(2 * MINUTE);
    watching = false;
    await alone({ act: 'rollback' });
    for (const guest of [...GUESTS, ...GUESTS]) await alone(login(0, guest));
    const [failure] = scheduler.failures;
    if (failure !== undefined) throw failure;
    return scheduler.trace;
  } catch (error) {
    throw told(error, scheduler.trace);
  }
}

const told = (error: unknown, trace: string[]): Error =>
  new Error(`${messageOf(error)}\n  ${trace.join('\n  ')}`, {
    cause: error,
  });

/** Runs the plan and looks at its end; throws with all steps. */
async function check(plan: Plan, afterStep: () => Promise<void>, atEnd: () => Promise<void>): Promise<void> {
  const trace = await run(plan, afterStep);
  try {
    await atEnd();
  } catch (error) {
    throw told(error, trace);
  }
}

const ungated = () => startProcess(world, (_label, work) => work());

async function cartsOf(user: number): Promise<string[]> {
  const own = await ungated().carts.cartOf(userId(world, user));
  return [...GUESTS.map((guest) => guestCart(world, guest)), ...(own === undefined ? [] : [own])];
}

/** Units that the carts of user 0 hold, those of the guests who they were included, for each product. */
async function heldByHousehold(): Promise<number[]> {
  const carts = await cartsOf(0);
  const store = createStockStore(world.redis);
  return Promise.all(
    world.products().map(async (productId) => {
      const held = await Promise.all(carts.map((cartId) => store.peek(productId, cartId)));
      return held.reduce((sum, one) => sum + (one.kind === 'ok' ? (one.hold?.units ?? 0) : 0), 0);
    }),
  );
}

/** On hand = available + holds, whoever they are of. */
async function checkEquation(): Promise<void> {
  const store = createStockStore(world.redis);
  for (const productId of world.products()) {
    await ungated().stock.load(productId);
    const picture = await store.look(productId);
    const { onHand } = await world.stores.ledger.read(productId);
    if (picture.kind !== 'ok') throw new Error(`${productId} is not loaded`);
    const held = picture.holds.reduce((sum, { units }) => sum + units, 0);
    if (onHand !== picture.available + held) {
      throw new Error(`${productId}: ${onHand} on hand, ${picture.available} available, ${held} held`);
    }
  }
}

/** What user 0 wants of a product in the end: in lines, left out, still in a guest's cart, or ordered. */
async function wantedInTheEnd(productId: string): Promise<number> {
  const { carts, orders } = ungated();
  let total = 0;
  for (const cartId of new Set(await cartsOf(0))) {
    const order = await orders.findByCart(cartId);
    const cart = order === undefined ? await carts.read(cartId) : undefined;
    for (const line of [...(cart?.lines ?? []), ...(cart?.leftOut ?? [])]) {
      if (line.productId === productId) total += line.units;
    }
  }
  for (const id of world.journal.orders) {
    const order = await orders.find(id);
    if (order === undefined || order.status === 'aborted') continue;
    total += order.lines.find((line) => line.productId === productId)?.quantity ?? 0;
  }
  return total;
}

describe('merging carts', () => {
  it('C3: no unit that a household holds can be bought by a third, at no moment', async () => {
    const wild: fc.Arbitrary<Plan> = fc.record({
      wishes,
      spare: fc.constant([1, 1]),
      actors: fc.array(
        fc.oneof(
          { weight: 3, arbitrary: among(login(0, 0), login(0, 1), login(0, 0)) },
          {
            weight: 2,
            arbitrary: fc.record({
              act: fc.constant('set' as const),
              user: among(1, 2),
              product: fc.nat(1),
              units: among(1, 2, 40),
            }),
          },
          { weight: 1, arbitrary: fc.constant<Actor>({ act: 'sweep' }) },
        ),
        { minLength: 3, maxLength: 6 },
      ),
      turns: turns(24, [2, crash], [2, trouble]),
    });
    // One sleeps just before it moves a hold, while another guest's cart comes in.
    const story: fc.Arbitrary<Plan> = fc.record({
      wishes: fc.record({ guest0: units, guest1: units, own: units }),
      spare: fc.constant([1, 1]),
      actors: fc.constant([login(0, 0), login(0, 1)]),
      turns: fc.constant<Turn[]>([
        { who: 0, about: 'move' },
        { who: 1, steps: 99 },
      ]),
    });
    const plan = fc.oneof({ weight: 4, arbitrary: wild }, { weight: 1, arbitrary: story });
    const property = fc.asyncProperty(plan, async (chosen) => {
      const kept = [0, 1].map((product) => Math.min(99, wished(chosen.wishes, product)));
      const looksAt = async (): Promise<void> => {
        for (const [product, units] of (await heldByHousehold()).entries()) {
          if (units < (kept[product] ?? 0))
            throw new Error(`p${product}: ${units} of ${kept[product]} units are held`);
        }
      };
      await check(chosen, looksAt, async () => {
        await looksAt();
        await checkEquation();
        for (const [product, productId] of world.products().entries()) {
          const wanted = await wantedInTheEnd(productId);
          if (wanted !== wished(chosen.wishes, product)) throw new Error(`p${product}: ${wanted} are wanted`);
        }
      });
    });
    await holds(property);
  }, 600_000);

  it('C3: no wish is doubled or lost, whoever signs in, adds, orders, sleeps or dies', async () => {
    const plan: fc.Arbitrary<Plan> = fc.record({
      wishes: fc.record({
        guest0: units,
        guest1: fc.array(among(0, 1, 2), { minLength: 2, maxLength: 2 }),
        own: fc.array(among(0, 1, 2), { minLength: 2, maxLength: 2 }),
      }),
      spare: fc.constant([2, 40]),
      actors: fc.array(
        fc.oneof(
          { weight: 4, arbitrary: among(login(0, 0), login(0, 1)) },
          {
            weight: 2,
            arbitrary: fc.record({
              act: fc.constant('place' as const),
              user: fc.constant(0),
              key: fc.nat(2),
            }),
          },
          { weight: 1, arbitrary: among<Actor>({ act: 'sweep' }, { act: 'rollback' }) },
          { weight: 1, arbitrary: fc.constant<Actor>({ act: 'set', user: 1, product: 0, units: 2 }) },
        ),
        { minLength: 3, maxLength: 7 },
      ),
      // A request is answered within seconds, so no placement sleeps until its freeze is over.
      turns: turns(30, [2, crash], [2, trouble]),
    });
    const property = fc.asyncProperty(plan, (chosen) =>
      check(
        chosen,
        () => Promise.resolve(),
        async () => {
          await checkEquation();
          for (const [product, productId] of world.products().entries()) {
            const wanted = await wantedInTheEnd(productId);
            const before = wished(chosen.wishes, product);
            if (wanted !== before) throw new Error(`p${product}: ${wanted} are wanted, of ${before}`);
          }
        },
      ),
    );
    await holds(property);
  }, 600_000);
});
