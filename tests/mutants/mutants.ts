import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, devNull } from 'node:os';
import * as cancel from '../property/mixes.cancel.js';
import * as loss from '../property/mixes.loss.js';
import * as sleep from '../property/mixes.sleep.js';
import { mutants, type Mutant } from './rules.js';

/** The files of the model, with the names of their mixes. */
const MODEL = Object.entries({ sleep, loss, cancel }).map(([name, mixes]) => ({
  file: `tests/property/stock.${name}.model.test.ts`,
  mixes: Object.values(mixes).map((mix) => mix.name),
}));
/** Each waits for its servers now and then, so as many as there are processors keep them busy. */
const AT_ONCE = Math.min(availableParallelism(), 4);

/**
 * Chance decides which interleavings a run of the model has, and a rule that one run in fifty misses would fail a good change
 * now and then. So it may look longer here than in `npm test`; it ends at the first that it notices.
 */
const TIMES_AS_MANY_RUNS = '4';

/**
 * Takes the rules of the stock protocol out, one at a time, and runs the model. Fails if the model does not notice one of
 * them: then the model is too weak, or the rule is not needed.
 * Arguments: words of the rules that are wanted; none means all.
 */
const wanted = process.argv.slice(2);
const chosen = mutants.filter(
  ({ rule }) => wanted.length === 0 || wanted.some((word) => rule.includes(word)),
);
const unnoticed: string[] = [];

for (const mutant of chosen) {
  const matches = readFileSync(mutant.file, 'utf8').split(mutant.find).length - 1;
  if (matches !== 1)
    throw new Error(`"${mutant.rule}": its text stands ${matches} times in ${mutant.file}, not once`);
}
const waiting = [...chosen];
await Promise.all(Array.from({ length: AT_ONCE }, tryOneByOne));

if (unnoticed.length > 0) {
  console.error(
    `The model does not notice ${unnoticed.length} of ${chosen.length} rules when they are taken out.`,
  );
  process.exitCode = 1;
}

async function tryOneByOne(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const started = performance.now();
    const { output, found } = await firstNotice(mutant);
    const seconds = Math.round((performance.now() - started) / 1000);
    const cause = /Cause:\n\s+(.+)/.exec(output)?.[1] ?? '';
    if (found === null) {
      // Neither noticed nor clean is a mutant that does not even run.
      if (!/Tests: .* passed/.test(output)) console.error(output);
      unnoticed.push(mutant.rule);
      console.log(`NOT NOTICED  ${mutant.rule} (${seconds} s)`);
    } else {
      console.log(
        `noticed      ${mutant.rule} (run ${found[2]} of "${found[1]}", ${seconds} s): ${cause.slice(0, 90)}`,
      );
    }
  }
}

/** The files where it may be noticed, the one with its mix first. */
function testsOf({ mix, test }: Mutant): string[] {
  if (test !== undefined) return [test];
  const has = (model: (typeof MODEL)[number]): number => Number(model.mixes.includes(mix));
  return MODEL.toSorted((a, b) => has(b) - has(a)).map(({ file }) => file);
}

/** What jest printed for the first file that notices it, or else for the last one. */
async function firstNotice(mutant: Mutant): Promise<{ output: string; found: RegExpExecArray | null }> {
  let output = '';
  for (const test of testsOf(mutant)) {
    output = await run(test, mutant);
    const found = /› (.+)\n\n\s+Property failed after (\d+) tests?/.exec(output);
    if (found !== null) return { output, found };
  }
  return { output, found: null };
}

/** Everything that jest printed. */
function run(test: string, { file, find, replace, mix }: Mutant): Promise<string> {
  const config = ['--config', 'tests/mutants/jest.config.mjs', test];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...config],
    {
      env: {
        ...process.env,
        // What the last `npm test` recorded stays.
        HOLDFAST_TEST_SEEN: devNull,
        HOLDFAST_TEST_ANSWERS: devNull,
        HOLDFAST_MUTANT: JSON.stringify({ file, find, replace }),
        HOLDFAST_MODEL_STOP: '1',
        HOLDFAST_MODEL_RUNS: TIMES_AS_MANY_RUNS,
        HOLDFAST_MODEL_FIRST: mix,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
