import type { Mix } from './mix.plans.js';
import * as cancel from './mixes.cancel.js';
import * as loss from './mixes.loss.js';
import * as sleep from './mixes.sleep.js';

/** All of them always run; each shows one kind of trouble often enough. */
export const mixes: readonly Mix[] = [
  ...Object.values(sleep),
  ...Object.values(loss),
  ...Object.values(cancel),
];
