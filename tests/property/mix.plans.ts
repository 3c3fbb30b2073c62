import fc from 'fast-check';
import type { Actor } from './actors.js';
import type { Event, Plan, Turn } from './model.js';

/** A kind of trouble that the model looks for, with its share of the runs. */
export type Mix = { name: string; weight: number; plan: fc.Arbitrary<Plan> };

export type Before = (Actor | Event)[];

/** Mostly at random, and now and then as it is told. */
export const orTold = (wild: fc.Arbitrary<Plan>, story: fc.Arbitrary<Partial<Plan>>): fc.Arbitrary<Plan> =>
  fc.oneof(
    { weight: 2, arbitrary: wild },
    { weight: 1, arbitrary: fc.tuple(wild, story).map(([plan, part]) => ({ ...plan, ...part })) },
  );

/** Only these actors, in this order, so that turns can name them. */
export const storyOf = (actors: Actor[], turns: fc.Arbitrary<Turn[]>): fc.Arbitrary<Partial<Plan>> =>
  fc.record({ actors: fc.constant(actors), turns });
