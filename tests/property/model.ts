import { messageOf } from '../../src/platform/errors.js';
import { isAnswer, nameOf, perform, refuseFailures, type Actor } from './actors.js';
import { checkQuiet, checkSettled, checkStep } from './invariants.js';
import { startProcess } from './process.js';
import { createScheduler, type Outcome, type Scheduler } from './scheduler.js';
import type { World } from './world.js';

/** What happens to the servers while everybody sleeps. */
export type Event = { event: 'flush' | 'dump' | 'forget' | 'evict' } | { event: 'advance'; ms: number };

/**
 * `who` counts among the actors that wait. A turn is a number of steps, or all until the actor is `about` to do what is
 * named, or the actor's last moment.
 */
export type Turn =
  | { who: number; steps: number; how?: Outcome }
  | { who: number; about: string }
  | { who: number; crash: true }
  | Event;

/**
 * One run: stock, what happens before without interleaving, who is there then, and in which order they take their steps.
 * `exact`: nobody crashes and Redis is lost once at most, so that nothing is left over for a later sweep. `damaged`: a
 * hold vanishes, as none of our steps makes it, so that a repair is right.
 */
export type Plan = {
  units: number[];
  before: (Actor | Event)[];
  actors: Actor[];
  turns: Turn[];
  exact?: boolean;
  damaged?: boolean;
};

const MINUTE = 60_000;
/** More than any actor takes. */
const MOST_STEPS = 200;

/** Runs the plan and looks at the invariants after each step and at the end; throws with the trace of all steps. */
export async function runPlan(world: World, plan: Plan): Promise<void> {
  await world.reset(plan.units);
  world.journal.mayRepair(plan.damaged === true);
  const scheduler = createScheduler(() => checkStep(world));
  try {
    for (const item of plan.before) {
      if ('event' in item) await happen(world, scheduler, item);
      else await scheduler.finish(await spawn(world, scheduler, item, 'before'));
    }
    for (const [i, actor] of plan.actors.entries()) await spawn(world, scheduler, actor, String(i));
    for (const turn of plan.turns) {
      if ('event' in turn) await happen(world, scheduler, turn);
      else if ('crash' in turn) scheduler.crash(turn.who);
      else if ('about' in turn) await scheduler.turn(turn.who, MOST_STEPS, 'done', turn.about);
      else await scheduler.turn(turn.who, turn.steps, turn.how);
    }
    await scheduler.finishAll();
    const [failure] = scheduler.failures;
    if (failure !== undefined) throw failure;
    await comeToRest(world, plan.exact === true, scheduler);
  } catch (error) {
    const message = messageOf(error);
    throw new Error(`${message}\n  ${scheduler.trace.join('\n  ')}`, { cause: error });
  }
}

async function spawn(world: World, scheduler: Scheduler, actor: Actor, place: string): Promise<number> {
  return scheduler.spawn(nameOf(actor, place), (gate) => perform(world, actor, gate), isAnswer);
}

async function happen(world: World, scheduler: Scheduler, event: Event): Promise<void> {
  scheduler.note(`-- ${event.event} ${'ms' in event ? event.ms : ''}`);
  if (event.event === 'advance') world.clock.advance(event.ms);
  else await world[event.event]();
}

/** Every job, without anybody in between, until everything has lapsed; nothing may be left then, and nothing repaired. */
async function comeToRest(world: World, exact: boolean, { note }: Scheduler): Promise<void> {
  const process = startProcess(world, (_label, work) => work());
  const run = async (...jobs: ('rollback' | 'sweep' | 'reconcile')[]): Promise<void> => {
    for (const job of jobs) refuseFailures(job, await process.jobs[job]());
    await checkStep(world);
  };
  note('-- everybody is gone, the jobs run');
  await run('rollback');
  for (const productId of world.products()) await process.stock.load(productId);
  await run('rollback', 'reconcile');
  if (exact) await checkSettled(world);
  note('-- time passes');
  world.clock.advance(16 * MINUTE);
  await run('rollback', 'sweep');
  world.clock.advance(31 * MINUTE);
  await run('rollback', 'sweep');
  world.clock.advance(11 * MINUTE);
  await run('rollback', 'sweep', 'reconcile');
  await checkQuiet(world);
}
