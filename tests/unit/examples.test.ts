import { expect, test } from '@jest/globals';
import { untrueExamples } from '../../scripts/examples/check.js';
import { piecesOf } from '../../scripts/examples/pieces.js';
import type { Recording } from '../../scripts/examples/recordings.js';
import type { Json, JsonObject } from '../../scripts/generate/json.js';

const text = { type: 'string' };
const state = { type: 'string', enum: ['open', 'closed'] };
const line = {
  type: 'object',
  additionalProperties: false,
  properties: { id: text, count: { type: 'integer' } },
};
const body = {
  type: 'object',
  additionalProperties: false,
  properties: {
    id: text,
    state: { oneOf: [{ $ref: '#/components/schemas/State' }, { type: 'null' }] },
    lines: { type: 'array', items: line },
    more: { type: 'object', additionalProperties: true },
  },
};

function contract(example: Json): JsonObject {
  const content = { 'application/json': { schema: body, examples: { shown: { value: example } } } };
  const operation = { operationId: 'getThing', responses: { '200': { description: '', content } } };
  return { paths: { '/thing': { get: operation } }, components: { schemas: { State: state } } };
}

const given: Json = {
  id: 'a1',
  state: 'open',
  lines: [
    { id: 'b2', count: 3 },
    { id: 'c3', count: 0 },
  ],
  more: { anything: 1 },
};

function recorded(...answers: Json[]): Recording[] {
  return answers.flatMap((answer) =>
    piecesOf(contract(null), body, answer).map((piece) => ({ operation: 'getThing', status: 200, ...piece })),
  );
}

const untrue = (example: Json, ...answers: Json[]): string[] =>
  untrueExamples(contract(example), recorded(...answers)).flatMap(({ where, differs }) =>
    differs.length === 0 ? [`${where} never`] : differs.map((difference) => `${where} ${difference}`),
  );

test('X6 an example with other ids, texts and amounts is true, and may show fewer elements of a list', () => {
  expect(untrue(given, given)).toEqual([]);
  const other = { id: 'z', state: 'open', lines: [{ id: 'y', count: 99 }], more: {} };
  expect(untrue(other, given)).toEqual([]);
});

test.each<[what: string, example: Json, differs: string[]]>([
  [
    'a missing field',
    { state: 'open', lines: [{ id: 'b', count: 1 }], more: {} },
    [' /id: absent, the server gave "text"'],
  ],
  [
    'another value of an enum',
    { ...given, state: 'closed' },
    [' /state: "= closed", the server gave "= open"'],
  ],
  ['null instead of a value', { ...given, state: null }, [' /state: null, the server gave "= open"']],
  ['an empty list', { ...given, lines: [] }, [' /lines: "no elements", the server gave "elements"']],
  ['an empty text', { ...given, id: '' }, [' /id: "no text", the server gave "text"']],
  [
    'an element of another shape',
    { ...given, lines: [{ id: 'b', count: -1 }] },
    ['/lines[] /count: "negative", the server gave "positive"'],
  ],
  [
    'an element without a field',
    { ...given, lines: [{ count: 1 }] },
    ['/lines[] /id: absent, the server gave "text"'],
  ],
])('X6 an example is untrue for %s', (_what, example, differs) => {
  expect(untrue(example, given)).toEqual(differs);
});

test('X6 an operation that was never answered makes no example true', () => {
  expect(untrue(given)).toEqual([' never', '/lines[] never', '/lines[] never']);
});

test('X6 the nearest of several answers is told', () => {
  expect(untrue({ ...given, state: null }, { ...given, id: '', state: 'closed' }, given)).toEqual([
    ' /state: null, the server gave "= open"',
  ]);
});
