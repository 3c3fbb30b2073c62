import { createRequire } from 'node:module';

// Jest's own, which is not a dependency of ours.
const require = createRequire(createRequire(import.meta.url).resolve('jest'));
const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose files take longest. */
const LONG = /\/tests\/(faults|property|contract|mock)\//;

/**
 * Long files begin first: one that begins last leaves the other workers without work. Jest knows how long a file took only where
 * it has run before, and else goes by its size, which says little: the model of the stock is a short file.
 */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const usual = super.sort(tests);
    return [...usual.filter(({ path }) => LONG.test(path)), ...usual.filter(({ path }) => !LONG.test(path))];
  }
}
