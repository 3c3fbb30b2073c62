import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

const nowhere = mkdtempSync(join(tmpdir(), 'holdfast-no-tools-'));
afterAll(() => rmSync(nowhere, { recursive: true }));

/** Runs `npm run sdk` on a machine that has nothing but Node. */
function sdk(...languages: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/sdk.ts', ...languages], {
    env: { ...process.env, NODE_OPTIONS: '', PATH: nowhere },
    encoding: 'utf8',
  });
}

it('X6 an SDK that takes a toolchain says what is missing, and ends with 1', () => {
  const { status, stderr, stdout } = sdk('go', 'php');
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^go: not made\. java is not on the PATH/),
    expect.stringMatching(/^php: not made\. java is not on the PATH/),
  ]);
  expect([status, stdout]).toEqual([1, '']);
});

it('X6 nothing half made is left: not by a failure, not by a process that was cut off; one that runs is not disturbed', () => {
  const ours = `.making-java-${process.pid}`;
  for (const name of ['.making-java', '.making-php-999999999', ours])
    mkdirSync(join('.sdk', name), { recursive: true });
  expect(sdk('go').status).toBe(1);
  const found = readdirSync('.sdk');
  rmSync(join('.sdk', ours), { recursive: true });
  expect(found).toContain(ours);
  const left = /^\.making-(?:java|php-999999999|go-\d+)$/;
  expect(found.filter((name) => left.test(name))).toEqual([]);
});

it('X6 a language that there is no SDK for is told, with those that there are', () => {
  const { status, stderr } = sdk('cobol');
  expect(status).toBe(1);
  expect(stderr).toMatch(/no SDK for cobol/);
  expect(stderr).toMatch(/typescript python java go csharp php/);
});
