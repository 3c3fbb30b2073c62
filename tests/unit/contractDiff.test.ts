import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../scripts/diff/changes.js';
import { compareContracts } from '../../scripts/diff/contracts.js';
import {
  changelogProblem,
  compareVersions,
  lowestVersion,
  parseVersion,
} from '../../scripts/diff/versions.js';
import type { Json, JsonObject } from '../../scripts/generate/json.js';
import { generated } from '../contract/contract.reader.js';

const user = [{ cookieAuth: [] }, { bearerAuth: [] }];
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const error = { description: 'An error.', content: json(ref('Problem')) };

/** A contract with one of everything that is compared. */
const base = {
  openapi: '3.1.0',
  info: { title: 'Test', version: '1.0.0' },
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      put: {
        operationId: 'changeThing',
        tags: ['things'],
        security: user,
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
          { name: 'key', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { required: true, content: json(ref('Change')) },
        responses: {
          '200': {
            description: 'Done.',
            headers: { Location: { schema: { type: 'string' } } },
            content: json(ref('Thing')),
          },
          '409': error,
          default: error,
        },
      },
    },
    '/things': {
      get: {
        operationId: 'listThings',
        tags: ['things'],
        security: [],
        responses: { '204': { description: 'None.' }, default: error },
      },
    },
  },
  webhooks: {
    thingChanged: {
      post: {
        operationId: 'thingChanged',
        tags: ['things'],
        requestBody: { required: true, content: json(ref('Event')) },
        responses: { '200': { description: 'Taken.' } },
      },
    },
  },
  components: {
    schemas: {
      Change: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 10, pattern: '^a' },
          note: { type: ['string', 'null'] },
          size: { ...ref('Size'), description: 'How large.' },
          tags: { type: 'array', maxItems: 5, items: { type: 'string' } },
          map: { type: 'object', additionalProperties: { type: 'string' } },
          either: { oneOf: [ref('Size'), { type: 'integer' }] },
        },
      },
      Thing: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'count'],
        properties: {
          id: { type: 'string' },
          count: { type: 'integer', format: 'int32', minimum: 0, maximum: 9 },
          size: ref('Size'),
          parent: { oneOf: [ref('Thing'), { type: 'null' }] },
          colour: ref('Colour'),
        },
      },
      Size: { type: 'string', enum: ['small', 'large'] },
      Colour: { type: 'string', enum: ['red', 'blue'], 'x-extensible': true },
      Event: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, note: { type: 'string' } },
      },
      Problem: {
        type: 'object',
        additionalProperties: false,
        required: ['code'],
        properties: { code: { type: 'string' } },
      },
    },
  },
} as const;

/** The base with what stands at a path (with dots) replaced; undefined takes it out. */
function changed(changes: Record<string, Json | undefined>): JsonObject {
  const copy = structuredClone(base) as unknown as JsonObject;
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce((at, step) => at[step] as JsonObject, copy);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return copy;
}

const put = 'paths./things/{id}.put';
const change = 'components.schemas.Change';
const thing = 'components.schemas.Thing';
const of = (path: string, value?: Json): Record<string, Json | undefined> => ({ [path]: value });
const [limit, key] = base.paths['/things/{id}'].put.parameters as unknown as [JsonObject, JsonObject];
const { responses } = base.paths['/things/{id}'].put;

type Case = [what: string, changes: Record<string, Json | undefined>, rule: string, where: string];

const BREAKING: Case[] = [
  ['an operation is removed', of('paths./things'), 'operation-removed', 'listThings'],
  ['an operation is renamed', of(`${put}.operationId`, 'editThing'), 'operation-renamed', 'changeThing'],
  [
    'an operation moves',
    { 'paths./items': base.paths['/things'] as unknown as Json, 'paths./things': undefined },
    'operation-moved',
    'listThings',
  ],
  ['an operation gets another tag', of(`${put}.tags`, ['others']), 'tag-changed', 'changeThing'],
  [
    'a public operation asks for an account',
    of('paths./things.get.security', user),
    'security-raised',
    'listThings',
  ],
  [
    'a role is asked for',
    of(`${put}.security`, [{ cookieAuth: ['admin'] }, { bearerAuth: ['admin'] }]),
    'security-raised',
    'changeThing',
  ],
  ['a way to sign in is gone', of(`${put}.security`, [{ bearerAuth: [] }]), 'security-raised', 'changeThing'],
  [
    'a parameter is removed',
    of(`${put}.parameters`, [key]),
    'field-removed',
    'changeThing.query.limit (sent)',
  ],
  [
    'a new parameter must be sent',
    of(`${put}.parameters`, [limit, key, { name: 'x', in: 'query', required: true, schema: {} }]),
    'field-required',
    'changeThing.query.x (sent)',
  ],
  [
    'a parameter must be sent',
    of(`${put}.parameters`, [{ ...limit, required: true }, key]),
    'field-required',
    'changeThing.query (sent)',
  ],
  [
    'a parameter has another default',
    of(`${put}.parameters.0.schema.default`, 10),
    'default-changed',
    'changeThing.query.limit (sent)',
  ],
  [
    'a parameter takes less',
    of(`${put}.parameters.0.schema.maximum`, 50),
    'bound-changed',
    'changeThing.query.limit (sent)',
  ],
  [
    'a body must be sent',
    { 'paths./things.get.requestBody': { required: true, content: json({ type: 'object' }) } },
    'field-required',
    'listThings.body (sent)',
  ],
  ['a body is not taken any more', of(`${put}.requestBody`), 'field-removed', 'changeThing.body (sent)'],
  [
    'a media type is not taken any more',
    of(`${put}.requestBody.content`, { 'text/plain': { schema: {} } }),
    'field-removed',
    'changeThing.body.application/json (sent)',
  ],
  [
    'a new field must be sent',
    { [`${change}.required`]: ['name', 'extra'], [`${change}.properties.extra`]: { type: 'string' } },
    'field-required',
    'Change.extra (sent)',
  ],
  ['a field must be sent', of(`${change}.required`, ['name', 'note']), 'field-required', 'Change (sent)'],
  ['a field is not taken any more', of(`${change}.properties.note`), 'field-removed', 'Change.note (sent)'],
  [
    'a field has another type',
    of(`${change}.properties.name.type`, 'integer'),
    'type-changed',
    'Change.name (sent)',
  ],
  [
    'a number becomes an integer',
    { [`${change}.properties.name`]: { type: 'integer' } },
    'type-changed',
    'Change.name (sent)',
  ],
  [
    'null is not taken any more',
    of(`${change}.properties.note.type`, 'string'),
    'null-removed',
    'Change.note (sent)',
  ],
  [
    'a text must be longer',
    of(`${change}.properties.name.minLength`, 2),
    'bound-changed',
    'Change.name (sent)',
  ],
  [
    'a text must be shorter',
    of(`${change}.properties.name.maxLength`, 9),
    'bound-changed',
    'Change.name (sent)',
  ],
  [
    'a bound is introduced',
    of(`${change}.properties.note.maxLength`, 9),
    'bound-changed',
    'Change.note (sent)',
  ],
  [
    'another pattern is asked for',
    of(`${change}.properties.name.pattern`, '^b'),
    'form-changed',
    'Change.name (sent)',
  ],
  [
    'a format is introduced',
    of(`${change}.properties.name.format`, 'email'),
    'form-changed',
    'Change.name (sent)',
  ],
  [
    'a list must be shorter',
    of(`${change}.properties.tags.maxItems`, 4),
    'bound-changed',
    'Change.tags (sent)',
  ],
  [
    'an element of a list has another type',
    of(`${change}.properties.tags.items.type`, 'integer'),
    'type-changed',
    'Change.tags[] (sent)',
  ],
  [
    'a value of a map has another type',
    { [`${change}.properties.map.additionalProperties`]: { type: 'integer' } },
    'type-changed',
    'Change.map.* (sent)',
  ],
  [
    'a choice is not taken any more',
    { [`${change}.properties.either`]: { oneOf: [{ type: 'integer' }] } },
    'choice-removed',
    'Change.either (sent)',
  ],
  [
    'a list of values is introduced',
    of(`${change}.properties.name.enum`, ['a']),
    'enum-introduced',
    'Change.name (sent)',
  ],
  [
    'a value of an enum is gone',
    of('components.schemas.Size.enum', ['small']),
    'enum-value-removed',
    'Size (sent)',
  ],
  [
    'an enum of answers has a new value',
    of('components.schemas.Size.enum', ['small', 'large', 'huge']),
    'enum-value-added',
    'Size (given)',
  ],
  [
    'a success is not answered any more',
    { [`${put}.responses`]: { '201': responses['200'] as unknown as Json, default: error } },
    'answer-removed',
    'changeThing 200',
  ],
  [
    'another success may be answered',
    of(`${put}.responses.202`, { description: 'Later.' }),
    'answer-added',
    'changeThing 202',
  ],
  ['the default answer is gone', of(`${put}.responses.default`), 'answer-removed', 'changeThing default'],
  [
    'an error that nothing promised may be answered',
    { [`${put}.responses`]: responses },
    'answer-added',
    'changeThing 409',
  ],
  [
    'a new error has another shape',
    of(`${put}.responses.418`, { description: 'Odd.', content: json(ref('Size')) }),
    'type-changed',
    'changeThing 418.body.application/json (given)',
  ],
  [
    'an answer has another media type',
    { [`${put}.responses.200.content`]: { 'text/plain': { schema: {} } } },
    'field-removed',
    'changeThing 200.body.application/json (given)',
  ],
  [
    'an answer loses a header',
    of(`${put}.responses.200.headers`),
    'field-removed',
    'changeThing 200.headers.Location (given)',
  ],
  ['an answer loses a field', of(`${thing}.properties.size`), 'field-removed', 'Thing.size (given)'],
  ['a field may be missing in an answer', of(`${thing}.required`, ['id']), 'field-optional', 'Thing (given)'],
  [
    'a field of an answer may be null',
    of(`${thing}.properties.id.type`, ['string', 'null']),
    'null-added',
    'Thing.id (given)',
  ],
  [
    'a field of an answer has another type',
    of(`${thing}.properties.count.type`, 'number'),
    'type-changed',
    'Thing.count (given)',
  ],
  [
    'a field of an answer has another format',
    of(`${thing}.properties.count.format`, 'int64'),
    'form-changed',
    'Thing.count (given)',
  ],
  [
    'a number of an answer may be larger',
    of(`${thing}.properties.count.maximum`, 10),
    'bound-changed',
    'Thing.count (given)',
  ],
  [
    'an answer may be something else',
    { [`${thing}.properties.parent`]: { oneOf: [ref('Thing'), ref('Size'), { type: 'null' }] } },
    'choice-added',
    'Thing.parent (given)',
  ],
  [
    'a named schema is gone',
    {
      'components.schemas.Bulk': undefined,
      'components.schemas.Colour': undefined,
      [`${thing}.properties.colour`]: { type: 'string', enum: ['red', 'blue'], 'x-extensible': true },
    },
    'schema-removed',
    'Colour',
  ],
  ['a webhook is removed', of('webhooks'), 'operation-removed', 'thingChanged'],
  [
    'a webhook loses a field',
    of('components.schemas.Event.properties.note'),
    'field-removed',
    'Event.note (given)',
  ],
];

const HARMLESS: Case[] = [
  [
    'an operation is added',
    of('paths./new', { get: { operationId: 'getNew', tags: ['things'], security: [], responses: {} } }),
    'operation-added',
    'getNew',
  ],
  ['an operation becomes public', of(`${put}.security`, []), 'security-lowered', 'changeThing'],
  ['an operation will go', of(`${put}.deprecated`, true), 'deprecated', 'changeThing'],
  [
    'a parameter may be sent',
    of(`${put}.parameters`, [limit, key, { name: 'x', in: 'query', schema: {} }]),
    'field-added',
    'changeThing.query.x (sent)',
  ],
  [
    'a parameter need not be sent',
    of(`${put}.parameters.1.required`),
    'field-optional',
    'changeThing.header (sent)',
  ],
  [
    'a parameter takes more',
    of(`${put}.parameters.0.schema.maximum`, 200),
    'bound-changed',
    'changeThing.query.limit (sent)',
  ],
  [
    'a field may be sent',
    of(`${change}.properties.extra`, { type: 'string' }),
    'field-added',
    'Change.extra (sent)',
  ],
  ['a field need not be sent', of(`${change}.required`, []), 'field-optional', 'Change (sent)'],
  [
    'null is taken',
    of(`${change}.properties.name.type`, ['string', 'null']),
    'null-added',
    'Change.name (sent)',
  ],
  [
    'a choice is added to what is taken',
    { [`${change}.properties.either`]: { oneOf: [ref('Size'), { type: 'integer' }, { type: 'boolean' }] } },
    'choice-added',
    'Change.either (sent)',
  ],
  ['a pattern is dropped', of(`${change}.properties.name.pattern`), 'form-changed', 'Change.name (sent)'],
  [
    'an answer has a new field',
    of(`${thing}.properties.extra`, { type: 'string' }),
    'field-added',
    'Thing.extra (given)',
  ],
  [
    'an answer has a new header',
    of(`${put}.responses.200.headers.Extra`, { schema: { type: 'string' } }),
    'field-added',
    'changeThing 200.headers.Extra (given)',
  ],
  [
    'a field is always in an answer',
    of(`${thing}.required`, ['id', 'count', 'size']),
    'field-required',
    'Thing (given)',
  ],
  [
    'a number of an answer is smaller',
    of(`${thing}.properties.count.maximum`, 8),
    'bound-changed',
    'Thing.count (given)',
  ],
  [
    'an enum that is said to grow has a new value',
    of('components.schemas.Colour.enum', ['red', 'blue', 'green']),
    'enum-value-added',
    'Colour (given)',
  ],
  [
    'an error of the usual shape is added',
    of(`${put}.responses.422`, error),
    'answer-added',
    'changeThing 422',
  ],
  ['an error is not answered any more', of(`${put}.responses.409`), 'answer-removed', 'changeThing 409'],
];

/** The case's own base, where it needs another one than all. */
function before(what: string): JsonObject {
  if (what === 'an error that nothing promised may be answered') {
    return changed({ [`${put}.responses`]: { '200': responses['200'] as unknown as Json } });
  }
  if (what === 'a number becomes an integer')
    return changed({ [`${change}.properties.name`]: { type: 'number' } });
  return changed({});
}

const worst = (changes: readonly Change[]): boolean => changes.some(({ breaking }) => breaking);

test('X1 a contract does not differ from itself', () => {
  expect(compareContracts(changed({}), changed({}))).toEqual([]);
  const contract = generated('openapi.json');
  expect(compareContracts(contract, contract)).toEqual([]);
});

test('X1 words and examples are no change', () => {
  const reworded = changed({
    'info.title': 'Another',
    [`${thing}.description`]: 'Other words.',
    [`${change}.examples`]: [{ name: 'a' }],
  });
  expect(compareContracts(changed({}), reworded)).toEqual([]);
});

test.each(BREAKING)('X1 breaking: %s', (what, changes, rule, where) => {
  const found = compareContracts(before(what), changed(changes));
  expect(found).toContainEqual(expect.objectContaining({ breaking: true, rule, where }));
});

test.each(HARMLESS)('X1 not breaking: %s', (what, changes, rule, where) => {
  const found = compareContracts(before(what), changed(changes));
  expect(found).toContainEqual(expect.objectContaining({ breaking: false, rule, where }));
  expect(worst(found)).toBe(false);
});

test('X1 every operation of the contract is missed when it is gone', () => {
  const contract = generated('openapi.json');
  const without = compareContracts(contract, { ...contract, paths: {} });
  const gone = without.filter(({ rule }) => rule === 'operation-removed').map(({ where }) => where);
  expect(gone).toEqual(
    Object.values(contract.paths as Record<string, Record<string, { operationId?: string }>>).flatMap(
      (item) => Object.values(item).flatMap(({ operationId }) => operationId ?? []),
    ),
  );
});

describe('versions', () => {
  const breaking: Change = { breaking: true, rule: '', where: '', what: '' };
  const other: Change = { ...breaking, breaking: false };

  test.each([
    ['1.4.2', [breaking, other], '2.0.0'],
    ['1.4.2', [other], '1.5.0'],
    ['0.4.2', [other, breaking], '0.5.0'],
    ['0.4.2', [other], '0.4.3'],
    ['0.4.2', [], '0.4.2'],
  ] as const)('X1 %s with %j may not be released below %s', (version, changes, lowest) => {
    expect(lowestVersion(parseVersion(version), changes).join('.')).toBe(lowest);
  });

  test('X1 are compared as numbers, and nothing else is one', () => {
    expect(compareVersions(parseVersion('0.10.0'), parseVersion('0.9.9'))).toBeGreaterThan(0);
    for (const text of ['1.0', 'v1.0.0', '1.0.0-rc.1', ''])
      expect(() => parseVersion(text)).toThrow(/no version/);
  });
});

describe('the changelog', () => {
  const changelog =
    '# Changes\n\n## 0.2.0\n\n### Breaking\n\n- Something.\n\n## 0.1.0 (2026-01-01)\n\nThe first one.\n';

  test('X1 must have a section for the version', () => {
    expect(changelogProblem(changelog, { version: '0.1.0', breaking: false })).toBeUndefined();
    expect(changelogProblem(changelog, { version: '0.3.0', breaking: false })).toMatch(/no section/);
  });

  test('X1 must tell what breaks, in that section', () => {
    expect(changelogProblem(changelog, { version: '0.2.0', breaking: true })).toBeUndefined();
    expect(changelogProblem(changelog, { version: '0.1.0', breaking: true })).toMatch(/what breaks/);
  });
});
