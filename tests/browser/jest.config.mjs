import base from '../../jest.config.mjs';

/** What only a browser can show. Apart from the other tests, since it needs a Chromium on the machine. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/tests/browser'],
  testMatch: ['**/*.browser.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
