/*
 * `npm run contract:diff`: what has changed since the last released contract. Ends with 1 where the version of the contract is too low for it, or
 * the changelog silent about it. With `--release`, keeps the present contract as the released one.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../src/platform/errors.js';
import type { Change } from './diff/changes.js';
import { compareContracts } from './diff/contracts.js';
import { changelogProblem, compareVersions, lowestVersion, parseVersion } from './diff/versions.js';
import { objectAt, textAt, type JsonObject } from './generate/json.js';

const RELEASED = 'openapi/released';
const CHANGELOG = 'openapi/CHANGELOG.md';
const PRESENT = 'generated/openapi.yaml';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function read(file: string): JsonObject {
  return objectAt(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }), file);
}

function versionOf(contract: JsonObject): string {
  return textAt(objectAt(contract.info, 'info').version, 'info.version');
}

/** The file of the highest version. */
function lastReleased(): string {
  const versions = readdirSync(RELEASED).flatMap((name) => /^(.+)\.yaml$/.exec(name)?.[1] ?? []);
  const last = versions.sort((one, other) => compareVersions(parseVersion(one), parseVersion(other))).at(-1);
  if (last === undefined) throw new Error(`${RELEASED} holds no contract`);
  return join(RELEASED, `${last}.yaml`);
}

function list(title: string, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  say(`\n${title}`);
  for (const { where, rule, what } of changes) say(`  ${where}: ${what} [${rule}]`);
}

/** Why the present contract may not be released as it is; empty where it may. */
function problems(released: JsonObject, present: JsonObject, changes: readonly Change[]): string[] {
  const version = versionOf(present);
  const lowest = lowestVersion(parseVersion(versionOf(released)), changes);
  const breaking = changes.some((change) => change.breaking);
  const found: string[] = [];
  if (compareVersions(parseVersion(version), lowest) < 0) {
    found.push(
      `info.version is ${version}; ${breaking ? 'breaking changes ask' : 'this asks'} for ${lowest.join('.')} at least`,
    );
  }
  const silent =
    changes.length === 0
      ? undefined
      : changelogProblem(readFileSync(CHANGELOG, 'utf8'), { version, breaking });
  if (silent !== undefined) found.push(`${CHANGELOG} ${silent}`);
  return found;
}

function main(): void {
  const file = lastReleased();
  const released = read(file);
  const present = read(PRESENT);
  const changes = compareContracts(released, present);
  const breaking = changes.filter((change) => change.breaking);
  say(
    `The contract ${versionOf(present)} beside ${versionOf(released)}, the last released one: ${breaking.length} breaking changes, ${changes.length - breaking.length} others.`,
  );
  list('Breaking', breaking);
  list(
    'Others',
    changes.filter((change) => !change.breaking),
  );

  const found = problems(released, present, changes);
  for (const problem of found) process.stderr.write(`\n${problem}\n`);
  if (found.length > 0) {
    process.exitCode = 1;
  } else if (process.argv.includes('--release')) {
    mkdirSync(RELEASED, { recursive: true });
    const kept = join(RELEASED, `${versionOf(present)}.yaml`);
    copyFileSync(PRESENT, kept);
    say(`\nkept as ${kept}`);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
