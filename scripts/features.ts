/*
 * Holds the promises of docs/features.md against the tests: prints each promise with the tests whose titles name it, and
 * fails where one has none, or where a title names a promise that there is not. Nothing is run; the titles are read.
 * With --quiet only what is wrong is printed, and one line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

type NamedTest = { file: string; title: string; ids: string[] };

const PROMISE = /^\| ([A-Z]\d+) +\| (.+?) +\|$/;
/** `U4: ...`, `O5, M8: ...`; the colon may be missing where the sentence goes on. */
const IDS = /^((?:[A-Z]\d{1,2}, )*[A-Z]\d{1,2})(?=[: ])/;

function promises(): Map<string, string> {
  const lines = readFileSync('docs/features.md', 'utf8').split('\n');
  const rows = lines.flatMap((line) => {
    const [, id, text] = PROMISE.exec(line) ?? [];
    return id === undefined || text === undefined ? [] : [[id, text] as const];
  });
  return new Map(rows);
}

function idsIn(title: string): string[] {
  return IDS.exec(title)?.[1]?.split(', ') ?? [];
}

/** `it`, `it.each(...)`, `describe.each(...)`: the name that the call begins with. */
function rootOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) return rootOf(callee.expression);
  return undefined;
}

function titleOf(call: ts.CallExpression): string | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  return ts.isTemplateExpression(first) ? `${first.head.text}...` : undefined;
}

function testsIn(file: string): NamedTest[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: NamedTest[] = [];
  const visit = (node: ts.Node, inherited: readonly string[]): void => {
    let ids = inherited;
    if (ts.isCallExpression(node)) {
      const [root, title] = [rootOf(node.expression), titleOf(node)];
      if (title !== undefined && (root === 'describe' || root === 'it' || root === 'test')) {
        ids = [...new Set([...inherited, ...idsIn(title)])];
        if (root !== 'describe') found.push({ file, title, ids: [...ids] });
      }
    }
    ts.forEachChild(node, (child) => visit(child, ids));
  };
  visit(source, []);
  return found;
}

const isQuiet = process.argv.includes('--quiet');
const promised = promises();
const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .sort();
const tests = files.flatMap((name) => testsIn(join('tests', name)));

for (const [id, text] of isQuiet ? [] : promised) {
  process.stdout.write(`${id}  ${text}\n`);
  for (const test of tests.filter(({ ids }) => ids.includes(id))) {
    process.stdout.write(`      ${test.file.replace(/^tests\//, '')}: ${test.title}\n`);
  }
}
const unproved = [...promised.keys()].filter((id) => !tests.some(({ ids }) => ids.includes(id)));
const unknown = tests.flatMap(({ file, title, ids }) =>
  ids.filter((id) => !promised.has(id)).map((id) => `${id}: ${file}: ${title}`),
);
const proofs = tests.filter(({ ids }) => ids.length > 0).length;
process.stdout.write(
  `Promises: ${promised.size - unproved.length} of ${promised.size} are named by tests (${proofs} tests).\n`,
);
for (const id of unproved) process.stdout.write(`  no test names ${id}: ${promised.get(id) ?? ''}\n`);
for (const line of unknown) process.stdout.write(`  no such promise: ${line}\n`);
process.exitCode = unproved.length + unknown.length === 0 ? 0 : 1;
