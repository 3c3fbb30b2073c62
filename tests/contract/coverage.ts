import { readFileSync } from 'node:fs';
import { operations } from '../../generated/operations.js';

/**
 * Run after the tests: every status that the contract documents for an operation was answered by a real server at least
 * once. This list may only shrink; take a line out together with the test that reaches it.
 */
const EXCEPTIONS: readonly string[] = [];

const seen = new Set(
  readFileSync(process.env['HOLDFAST_TEST_SEEN'] ?? '.sandbox/seen-statuses.txt', 'utf8').split('\n'),
);
const documented = Object.entries(operations).flatMap(([id, { statuses }]) =>
  statuses.map((status) => `${id} ${status}`),
);
const missing = documented.filter((pair) => !seen.has(pair) && !EXCEPTIONS.includes(pair));
const stale = EXCEPTIONS.filter((pair) => seen.has(pair));

process.stdout.write(
  `Statuses: ${documented.length - missing.length} of ${documented.length} documented ones were answered.\n`,
);
for (const pair of missing) process.stdout.write(`  never answered: ${pair}\n`);
for (const pair of stale)
  process.stdout.write(`  is reached now, take it off the list of exceptions: ${pair}\n`);
process.exit(missing.length + stale.length === 0 ? 0 : 1);
