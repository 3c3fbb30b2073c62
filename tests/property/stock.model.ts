import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { Mix } from './mix.plans.js';
import { runPlan } from './model.js';
import { openWorld, type World } from './world.js';

/** HOLDFAST_MODEL_RUNS multiplies the number of runs. */
const TIMES = Number(process.env['HOLDFAST_MODEL_RUNS'] ?? '1');
/** What each mix has, times its weight. */
const RUNS = 8 * TIMES;
/** How long a mix may look for a shorter example of what it has found. */
const LIMIT_MS = 5 * 60_000 * Math.max(TIMES, 1);
/** What a failure prints; with `-t` and the name of the mix they show it again. */
const { HOLDFAST_MODEL_SEED: SEED, HOLDFAST_MODEL_PATH: PATH } = process.env;
/** The mix to begin with. */
const FIRST = process.env['HOLDFAST_MODEL_FIRST'];
/** One failure is all that is asked: neither a shorter example nor the other mixes. */
const STOP = process.env['HOLDFAST_MODEL_STOP'] === '1';

/** The tests of these mixes; each file that calls this has a world of its own. */
export function testModel(mixes: readonly Mix[]): void {
  let world: World;
  let failed = false;

  beforeAll(async () => {
    world = await openWorld();
  }, 60_000);

  afterAll(async () => {
    await world.close();
  });

  describe('stock stays true, whatever sleeps, crashes or forgets', () => {
    it.each(mixes.toSorted((a, b) => Number(b.name === FIRST) - Number(a.name === FIRST)))(
      '$name',
      async ({ plan, weight }) => {
        if (STOP && failed) return;
        failed = true;
        await fc.assert(
          fc.asyncProperty(plan, (chosen) => runPlan(world, chosen)),
          {
            numRuns: weight * RUNS,
            endOnFailure: STOP,
            interruptAfterTimeLimit: LIMIT_MS,
            ...(SEED !== undefined && { seed: Number(SEED) }),
            ...(PATH !== undefined && { path: PATH }),
          },
        );
        failed = false;
      },
      2 * LIMIT_MS,
    );
  });
}
