/*
 * `npm run examples`: what the servers of the last test run answered, as YAML to copy from (`npm run examples -- placeOrder` for one
 * operation). With `--check`: whether every success example of the contract is such an answer; ends with 1 where one is not.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { messageOf } from '../src/platform/errors.js';
import { successExamples, untrueExamples } from './examples/check.js';
import { readRecordings, RECORDINGS, type Recording } from './examples/recordings.js';
import { objectAt } from './generate/json.js';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function check(recordings: readonly Recording[]): void {
  const document = objectAt(JSON.parse(readFileSync('generated/openapi.json', 'utf8')), 'the contract');
  const untrue = untrueExamples(document, recordings);
  const total = successExamples(document).length;
  const wrong = new Set(untrue.map(({ operation, status, example }) => `${operation} ${status} ${example}`));
  say(`Examples: ${total - wrong.size} of ${total} success examples are answers that a server gave.`);
  for (const { operation, status, example, where, differs, nearest } of untrue) {
    say(`\n  ${operation} ${status} ${example}${where === '' ? '' : `, ${where}`}`);
    for (const line of differs) say(`    ${line}`);
    say(
      nearest === undefined
        ? '    no test was answered anything there'
        : `    nearest: ${JSON.stringify(nearest)}`,
    );
  }
  if (untrue.length > 0) {
    say('\nMend the example in openapi/openapi.yaml, or have an integration test be answered such a thing.');
    process.exitCode = 1;
  }
}

function show(recordings: readonly Recording[], wanted: readonly string[]): void {
  const shown = new Set<string>();
  for (const { operation, status, where, shape, value } of recordings) {
    const key = JSON.stringify([operation, status, where, shape]);
    if (shown.has(key) || (wanted.length > 0 && !wanted.includes(operation))) continue;
    shown.add(key);
    say(`# ${operation} ${status}${where === '' ? '' : ` ${where}`}`);
    say(stringify(value, { lineWidth: 0 }));
  }
}

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
try {
  const recordings = readRecordings(process.env['HOLDFAST_TEST_ANSWERS'] ?? RECORDINGS);
  if (values.check === true) check(recordings);
  else show(recordings, positionals);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
