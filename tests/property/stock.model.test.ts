import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { mixes } from './mixes.js';
import { runPlan } from './model.js';
import { openWorld, type World } from './world.js';

/** What each mix has by its weight; HOLDFAST_MODEL_RUNS multiplies it. */
const RUNS = 10 * Number(process.env['HOLDFAST_MODEL_RUNS'] ?? '1');
const SEED = process.env['HOLDFAST_MODEL_SEED'];
/** One failure is all that is asked: neither a shorter example nor the other mixes. */
const STOP = process.env['HOLDFAST_MODEL_STOP'] === '1';

let world: World;
let failed = false;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);

afterAll(async () => {
  await world.close();
});

describe('stock stays true, whatever sleeps, crashes or forgets', () => {
  it.each(mixes)(
    '$name',
    async ({ plan, weight }) => {
      if (STOP && failed && process.env["GOON"] === undefined) return;
      failed = true;
      await fc.assert(
        fc.asyncProperty(plan, (chosen) => runPlan(world, chosen)),
        {
          numRuns: weight * RUNS,
          endOnFailure: STOP,
          ...(SEED !== undefined && { seed: Number(SEED) }),
        },
      );
      failed = false;
    },
    30 * 60_000,
  );
});
