import base from '../../jest.config.mjs';

const [pattern, [, options]] = Object.entries(base.transform)[0];

/** As all tests are run, but with one text in one source file replaced. */
export default {
  ...base,
  rootDir: '../..',
  transform: { [pattern]: ['<rootDir>/tests/mutants/transformer.mjs', options] },
};
