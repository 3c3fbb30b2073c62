import { createRequire } from 'node:module';

// Jest's own, which is not a dependency of ours.
const require = createRequire(createRequire(import.meta.url).resolve('jest'));
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take longest, and folders whose files take long. */
const LONG = [/\/(stock\.\w+\.model|crash)\.test\.ts$/, /\/tests\/(faults|property|contract|mock)\//];

/** Counts from 0 for the longest. */
function rank({ path }) {
  const place = LONG.findIndex((long) => long.test(path));
  return place === -1 ? LONG.length : place;
}

/**
 * Long files begin first: one that begins last leaves the other workers without work. Jest knows how long a file took only where
 * it has run before, and else goes by its size, which says little: the models of the stock are short files.
 */
export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
